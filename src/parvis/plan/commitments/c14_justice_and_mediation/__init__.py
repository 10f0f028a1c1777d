"""Commitment 14: justice and mediation."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=14,
    slug="consulter-concerter-co-produire/renovation-des-pratiques/engagement-14",
    title="Renforcer la médiation et la capacité d'agir des citoyens en matière de justice",
    axis="consulter-concerter-co-produire",
    subaxis="renovation-des-pratiques",
    ambition=(
        "Ouvrir les tribunaux à la société par des conseils de juridiction, faciliter la médiation "
        "et informer sur les décisions habituellement rendues."
    ),
    leads=("Ministère de la Justice",),
    parts=(),
    milestones=(
        Step(
            key="E14-J01",
            text=(
                "Créer des conseils de juridiction auprès des tribunaux de grande instance et des cours "
                "d'appel, avec élus et associations"
            ),
            tracker=157,
        ),
        Step(
            key="E14-J02",
            text="Faciliter médiation et conciliation, sur la base du rapport d'avril 2015",
            tracker=158,
        ),
        Step(
            key="E14-J03",
            text=(
                "Publier, pour certains contentieux civils, des informations sur les décisions habituellement rendues"
            ),
            tracker=159,
        ),
        Step(
            key="E14-J04",
            text=("Analyser localement la jurisprudence avec des universités dans des juridictions pilotes"),
            tracker=159,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0017",
            ogp_title="Mediation and Justice",
            did_it_open_government="did_not_change",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information", "civic_participation", "public_accountability"),
            ambition="high",
            starred=False,
            sources=("OGP-FR0017",),
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
                "Un décret du 26 avril 2016 inscrit conseils de juridiction et projets de juridiction dans "
                "le code de l'organisation judiciaire."
            ),
            sources=("AN-CJ",),
            date="2016-04-26",
        ),
        Fact(
            text=(
                "La loi n° 2016-1547 du 18 novembre 2016 (justice du XXIe siècle) consacre les modes "
                "amiables (titre II)."
            ),
            sources=("GUINCHARD",),
            date="2016-11-18",
        ),
        Fact(
            text=(
                "La loi du 20 novembre 2023 institue de nouveau les conseils de juridiction ; décret de "
                "composition en juin 2024."
            ),
            sources=("LETROIS-CJ",),
            date="2023-11-20",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "débat national Justice du 21e siècle (10-11 janvier 2014, près de 2 000 personnes)",
        "rapport interministériel d'avril 2015 sur médiation et conciliation",
        "partenariats de juridictions pilotes avec des universités",
    ),
    reading=(
        "référentiel public des décisions habituelles (barèmes statistiques)",
        "orientation vers la médiation",
        "page et comptes rendus de chaque conseil de juridiction",
    ),
    sources=("SEED", "PLAN", "AN-CJ", "GUINCHARD", "LETROIS-CJ", "OGP-FR0017"),
    folder=Path(__file__).parent,
)
