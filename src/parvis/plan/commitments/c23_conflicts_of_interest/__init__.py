"""Commitment 23: conflicts of interest."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=23,
    slug="ouvrir-l-administration/deontologie/engagement-23",
    title=("Responsabiliser et protéger les agents publics en matière de prévention des conflits d'intérêts"),
    axis="ouvrir-l-administration",
    subaxis="deontologie",
    ambition=(
        "Étendre aux agents les règles de transparence des élus : référent déontologue, "
        "déclaration d'intérêts, contrôle des départs et protection de l'agent qui signale."
    ),
    leads=("Ministère de la Décentralisation et de la Fonction publique",),
    parts=(),
    milestones=(
        Step(
            key="E23-J01",
            text="Désigner un référent déontologue pour conseiller les agents",
            tracker=190,
        ),
        Step(
            key="E23-J02",
            text="Instaurer une déclaration d'intérêts pour certaines fonctions",
            tracker=191,
        ),
        Step(
            key="E23-J03",
            text=("Étendre et renforcer la commission de déontologie (conflits d'intérêts, départs vers le privé)"),
            tracker=192,
        ),
        Step(
            key="E23-J04",
            text="Protéger l'agent de bonne foi qui signale un conflit d'intérêts",
            tracker=193,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0026",
            ogp_title="Protect Against Conflicts of Interest",
            did_it_open_government="major",
            verifiable=True,
            relevant=True,
            ambition="high",
            starred=True,
            completion="substantial_or_complete",
            completion_note=(
                "niveau déduit du critère de l'étoile (réalisation substantielle ou complète), non lu tel quel"
            ),
            note="étoile dans la synthèse IRM de fin de plan",
            sources=("OGP-FR0026",),
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
                "Loi n° 2016-483 du 20 avril 2016 relative à la déontologie et aux droits et obligations "
                "des fonctionnaires."
            ),
            sources=("CDG-DEONTO",),
            date="2016-04-20",
        ),
        Fact(
            text=(
                "Décrets 2017-105 (27 janvier 2017, commission de déontologie), 2017-519 (10 avril 2017, "
                "référent déontologue), 2017-564 (19 avril 2017, recueil des signalements, en vigueur le "
                "1er janvier 2018)."
            ),
            sources=("CDG-DEONTO", "VIGIE-DEONTO"),
            date="2017",
        ),
        Fact(
            text=("Loi n° 2016-1691 du 9 décembre 2016 (« Sapin II ») : régime général du lanceur d'alerte."),
            sources=("CDG-DEONTO",),
            date="2016-12-09",
        ),
    ),
    carried_over=(),
    existing_systems=("commission de déontologie de la fonction publique", "HATVP"),
    reading=(
        "saisine confidentielle d'un référent déontologue",
        "registre des déports",
        "canal de signalement protégé",
    ),
    sources=("SEED", "PLAN", "CDG-DEONTO", "VIGIE-DEONTO", "OGP-FR0026", "IRM-EOT"),
    folder=Path(__file__).parent,
)
