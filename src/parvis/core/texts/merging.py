"""Merging: the document that adopted edits make together, mechanically, or the conflicts that a person must settle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter

from parvis.core.texts.conflicts import Clash, Conflict, clashes, conflicts
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Edit, Source, alternative, edited


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
    found = conflicts(document, edits)
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


def rebased(unit: str, base: str, now: str, edits: Sequence[Edit]) -> tuple[Edit, ...] | Conflicted:
    """Return edits made on former words as edits of the words now, or what they meet in what changed since."""
    return onto(base, alternative(unit, base, now, Source("version", "la version en cours")), edits)


def onto(base: str, since: Sequence[Edit], edits: Sequence[Edit]) -> tuple[Edit, ...] | Conflicted:
    """Return edits of a unit as they are to be applied after others, by three-way merge, or their conflicts.

    An edit that is also among the others is left out: it is done.
    """
    found = tuple(clashes(base, [*since, *edits]))
    if found:
        return Conflicted(found)
    kept = sorted((edit for edit in edits if not any(edit.does_as(done) for done in since)), key=BY_PLACE)
    moved = tuple(_shifted(edit, since) for edit in kept)
    met = tuple(_met(base, kept, moved, since))
    return Conflicted(met) if met else moved


BY_PLACE = attrgetter("start", "end")


def _met(base: str, kept: Sequence[Edit], moved: Sequence[Edit], since: Sequence[Edit]) -> Iterator[Conflict]:
    """Yield the insertions that come to one place, since what stood between them is gone: nothing says their order."""
    for (first, here), (second, there) in pairwise(zip(kept, moved, strict=True)):
        if here.is_insertion and there.is_insertion and here.start == there.start:
            gone = next(done for done in since if done.start < second.start and done.end > first.start)
            words = base[first.start : second.start]
            yield Conflict(first.unit, words, first.source, gone.source, Clash.BESIDE, (first, gone))


def _shifted(edit: Edit, since: Sequence[Edit]) -> Edit:
    """Move an edit by what was added and removed before it."""
    place = edit.start, edit.end
    shift = sum(len(done.after) - len(done.before) for done in since if (done.start, done.end) < place)
    return replace(edit, start=edit.start + shift, end=edit.end + shift)
