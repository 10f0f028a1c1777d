"""« Ma prime d'activité »: what a household on modest wages gets a month, from what the CAF asks each quarter."""

from typing import Final

import numpy as np

from parvis.commons.households import Household, Money, amount, children_asked, count, text
from parvis.core.simulators.calculators import Answers, Axis, Calculator, Question, Shown, WrongAnswer
from parvis.core.simulators.contract import Choice, Ref, Table

PERIOD: Final = "2024-12"
"""The bonus of a month is that of the three months before it."""

YEAR: Final = int(PERIOD[:4])
MONTHS: Final = 12
HOME, INCOME, DWELLING = "Votre foyer", "Vos revenus, par mois", "Votre logement"


def table(answers: Answers, year: int = YEAR) -> Table:
    """Make the table: one family, whose months are all alike, this year and the two before it."""
    home = Household(count(answers, "adultes", 1), count(answers, "enfants", 0))
    wages, others = (home.of_adults(answers, name) * MONTHS for name in ("salaire", "autres"))
    return home.table(
        {
            ("date_naissance", "ETERNITY"): home.births(answers, year),
            ("salaire_net", str(year)): wages,
            ("chomage_net", str(year)): others,
            # Family benefits, which the bonus counts, look at the income of two years before.
            ("salaire_imposable", str(year - 2)): wages,
            ("chomage_imposable", str(year - 2)): others,
        },
        famille={("aide_logement", str(year)): np.array([_housing(answers) * MONTHS])},
        menage={("statut_occupation_logement", str(year)): np.array([text(answers, "occupation", "locataire_vide")])},
    )


def _housing(answers: Answers) -> float:
    benefit = amount(answers, "aide_logement")
    if benefit and text(answers, "occupation", "locataire_vide") == "loge_gratuitement":
        raise WrongAnswer(
            "Qui est logé gratuitement ne reçoit pas d'aide au logement : mettez 0, ou changez la façon dont vous "
            "êtes logé.",
            box="aide_logement",
        )
    return benefit


# Beside what a question gives, its fields name the input that the model would ask for in its place.
INCOME_ASKED: Final = Money(INCOME, unit="EUR/mo", most=20_000)
DWELLING_ASKED: Final = Money(DWELLING, unit="EUR/mo", most=2_000)

QUESTIONS: Final = (
    Question(
        "adultes",
        "Vivez-vous seul ou en couple ?",
        "choice",
        (),
        help="Mariés, pacsés ou en union libre : la CAF compte le couple de la même façon.",
        default="1",
        choices=(Choice("1", "Seul"), Choice("2", "En couple")),
        group=HOME,
    ),
    *children_asked(HOME, YEAR),
    INCOME_ASKED.asked_each(
        "salaire",
        "Quel est votre salaire net par mois ?",
        "salaire_net",
        "salaire_de_base",
        example=1_400,
        about="Le net avant impôt de votre fiche de paie, en moyenne sur les trois derniers mois.",
    ),
    INCOME_ASKED.asked_each(
        "autres",
        "Quels autres revenus recevez-vous par mois ?",
        "chomage_net",
        "allocation_retour_emploi",
        example=300,
        about="Chômage, retraite, pension alimentaire, nets. Sans les aides de la CAF.",
    ),
    Question(
        "occupation",
        "Comment êtes-vous logé ?",
        "choice",
        ("statut_occupation_logement",),
        help="Qui ne paie pas de loyer voit retenir un forfait.",
        default="locataire_vide",
        choices=(
            Choice("locataire_vide", "Locataire"),
            Choice("proprietaire", "Propriétaire, sans emprunt à rembourser"),
            Choice("loge_gratuitement", "Logé gratuitement"),
        ),
        group=DWELLING,
    ),
    DWELLING_ASKED.asked(
        "aide_logement",
        "Quelle aide au logement recevez-vous par mois ?",
        "aide_logement",
        "loyer",
        example=150,
        about="APL, ALF ou ALS, telle que la CAF la verse ; 0 si vous n'en avez pas.",
    ),
)

RULES: Final = "prestations_sociales.solidarite_insertion.minima_sociaux.ppa"

CALCULATOR: Final = Calculator(
    slug="prime-d-activite",
    title="Ma prime d'activité",
    summary="Ce que la CAF ou la MSA ajoute chaque mois à des revenus d'activité modestes.",
    engine="openfisca",
    period=PERIOD,
    questions=QUESTIONS,
    table=table,
    outputs=(
        Shown(
            "ppa_nette_crds",
            "Prime d'activité",
            is_main=True,
            unit="EUR",
            sentence="Votre foyer aurait droit à {} de prime d'activité par mois.",
            sentence_zero="Avec ces revenus, votre foyer n'a pas droit à la prime d'activité.",
        ),
        Shown("ppa", "Prime avant CRDS", is_part=True, unit="EUR"),
        Shown("crds_ppa", "CRDS, 0,5 %", is_part=True, unit="EUR"),
    ),
    axes=(Axis("salaire_1", 0, 3_000), Axis("aide_logement", 0, 400)),
    parameters=(
        f"{RULES}.pa_m.montant_de_base",
        f"{RULES}.pa_m.majoration_ressources_revenus_activite",
        f"{RULES}.pa_m.bonification.taux_bonification_max",
        f"{RULES}.pa_m.montant_minimum_verse",
    ),
    cases={
        "Une personne seule au SMIC": {"adultes": "1", "salaire_1": 1_400},
        "Un couple, l'un à mi-temps, deux enfants": {
            "adultes": "2",
            "enfants": 2,
            "age_enfant_1": 5,
            "age_enfant_2": 9,
            "salaire_1": 1_500,
            "salaire_2": 700,
            "aide_logement": 120,
        },
        "Une mère seule à temps partiel": {
            "adultes": "1",
            "enfants": 1,
            "age_enfant_1": 4,
            "salaire_1": 900,
            "aide_logement": 300,
        },
        "Un couple propriétaire, l'un au chômage": {
            "adultes": "2",
            "salaire_1": 1_300,
            "autres_2": 200,
            "occupation": "proprietaire",
        },
    },
    refs=(
        Ref(
            "Code de la sécurité sociale, articles L842-1 et suivants : la prime d'activité",
            "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006073189/LEGISCTA000031086745/",
        ),
        Ref("Service-public.fr, Prime d'activité", "https://www.service-public.fr/particuliers/vosdroits/F2882"),
    ),
    limits=(
        "Les revenus sont supposés les mêmes depuis deux ans ; la CAF regarde ceux des trois derniers mois.",
        "Les autres revenus sont comptés comme du chômage : la prime les retranche tous de la même façon.",
        "Ni indépendants, ni handicap, ni apprentis, ni étudiants, pour qui les conditions sont autres.",
        "Les enfants n'ont pas de revenus. Un enfant de plus de 24 ans n'est pas compté.",
        "Ce calcul n'engage ni la CAF ni la MSA.",
    ),
)
