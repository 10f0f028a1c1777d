"""Commitment 21: culture of openness."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=21,
    slug="ouvrir-l-administration/ouverture-et-innovation/engagement-21",
    title="Diffuser la culture de l'ouverture, des données et du numérique",
    axis="ouvrir-l-administration",
    subaxis="ouverture-et-innovation",
    ambition=(
        "Former les agents publics aux données ouvertes et au gouvernement ouvert avec des modules "
        "coproduits avec la société civile."
    ),
    leads=(
        "Ministère de la Décentralisation et de la Fonction publique",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
        "École nationale d'administration",
    ),
    parts=(),
    milestones=(
        Step(
            key="E21-J01",
            text=("Coproduire des modules de formation sur l'ouverture, les données et le gouvernement ouvert"),
            tracker=183,
        ),
        Step(
            key="E21-J02",
            text=(
                "Intégrer ces modules à la formation initiale et continue (ENA, École de la modernisation "
                "de l'État, autres)"
            ),
            tracker=184,
        ),
        Step(
            key="E21-J03",
            text="Recenser besoins et difficultés des directeurs d'administration centrale",
            tracker=185,
            due="2015-11",
            due_text="avant l'automne",
            due_is_deduced=True,
            note="échéance lue « à l'automne », année 2015 déduite",
        ),
        Step(
            key="E21-J04",
            text="Tenir un séminaire de sensibilisation des directeurs d'administration centrale",
            tracker=185,
            due="2015-11",
            due_text="à l'automne",
            due_is_deduced=True,
            note="année 2015 déduite",
        ),
        Step(
            key="E21-J05",
            text="Diffuser ensuite plus largement ces modules",
            tracker=185,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0024",
            ogp_title="Culture Change",
            did_it_open_government="did_not_change",
            verifiable=False,
            relevant=True,
            ambition="low",
            sources=("OGP-FR0024",),
        ),
    ),
    self_assessments=(
        SelfAssessment(
            year=2016,
            status=None,
            note=(
                "Statut par engagement non retrouvé ; seul le total est connu (1 complet, 15 substantiels, "
                "10 partiels)."
            ),
            verified=False,
        ),
        SelfAssessment(
            year=2018,
            status=None,
            note="Seul le début du rapport de mars 2018 a pu être lu.",
            verified=False,
        ),
    ),
    facts=(
        Fact(
            text=(
                "Juin 2017 : OpenDataLocale livre guides, tutoriels et jeu de rôle de formation à l'open "
                "data pour les agents territoriaux."
            ),
            sources=("ODL",),
            date="2017-06",
        ),
        Fact(
            text=(
                "L'État reprend l'engagement de modules de formation au sommet anticorruption de 2016 ; "
                "encore « en cours » en 2020 pour l'observateur associatif, qui salue les Entrepreneurs "
                "d'intérêt général."
            ),
            sources=("ACPT-DL",),
            date="2020",
        ),
    ),
    carried_over=(),
    existing_systems=("vade-mecum Etalab", "Bonjour Data", "open data camps"),
    reading=("bibliothèque de modules de formation réutilisables", "suivi des agents formés"),
    sources=("SEED", "PLAN", "ODL", "ACPT-DL", "OGP-FR0024"),
    folder=Path(__file__).parent,
)
