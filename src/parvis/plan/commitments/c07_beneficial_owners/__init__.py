"""Commitment 7: beneficial owners."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=7,
    slug="rendre-des-comptes/transparence-vie-economique/engagement-7",
    title=(
        "Identifier les bénéficiaires effectifs des entités juridiques enregistrées en France pour "
        "lutter efficacement contre le blanchiment"
    ),
    axis="rendre-des-comptes",
    subaxis="transparence-vie-economique",
    ambition=(
        "Centraliser, à partir du registre du commerce, l'identité des personnes physiques qui "
        "contrôlent les sociétés et en donner un accès largement ouvert."
    ),
    leads=(
        "Ministère de la Justice",
        "Ministère des Finances et des Comptes publics",
        "Ministère de l'Économie, de l'Industrie et du Numérique",
    ),
    parts=(),
    milestones=(
        Step(
            key="E07-J01",
            text=(
                "Tenir un registre central, alimenté notamment par le RCS, offrant un accès largement "
                "ouvert à des informations exactes et à jour sur les bénéficiaires effectifs"
            ),
            tracker=127,
            due_text="transposition de la 4e directive sous deux ans (publiée le 5 juin 2015)",
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0009",
            ogp_title="Beneficial Ownership",
            did_it_open_government="marginal",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information", "public_accountability", "technology_and_innovation"),
            ambition="high",
            starred=False,
            sources=("OGP-FR0009",),
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
                "Le registre existe depuis 2017 (ouvert en 2018 selon Open Ownership) ; seuil de 25 % ; "
                "accès public d'une partie des champs par l'ordonnance de février 2020."
            ),
            sources=("ACPT-BO", "OO-FR"),
        ),
        Fact(
            text=(
                "Fin 2020, environ 70 % seulement des entités avaient déclaré ; en 2024 les données sont "
                "structurées et accessibles par API, sans suivre le standard BODS."
            ),
            sources=("ACPT-BO2", "OO-FR"),
        ),
        Fact(
            text=(
                "La publicité du registre des trusts a été censurée par le Conseil constitutionnel (21 "
                "octobre 2016) ; après l'arrêt de la CJUE du 22 novembre 2022, l'accès peut être limité à "
                "l'intérêt légitime."
            ),
            sources=("ACPT-BO", "OO-FR"),
        ),
        Fact(
            text="Mi-2017, l'engagement de registre public était classé en retard.",
            sources=("ACPT-FR",),
        ),
    ),
    carried_over=(),
    existing_systems=("Registre du commerce et des sociétés (RCS)", "Infogreffe"),
    reading=("registre des bénéficiaires effectifs avec accès gradué", "mesure de complétude"),
    sources=("SEED", "PLAN", "ACPT-BO", "OO-FR", "ACPT-BO2", "ACPT-FR", "OGP-FR0009"),
    folder=Path(__file__).parent,
)
