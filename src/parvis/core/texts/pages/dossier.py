"""A text's dossier: its steps on a line, what each changed, the life of each unit through them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from parvis.core.texts.links import Link
from parvis.core.web.parts import Fact

FACTS = (
    ("law", "Devenu", "law_address"),
    ("type", "Espèce", ""),
    ("began_on", "Commencé le", ""),
    ("ended_on", "Achevé le", ""),
)
"""What a source may say of a text: its key, its French term, the key of its address."""

OUTCOMES = {
    "adopté": "adoptés",
    "rejeté": "rejetés",
    "non-voté": "non mis aux voix",
    "en attente": "sans sort connu",
}
"""What becomes of amendments, in the source's words and in the plural."""


@dataclass(frozen=True)
class Counted:
    """What a version changed of the one before: how many units, and the largest share of a unit's words."""

    new: int
    gone: int
    changed: int
    same: int
    largest: float  # 0 to 1


@dataclass(frozen=True)
class StepLine:
    """A step on the line. Without a text it only has a day; with one, what it changed."""

    rank: int  # of its version, from 1; 0 without a text
    title: str
    on: date | None
    author: str
    url: str
    source: str
    compare_url: str
    counted: Counted | None
    amendments: tuple[tuple[str, int], ...]  # outcome in French, how many
    words_spoken: int
    remarks: tuple[str, ...]
    edits: int


@dataclass(frozen=True)
class Cell:
    """What became of a unit at a version."""

    state: str  # absent, new, same, changed, gone
    difference: float | None
    url: str


@dataclass(frozen=True)
class UnitLine:
    """A unit through the versions."""

    uid: str
    number: str  # in the first version that has it
    became: str  # in the newest, where it is another
    heading: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Related:
    """A unit of another text, and what shows that they have to do with each other."""

    number: str
    heading: str
    text: str
    url: str
    found_by: str
    evidence: str


@dataclass(frozen=True)
class RelatedUnit:
    """A unit of this text, and what it leads to in another text, all found in one way."""

    number: str
    url: str
    text: str
    found_by: str
    related: tuple[Related, ...]


@dataclass(frozen=True)
class VersionName:
    """A version, as lists and menus name it."""

    slug: str
    title: str
    dated: date | None
    url: str


@dataclass(frozen=True)
class TextPage:
    """The dossier."""

    title: str
    slug: str
    long_title: str
    kind: str
    is_fictitious: bool
    is_code: bool
    summary: str
    facts: tuple[Fact, ...]
    files: tuple[str, ...]
    steps: tuple[StepLine, ...]
    versions: tuple[VersionName, ...]
    units: tuple[UnitLine, ...]
    unit_count: int
    is_partial: bool  # only the units that changed are listed
    related: tuple[RelatedUnit, ...]
    links: tuple[Link, ...]
    exports: tuple[tuple[str, str], ...]
    sha256: str
    source: str
    licence: str
    stream: str

    @property
    def newest(self) -> VersionName:
        return self.versions[-1]

    @property
    def has_debates(self) -> bool:
        return any(step.amendments or step.words_spoken for step in self.steps)

    def rows(self) -> Iterator[Mapping[str, object]]:
        for unit in self.units:
            states = zip(self.versions, unit.cells, strict=True)
            yield {
                "unit": unit.uid,
                "number": unit.number,
                "heading": unit.heading,
                **{version.slug: _told(cell) for version, cell in states},
            }


def _told(cell: Cell) -> object:
    return cell.difference if cell.state == "changed" else cell.state


def counted(changes: Mapping[str, Any]) -> Counted | None:
    """Count what a version changed; None for a first version, which changes nothing."""
    if not changes.get("is_compared"):
        return None
    shares = changes["changed"].values()
    return Counted(len(changes["new"]), len(changes["gone"]), len(shares), changes["same"], max(shares, default=0.0))


def outcomes(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return how many amendments had each outcome, in French, in the order of the outcomes."""
    return tuple((word, found[key]) for key, word in OUTCOMES.items() if key in found)


def words_spoken(debates: Sequence[Mapping[str, Any]]) -> int:
    """Count the words of a step's sittings."""
    return sum(group["words"] for sitting in debates for group in sitting["groups"].values())


def states(
    uid: str, versions: Sequence[Mapping[str, Any]], present: Sequence[bool]
) -> Iterator[tuple[str, float | None]]:
    """Yield what became of a unit at each version, from what each version says that it changes."""
    for place, (changes, is_there) in enumerate(zip(versions, present, strict=True)):
        if uid in changes["gone"]:
            yield "gone", None
        elif not is_there:
            yield "absent", None
        elif uid in changes["new"] or place == 0 or not changes["is_compared"]:
            yield "new", None
        elif uid in changes["changed"]:
            yield "changed", changes["changed"][uid]
        else:
            yield "same", None


def in_order(documents: Sequence[Sequence[str]]) -> list[str]:
    """Return every unit of every version in the newest order; a unit gone stands after the one that it followed.

    >>> in_order([["1", "2", "3"], ["1", "3", "4"]])
    ['1', '2', '3', '4']
    """
    order: list[str] = list(documents[-1]) if documents else []
    known = set(order)
    for units in reversed(documents[:-1]):
        for place, uid in enumerate(units):
            if uid not in known:
                order.insert(order.index(units[place - 1]) + 1 if place else 0, uid)
                known.add(uid)
    return order


def facts(metadata: Mapping[str, Any], written: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return what the source says of a text, days `written` in French."""
    found = [
        Fact(term, written.get(key, metadata[key]), metadata.get(address) or None)
        for key, term, address in FACTS
        if metadata.get(key)
    ]
    themes = metadata.get("themes") or ()
    return (*found, *([Fact("Thèmes", ", ".join(themes))] if themes else []))
