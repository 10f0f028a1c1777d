"""Commitment 8: extractives payments."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=8,
    slug="rendre-des-comptes/transparence-vie-economique/engagement-8",
    title="Renforcer la transparence des paiements et revenus issus des industries extractives",
    axis="rendre-des-comptes",
    subaxis="transparence-vie-economique",
    ambition=(
        "Rejoindre l'Initiative pour la transparence dans les industries extractives et rendre "
        "accessibles en données ouvertes les paiements des entreprises, par pays et par projet."
    ),
    leads=(
        "Ministère des Affaires étrangères et du Développement international",
        "Ministère de l'Écologie, du Développement durable et de l'Énergie",
        "Ministère des Finances et des Comptes publics",
        "Ministère de l'Économie, de l'Industrie et du Numérique",
    ),
    parts=(),
    milestones=(
        Step(
            key="E08-J01",
            text="Désigner un haut représentant ITIE et doter une équipe projet",
            tracker=133,
            due="2015-09",
            due_text="été 2015",
        ),
        Step(
            key="E08-J02",
            text="Constituer un comité national tripartite",
            tracker=133,
            due="2015-09",
            due_text="septembre 2015",
        ),
        Step(
            key="E08-J03",
            text=("Recevoir les premières déclarations d'entreprises (chapitre 10 de la directive comptable)"),
            tracker=134,
            due="2016-03",
            due_text="mars 2016",
        ),
        Step(
            key="E08-J04",
            text="Présenter la candidature de la France à l'ITIE",
            tracker=133,
            due="2016-12",
            due_text="avant décembre 2016",
        ),
        Step(
            key="E08-J05",
            text="Devenir pays candidat de l'ITIE",
            tracker=133,
            due="2017-06",
            due_text="premier semestre 2017",
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0010",
            ogp_title="(industries extractives)",
            note="fiche OGP non retrouvée ; numéro déduit de la suite",
            verified=False,
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
                "Mars 2016 : groupe de travail tripartite présidé par Isabelle Wallard ; objectif "
                "d'adhésion avant fin 2017."
            ),
            sources=("LASIM-ITIE", "USINE-ITIE"),
            date="2016-03",
        ),
        Fact(
            text="Au 31 juillet 2017, aucune candidature formelle ou publique n'avait été déposée.",
            sources=("ACPT-FR",),
            date="2017-07",
        ),
        Fact(
            text=(
                "En 2016 les entreprises publient pour la première fois leurs paiements par projet, mais "
                "en PDF, sans plateforme centrale ni format lisible par machine."
            ),
            sources=("PWYP-FR", "BASIC"),
            date="2016",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "ITIE (norme)",
        "loi du 30 décembre 2014 transposant le chapitre 10",
        "Publiez ce que vous payez (coalition)",
    ),
    reading=("registre central des paiements par pays et par projet", "comité tripartite avec comptes rendus publics"),
    sources=("PLAN", "LASIM-ITIE", "USINE-ITIE", "ACPT-FR", "PWYP-FR", "BASIC"),
    folder=Path(__file__).parent,
)
