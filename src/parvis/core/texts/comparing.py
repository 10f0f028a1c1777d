"""Comparing two wordings, two documents: what stayed, went, came, gave way; and how far one is from the other.

Every comparison is exact: the words before, joined, are the text before; the words after, joined, the text after.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import LCSseq

from parvis.core.texts.aligning import Piece, pieces
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.settling import settled
from parvis.core.texts.units import unmarked

TAG: Final = re.compile(r"<[^<>]*>")
STRUCK: Final = re.compile(r"\s*\((?:supprim|censur)ée?s?\)\s*$", re.IGNORECASE)


class Kind(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True)
class Change:
    """A run of words that stayed, came, went, or gave way to others."""

    kind: Kind
    before: str
    after: str


@dataclass(frozen=True)
class UnitChange:
    """What became of a unit between two documents. `before` or `after` is None where the unit was not."""

    unit: str
    before: Passage | None
    after: Passage | None
    changes: tuple[Change, ...]

    @property
    def is_reworded(self) -> bool:
        return any(change.kind != Kind.EQUAL for change in self.changes)

    @property
    def is_renumbered(self) -> bool:
        return self.before is not None and self.after is not None and self.before.number != self.after.number

    @property
    def difference(self) -> float:
        return difference(self.before.words if self.before else "", self.after.words if self.after else "")


def diff(before: Document, after: Document) -> tuple[UnitChange, ...]:
    """Return what became of every unit, in the order of the text after; a unit gone stands where it was."""
    return tuple(
        UnitChange(unit, was, now, compare(was.words if was else "", now.words if now else ""))
        for unit, was, now in _paired(before, after)
    )


def _paired(before: Document, after: Document) -> Iterator[tuple[str, Passage | None, Passage | None]]:
    gone: dict[str, list[Passage]] = {}  # the kept unit that each passage gone stood after
    last = ""
    for passage in before.passages:
        if passage.unit in after:
            last = passage.unit
        else:
            gone.setdefault(last, []).append(passage)
    yield from ((passage.unit, passage, None) for passage in gone.get("", []))
    for passage in after.passages:
        yield passage.unit, before.passage(passage.unit) if passage.unit in before else None, passage
        yield from ((left.unit, left, None) for left in gone.get(passage.unit, []))


def compare(before: str, after: str) -> tuple[Change, ...]:
    """Return the runs of words that stayed, went and came from one wording to another."""
    folded: list[Piece] = []
    for piece in _runs(pieces(before, after)):
        folded.append(piece)
        while len(folded) > 2 and _is_stray(*folded[-3:]):
            folded[-3:] = [_joined(folded[-3:])]
    return tuple(_change(*run) for run in settled(_runs(part for run in folded for part in _trimmed(*run))))


def _runs(parts: Iterable[Piece]) -> Iterator[Piece]:
    """Join the neighbours that are equal, and those that are not, save a change that follows whole alinéas."""
    run: list[Piece] = []
    for piece in filter(any, parts):
        if run and (_is_equal(piece) != _is_equal(run[0]) or (all(piece) and _ends_a_line(run))):
            yield _joined(run)
            run = []
        run.append(piece)
    if run:
        yield _joined(run)


def _is_equal(piece: Piece) -> bool:
    return piece[0] == piece[1]


def _ends_a_line(run: Sequence[Piece]) -> bool:
    """Tell a run that changes, and ends with whole alinéas on each side that it has."""
    ends = [next((piece[side] for piece in reversed(run) if piece[side]), "\n") for side in (0, 1)]
    return not _is_equal(run[0]) and all(end.endswith("\n") for end in ends)


def _joined(runs: Sequence[Piece]) -> Piece:
    return "".join(before for before, _ in runs), "".join(after for _, after in runs)


def _is_stray(first: Piece, kept: Piece, last: Piece) -> bool:
    """Tell words that stayed by chance between two changes larger than they are: the reader takes the three as one."""
    stayed = kept[0]
    return stayed == kept[1] and "\n" not in stayed and all(len(stayed) <= max(map(len, run)) for run in (first, last))


def _trimmed(before: str, after: str) -> Iterator[Piece]:
    """Leave out of a replacement the blanks that open and close both sides."""
    if before == after or not before or not after:
        yield before, after
        return
    opening = _common(before, after)
    closing = _common(before[opening:][::-1], after[opening:][::-1])
    yield before[:opening], after[:opening]
    yield before[opening : len(before) - closing], after[opening : len(after) - closing]
    yield before[len(before) - closing :], after[len(after) - closing :]


def _common(one: str, other: str) -> int:
    """Count the blanks that open two texts alike."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same] and one[same].isspace():
        same += 1
    return same


def _change(before: str, after: str) -> Change:
    if before == after:
        return Change(Kind.EQUAL, before, after)
    kind = Kind.REPLACE if before and after else Kind.DELETE if before else Kind.INSERT
    return Change(kind, before, after)


def difference(before: str, after: str) -> float:
    """Return the share of the longer wording that is not common to both, from 0 (the same) to 1 (nothing in common).

    Letters and digits alone count, without case, accents or the markers of alinéas: 1 - L / max(n, m), L being the
    length of their longest common subsequence. It is the figure of La Fabrique de la Loi (`n_diff`).

    >>> difference("1° Le mot", "2° le mot"), difference("abcd", "abce")
    (0.0, 0.25)
    """
    return float(LCSseq.normalized_distance(letters(before), letters(after)))


def letters(words: str) -> str:
    """Return the letters and digits of a wording, folded, without the markers of its alinéas."""
    bare = "".join(STRUCK.sub("", unmarked(line)) for line in words.split("\n"))
    folded = unicodedata.normalize("NFD", TAG.sub("", bare).lower())
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
