"""Commitment 4: policy evaluations."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=4,
    slug="rendre-des-comptes/evaluation-publique/engagement-4",
    title="Ouvrir l'accès aux évaluations de politiques publiques et à leurs conclusions",
    axis="rendre-des-comptes",
    subaxis="evaluation-publique",
    ambition=(
        "Rassembler toutes les évaluations dans un observatoire consultable par tous, y associer "
        "les citoyens et rendre visible l'effet de chaque évaluation sur la décision."
    ),
    leads=(("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),),
    parts=(),
    milestones=(
        Step(
            key="E04-J01",
            text=(
                "Rendre accessible à tous l'Observatoire de l'évaluation des politiques publiques et y "
                "faire verser les travaux de tous les acteurs"
            ),
            tracker=135,
        ),
        Step(
            key="E04-J02",
            text=(
                "Publier systématiquement les évaluations lancées par la modernisation de l'action "
                "publique, sauf empêchement juridique"
            ),
            tracker=137,
        ),
        Step(
            key="E04-J03",
            text=("Généraliser la participation citoyenne aux évaluations (enquêtes, ateliers, jurys citoyens)"),
            tracker=138,
        ),
        Step(
            key="E04-J04",
            text="Améliorer la traçabilité de l'effet des évaluations sur l'action publique",
            tracker=141,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0006",
            ogp_title="Open Access to Public Policy Evaluations",
            did_it_open_government="marginal",
            verifiable=False,
            relevant=True,
            ambition="low",
            sources=("OGP-FR0006",),
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
                "Août 2016 : 78 évaluations lancées depuis fin 2012, 68 achevées ; une méta-évaluation est "
                "menée de juillet à décembre 2016."
            ),
            sources=("JOINUP-EPP",),
            date="2016-08",
        ),
        Fact(
            text="Septembre 2016 : 80 évaluations achevées selon l'administration, rapports publics.",
            sources=("MODERN-EPP",),
            date="2016-09",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "Observatoire de la SFE (1 600 références depuis 2000)",
        (
            "espace SGMAP avec jauge d'avancement en cinq jalons (lancement, diagnostic, scénarios, "
            "rapport, mise en œuvre)"
        ),
        "59 évaluations lancées et 43 rapports publiés en juin 2015",
    ),
    reading=(
        "base documentaire cherchable",
        "jauge d'avancement et suivi des suites",
        "participation citoyenne dans chaque évaluation",
    ),
    sources=("PLAN", "JOINUP-EPP", "MODERN-EPP", "OGP-FR0006"),
    folder=Path(__file__).parent,
)
