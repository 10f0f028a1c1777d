"""Renumbering: units that left a text under one number and came back under another, told by their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import LCSseq

from parvis.core.texts.comparing import UnitChange, compare, diff, letters
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.units import normalise_number

ALIKE: Final = 0.8  # share of the longer wording that both have in common
FEWEST: Final = 20  # letters: « Abrogé. » proves nothing


@dataclass(frozen=True)
class Renumbered:
    """A unit gone and a unit come that are one and the same, with the share of the words that they have in common."""

    before: Passage
    after: Passage
    likeness: float
    because: str  # French


def renumbered(before: Document, after: Document) -> tuple[Renumbered, ...]:
    """Return the units renumbered from one document to the other, the most alike first; each is paired once."""
    gone = [passage for passage in before.passages if passage.unit not in after and _says_something(passage)]
    come = [passage for passage in after.passages if passage.unit not in before and _says_something(passage)]
    pairs = sorted((_pair(was, now) for was in gone for now in come), key=lambda pair: -pair.likeness)
    kept: list[Renumbered] = []
    for pair in pairs:
        if pair.likeness >= ALIKE and not any(pair.before == one.before or pair.after == one.after for one in kept):
            kept.append(pair)
    return tuple(kept)


def followed(before: Document, after: Document) -> Iterator[UnitChange]:
    """Yield what became of every unit, as `diff` does: a unit renumbered is one change, not one gone and one come."""
    pairs = renumbered(before, after)
    left, come = {pair.before.unit for pair in pairs}, {pair.after.unit: pair for pair in pairs}
    for change in diff(before, after):
        if change.unit in come:
            was, now = come[change.unit].before, come[change.unit].after
            yield UnitChange(change.unit, was, now, compare(was.words, now.words))
        elif change.unit not in left:
            yield change


def _says_something(passage: Passage) -> bool:
    return len(letters(passage.words)) >= FEWEST


def _pair(was: Passage, now: Passage) -> Renumbered:
    if normalise_number(was.number) == normalise_number(now.number):
        return Renumbered(was, now, 1.0, f"« {was.number} » et « {now.number} » s'écrivent autrement, et sont un")
    likeness = float(LCSseq.normalized_similarity(letters(was.words), letters(now.words), score_cutoff=ALIKE))
    return Renumbered(was, now, likeness, f"{likeness:.0%} des mots sont les mêmes")
