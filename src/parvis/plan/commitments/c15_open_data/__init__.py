"""Commitment 15: open data."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step, Target

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=15,
    slug="partager-des-ressources/engagement-15",
    title="Renforcer la politique d'ouverture et de circulation des données",
    axis="partager-des-ressources",
    subaxis=None,
    ambition=(
        "Passer à l'ouverture par défaut, libre et gratuite, prioriser les données pivot et à fort "
        "impact, y compris locales et d'intérêt général."
    ),
    leads=(
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
        "Secrétariat d'État chargé du Numérique",
    ),
    parts=(),
    milestones=(
        Step(
            key="E15-J01",
            text="Poursuivre l'ouverture des données à fort impact, notamment les données pivot",
            tracker=162,
        ),
        Step(
            key="E15-J02",
            text=("Inscrire dans la loi l'obligation de publication des collectivités de plus de 3 500 habitants"),
            tracker=163,
            target=Target(3500, "habitants (seuil)"),
        ),
        Step(
            key="E15-J03",
            text="Inscrire dans la loi l'ouverture par défaut et la réutilisation libre et gratuite",
            tracker=164,
        ),
        Step(
            key="E15-J04",
            text="Approfondir l'étude sur les données d'intérêt général",
            tracker=165,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0018",
            ogp_title="Open and Circulate Data",
            did_it_open_government="marginal",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information",),
            ambition="high",
            starred=True,
            completion="substantial_or_complete",
            completion_note=(
                "niveau déduit du critère de l'étoile (réalisation substantielle ou complète), non lu tel quel"
            ),
            note="étoile sur deux captures de la fiche OGP",
            sources=("OGP-FR0018",),
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
                "Loi du 7 octobre 2016 pour une République numérique : ouverture par défaut des documents "
                "et bases électroniques (art. L. 312-1-1 du CRPA)."
            ),
            sources=("ALTA-LRN",),
            date="2016-10-07",
        ),
        Fact(
            text="La même loi crée un service public de la donnée pour les données de référence.",
            sources=("RGD-SPD",),
        ),
        Fact(
            text="L'obligation locale prend effet en octobre 2018.",
            sources=("OGP-FR0036",),
            date="2018-10",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0034",
            sources=("OGP-FR0034",),
            bond="builds-on",
        ),
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0036",
            sources=("OGP-FR0036",),
        ),
    ),
    existing_systems=("data.gouv.fr", "Administrateur général des données (septembre 2014)", "OpenDataFrance"),
    reading=(
        "catalogue de données avec API et moissonnage",
        "données de référence à qualité garantie",
        "suivi des refus et des demandes",
    ),
    sources=("SEED", "PLAN", "ALTA-LRN", "RGD-SPD", "OGP-FR0036", "OGP-FR0018"),
    folder=Path(__file__).parent,
)
