"""Calculators, as rooms declare them: the few questions that people answer, and the table that their answers make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from parvis.core.discovery import Shelf
from parvis.core.simulators.contract import Choice, Columns, Ref, Table, Type, Value, WrongValue
from parvis.core.web.charts import Chart

Answers: TypeAlias = Mapping[str, Value]
"""What a person answered, by the question's name; a question not answered is absent."""


class WrongAnswer(WrongValue):
    """What a person wrote is wrong, and the question, or the box of a form, to mend is known."""

    def __init__(self, sentence: str, *, box: str) -> None:
        """Say what is wrong in a sentence, and name the box beside which it is shown."""
        super().__init__(sentence)
        self.box = box


@dataclass(frozen=True)
class Question:
    """One question in plain words. It is asked only while one of `fields` may move the result."""

    name: str
    text: str  # « Quel est votre salaire net imposable annuel ? »
    type: Type
    fields: tuple[
        str, ...
    ]  # the model's inputs that the answer gives; () for what shapes the table (how many children)
    unit: str = ""  # as Field.unit
    help: str = ""
    example: Value = None
    default: Value = None  # said on the page: what is computed while it is not answered
    choices: tuple[Choice, ...] = ()
    bounds: tuple[float | None, float | None] = (None, None)
    step: float | None = None  # of a number between two bounds: a slider stands beside its box, and moves by so much
    group: str = ""  # heading under which it stands
    repeated_by: str = ""  # name of the question whose answer says how many times it is asked (« age_1 », « age_2 »)
    repeated_at_most: int = 1
    read: Callable[[str], str] | None = None  # how a text is understood; raises contract.WrongValue
    words: Callable[[str], str] | None = None  # what was understood, as the result says it


@dataclass(frozen=True)
class Shown:
    """An output that the result's page shows."""

    field: str
    label: str  # plain words
    unit: str = ""  # as Field.unit, where the model gives none
    sign: int = 1  # -1 where the model counts a tax below zero and the page above
    is_main: bool = False
    is_part: bool = False  # a part of the bar
    sentence: str = ""  # of the main one, « {} » being the sum and its unit: « Vous payez {} d'impôt en 2024. »
    sentence_below: str = ""  # where the value shown is below zero, « {} » being its size: « L'État vous verse {}. »
    sentence_zero: str = ""


@dataclass(frozen=True)
class Axis:
    """What the chart varies: a question, between two values of its unit."""

    question: str
    low: float
    high: float
    points: int = 100


@dataclass(frozen=True)
class Told:
    """A result as its calculator tells it, where it is not a sum made of parts."""

    sentence: str  # French, whole, with unit and period
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Calculator:
    """A form on a model: `<room>/calculators/<name>` holds it as CALCULATOR."""

    slug: str
    title: str  # « Mon impôt sur le revenu »
    summary: str
    engine: str  # slug
    period: str  # « 2024 »
    questions: tuple[Question, ...]
    table: Callable[[Answers], Table]  # raises contract.WrongValue
    outputs: tuple[Shown, ...]
    axes: tuple[Axis, ...] = ()
    parameters: tuple[str, ...] = ()  # those that people most often wish to change
    cases: Mapping[str, Answers] | None = None  # typical cases, fictitious, by their French name
    refs: tuple[Ref, ...] = ()
    limits: tuple[str, ...] = ()
    when: str = ""  # words of its period, « les aides ouvertes aujourd'hui », where the model has no year
    told: Callable[[Columns, Answers], Told] | None = None  # in place of the sum and the bar: a series, with its band


def worth_asking(calculator: Calculator, answers: Answers, missing: Sequence[str]) -> tuple[Question, ...]:
    """Return the questions not answered yet that may change the result.

    First those that shape the table, in their order, then the others as `missing` ranks their inputs, those not given
    that the outputs depend on: no one is asked for an input that it does not name.
    """
    rank = {field: position for position, field in enumerate(missing)}
    shaping = [question for question in calculator.questions if not question.fields and question.name not in answers]
    moving = [question for question in calculator.questions if any(field in rank for field in question.fields)]
    by_effect = sorted(moving, key=lambda question: min(rank[field] for field in question.fields if field in rank))
    return (*shaping, *by_effect)


CALCULATORS: Final = Shelf[Calculator]("calculators", "CALCULATOR")
