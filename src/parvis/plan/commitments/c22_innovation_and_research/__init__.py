"""Commitment 22: innovation and research."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=22,
    slug="ouvrir-l-administration/ouverture-et-innovation/engagement-22",
    title="Diffuser l'innovation et approfondir la recherche sur le gouvernement ouvert",
    axis="ouvrir-l-administration",
    subaxis="ouverture-et-innovation",
    ambition=(
        "Créer un réseau d'accélérateurs publics territoriaux, une plateforme nationale des "
        "projets d'innovation locale et un programme de recherche appliquée."
    ),
    leads=(
        "Ministère de la Décentralisation et de la Fonction publique",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
    ),
    parts=(),
    milestones=(
        Step(
            key="E22-J01",
            text="Constituer un réseau national d'accélérateurs publics",
            tracker=186,
        ),
        Step(
            key="E22-J02",
            text="Organiser des hackathons territoriaux",
            tracker=187,
        ),
        Step(
            key="E22-J03",
            text=(
                "Développer une plateforme web et un réseau social des projets et acteurs de l'innovation territoriale"
            ),
            tracker=188,
        ),
        Step(
            key="E22-J04",
            text=("Lancer un programme de recherche appliquée avec le Centre de recherches interdisciplinaires"),
            tracker=189,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0025",
            ogp_title="Spread Public Innovation",
            did_it_open_government="did_not_change",
            verifiable=False,
            relevant=True,
            ambition="low",
            sources=("OGP-FR0025",),
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
                "18 novembre 2016 : douze laboratoires d'innovation territoriale retenus sur seize "
                "candidatures (programme d'investissements d'avenir)."
            ),
            sources=("PREF-LIT",),
            date="2016-11-18",
        ),
        Fact(
            text="Chaque laboratoire a reçu 250 000 € ; dix des douze existaient encore en 2022.",
            sources=("BERCY-LIT",),
            date="2022",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0044",
            sources=("OGP-FR0044",),
        ),
    ),
    existing_systems=(
        "Futurs publics",
        "Réacteur public",
        "PIA « transition numérique et modernisation » (126 M€)",
        "rapport Oural (avril 2015)",
    ),
    reading=("annuaire des projets et acteurs d'innovation", "appels à défis ouverts"),
    sources=("SEED", "PLAN", "PREF-LIT", "BERCY-LIT", "OGP-FR0025"),
    folder=Path(__file__).parent,
)
