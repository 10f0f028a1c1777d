"""The fewest questions: those whose answer may still move the result, a few first, each with its unit and example."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from parvis.core.simulators.calculating.answers import Asking, Given, askings, read, slider_place, times, words
from parvis.core.simulators.calculators import Answers, Calculator, Question, worth_asking
from parvis.core.simulators.contract import Rows, Table, Value, WrongValue
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.units import unit_words

FIRST: Final = 3
"""Questions asked first, beside those that shape the others: the rest are under « Préciser »."""

RANK: Final = "0"
"""What stands for the rank in the name of a question that a script repeats (« age_0 »)."""


@dataclass(frozen=True)
class Option:
    """A choice of a question."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Slider:
    """A slider, in numbers as HTML writes them."""

    low: str
    high: str
    step: str
    place: str


@dataclass(frozen=True)
class Item:
    """A question as a page shows it, with what was written and what is wrong with it."""

    name: str
    text: str
    rank: int | None  # where the question is repeated
    type: str
    unit: str
    help: str
    example: str
    default: str  # what is computed while it is not answered
    value: str
    error: str
    options: tuple[Option, ...] = ()
    slider: Slider | None = None

    @property
    def is_asked_by_choices(self) -> bool:
        return self.type in {"bool", "choice"}


@dataclass(frozen=True)
class Block:
    """A question as many times as it is asked, and the model by which a script asks it once more."""

    items: tuple[Item, ...]
    repeated_by: str = ""
    most: int = 1
    model: Item | None = None


@dataclass(frozen=True)
class Group:
    """Questions under one heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Form:
    """The questions asked first, and those that make the result more precise."""

    first: tuple[Group, ...]
    more: tuple[Group, ...]
    left_out: int  # questions whose answer no longer moves the result

    @property
    def errors(self) -> tuple[Item, ...]:
        """Give what is to be mended, so that the page lists it first."""
        blocks = [block for group in (*self.first, *self.more) for block in group.blocks]
        return tuple(item for block in blocks for item in block.items if item.error)


def form(calculator: Calculator, given: Given, worth: Sequence[Question]) -> Form:
    """Make the form: of the questions worth asking, and of those that are answered or wrong."""
    met = {asking.question.name for asking in every(calculator, given.answers) if _is_met(asking, given)}
    shaping = {question.name for question in worth if not question.fields}
    moving = [question.name for question in worth if question.fields]
    first = shaping | met | set(moving[:FIRST])
    first |= {name for name in moving if _is_beside(calculator, name, first)}
    later = set(moving) - first
    return Form(
        first=_groups(calculator, given, first),
        more=_groups(calculator, given, later),
        left_out=len(calculator.questions) - len(first | later),
    )


def _is_beside(calculator: Calculator, name: str, first: set[str]) -> bool:
    """Whether a repeated question stands under the heading of the one that counts it: children, and their ages."""
    named = {question.name: question for question in calculator.questions}
    question = named[name]
    return question.repeated_by in first and named[question.repeated_by].group == question.group


def every(calculator: Calculator, answers: Answers) -> Iterator[Asking]:
    """Give all questions, each as many times as it is asked."""
    yield from askings(calculator, answers, repeated=False)
    yield from askings(calculator, answers, repeated=True)


def _is_met(asking: Asking, given: Given) -> bool:
    return asking.name in given.answers or asking.name in given.errors


def _groups(calculator: Calculator, given: Given, names: set[str]) -> tuple[Group, ...]:
    """Put questions under their headings, in the order declared."""
    groups: dict[str, list[Block]] = {}
    for question in calculator.questions:
        if question.name in names:
            groups.setdefault(question.group, []).append(_block(calculator, question, given))
    return tuple(Group(title, tuple(blocks)) for title, blocks in groups.items())


def _block(calculator: Calculator, question: Question, given: Given) -> Block:
    if not question.repeated_by:
        return Block((item(Asking(question.name, question), given),))
    ranks = range(1, times(calculator, question, given.answers) + 1)
    asked = [Asking(f"{question.name}_{rank}", question, rank) for rank in ranks]
    items = tuple(item(asking, given) for asking in asked)
    return Block(items, question.repeated_by, question.repeated_at_most, model_of(question))


def item(asking: Asking, given: Given) -> Item:
    """Write a question as the page shows it."""
    question, text = asking.question, given.texts.get(asking.name, "").strip()
    return Item(
        name=asking.name,
        text=question.text,
        rank=asking.rank,
        type=question.type,
        unit=unit_words(question.unit),
        help=question.help,
        example=_said(question, question.example),
        default=_said(question, question.default),
        value=text,
        error=given.errors.get(asking.name, ""),
        options=_options(question, text),
        slider=_slider(question, text),
    )


def _slider(question: Question, text: str) -> Slider | None:
    if question.step is None:
        return None
    low, high = question.bounds
    return Slider(f"{low:.12g}", f"{high:.12g}", f"{question.step:.12g}", slider_place(question, text))


def model_of(question: Question) -> Item:
    """Return the model of a repeated question: a script copies it, and writes the rank where there is 0."""
    return item(Asking(f"{question.name}_{RANK}", question, int(RANK)), Given())


def _options(question: Question, text: str) -> tuple[Option, ...]:
    if question.type == "bool":
        return tuple(Option(word, word.capitalize(), word == text) for word in ("oui", "non"))
    return tuple(Option(choice.value, choice.label, choice.value == text) for choice in question.choices)


def _said(question: Question, value: Value) -> str:
    """Write an example or a default in words; nothing where there is none."""
    return "" if value is None else words(question, value)


class Missing:
    """What engines still need, by the identity of what is given: a high wage may make the rent of no use.

    The identity is a hash: what a person said is not kept.
    """

    def __init__(self, most: int = 512) -> None:
        """Keep what was last asked, `most` of them."""
        self.most, self.known = most, OrderedDict[str, tuple[str, ...]]()
        self.lock = Lock()

    def of(self, host: Host, calculator: Calculator, answers: Answers) -> tuple[str, ...]:
        """Name the inputs that may still move the result, the one that may move it most first."""
        asked = asked_less(calculator, answers)
        key = host.identity(asked)
        with self.lock:
            if key in self.known:
                self.known.move_to_end(key)
                return self.known[key]
        found = host.missing(asked)
        with self.lock:
            self.known[key] = found
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        return found


MISSING: Final = Missing()


def worth(host: Host, calculator: Calculator, answers: Answers) -> tuple[Question, ...]:
    """Return the questions whose answers may still move the result. Raises the host's refusals."""
    return worth_asking(calculator, answers, MISSING.of(host, calculator, answers))


def asked_less(calculator: Calculator, answers: Answers) -> Asked:
    """Return what is asked of the engine, without the inputs that the calculator gives for lack of an answer."""
    table = calculator.table(answers)
    unsaid = {
        field
        for asking in every(calculator, answers)
        if asking.name not in answers
        for field in asking.question.fields
    }
    outputs = tuple(shown.field for shown in calculator.outputs)
    return Asked(calculator.engine, without(table, unsaid), outputs, calculator.period)


def without(table: Table, fields: set[str]) -> Table:
    """Take columns away from a table, so that the engine says whether it needs them."""
    return Table({entity: _rows_without(rows, fields) for entity, rows in table.entities.items()})


def _rows_without(rows: Rows, fields: set[str]) -> Rows:
    return replace(rows, columns={key: values for key, values in rows.columns.items() if key[0] not in fields})


def unanswered(calculator: Calculator, answers: Answers) -> Mapping[str, str]:
    """Say what must be answered: a question without a default, asked of each child."""
    return {
        asking.name: f"Répondez à cette question{_like(asking.question)}."
        for asking in askings(calculator, answers, repeated=True)
        if asking.name not in answers
        and asking.question.default is None
        and times(calculator, asking.question, answers)
    }


def understood(calculator: Calculator, texts: Mapping[str, str]) -> Answers:
    """Return the answers of a form. Raises WrongValue, naming each question that is not understood or answered."""
    given = read(calculator, texts)
    wrong = {**unanswered(calculator, given.answers), **given.errors}
    told = [
        f"« {asking.text} » {wrong[asking.name]}"
        for asking in every(calculator, given.answers)
        if asking.name in wrong
    ]
    if told:
        raise WrongValue(f"Votre foyer ne se lit pas, rien n'a été calculé pour lui : {' '.join(told)}")
    return given.answers


def _like(question: Question) -> str:
    return f", par exemple « {_said(question, question.example)} »" if question.example is not None else ""
