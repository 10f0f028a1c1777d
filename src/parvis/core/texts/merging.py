"""Merging: the document that adopted edits make together, mechanically, or the conflicts that a person must settle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from parvis.core.texts.conflicts import Conflict, conflicts
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Edit, edited


@dataclass(frozen=True)
class Applied:
    """The document that edits make, and these edits."""

    document: Document
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Conflicted:
    """The edits could not be applied together: which, and why."""

    conflicts: tuple[Conflict, ...]


def apply(document: Document, edits: Sequence[Edit]) -> Applied | Conflicted:
    """Return the document that all the edits make together, in whatever order they come, or their conflicts."""
    found = conflicts(edits)
    if found:
        return Conflicted(found)
    for edit in edits:
        document.passage(edit.unit)  # raises UnknownUnit
    by_unit = {unit: tuple(own) for unit, own in groupby(sorted(edits, key=attrgetter("unit")), attrgetter("unit"))}
    return Applied(
        Document(
            tuple(
                replace(passage, words=edited(passage.words, by_unit.get(passage.unit, ())))
                for passage in document.passages
            )
        ),
        tuple(edits),
    )
