"""Judge the rows of an import by the kinds of contribution: each is good, or bad with its reasons in French."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from parvis.core.processes.checking import FieldsRefused, Refused, check, line
from parvis.core.processes.importing.rows import LONGEST, Written
from parvis.core.processes.kinds import Field, Kind, Target

NAME_LENGTH: Final = 120  # characters of an identifier, a unit, a pseudonym
VOTES: Final = ("votes_for", "votes_mixed", "votes_against", "supports")


@dataclass(frozen=True)
class Row:
    """A row that may enter, its values typed."""

    position: int
    key: str
    kind: str
    parent: str
    unit: str
    author: str
    received_at: datetime | None
    votes: Mapping[str, int]  # by VOTES, as the source counts them
    fields: Mapping[str, Any]
    notices: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Judged:
    """A row as written, and what it is: good (`row`), or bad (`reasons`)."""

    written: Written
    row: Row | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What rows are judged by. An archive may lack what its source does not give; nothing else may."""

    kinds: Mapping[str, Kind]
    units: frozenset[str] | None  # None: the debate is about no text
    asks_all: bool = True


def judge(rows: Iterable[Written], rules: Rules) -> Iterator[Judged]:
    """Judge each row alone; what it bears on is judged by `linked`, once all are known."""
    met: set[str] = set()
    for written in rows:
        judged = _alone(written, rules)
        if judged.row and judged.row.key in met:
            judged = Judged(written, None, (f"L'identifiant « {judged.row.key} » est déjà celui d'une autre ligne.",))
        if judged.row:
            met.add(judged.row.key)
        yield judged


def _alone(written: Written, rules: Rules) -> Judged:
    if written.values is None:
        return Judged(written, None, (written.because,))
    # A null is an absence; « None » would be published as a name.
    reading = Reading({name: value for name, value in written.values.items() if value is not None}, rules.asks_all)
    row = reading.row(written.position, rules)
    reasons = tuple(reading.reasons)
    return Judged(written, None if reasons else row, reasons)


@dataclass
class Reading:
    """One row being read: each value is taken, and what is wrong is written down."""

    values: dict[str, Any]
    asks_all: bool
    reasons: list[str] = field(default_factory=list)

    def row(self, position: int, rules: Rules) -> Row | None:
        kind = rules.kinds.get(str(self.values.pop("kind", "")))
        if kind is None:
            self.reasons.append(f"Espèce inconnue. Espèces de ce débat : {', '.join(sorted(rules.kinds))}.")
            return None
        row = Row(
            position=position,
            key=self._name("id") or str(position),
            kind=kind.slug,
            parent=self._name("parent"),
            unit=self._unit(rules.units),
            author=self._name("author"),
            received_at=self._instant("received_at"),
            votes={name: self._count(name) for name in VOTES},
            # Only what a room reads of an archive says what each of its sources said.
            notices=() if self.asks_all else tuple(self.values.pop("notices", ())),
            fields=self._fields(kind),
        )
        self._target(kind, row)
        return row

    def _name(self, column: str) -> str:
        raw = self.values.pop(column, "")
        try:
            text = line(Field(column, column, max_length=NAME_LENGTH), str(raw) if type(raw) is int else raw)
        except Refused as refusal:
            self.reasons.append(str(refusal))
            return ""
        if column == "author" and "@" in text:
            self.reasons.append("« author » est une adresse : donnez un pseudonyme, une adresse ne se publie pas.")
        return text

    def _unit(self, units: frozenset[str] | None) -> str:
        unit = self._name("unit")
        if unit and unit not in (units or ()):
            self.reasons.append(f"Le texte débattu n'a pas d'unité « {unit} ».")
        return unit

    def _instant(self, column: str) -> datetime | None:
        text = str(self.values.pop(column, ""))
        if not text:
            return None
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            self.reasons.append(f"« {text[:40]} » n'est pas un instant : écrivez 2015-10-01T12:00:00+02:00.")
        return instant

    def _count(self, column: str) -> int:
        text = str(self.values.pop(column, 0)).strip()
        if not text.isdecimal() or len(text) > 9:
            self.reasons.append(f"« {column} » doit être un nombre entier : {text[:40]}.")
            return 0
        return int(text)

    def _fields(self, kind: Kind) -> Mapping[str, Any]:
        """Check what remains by the kind's fields, as a form does; what a source does not give is left out."""
        asked = kind.fields if self.asks_all else [lenient(one) for one in kind.fields]
        try:
            return check(asked, self.values)
        except FieldsRefused as refusal:
            self.reasons += refusal.faults.values()
            return {}

    def _target(self, kind: Kind, row: Row) -> None:
        """Refuse what bears on nothing that its kind may bear on."""
        bears = Target.CONTRIBUTION if row.parent else Target.UNIT if row.unit else Target.PROCESS
        if bears not in kind.targets and self.asks_all:
            on = {
                Target.CONTRIBUTION: "une autre contribution",
                Target.UNIT: "une unité du texte",
                Target.PROCESS: "le débat entier",
            }
            allowed = ", ".join(on[one] for one in sorted(kind.targets))
            self.reasons.append(f"« {kind.title} » ne porte pas sur {on[bears]}, mais sur {allowed}.")


def lenient(one: Field) -> Field:
    """Return a field as an archive is asked for it: what was written elsewhere was not bound by our forms."""
    return replace(one, is_required=False, max_length=LONGEST)


def linked(judged: list[Judged], rules: Rules) -> list[Judged]:
    """Refuse what bears on a row that is absent or bad, or on a kind that it does not answer, or on itself."""
    kinds = rules.kinds
    good = {one.row.key: one.row for one in judged if one.row}
    reasons: dict[str, str] = {}
    depths = Depths(good)
    for key, row in good.items():
        if depths.of(key) is None:
            reasons[key] = f"Elle porte sur « {row.parent} », qui manque, est refusée, ou porte sur elle."
        elif row.parent and rules.asks_all and not may_answer(kinds[row.kind], kinds[good[row.parent].kind]):
            reasons[key] = f"« {kinds[row.kind].title} » ne répond pas à « {kinds[good[row.parent].kind].title} »."
    if not reasons:
        return judged
    left = [
        Judged(one.written, None, (reasons[one.row.key],)) if one.row and one.row.key in reasons else one
        for one in judged
    ]
    return linked(left, rules)


def may_answer(kind: Kind, answered: Kind) -> bool:
    return not kind.answers_to or answered.slug in kind.answers_to


class Depths:
    """How many rows stand above each: a row enters after the one it bears on."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self.rows = rows

    def of(self, key: str) -> int | None:
        """Return the depth of a row, from 0; None where its chain is broken or turns round."""
        depth = 0
        while parent := self.rows[key].parent:
            depth += 1
            if parent not in self.rows or depth > len(self.rows):
                return None
            key = parent
        return depth
