"""Commitment 9: trade negotiations."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=9,
    slug="rendre-des-comptes/transparence-vie-economique/engagement-9",
    title="Accroître la transparence sur les négociations commerciales internationales",
    axis="rendre-des-comptes",
    subaxis="transparence-vie-economique",
    ambition=(
        "Publier en continu les documents de négociation, comptes rendus, mandats déclassifiés et "
        "évaluations des accords commerciaux, passés et en cours."
    ),
    leads=(
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
        "Ministère de l'Économie, de l'Industrie et du Numérique",
        ("Secrétariat d'État chargé du Commerce extérieur, de la Promotion du tourisme et des Français de l'étranger"),
    ),
    parts=(),
    milestones=(
        Step(
            key="E09-J01",
            text=(
                "Mettre en ligne en continu les éléments de chaque cycle de négociation "
                "(diplomatie.gouv.fr et data.gouv.fr)"
            ),
            tracker=136,
        ),
        Step(
            key="E09-J02",
            text="Ajouter les mandats au fil des décisions européennes de déclassification",
            tracker=136,
        ),
        Step(
            key="E09-J03",
            text="Verser le stock des négociations passées (mandats, documents de position, traités)",
            tracker=136,
        ),
        Step(
            key="E09-J04",
            text="Ajouter les études ex ante et ex post des accords",
            tracker=139,
        ),
        Step(
            key="E09-J05",
            text="Remettre un rapport annuel à la représentation nationale",
            tracker=139,
            due_text="annuel",
        ),
        Step(
            key="E09-J06",
            text="Publier tous les comptes rendus du comité de suivi stratégique et les rapports annuels",
            tracker=139,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0011",
            ogp_title="Transparency in International Trade Commercial Negotiations",
            did_it_open_government="did_not_change",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information",),
            ambition="high",
            starred=False,
            sources=("OGP-FR0011",),
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
                "Début 2016, les parlementaires peuvent consulter les documents de négociation, dans des "
                "conditions jugées trop restrictives par le secrétaire d'État lui-même, qui se dit "
                "favorable à l'open data."
            ),
            sources=("SENAT-TTIP", "MOCI-TTIP"),
            date="2016",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "page diplomatie.gouv.fr sur les accords",
        "jeux data.gouv.fr AECG-CETA et PTCI-TTIP (2 décembre 2014)",
        "comité de suivi stratégique (deux collèges)",
    ),
    reading=("dossier documentaire par négociation", "agenda, comptes rendus, mandats et études liés"),
    sources=("SEED", "PLAN", "SENAT-TTIP", "MOCI-TTIP", "OGP-FR0011"),
    folder=Path(__file__).parent,
)
