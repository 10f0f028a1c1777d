"""« Mes aides de jeune »: which benefits of the catalogue nothing excludes, with the page of each."""

from typing import Final

import numpy as np

from parvis.commons import places
from parvis.commons.engines.youth_benefits import PROFILES, STUDENT, TICKED
from parvis.commons.households import text
from parvis.core.simulators.calculators import Answers, Calculator, Question, Shown, WrongAnswer
from parvis.core.simulators.contract import Choice, Ref, Rows, Table

PERIOD: Final = "2024"
"""The engine asks for one and reads none: the page says the catalogue instead."""

ASKED: Final = "eternity"

ALONE: Final = tuple(one for one in PROFILES if one not in TICKED and one.value != STUDENT)
"""What a person does: a single answer, since schools are named one by one and the rest is asked apart."""


def table(answers: Answers) -> Table:
    """Make the table: one person, and what she said only."""
    if wrong := places.misplaced(*(text(answers, name, "") for name in ("region", "departement", "commune"))):
        raise WrongAnswer(wrong[0], box=wrong[1])
    columns = {(name, ASKED): np.array([value]) for name, value in answers.items() if value is not None}
    return Table({"personne": Rows(1, columns)})


CALCULATOR: Final = Calculator(
    slug="aides-jeunes",
    title="Mes aides de jeune",
    summary="Les aides nationales et locales que rien n'exclut pour vous, avec la page où les demander.",
    engine="aides-jeunes",
    period=PERIOD,
    when="le catalogue tel qu'il est installé ici",
    questions=(
        Question("age", "Quel âge avez-vous ?", "integer", ("age",), unit="a", example=20, bounds=(0, 120)),
        Question(
            "profil",
            "Que faites-vous ?",
            "choice",
            ("profil",),
            choices=ALONE,
            help="Université, école ou BTS : enseignement supérieur. Si vous étudiez sous contrat, dites le contrat.",
        ),
        Question(
            "region",
            "Dans quelle région habitez-vous ?",
            "choice",
            ("region",),
            choices=tuple(Choice(*one) for one in places.REGIONS.items()),
        ),
        Question(
            "departement",
            "Dans quel département ?",
            "text",
            ("departement",),
            help="Son nom, ou son code, comme 69 ou 2A.",
            example="69",
            read=places.department,
            words=places.department_words,
        ),
        Question(
            "commune",
            "Dans quelle commune ?",
            "text",
            ("commune",),
            help="Son code INSEE, qui n'est pas le code postal, ou son nom.",
            example="69123",
            read=places.commune,
            words=places.commune_words,
        ),
        Question(
            "quotient_familial",
            "Quel est votre quotient familial ?",
            "number",
            ("quotient_familial",),
            unit="EUR",
            help="Celui de la CAF, par mois : il est sur votre compte, ou sur celui de vos parents.",
            example=800,
        ),
        Question("boursier", "Êtes-vous boursier ?", "bool", ("boursier",)),
        Question("stagiaire", "Êtes-vous en stage ?", "bool", ("stagiaire",)),
        Question("parent", "Avez-vous un enfant ?", "bool", ("parent",)),
        Question("beneficiaire_rsa", "Recevez-vous le RSA ?", "bool", ("beneficiaire_rsa",)),
        Question("situation_handicap", "Êtes-vous en situation de handicap ?", "bool", ("situation_handicap",)),
    ),
    table=table,
    outputs=(
        Shown(
            "aides_possibles", "Aides que rien n'exclut", is_main=True, sentence="Rien n'exclut {} aides pour vous."
        ),
        Shown("aides_aux_conditions_remplies", "Dont celles dont toutes les conditions lisibles sont remplies"),
    ),
    cases={
        "Lycéenne de 17 ans à Paris": {"age": 17, "profil": "lyceen", "region": "11", "departement": "75"},
        "Apprenti de 20 ans à Lyon": {"age": 20, "profil": "apprenti", "region": "84", "departement": "69"},
    },
    refs=(Ref("Catalogue d'aides-jeunes (beta.gouv.fr)", "https://github.com/betagouv/aides-jeunes"),),
    limits=(
        "Une aide comptée n'est pas due : des conditions restent à vérifier, dites sur la page de chacune.",
        "Le catalogue est celui d'un jour : une aide a pu changer depuis.",
    ),
)
