"""Read what a person wrote in a form: « 24 000,50 € » is a number; what is not one is said beside its question."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor, isfinite
from typing import Final

from parvis.core.simulators.calculators import Answers, Calculator, Question
from parvis.core.simulators.contract import Type, Value, WrongValue
from parvis.core.simulators.units import unit_words, written

LONGEST: Final = 200
"""Characters of an answer: more is not one."""

LARGEST: Final = 1e15
"""Above, a number is no sum, and no longer exact to the cent."""

SLIDER: Final = "_curseur-"
"""What a form names a question's slider by."""

BEFORE: Final = "_avant-"
"""What a form says by what the box of a slider held when it was shown."""

SPACES: Final = re.compile(r"[\s\u00a0\u202f]")
MONEY: Final = re.compile(r"(€|euros?)$", re.IGNORECASE)
NUMBER: Final = re.compile(r"[-+\u2212]?\d+([.,]\d*)?")
THOUSANDS: Final = re.compile(r"[-+\u2212]?\d{1,3}(\.\d{3})+")
FRENCH_DAY: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
YES: Final[Mapping[str, bool]] = {"oui": True, "non": False, "true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True)
class Given:
    """A form as it was received: what was understood, what was not and why, and the texts themselves."""

    answers: Answers = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)  # French, by the name of the question
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """A question asked once: under its name, or under « name_2 » where it is asked of the second child."""

    name: str
    question: Question
    rank: int | None = None  # where the question is repeated: from 1, and 0 in the model that a script copies

    @property
    def text(self) -> str:
        """Return its words, with the rank where it is repeated."""
        return self.question.text if self.rank is None else f"{self.question.text} (n° {self.rank})"


def read(calculator: Calculator, texts: Mapping[str, str]) -> Given:
    """Read a form: the questions asked once first, since they say how many times the others are asked."""
    found = Given(texts=slid(calculator, texts))
    for asking in askings(calculator, found.answers, repeated=False):
        found = _and(found, asking)
    for asking in askings(calculator, found.answers, repeated=True):
        found = _and(found, asking)
    return found


def slid(calculator: Calculator, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Write in its box what a slider was moved to, where no script did; a box that was written in stands."""
    moved = {}
    for question in calculator.questions:
        name, place = question.name, texts.get(f"{SLIDER}{question.name}", "")
        text = texts.get(name, "").strip()
        is_as_shown = text == texts.get(f"{BEFORE}{name}", "").strip()
        if question.step is not None and place and is_as_shown and place != slider_place(question, text):
            moved[name] = place
    return {**dict(texts.items()), **moved}  # a form of Django would give lists


def slider_place(question: Question, text: str) -> str:
    """Return where a slider stands for what is in its box, on a step as browsers place it; its example for nothing."""
    low, high, step = (float(str(one)) for one in (*question.bounds, question.step))  # a slider has all three
    try:
        found = number(text, question.unit)
    except WrongValue:
        found = low if question.example is None else float(str(question.example))
    steps = floor((min(max(found, low), high) - low) / step + 0.5)
    return f"{low + steps * step:.12g}"


def askings(calculator: Calculator, answers: Answers, *, repeated: bool) -> Iterator[Asking]:
    """Give the questions that are repeated, as many times as the answers say, or the others."""
    for question in calculator.questions:
        if question.repeated_by and repeated:
            for rank in range(1, times(calculator, question, answers) + 1):
                yield Asking(f"{question.name}_{rank}", question, rank)
        elif not question.repeated_by and not repeated:
            yield Asking(question.name, question)


def times(calculator: Calculator, question: Question, answers: Answers) -> int:
    """Say how many times a question is asked."""
    counting = next(other for other in calculator.questions if other.name == question.repeated_by)
    said = answers.get(counting.name, counting.default)
    is_number = isinstance(said, int | float) or (isinstance(said, str) and said.isdecimal())
    return min(max(int(said), 0), question.repeated_at_most) if said is not None and is_number else 0


def _and(given: Given, asking: Asking) -> Given:
    text = given.texts.get(asking.name, "").strip()
    if not text:
        return given
    try:
        answer = value_of(asking.question, text)
    except WrongValue as refusal:
        return Given(given.answers, {**given.errors, asking.name: str(refusal)}, given.texts)
    return Given({**given.answers, asking.name: answer}, given.errors, given.texts)


def value_of(question: Question, text: str) -> Value:
    """Read one answer. Raises WrongValue, which says what to write."""
    if len(text) > LONGEST:
        raise WrongValue(f"Cette réponse est trop longue : {LONGEST} caractères au plus.")
    value = READERS[question.type](text, question)
    low, high = question.bounds
    if isinstance(value, int | float) and not isinstance(value, bool):
        if low is not None and value < low:
            raise WrongValue(f"Écrivez au moins {written(low, question.unit)}.")
        if high is not None and value > high:
            raise WrongValue(f"Écrivez au plus {written(high, question.unit)}.")
    return value


def number(text: str, unit: str = "", example: Value = None) -> float:
    """Read a number as the French write it, with or without its unit. Raises WrongValue."""
    plain = MONEY.sub("", SPACES.sub("", text))
    words = SPACES.sub("", unit_words(unit))
    plain = plain.removesuffix(words) if words else plain
    if THOUSANDS.fullmatch(plain):
        joined, cut = plain.replace(".", ""), plain.replace(".", ",", 1)
        raise WrongValue(f"« {text} » se lit de deux façons : écrivez {joined}, ou {cut.rstrip('0')}0.")
    if not NUMBER.fullmatch(plain) or not isfinite(float(plain.replace(",", ".").replace("\u2212", "-"))):
        model = f", par exemple « {written(example)} »" if example is not None else ""
        raise WrongValue(f"« {text} » n'est pas un nombre : écrivez-le en chiffres{model}.")
    found = float(plain.replace(",", ".").replace("\u2212", "-"))
    if abs(found) >= LARGEST:
        raise WrongValue("Ce nombre est trop grand : quinze chiffres au plus.")
    return found


def day(text: str) -> str:
    """Read a day, in ISO 8601 or as « 12/03/1985 », and return it in ISO 8601. Raises WrongValue."""
    french = FRENCH_DAY.fullmatch(text)
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise WrongValue(f"« {text} » n'est pas une date du calendrier : écrivez-la comme 12/03/1985.") from error


def _number(text: str, question: Question) -> float:
    return number(text, question.unit, question.example)


def _integer(text: str, question: Question) -> int:
    found = number(text, question.unit, question.example)
    if found != int(found):
        raise WrongValue(f"« {text} » n'est pas un nombre entier : écrivez {int(found)} ou {int(found) + 1}.")
    return int(found)


def yes(text: str) -> bool:
    """Read a yes or a no. Raises WrongValue."""
    if text.lower() not in YES:
        raise WrongValue("Répondez par oui ou par non.")
    return YES[text.lower()]


def _choice(text: str, question: Question) -> str:
    if text not in {choice.value for choice in question.choices}:
        known = ", ".join(f"« {choice.label} »" for choice in question.choices)
        raise WrongValue(f"« {text} » n'est pas un des choix : {known}.")
    return text


READERS: Final[Mapping[Type, Callable[[str, Question], Value]]] = {
    "number": _number,
    "integer": _integer,
    "bool": lambda text, _question: yes(text),
    "choice": _choice,
    "date": lambda text, _question: day(text),
    "text": lambda text, question: question.read(text) if question.read else text,
}


def words(question: Question, value: Value) -> str:
    """Write an answer in words: its own, those of a choice, or a number with its unit."""
    if question.words and isinstance(value, str):
        return question.words(value)
    return dict(question.choices).get(str(value)) or written(value, question.unit)


def texts_of(answers: Answers) -> dict[str, str]:
    """Write answers as a form holds them, so that a typical case fills it."""
    return {name: _text(value) for name, value in answers.items() if value is not None}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return repr(int(value) if value == int(value) else value).replace(".", ",")
    return str(value)
