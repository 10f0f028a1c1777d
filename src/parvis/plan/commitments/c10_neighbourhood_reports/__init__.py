"""Commitment 10: neighbourhood reports."""

from pathlib import Path

from parvis.core.undertakings.declared import (
    Abandonment,
    Assessment,
    Commitment,
    Fact,
    Part,
    SelfAssessment,
    Step,
    Target,
)

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=10,
    slug="consulter-concerter-co-produire/action-publique/engagement-10",
    title=(
        "Donner aux citoyens de nouveaux moyens de participer à la vie publique en les associant à "
        "l'identification de problèmes à résoudre"
    ),
    axis="consulter-concerter-co-produire",
    subaxis="action-publique",
    ambition=(
        "Offrir aux communes une solution simple de signalement d'incidents géolocalisés avec "
        "suivi de la résolution, et son équivalent pour les sites web publics."
    ),
    leads=(
        "Secrétariat d'État chargé du Numérique",
        "Secrétariat d'État chargé de la Politique de la ville",
        "Premier ministre",
    ),
    parts=(
        Part(
            "10.1",
            "Fix-it des quartiers",
            ("Secrétariat d'État chargé du Numérique", "Secrétariat d'État chargé de la Politique de la ville"),
        ),
        Part("10.2", "Fix-it numérique", ("Premier ministre",)),
    ),
    milestones=(
        Step(
            key="E10-J01",
            text="Lancer l'appel à projets « Fix-it des quartiers »",
            tracker=140,
            due="2015-12",
            due_text="fin 2015 (version anglaise : juin 2015)",
            part="10.1",
            note="écart entre la version française corrigée et la version anglaise, reprise par l'IRM",
        ),
        Step(
            key="E10-J02",
            text="Mettre à disposition une première version de la solution de signalement",
            tracker=140,
            due="2015-09",
            due_text="septembre 2015, 100 communes avant fin 2015",
            part="10.1",
            target=Target(100, "communes"),
        ),
        Step(
            key="E10-J03",
            text="Lancer les solutions généralisables",
            tracker=140,
            due="2016-06",
            due_text="mi-2016",
            part="10.1",
        ),
        Step(
            key="E10-J04",
            text=("Mettre en place une plateforme expérimentale de signalement pour les sites publics (ANSSI)"),
            tracker=142,
            due="2016",
            due_text="courant 2016",
            part="10.2",
        ),
        Step(
            key="E10-J05",
            text="Ouvrir cette plateforme au public",
            tracker=142,
            due="2016-12",
            due_text="fin 2016",
            part="10.2",
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0012",
            ogp_title="Fix My Neighborhood",
            part="10.1",
            did_it_open_government="did_not_change",
            verifiable=False,
            relevant=False,
            ambition="low",
            note="champ de réalisation affiché « Pending IRM Review » ; projet abandonné",
            sources=("OGP-FR0012",),
        ),
        Assessment(
            ogp_id="FR0013",
            ogp_title="Digital Fix-It",
            part="10.2",
            did_it_open_government="did_not_change",
            verifiable=False,
            relevant=False,
            starred=False,
            sources=("OGP-FR0013",),
        ),
    ),
    self_assessments=(
        SelfAssessment(
            year=2016,
            status=None,
            note=(
                "Le volet 10.1 (Fix-it des quartiers) est déclaré inopportun et abandonné dans le rapport "
                "de mi-parcours ; statut chiffré de l'engagement non retrouvé."
            ),
            verified=True,
            sources=("NXI-FIXIT",),
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
                "Abandon : le rapport de mi-parcours indique que le secrétariat d'État au Numérique ne "
                "juge plus le projet opportun, trois applications au moins existant déjà (DansMaRue, "
                "PopVox, AppMyCity), plus « Ma Préfecture » dans le Val-d'Oise."
            ),
            sources=("NXI-FIXIT",),
            date="2016-07",
        ),
        Fact(
            text="Appel à projets annoncé pour juin 2015, reporté à fin 2015.",
            sources=("NXI-FIXIT15",),
        ),
        Fact(
            text=(
                "En 2017 l'ANSSI ouvre cybermalveillance.gouv.fr (expérimentation en Hauts-de-France en "
                "juin, France entière en octobre) ; rien ne dit qu'il s'agit du Fix-it numérique."
            ),
            sources=("LMI-CYBER",),
            date="2017-06",
            verified=False,
        ),
    ),
    carried_over=(),
    existing_systems=("DansMaRue (Paris)", "Beecitiz, Jaidemaville, Fixmaville, Tellmycity", "FixMyStreet (étranger)"),
    reading=(
        "signalement web et mobile : type, photo, position",
        "back-office communal et suivi public de la résolution",
        "signalement de défigurations de sites publics",
    ),
    sources=("SEED", "PLAN", "NXI-FIXIT", "NXI-FIXIT15", "LMI-CYBER", "OGP-FR0012", "OGP-FR0013", "PLAN-EN"),
    folder=Path(__file__).parent,
    abandonments=(
        Abandonment(
            steps=("E10-J01", "E10-J02", "E10-J03"),
            date="2016-07",
            because="Le secrétariat d'État chargé du Numérique ne juge plus le projet opportun : "
            "plusieurs applications de signalement existent déjà.",
            sources=("NXI-FIXIT",),
        ),
    ),
)
