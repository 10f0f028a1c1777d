"""The drift of a plan: what each commitment became from one version of its text to another, and what came."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from parvis.core.texts.comparing import difference
from parvis.core.texts.documents import Document, Passage
from parvis.core.undertakings.succession.continuity import Bond, links
from parvis.core.undertakings.succession.pledging import COMMITMENT, LIMITS, UNFOUND


class Became(StrEnum):
    """What became of a commitment."""

    KEPT = "kept"
    REWORDED = "reworded"
    EXTENDED = "extended"
    BUILT_ON = "built-on"
    TAKEN_UP = "taken-up"
    PERHAPS = "perhaps"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    NEW = "new"


TITLES: Final[Mapping[Became, str]] = {
    Became.KEPT: "Inchangé",
    Became.REWORDED: "Récrit",
    Became.EXTENDED: "Prolongé",
    Became.BUILT_ON: "Sert d'appui",
    Became.TAKEN_UP: "Repris, lien non précisé",
    Became.PERHAPS: "Repris, lien non vérifié",
    Became.DROPPED: "Non repris",
    Became.UNKNOWN: "Suite non connue",
    Became.NEW: "Nouveau",
}

MEANT: Final[Mapping[Bond, Became]] = {
    Bond.EXTENDS: Became.EXTENDED,
    Bond.BUILDS_ON: Became.BUILT_ON,
    Bond.TAKES_UP: Became.TAKEN_UP,
    Bond.PERHAPS: Became.PERHAPS,
}


@dataclass(frozen=True)
class Drift:
    """A commitment, what follows it, and how. One that has several followers has as many lines."""

    became: Became
    before: Passage | None  # None: new
    after: Passage | None  # None: dropped, or not known
    kept: float | None  # share of its words kept, in percent; None where one of the two has no known words

    @property
    def title(self) -> str:
        return TITLES[self.became]


def drift(before: Document, after: Document) -> tuple[Drift, ...]:
    """Return what each commitment became, in the order of the text before; then the new ones."""
    old = [passage for passage in before.passages if passage.kind == COMMITMENT]
    found = [line for passage in old for line in _followers(passage, before, after)]
    tied = {line.after.unit for line in found if line.after}
    new = (one for one in after.passages if one.kind == COMMITMENT and one.unit not in tied)
    return (*found, *(Drift(Became.NEW, None, passage, None) for passage in new))


def _followers(passage: Passage, before: Document, after: Document) -> Iterator[Drift]:
    found = [Drift(became, passage, one, _kept(passage, one)) for one, became in _ties(passage, before, after)]
    absent = Became.UNKNOWN if LIMITS in after and LIMITS not in before else Became.DROPPED
    yield from found or [Drift(absent, passage, None, None)]


def _ties(passage: Passage, before: Document, after: Document) -> Iterator[tuple[Passage, Became]]:
    """Yield what follows a commitment: the lines of those after that name it, else the same unit carried on.

    Lines that stood in the version before already speak of the one before that: they are not read again.
    """
    for one in after.passages:
        said = [link for link in links(one.words) if link not in links(before.words(one.unit))]
        bonds = [link.bond for link in said if passage.unit in link.parents]
        if bonds:
            yield one, MEANT[bonds[0]]
        elif one.unit == passage.unit:
            yield one, Became.KEPT if one.words == passage.words else Became.REWORDED


def _kept(before: Passage, after: Passage) -> float | None:
    if UNFOUND in {before.status, after.status}:
        return None
    return 100 * (1 - difference(before.words, after.words))
