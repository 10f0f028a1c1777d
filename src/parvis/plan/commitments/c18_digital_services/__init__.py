"""Commitment 18: digital services."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step, Target

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=18,
    slug="partager-des-ressources/engagement-18",
    title=("Mieux interagir avec l'usager et améliorer les services publics grâce à l'administration numérique"),
    axis="partager-des-ressources",
    subaxis=None,
    ambition=(
        "Publier les chiffres d'usage et de satisfaction des services en ligne, cartographier les "
        "parcours entre sites publics et coconstruire les améliorations."
    ),
    leads=(
        "Premier ministre",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
    ),
    parts=(),
    milestones=(
        Step(
            key="E18-J01",
            text="Faire publier par chaque ministère ses chiffres-clés d'usage",
            tracker=170,
        ),
        Step(
            key="E18-J02",
            text="Cartographier les flux entrants et sortants entre sites publics",
            tracker=171,
        ),
        Step(
            key="E18-J03",
            text=("Extraire, publier et analyser les statistiques communes d'environ 650 sites gouvernementaux"),
            tracker=172,
            target=Target(650, "sites"),
        ),
        Step(
            key="E18-J04",
            text="Déployer des méthodes de co-construction (openlabs, design, ateliers usagers-agents)",
            tracker=173,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0021",
            ogp_title="Improve Public Services Through E-Government and User Interaction",
            did_it_open_government="did_not_change",
            verifiable=True,
            relevant=True,
            ogp_values=("access_to_information", "civic_participation"),
            ambition="low",
            starred=False,
            sources=("OGP-FR0021",),
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
                "Tableau de bord annuel du SGMAP : édition 2016 sur une trentaine de démarches de "
                "particuliers et d'entreprises."
            ),
            sources=("SN-TDB",),
            date="2016",
        ),
        Fact(
            text=("2019 : observatoire de 250 démarches en ligne, six critères de qualité et bouton « MonAvis »."),
            sources=("ARCHIMAG-OBS",),
            date="2019-06",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "tableau de bord des usages du numérique",
        "faire-simple.gouv.fr (2 000 suggestions, 40 mesures)",
    ),
    reading=(
        "indicateurs de qualité et de satisfaction par démarche",
        "avis d'usagers publiés et réponses",
        "données ouvertes d'audience",
    ),
    sources=("SEED", "PLAN", "SN-TDB", "ARCHIMAG-OBS", "OGP-FR0021"),
    folder=Path(__file__).parent,
)
