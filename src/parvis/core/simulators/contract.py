"""What an engine gives and is given. Everything is a table: a case is a population of one, a chart is an axis.

This module is read by the site and by the engines' own processes, which have other libraries: it needs NumPy only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, runtime_checkable

from numpy.typing import NDArray

from parvis.core.errors import ParvisError

Array: TypeAlias = NDArray[Any]
Kind: TypeAlias = Literal["input", "output", "parameter"]
Type: TypeAlias = Literal["number", "integer", "bool", "choice", "date", "text", "scale"]
"""A scale is shown as a sentence, and changed by its parts: « a.b.scale[4].rate », fields of their own."""
Value: TypeAlias = bool | int | float | str | None


class RefusedInput(ParvisError):
    """What was asked cannot be computed as it was asked: the sentence says what to change. The engine goes on."""


class UnknownField(RefusedInput):
    """No input, output or parameter has this name; the nearest are suggested."""


class WrongValue(RefusedInput):
    """A value is not of its field's type, unit or choices, or lies outside its bounds."""


class WrongPeriod(RefusedInput):
    """A period is not one, or is not one that the field has."""


class CircularDefinition(RefusedInput):
    """The rules, with these inputs, define a value by itself."""


class Ref(NamedTuple):
    """Where a rule or a value comes from: a law, a decree, a paper."""

    title: str
    href: str = ""
    valid_from: date | None = None

    def public(self) -> dict[str, str | date | None]:
        """Return what a page's JSON says of it."""
        return self._asdict()


class Dated(NamedTuple):
    """A value of a parameter from a day on, until the next one; None from the day it no longer exists."""

    start: date
    value: Value
    refs: tuple[Ref, ...] = ()


class Formula(NamedTuple):
    """A rule in its own language, from a day on."""

    start: date
    text: str
    refs: tuple[Ref, ...] = ()


class Choice(NamedTuple):
    """A value that a field may take, with its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One input, output or parameter of a model. An output may be given too: it is then not computed."""

    name: str
    label: str  # French, as the model gives it; its name where it gives none
    kind: Kind
    type: Type
    unit: str = ""  # UCUM or ISO 4217: « EUR », « EUR/a », « K », « Gt/a », « 1 »; "" where the model gives none
    entity: str = ""  # key of Card.entities; "" for a parameter
    period: str = ""  # « month », « year », « day », « eternity »; "" for a parameter
    default: Value = None
    choices: tuple[Choice, ...] = ()
    bounds: tuple[float | None, float | None] = (None, None)  # both included
    description: str = ""
    refs: tuple[Ref, ...] = ()
    history: tuple[Dated, ...] = ()  # of a parameter, oldest first
    formulas: tuple[Formula, ...] = ()  # of an output, oldest first
    place: str = ""  # where it stands in the model's own tree or files

    def on(self, day: date) -> Dated | None:
        """Return the value that a parameter has on a day, with its law; None before the first."""
        return next((one for one in reversed(self.history) if one.start <= day), None)


@dataclass(frozen=True)
class Role:
    """A role of persons in a group entity."""

    key: str  # « declarant »
    plural: str  # the key that OpenFisca's JSON uses, « declarants »
    label: str
    most: int | None = None  # how many persons may hold it
    of: str = ""  # key of the role that it divides: the first « declarant » is « declarant_principal »; then no plural


@dataclass(frozen=True)
class Entity:
    """Whom or what a model computes for. The one without roles is the person, or the only one there is."""

    key: str  # « foyer_fiscal »
    plural: str  # « foyers_fiscaux »
    label: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Card:
    """The identity card of a model, also published as JSON."""

    engine: str  # slug of its declaration
    title: str
    version: str  # of the rules: what `pip` names
    digest: str  # sha256 (hexadecimal) of the rules as loaded: files, not the name of a version
    summary: str
    not_modelled: tuple[str, ...]  # French sentences: what it does not compute
    source: str  # address of its source code
    licence: str  # SPDX
    owner: str
    entities: tuple[Entity, ...]
    refs: tuple[Ref, ...] = ()
    describes_people: bool = True  # a row may be someone's situation: a world's emissions are nobody's


@dataclass(frozen=True)
class Change:
    """One step of a reform: a parameter takes another value, from a day, until another (excluded) or for good."""

    parameter: str
    value: Value
    start: date
    stop: date | None = None


class Membership(NamedTuple):
    """To which row of a group each person belongs, and in which role."""

    rows: Array  # int32, one a person
    roles: Array  # int8, one a person: position in Entity.roles


@dataclass(frozen=True)
class Rows:
    """The rows of one entity. A column is known by its field and the period that its values are given for."""

    count: int
    columns: Mapping[tuple[str, str], Array] = field(default_factory=dict)
    groups: Mapping[str, Membership] = field(default_factory=dict)  # of persons only: by group entity


@dataclass(frozen=True)
class Table:
    """A population: the rows of each entity, by its key. A single case has few rows."""

    entities: Mapping[str, Rows]


Columns: TypeAlias = Mapping[tuple[str, str], Array]
"""What an evaluation gives: by output and period, one value a row of the output's entity."""


@dataclass(frozen=True)
class Step:
    """A step of an explanation: a value, in words, with its law, or the admission that the model names none."""

    name: str
    label: str
    period: str
    value: Value
    unit: str
    refs: tuple[Ref, ...]
    parent: int  # position, in the explanation, of the step that used it; -1 for the answer itself
    sentence: str = ""  # French: what the step does with those below
    is_given: bool = False  # the person said it
    left: int = 0  # how many steps below are not shown


@dataclass(frozen=True)
class CaseResult:
    """What became of one of a model's own cases."""

    name: str  # file and title
    is_passed: bool
    message: str = ""  # expected and found, where they differ
    seconds: float = 0.0


class Engine(Protocol):
    """A model that can be run. `evaluate` is pure: same inputs, same results, bit for bit."""

    @property
    def card(self) -> Card: ...

    def fields(self) -> Iterable[Field]:
        """Give every input, output and parameter."""
        ...

    def evaluate(self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()) -> Columns:
        """Compute outputs for a period, for every row. Raises RefusedInput, saying what to change."""
        ...


@runtime_checkable
class Explains(Protocol):
    """An engine that says why."""

    def explain(
        self, table: Table, output: str, period: str, changes: Sequence[Change] = (), *, whole: bool = False
    ) -> Sequence[Step]:
        """Explain an output of a table of one case: the few steps that matter, or the whole tree."""
        ...


@runtime_checkable
class Asks(Protocol):
    """An engine that knows what it still needs."""

    def missing(
        self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()
    ) -> Sequence[str]:
        """Name the inputs not given that the outputs may depend on, the one that may move them most first."""
        ...


@runtime_checkable
class Warmed(Protocol):
    """An engine whose first calculation is slower than the next."""

    def warm(self) -> None:
        """Compute what people ask most, for nobody: each process that computes does it before its first question."""
        ...


@runtime_checkable
class Tested(Protocol):
    """An engine with cases of its own."""

    def cases(self, folder: Path, *, most: int | None = None) -> Iterator[CaseResult]:
        """Run its own cases: the files of a folder, or a sample of `most` of them, the same each time."""
        ...
