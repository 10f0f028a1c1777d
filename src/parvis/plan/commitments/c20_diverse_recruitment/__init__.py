"""Commitment 20: diverse recruitment."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step, Target

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=20,
    slug="ouvrir-l-administration/acces-fonction-publique/engagement-20",
    title="Diversifier le recrutement au sein des institutions publiques",
    axis="ouvrir-l-administration",
    subaxis="acces-fonction-publique",
    ambition=(
        "Ouvrir de nouvelles voies d'accès à la fonction publique et réduire les biais "
        "discriminatoires dans le recrutement."
    ),
    leads=("Ministère de la Décentralisation et de la Fonction publique",),
    parts=(),
    milestones=(
        Step(
            key="E20-J01",
            text="Inscrire de nouvelles voies d'accès dans le projet de loi déontologie",
            tracker=176,
        ),
        Step(
            key="E20-J02",
            text="Augmenter de 25 % les places en classes préparatoires intégrées, puis atteindre 1 000",
            tracker=177,
            due="2016",
            due_text="+25 % en 2015, 1 000 places en 2016",
            target=Target(1000, "places"),
        ),
        Step(
            key="E20-J03",
            text="Accueillir 4 000 apprentis dans la fonction publique de l'État",
            tracker=178,
            due="2016-09",
            due_text="rentrée 2016",
            target=Target(4000, "apprentis"),
        ),
        Step(
            key="E20-J04",
            text="Accueillir 10 000 apprentis dans la fonction publique de l'État",
            tracker=178,
            due="2017-09",
            due_text="rentrée 2017",
            target=Target(10000, "apprentis"),
        ),
        Step(
            key="E20-J05",
            text="Lancer une mission d'expertise sur les discriminations",
            tracker=179,
        ),
        Step(
            key="E20-J06",
            text="Prévoir au moins un membre extérieur dans chaque jury ou comité de sélection",
            tracker=180,
        ),
        Step(
            key="E20-J07",
            text="Former à la prévention des discriminations tous les futurs membres de jurys",
            tracker=181,
        ),
        Step(
            key="E20-J08",
            text="Généraliser la labellisation des directions des ressources humaines",
            tracker=182,
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0023",
            ogp_title="Diversify Recruitment Within Public Institutions",
            did_it_open_government="did_not_change",
            verifiable=True,
            relevant=False,
            ambition="low",
            starred=False,
            sources=("OGP-FR0023",),
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
                "Début 2017 : plus de 8 300 apprentis dans la fonction publique d'État (700 au plus en "
                "2012) ; près de 9 500 à la campagne 2017-2018."
            ),
            sources=("E1-APP", "AEF-APP"),
            date="2017",
        ),
        Fact(
            text=(
                "Mai 2015 : annonce du passage d'environ 500 à 1 000 places de catégorie A en classes "
                "préparatoires intégrées pour 2016."
            ),
            sources=("VN-CPI",),
            date="2015-05",
        ),
        Fact(
            text=(
                "Rapport L'Horty sur les discriminations à l'accès à l'emploi public, remis en juillet "
                "2016 au Premier ministre."
            ),
            sources=("LHORTY",),
            date="2016-07",
        ),
    ),
    carried_over=(),
    existing_systems=("classes préparatoires intégrées", "apprentissage public"),
    reading=("tableau de bord chiffré des places, apprentis, jurys et labels",),
    sources=("PLAN", "E1-APP", "AEF-APP", "VN-CPI", "LHORTY", "OGP-FR0023"),
    folder=Path(__file__).parent,
)
