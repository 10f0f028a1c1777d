"""Commitment 25: climate data and models."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step
from parvis.plan.commitments.c25_climate_data_and_models.indicators import INDICATORS

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=25,
    slug="climat/engagement-25",
    title=("Mettre à disposition des données et des modèles relatifs au climat et au développement durable"),
    axis="climat",
    subaxis=None,
    ambition=(
        "Ouvrir données, modèles et simulateurs sur le climat et la transition énergétique, ainsi "
        "que les données des études d'impact."
    ),
    leads=(
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
    ),
    parts=(),
    milestones=(
        Step(
            key="E25-J01",
            text=(
                "Ouvrir sur data.gouv.fr des données, modèles et simulateurs climat, énergie et développement durable"
            ),
            tracker=197,
            due="2015-12",
            due_text="plusieurs mois avant la COP21 (contexte de l'engagement)",
            due_is_deduced=True,
            note=("échéance tirée du contexte (conférence environnementale de novembre 2014, point 56), date déduite"),
        ),
        Step(
            key="E25-J02",
            text="Publier les données issues des études d'impact du ministère",
            tracker=198,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0028",
            ogp_title="Open Data and Climate/Sustainable Development",
            did_it_open_government="marginal",
            verifiable=False,
            relevant=True,
            ogp_values=("access_to_information", "technology_and_innovation"),
            starred=False,
            sources=("OGP-FR0028",),
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
                "22 juillet 2015 : Météo-France ouvre gratuitement sous Licence Ouverte trois jeux de "
                "modèles (ARPEGE, AROME, modèle global), avec compte obligatoire pour l'un d'eux."
            ),
            sources=("NXI-METEO",),
            date="2015-07-22",
        ),
    ),
    carried_over=(),
    existing_systems=("data.gouv.fr",),
    reading=("catalogue thématique climat", "séries et modèles exécutables", "dataviz pédagogiques"),
    sources=("SEED", "PLAN", "NXI-METEO", "OGP-FR0028"),
    folder=Path(__file__).parent,
    indicators=INDICATORS,
    related=(
        "simulateurs/fair",
        "simulateurs/fair/rechauffement",
        "simulateurs/fair/ma-trajectoire",
        "simulateurs/fair/part-d-un-pays",
    ),
)
