"""« Mon revenu disponible »: what a household has in 2024 after contributions, benefits and taxes."""

from typing import Final

import numpy as np

from parvis.commons import places
from parvis.commons.households import Household, Money, amount, birth_asked, children_asked, count, each, text
from parvis.core.simulators.calculators import Answers, Axis, Calculator, Question, Shown, WrongAnswer
from parvis.core.simulators.contract import Array, Choice, Ref, Table

PERIOD: Final = "2024"
YEAR: Final = int(PERIOD)
YEARS: Final = ("2022", "2023", "2024")
"""Benefits look two years back: the situation is given as the same for the three."""

HOME, INCOME, DWELLING = "Votre foyer", "Vos revenus, par mois", "Votre logement"
EACH_ADULT: Final = {
    "salaire": "salaire_de_base",
    "chomage": "allocation_retour_emploi",
    "retraite": "retraite_brute",
    "pension_recue": "pensions_alimentaires_percues",
}
ACTIVITY: Final = (("salaire", "actif"), ("chomage", "chomeur"), ("retraite", "retraite"))
MONTHS: Final = 12


def table(answers: Answers) -> Table:
    """Make the table: a dwelling, a family, one tax return or two; the same for three years."""
    adults = count(answers, "adultes", 1)
    is_apart = adults > 1 and text(answers, "union", "mariage") == "libre"
    home = Household(adults, count(answers, "enfants", 0), returns=2 if is_apart else 1)
    dwelling = _dwelling(answers)
    individu = _for_three_years({field: _a_year(home, answers, name) for name, field in EACH_ADULT.items()})
    individu |= _for_three_years(_situation(home, answers))
    individu["date_naissance", "ETERNITY"] = home.births(answers, YEAR)
    of_returns = {
        "depcom_foyer": np.repeat(dwelling["depcom"], home.returns),
        # Box T of the return, half a share more: whoever lives alone with a dependent child (CGI, art. 194, II).
        "caseT": np.repeat(adults == 1 and home.children > 0, home.returns),
    }
    return home.table(
        individu,
        foyer_fiscal=_for_three_years(of_returns),
        menage=_for_three_years(dwelling),
    )


def _for_three_years(columns: dict[str, Array]) -> dict[tuple[str, str], Array]:
    return {(field, year): values for field, values in columns.items() for year in YEARS}


def _a_year(home: Household, answers: Answers, question: str) -> Array:
    """Return a year's amounts from a month's."""
    return home.of_adults(answers, question) * MONTHS


def _situation(home: Household, answers: Answers) -> dict[str, Array]:
    """Return what the answers say of each person's activity, without asking again."""
    sums = {name: home.of_adults(answers, name) for name, _ in ACTIVITY}
    found = ["inactif"] * home.persons
    for name, activity in reversed(ACTIVITY):
        found = [activity if sum_ else before for sum_, before in zip(sums[name], found, strict=True)]
    kinds = each(answers, "categorie", home.adults, "prive_non_cadre")
    paid = [str(kind) if sum_ else "non_pertinent" for kind, sum_ in zip(kinds, sums["salaire"], strict=False)]
    return {"activite": np.array(found), "categorie_salarie": np.array([*paid, *["non_pertinent"] * home.children])}


def _dwelling(answers: Answers) -> dict[str, Array]:
    occupied, commune = text(answers, "occupation", "locataire_vide"), text(answers, "commune", "45234").upper()
    if reason := places.not_a_commune(commune):
        raise WrongAnswer(reason, box="commune")
    rent = amount(answers, "loyer")
    if rent and occupied in {"proprietaire", "loge_gratuitement"}:
        raise WrongAnswer(
            "Ce logement n'a pas de loyer : mettez 0, ou changez la façon dont vous êtes logé.", box="loyer"
        )
    return {
        "statut_occupation_logement": np.array([occupied]),
        "depcom": np.array([commune]),
        "loyer": np.array([rent * MONTHS]),
    }


INCOME_ASKED: Final = Money(INCOME, unit="EUR/mo", most=1_000_000)

QUESTIONS: Final = (
    Question(
        "adultes",
        "Vivez-vous seul ou en couple ?",
        "choice",
        (),
        default="1",
        choices=(Choice("1", "Seul"), Choice("2", "En couple")),
        group=HOME,
    ),
    Question(
        "union",
        "Si vous vivez en couple, faites-vous une seule déclaration de revenus ?",
        "choice",
        (),
        help="En union libre, chacun fait la sienne, et les enfants sont mis sur la première.",
        default="mariage",
        choices=(Choice("mariage", "Oui, mariés ou pacsés"), Choice("libre", "Non, en union libre")),
        group=HOME,
    ),
    birth_asked(HOME, YEAR),
    *children_asked(HOME, YEAR),
    INCOME_ASKED.asked_each(
        "salaire",
        "Quel est votre salaire brut par mois ?",
        "salaire_de_base",
        "activite",
        example=2_200,
        about="La ligne « brut » de votre fiche de paie, sans les primes.",
    ),
    Question(
        "categorie",
        "Quel est votre emploi ?",
        "choice",
        ("categorie_salarie",),
        default="prive_non_cadre",
        choices=(
            Choice("prive_non_cadre", "Salarié du privé, non cadre"),
            Choice("prive_cadre", "Salarié du privé, cadre"),
            Choice("public_non_titulaire", "Contractuel de la fonction publique"),
        ),
        group=INCOME,
        repeated_by="adultes",
        repeated_at_most=2,
    ),
    INCOME_ASKED.asked_each(
        "chomage",
        "Quelle allocation de chômage brute recevez-vous par mois ?",
        "allocation_retour_emploi",
        "activite",
        example=1_100,
    ),
    INCOME_ASKED.asked_each(
        "retraite",
        "Quelles pensions de retraite brutes recevez-vous par mois ?",
        "retraite_brute",
        "activite",
        example=1_500,
    ),
    INCOME_ASKED.asked_each(
        "pension_recue",
        "Quelle pension alimentaire recevez-vous par mois ?",
        "pensions_alimentaires_percues",
        example=150,
    ),
    Question(
        "occupation",
        "Comment êtes-vous logé ?",
        "choice",
        ("statut_occupation_logement",),
        default="locataire_vide",
        choices=(
            Choice("locataire_vide", "Locataire d'un logement vide"),
            Choice("locataire_meuble", "Locataire d'un meublé"),
            Choice("locataire_hlm", "Locataire d'un HLM"),
            Choice("proprietaire", "Propriétaire"),
            Choice("loge_gratuitement", "Logé gratuitement"),
        ),
        group=DWELLING,
    ),
    Question(
        "loyer",
        "Quel est votre loyer par mois ?",
        "number",
        ("loyer",),
        unit="EUR/mo",
        help="Sans les charges ; 0 si vous n'en payez pas.",
        example=650,
        default=0.0,
        bounds=(0, 20_000),
        group=DWELLING,
    ),
    Question(
        "commune",
        "Dans quelle commune vivez-vous ?",
        "text",
        ("depcom", "depcom_foyer"),
        help="Son code INSEE, qui n'est pas le code postal, ou son nom. Elle dit la zone des aides au logement.",
        example="69123",
        default="45234",
        group=DWELLING,
        read=places.commune,
        words=places.commune_words,
    ),
)

SOCIAL: Final = "prestations_sociales"

CALCULATOR: Final = Calculator(
    slug="revenu-disponible",
    title="Mon revenu disponible",
    summary="Ce qui reste à votre foyer en 2024, une fois comptés les cotisations, les aides et les impôts.",
    engine="openfisca",
    period=PERIOD,
    questions=QUESTIONS,
    table=table,
    outputs=(
        Shown(
            "revenu_disponible",
            "Revenu disponible",
            is_main=True,
            unit="EUR",
            sentence="Votre foyer dispose de {} en 2024.",
            sentence_below="Votre foyer doit {} de plus qu'il ne reçoit en 2024.",
            sentence_zero="Votre foyer ne dispose de rien en 2024.",
        ),
        Shown("revenus_nets_du_travail", "Salaires nets", is_part=True, unit="EUR"),
        Shown("pensions_nettes", "Retraites, chômage et pensions nets", is_part=True, unit="EUR"),
        Shown("prestations_familiales", "Prestations familiales", is_part=True, unit="EUR"),
        Shown("aides_logement", "Aides au logement", is_part=True, unit="EUR"),
        Shown("reduction_loyer_solidarite", "Réduction de loyer de solidarité", is_part=True, unit="EUR"),
        Shown("ppa_nette_crds", "Prime d'activité", is_part=True, unit="EUR"),
        Shown("rsa", "Revenu de solidarité active", is_part=True, unit="EUR"),
        Shown("minimum_vieillesse", "Minimum vieillesse", is_part=True, unit="EUR"),
        Shown("aefa", "Prime de Noël", is_part=True, unit="EUR"),
        Shown("ass", "Allocation de solidarité spécifique", is_part=True, unit="EUR"),
        Shown("impots_directs", "Impôts directs", is_part=True, unit="EUR"),
        Shown("niveau_de_vie", "Niveau de vie, par unité de consommation", unit="EUR"),
    ),
    axes=(Axis("salaire_1", 0, 6_000), Axis("loyer", 0, 1_500), Axis("retraite_1", 0, 4_000)),
    parameters=(
        "impot_revenu.bareme_ir_depuis_1945.bareme",
        f"{SOCIAL}.solidarite_insertion.minima_sociaux.rsa.rsa_m.montant_de_base_du_rsa",
        f"{SOCIAL}.solidarite_insertion.minima_sociaux.ppa.pa_m.montant_de_base",
    ),
    cases={
        "Une personne seule au SMIC, locataire": {"adultes": "1", "salaire_1": 1_767, "loyer": 480},
        "Un couple avec deux enfants, locataires": {
            "adultes": "2",
            "enfants": 2,
            "age_enfant_1": 3,
            "age_enfant_2": 9,
            "salaire_1": 2_400,
            "salaire_2": 1_800,
            "loyer": 750,
            "commune": "69123",
        },
        "Une mère seule sans emploi, en HLM": {
            "adultes": "1",
            "enfants": 1,
            "age_enfant_1": 5,
            "occupation": "locataire_hlm",
            "loyer": 380,
        },
        "Un couple en union libre, l'un au chômage": {
            "adultes": "2",
            "union": "libre",
            "salaire_1": 2_000,
            "chomage_2": 1_000,
            "loyer": 600,
        },
        "Un couple de retraités propriétaires": {
            "adultes": "2",
            "naissance_1": 1950,
            "naissance_2": 1953,
            "retraite_1": 1_600,
            "retraite_2": 1_100,
            "occupation": "proprietaire",
        },
    },
    refs=(
        Ref(
            "Insee, définition du revenu disponible",
            "https://www.insee.fr/fr/metadonnees/definition/c1458",
        ),
    ),
    limits=(
        "Une personne seule avec enfants est supposée cocher la case T (parent isolé) de sa déclaration de revenus.",
        "La situation est supposée la même depuis deux ans : les aides regardent les revenus passés.",
        "Ni indépendants, ni fonctionnaires titulaires, ni handicap, ni revenus de placements.",
        "Les aides sont comptées comme si elles étaient toutes demandées, ce qui n'est pas toujours le cas.",
        "Ce calcul n'engage aucune administration.",
    ),
)
