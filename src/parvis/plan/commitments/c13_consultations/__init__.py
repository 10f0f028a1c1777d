"""Commitment 13: consultations."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step
from parvis.plan.commitments.c13_consultations.indicators import INDICATORS

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=13,
    slug="consulter-concerter-co-produire/renovation-des-pratiques/engagement-13",
    title=("Capitaliser sur les consultations menées et rénover les dispositifs d'expression citoyenne"),
    axis="consulter-concerter-co-produire",
    subaxis="renovation-des-pratiques",
    ambition=(
        "Recenser tous les débats publics au même endroit avec un vocabulaire commun, et outiller "
        "les administrations par une charte, des ateliers citoyens et une boîte à outils."
    ),
    leads=(
        "Premier ministre",
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
        "Commission nationale du débat public",
    ),
    parts=(),
    milestones=(
        Step(
            key="E13-J01",
            text=(
                "Déployer la norme DebatesCore pour recenser les débats publics et consultations en un "
                "point d'accès unique"
            ),
            tracker=155,
        ),
        Step(
            key="E13-J02",
            text="Expérimenter avec des ministères pilotes des « Ateliers citoyens »",
            tracker=156,
        ),
        Step(
            key="E13-J03",
            text="Présenter la charte et le protocole des ateliers citoyens aux administrations",
            tracker=156,
        ),
        Step(
            key="E13-J04",
            text="Accompagner les administrations dans la tenue de ces ateliers",
            tracker=156,
        ),
        Step(
            key="E13-J05",
            text=("Proposer une boîte à outils pour choisir et mettre en place un dispositif participatif (MEDDE)"),
            tracker=156,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0016",
            ogp_title="Reform Participatory Mechanisms",
            did_it_open_government="marginal",
            verifiable=True,
            relevant=True,
            ambition="high",
            sources=("OGP-FR0016",),
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
                "DebatesCore : schéma de métadonnées décrivant un débat, son contexte et ses résultats, "
                "utilisé par vie-publique.fr."
            ),
            sources=("DCORE",),
            date="2015",
        ),
        Fact(
            text=(
                "Premier atelier citoyen sur l'ouverture des données de santé ; délai incompressible de "
                "quatre mois ; les participants veulent surtout savoir ce qu'on a fait de leur avis."
            ),
            sources=("SENAT-AC",),
        ),
        Fact(
            text=(
                "Charte de la participation du public du ministère de l'Environnement, préparée en "
                "ateliers début 2016 et lancée à l'automne 2016."
            ),
            sources=("CHARTE-PP",),
            date="2016",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0044",
            sources=("OGP-FR0044",),
        ),
    ),
    existing_systems=("vie-publique.fr (répertoire des débats)", "CNDP", "plus de 150 textes consultés par an"),
    reading=(
        "répertoire unique des consultations (DebatesCore)",
        "guide de choix du dispositif",
        "traçabilité : ce que devient chaque contribution",
    ),
    sources=("SEED", "PLAN", "DCORE", "SENAT-AC", "CHARTE-PP", "OGP-FR0016"),
    folder=Path(__file__).parent,
    indicators=INDICATORS,
    related=("debats/republique-numerique", "debats/republique-numerique-demonstration"),
)
