"""Commitment 24: cop21 with civil society."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=24,
    slug="climat/engagement-24",
    title=(
        "Associer la société civile à la Conférence COP21 et favoriser la transparence sur "
        "l'agenda et les négociations"
    ),
    axis="climat",
    subaxis=None,
    ambition=(
        "Rendre publics agenda et avancées des négociations climat, réunir la société civile avant "
        "chaque session et ouvrir une plateforme participative durable."
    ),
    leads=(
        "Ministère des Affaires étrangères et du Développement international",
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
        "Commission nationale du débat public",
    ),
    parts=(),
    milestones=(
        Step(
            key="E24-J01",
            text=(
                "Réunir la société civile avant chaque réunion informelle de négociation (première "
                "rencontre en mai 2015)"
            ),
            tracker=194,
        ),
        Step(
            key="E24-J02",
            text=(
                "Élaborer une première version de la plateforme participative : réseau d'acteurs, "
                "recensement collaboratif d'initiatives"
            ),
            tracker=195,
            due="2015-11",
            due_text="juin à novembre 2015",
        ),
        Step(
            key="E24-J03",
            text=("Développer une seconde version vivant au-delà de la COP21, support de consultations du ministère"),
            tracker=195,
            due_text="après la COP21",
        ),
        Step(
            key="E24-J04",
            text=(
                "Poursuivre la consultation issue du débat citoyen planétaire du 6 juin 2015 (10 000 "
                "citoyens, 75 pays)"
            ),
            tracker=196,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0027",
            ogp_title="Civil Society & Transparency in COP21 Conference Planning",
            did_it_open_government="did_not_change",
            verifiable=False,
            relevant=True,
            ambition="low",
            sources=("OGP-FR0027",),
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
                "L'espace Générations climat ouvre le 1er décembre 2015 au Bourget avec 340 organisations, "
                "à côté des salles de négociation ; des participants le jugent trop cloisonné."
            ),
            sources=("20M-COP21",),
            date="2015-12-01",
        ),
        Fact(
            text=(
                "Après les attentats du 13 novembre, plus de 300 événements sont maintenus mais les "
                "marches publiques sont interdites."
            ),
            sources=("GOUV-COP21",),
            date="2015-11",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "cop21.gouv.fr (calendrier, labellisation de projets, guide société civile)",
        "Bulletin des négociations de la Terre",
        "consultation de 117 organisations (décembre 2014 - janvier 2015)",
    ),
    reading=(
        "agenda public des négociations avec documents et comptes rendus",
        "recensement cartographié d'initiatives",
        "consultations liées",
    ),
    sources=("SEED", "PLAN", "20M-COP21", "GOUV-COP21", "OGP-FR0027"),
    folder=Path(__file__).parent,
)
