"""Commitment 5: court of accounts."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, CarriedOver, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=5,
    slug="rendre-des-comptes/evaluation-publique/engagement-5",
    title="Impliquer davantage les citoyens dans les travaux menés par la Cour des comptes",
    axis="rendre-des-comptes",
    subaxis="evaluation-publique",
    ambition=(
        "Publier les données qui fondent les contrôles de la Cour et ouvrir un espace où les "
        "citoyens font remonter leurs préoccupations."
    ),
    leads=("Cour des comptes",),
    parts=(),
    milestones=(
        Step(
            key="E05-J01",
            text=(
                "Publier régulièrement les données budgétaires qui fondent l'analyse de l'exécution du "
                "budget de l'État"
            ),
            tracker=143,
        ),
        Step(
            key="E05-J02",
            text="Publier, quand c'est possible, les données des enquêtes thématiques",
            tracker=144,
        ),
        Step(
            key="E05-J03",
            text="Publier les données des travaux sur les finances locales",
            tracker=145,
        ),
        Step(
            key="E05-J04",
            text="Publier des données d'activité des juridictions financières",
            tracker=146,
        ),
        Step(
            key="E05-J05",
            text="Mener une enquête d'opinion sur les attentes des citoyens",
            tracker=147,
        ),
        Step(
            key="E05-J06",
            text="Ouvrir un espace contributif pour les préoccupations des citoyens",
            tracker=148,
        ),
        Step(
            key="E05-J07",
            text="Étudier un portail data.ccomptes.fr référencé sur data.gouv.fr",
            tracker=None,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0007",
            ogp_title="Involve Citizens in Cour Des Comptes Work",
            did_it_open_government="marginal",
            verifiable=False,
            relevant=True,
            ogp_values=("access_to_information", "civic_participation"),
            ambition="high",
            starred=False,
            sources=("OGP-FR0007",),
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
                "Datasession des 27 et 28 mai 2016 : nouveaux jeux ouverts, plus de cinquante participants "
                "; seconde datasession en juin 2017 à Paris et Montpellier."
            ),
            sources=("ETALAB-CC", "DATAFIN-CC"),
            date="2016-05",
        ),
        Fact(
            text=(
                "Suite lointaine : dans le plan 2021-2023, la plateforme citoyenne de la Cour a conduit à "
                "25 contrôles d'intérêt public en 2023, jugés « résultats significatifs » par l'IRM."
            ),
            sources=("IRM-2123",),
            date="2023",
        ),
    ),
    carried_over=(
        CarriedOver(
            plan="2018-2020",
            ogp_id="FR0048",
            sources=("OGP-FR0048",),
        ),
    ),
    existing_systems=("ccomptes.fr (rapports, décisions, avis)",),
    reading=("jeux de données liés à chaque rapport", "espace de saisine citoyenne avec suites"),
    sources=("PLAN", "ETALAB-CC", "DATAFIN-CC", "IRM-2123", "OGP-FR0007"),
    folder=Path(__file__).parent,
)
