"""Commitment 17: state as platform."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=17,
    slug="partager-des-ressources/engagement-17",
    title="Transformer les ressources technologiques de l'État en plateforme ouverte",
    axis="partager-des-ressources",
    subaxis=None,
    ambition=(
        "Offrir des API, une identité partagée (FranceConnect) et une forge publique pour que "
        "chacun construise des services sans redemander les mêmes pièces."
    ),
    leads=(
        "Premier ministre",
        ("Secrétariat d'État chargé de la Réforme de l'État et de la Simplification auprès du Premier ministre"),
    ),
    parts=(),
    milestones=(
        Step(
            key="E17-J01",
            text=("Valider le cadre « État plateforme et France Connect » et le traduire dans les référentiels"),
            tracker=169,
            due="2015",
            due_text="au cours de 2015",
        ),
        Step(
            key="E17-J02",
            text="Expérimenter FranceConnect",
            tracker=166,
            due="2015-11",
            due_text="automne 2015",
        ),
        Step(
            key="E17-J03",
            text="Lancer FranceConnect sur service-public.fr",
            tracker=166,
            due="2016-01",
            due_text="janvier 2016",
        ),
        Step(
            key="E17-J04",
            text="Généraliser FranceConnect",
            tracker=166,
            due="2016",
            due_text="à partir de 2016",
        ),
        Step(
            key="E17-J05",
            text="Mettre en service la forge publique et un magasin d'API",
            tracker=167,
            due="2015-12",
            due_text="fin 2015",
        ),
        Step(
            key="E17-J06",
            text="Mener plusieurs cycles de sensibilisation au développement d'API",
            tracker=168,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0020",
            ogp_title="Open Platform for Government Resources",
            did_it_open_government="did_not_change",
            verifiable=True,
            relevant=False,
            ambition="low",
            starred=False,
            sources=("OGP-FR0020",),
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
                "api.gouv.fr ouvert le 21 juin 2016 avec 10 API et 13 réutilisations (FranceConnect, "
                "OpenFisca, Le.Taxi, BAN...), six mois après l'échéance."
            ),
            sources=("NXI-API", "UD-API"),
            date="2016-06-21",
        ),
        Fact(
            text="Accès ouvert ou restreint selon l'API, avec consentement de l'usager pour ses données.",
            sources=("UD-API", "NXI-API"),
        ),
    ),
    carried_over=(),
    existing_systems=("etatplateforme.modernisation.gouv.fr (18 juin 2015)", "programme « Dites-le-nous une fois »"),
    reading=(
        "catalogue d'API avec conditions d'accès et réutilisations",
        "identité fédérée à niveaux de confiance",
        "journal des échanges de données pour l'usager",
    ),
    sources=("SEED", "PLAN", "NXI-API", "UD-API", "OGP-FR0020"),
    folder=Path(__file__).parent,
)
