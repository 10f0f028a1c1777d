"""A French household as OpenFisca-France describes it: one dwelling, one family, one or two tax returns.

Persons stand in one order, adults then children: OpenFisca takes the first parent as the claimant of benefits and the
first declarant as the main one. Roles are positions among the roles of openfisca_france/entities.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import numpy as np

from parvis.core.simulators.calculators import Answers, Question
from parvis.core.simulators.contract import Array, Membership, Rows, Table, Value

Given: TypeAlias = Mapping[tuple[str, str], Array]
"""What is given of one entity: by field and period, one value a row."""

MOST_CHILDREN, CHILD_AGE, ADULT_AGE = 8, 10, 40
FIRST, SECOND, CHILD = 0, 1, 2  # roles of « menage »; in « famille » and « foyer_fiscal », an adult is 0, a child 1


@dataclass(frozen=True)
class Household:
    """Who lives together."""

    adults: int
    children: int
    returns: int = 1  # tax returns: two for a couple neither married nor in a civil union

    @property
    def persons(self) -> int:
        return self.adults + self.children

    def table(
        self,
        individu: Given,
        *,
        famille: Given | None = None,
        foyer_fiscal: Given | None = None,
        menage: Given | None = None,
    ) -> Table:
        """Make the table of one case; children are on the first return."""
        of_age = np.arange(self.persons) < self.adults
        returns = np.where(of_age & (np.arange(self.persons) >= 1), self.returns - 1, 0)
        groups = {
            "famille": _members(np.zeros(self.persons), ~of_age),
            "foyer_fiscal": _members(returns, ~of_age),
            "menage": _members(np.zeros(self.persons), np.where(of_age, np.arange(self.persons), CHILD)),
        }
        return Table(
            {
                "individu": Rows(self.persons, dict(individu), groups),
                "famille": Rows(1, dict(famille or {})),
                "foyer_fiscal": Rows(self.returns, dict(foyer_fiscal or {})),
                "menage": Rows(1, dict(menage or {})),
            }
        )

    def of_adults(self, answers: Answers, question: str) -> Array:
        """Return the amounts that each adult was asked for, zero for children and where nothing was answered."""
        return np.array([*each(answers, question, self.adults, 0.0), *[0.0] * self.children], dtype=float)

    def births(self, answers: Answers, year: int) -> Array:
        """Return birth dates: adults' by their year, children's by their age on the first of January of `year`.

        A year is placed on its first of January; a child of age 0 is born that day, and counts for the whole year.
        """
        of_adults = [int(str(born)) for born in each(answers, "naissance", self.adults, year - ADULT_AGE)]
        years = [*of_adults, *(year - age for age in ages(answers, self.children))]
        return np.array([date(born, 1, 1) for born in years], dtype="datetime64[D]")


def _members(rows: Array, roles: Array) -> Membership:
    return Membership(rows.astype(np.int32), roles.astype(np.int8))


def each(answers: Answers, question: str, times: int, default: Value) -> Sequence[Value]:
    """Return the answers to a repeated question: « age_1 », « age_2 »…"""
    return [answers.get(f"{question}_{position}", default) for position in range(1, times + 1)]


def amount(answers: Answers, question: str) -> float:
    """Return the amount answered, zero where nothing was."""
    return float(str(answers.get(question, 0.0)))


def count(answers: Answers, question: str, default: int) -> int:
    """Return the whole number answered, be it a choice's or a number's."""
    return int(str(answers.get(question, default)))


def text(answers: Answers, question: str, default: str) -> str:
    """Return the text or the choice answered."""
    return str(answers.get(question, default)).strip()


def ages(answers: Answers, children: int) -> list[int]:
    """Return children's ages."""
    return [int(str(age)) for age in each(answers, "age_enfant", children, CHILD_AGE)]


def children_asked(group: str, year: int) -> tuple[Question, ...]:
    """Ask how many children there are and their ages."""
    return (
        Question(
            "enfants",
            "Combien d'enfants avez-vous à charge ?",
            "integer",
            (),
            help="Les vôtres ou ceux que vous avez recueillis, mineurs, ou majeurs rattachés à votre déclaration.",
            example=2,
            default=0,
            bounds=(0, MOST_CHILDREN),
            group=group,
        ),
        Question(
            "age_enfant",
            f"Quel âge a l'enfant au 1er janvier {year} ?",
            "integer",
            ("date_naissance",),
            unit="a",
            help="0 pour un enfant né dans l'année.",
            example=7,
            default=CHILD_AGE,
            bounds=(0, 25),
            group=group,
            repeated_by="enfants",
            repeated_at_most=MOST_CHILDREN,
        ),
    )


def birth_asked(group: str, year: int) -> Question:
    """Ask each adult's year of birth."""
    return Question(
        "naissance",
        "En quelle année êtes-vous né ?",
        "integer",
        ("date_naissance",),
        help="L'âge ouvre des abattements et des aides : à 65 ans pour l'impôt, à 25 ans pour le RSA.",
        example=year - ADULT_AGE,
        default=year - ADULT_AGE,
        bounds=(year - 110, year - 18),
        group=group,
        repeated_by="adultes",
        repeated_at_most=2,
    )


@dataclass(frozen=True)
class Money:
    """How sums of one group are asked."""

    group: str
    unit: str = "EUR/a"
    most: float = 10_000_000

    def asked(self, name: str, text: str, *fields: str, example: int, about: str = "") -> Question:
        """Ask one sum for the household."""
        return Question(
            name,
            text,
            "number",
            fields,
            unit=self.unit,
            help=about,
            example=example,
            default=0.0,
            bounds=(0, self.most),
            group=self.group,
        )

    def asked_each(self, name: str, text: str, *fields: str, example: int, about: str = "") -> Question:
        """Ask one sum of each adult."""
        asked = self.asked(name, text, *fields, example=example, about=about)
        return replace(asked, repeated_by="adultes", repeated_at_most=2)
