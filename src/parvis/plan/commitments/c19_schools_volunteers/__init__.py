"""Commitment 19: schools volunteers."""

from pathlib import Path

from parvis.core.undertakings.declared import Assessment, Commitment, Fact, SelfAssessment, Step, Target

COMMITMENT = Commitment(
    plan="france-2015-2017",
    number=19,
    slug="ouvrir-l-administration/engagement-citoyen/engagement-19",
    title="Permettre l'engagement de la société civile en appui de l'École",
    axis="ouvrir-l-administration",
    subaxis="engagement-citoyen",
    ambition=(
        "Accueillir des volontaires à l'École par le service civique et par une réserve citoyenne "
        "d'intervenants, sollicitée par les enseignants."
    ),
    leads=(
        "Ministère de l'Éducation nationale, de l'Enseignement supérieur et de la Recherche",
        "Ministère de la Ville, de la Jeunesse et des Sports",
    ),
    parts=(),
    milestones=(
        Step(
            key="E19-J01",
            text="Recruter 5 000 jeunes en service civique à l'Éducation nationale",
            tracker=174,
            due="2015-09",
            due_text="rentrée 2015-2016",
            target=Target(5000, "volontaires"),
        ),
        Step(
            key="E19-J02",
            text="Recruter 10 000 volontaires",
            tracker=174,
            due="2016-09",
            due_text="2016-2017",
            target=Target(10000, "volontaires"),
        ),
        Step(
            key="E19-J03",
            text="Offrir 37 000 missions, associations comprises",
            tracker=174,
            due="2017-09",
            due_text="rentrée 2017",
            target=Target(37000, "missions"),
        ),
        Step(
            key="E19-J04",
            text="Déployer la réserve citoyenne de l'Éducation nationale (cinq champs d'expertise)",
            tracker=175,
            due_text="lancée le 12 mai 2015",
        ),
    ),
    assessments=(
        Assessment(
            ogp_id="FR0022",
            ogp_title="Empower Civil Society to Support Schools",
            did_it_open_government="did_not_change",
            verifiable=False,
            relevant=False,
            ambition="low",
            sources=("OGP-FR0022",),
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
                "Avril 2016 : 5 500 réservistes pour plus de 6 800 candidatures ; 31 % n'étaient jamais "
                "intervenus dans une école ; aucun chiffre sur les interventions réelles."
            ),
            sources=("AEF-RC",),
            date="2016-04",
        ),
        Fact(
            text=(
                "Novembre 2017 : plus de 6 100 réservistes ; base légale donnée par la loi du 27 janvier "
                "2017 et le décret 2017-930."
            ),
            sources=("SENAT-RC",),
            date="2017-11",
        ),
    ),
    carried_over=(),
    existing_systems=(
        "réserve citoyenne de l'Éducation nationale (circulaire du 12 mai 2015)",
        "institutions ambassadrices (ENA, CPU, Ligue de l'enseignement, Francas...)",
    ),
    reading=(
        "mise en relation offre et demande par territoire et thème",
        "validation par le référent",
        "comptage des interventions",
    ),
    sources=("SEED", "PLAN", "AEF-RC", "SENAT-RC", "OGP-FR0022"),
    folder=Path(__file__).parent,
)
