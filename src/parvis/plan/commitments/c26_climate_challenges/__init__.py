"""Commitment 26: climate challenges."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=26,
    slug="climat/engagement-26",
    title=(
        "Engager de nouvelles collaborations avec la société civile afin de développer des "
        "solutions innovantes pour répondre aux défis du climat et du développement durable"
    ),
    axis="climat",
    subaxis=None,
    ambition=(
        "Organiser un défi d'innovation ouvert (Climate Change Challenge, C3) qui part des données "
        "et accompagne les meilleurs projets."
    ),
    leads=(
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
        "Météo-France",
        "Institut national de l'information géographique et forestière",
        "Centre national d'études spatiales",
    ),
    parts=(),
    milestones=(
        Step(
            key="E26-J01",
            text="Lancer et organiser les premières étapes de C3",
            tracker=199,
            due="2015-12",
            due_text="toute l'année 2015",
        ),
        Step(
            key="E26-J02",
            text="Récompenser les lauréats pendant la COP21",
            tracker=200,
            due="2015-12",
            due_text="COP21, décembre 2015",
        ),
        Step(
            key="E26-J03",
            text=(
                "Suivre et accompagner les meilleurs projets, relancer des appels, pérenniser les outils d'expression"
            ),
            tracker=201,
            due="2017",
            due_text="2016 et 2017",
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0029",
            ogp_title="Collaborate with Civil Society on Climate and Sustainable Development",
            did_it_open_government="did_not_change",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information", "civic_participation"),
            ambition="low",
            starred=False,
            sources=("OGP-FR0029",),
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
                "C3 : contributions au printemps, 26 défis formulés à l'été, marathon de 36 heures du 6 au "
                "8 novembre 2015 à Paris, Toulouse, Lyon et Nantes."
            ),
            sources=("TRIB-C3", "RD-C3"),
            date="2015-11",
        ),
        Fact(
            text="Lauréats présentés le 5 décembre 2015 au Bourget.",
            sources=("RD-C3",),
            date="2015-12-05",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0046",
            sources=("OGP-FR0046",),
        ),
    ),
    existing_systems=("c3challenge.com", "agenda des solutions"),
    reading=("défis ouverts en trois phases (vision, défi, réalisation)", "suivi des projets lauréats"),
    sources=("SEED", "PLAN", "TRIB-C3", "RD-C3", "OGP-FR0029"),
    folder=Path(__file__).parent,
)
