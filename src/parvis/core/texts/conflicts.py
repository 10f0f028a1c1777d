"""Conflicts: adopted edits that cannot both be applied, named with both their sources. A person chooses, never us."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Final

from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Edit, Source

BLANKS: Final = re.compile(r"[^\S\n]*")


class Clash(StrEnum):
    """How two edits meet."""

    SAME_WORDS = "same-words"  # both change them
    SAME_PLACE = "same-place"  # both insert there
    BESIDE = "beside"  # one inserts against words that the other changes

    @property
    def french(self) -> str:
        return {
            Clash.SAME_WORDS: "changent les mêmes mots",
            Clash.SAME_PLACE: "insèrent au même endroit",
            Clash.BESIDE: "se touchent, l'une insérant contre des mots que l'autre change",
        }[self]


@dataclass(frozen=True)
class Conflict:
    """Two edits that meet: the words they both touch, and what each makes of its own."""

    unit: str
    words: str
    first: Source
    second: Source
    clash: Clash
    edits: tuple[Edit, Edit]

    def __str__(self) -> str:
        where = f" : « {self.words} »" if self.words else ""
        return f"{self.unit} : {self.first.label} et {self.second.label} {self.clash.french}{where}."


def conflicts(document: Document, edits: Iterable[Edit]) -> tuple[Conflict, ...]:
    """Return every pair of edits of a document that cannot both be applied, unit by unit, in the order of words."""
    by_unit = groupby(sorted(edits, key=attrgetter("unit")), key=attrgetter("unit"))
    return tuple(found for unit, own in by_unit for found in clashes(document.words(unit), own))


def clashes(words: str, edits: Iterable[Edit]) -> Iterator[Conflict]:
    """Sweep over the edits of a unit in order, keeping those that still reach the one at hand."""
    reaching: list[tuple[int, Edit]] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        reaching = [(reach, other) for reach, other in reaching if reach >= edit.start]
        for _, other in reaching:
            clash = _clash(other, edit)
            if clash is not None:
                yield Conflict(edit.unit, _shared(other, edit), other.source, edit.source, clash, (other, edit))
        reaching.append((_reach(words, edit), edit))


def _reach(words: str, edit: Edit) -> int:
    """Return up to where an edit touches what follows: the blanks after it are no distance."""
    blanks = BLANKS.match(words, edit.end)
    return blanks.end() if blanks else edit.end


def _clash(first: Edit, second: Edit) -> Clash | None:
    """Tell how two edits of a unit meet, the first one reaching the second."""
    if first.does_as(second):
        return None
    if first.is_insertion and second.is_insertion:
        return Clash.SAME_PLACE
    if max(first.start, second.start) < min(first.end, second.end):
        return Clash.SAME_WORDS
    if first.start < second.start < first.end:
        return Clash.SAME_WORDS  # an insertion amid words that the other changes
    is_beside = first.is_insertion != second.is_insertion
    return Clash.BESIDE if is_beside and not _is_between_lines(first, second) else None


def _is_between_lines(first: Edit, second: Edit) -> bool:
    """Tell an insertion of whole alinéas, or beside whole alinéas: it has nothing to do with its neighbour's words."""
    inserted, changed = (first, second) if first.is_insertion else (second, first)
    side = changed.before[:1] if inserted is first else changed.before[-1:]
    return "\n" in {side, inserted.after[:1], inserted.after[-1:]}


def _shared(first: Edit, second: Edit) -> str:
    """Return the words that both edits touch: common ones, or those that one changes beside the other's insertion."""
    start, end = max(first.start, second.start), min(first.end, second.end)
    return first.before[start - first.start : end - first.start] if start < end else first.before or second.before
