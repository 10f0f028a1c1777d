"""Three columns: the words before, what each source proposes, the words after; one row for each part that changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parvis.core.texts.comparing import Change, compare
from parvis.core.texts.conflicts import Conflict, clashes
from parvis.core.texts.editing import Edit, Source, edited


@dataclass(frozen=True)
class Proposed:
    """What a source makes of the words of a row."""

    source: Source
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Row:
    """Some alinéas of a unit. `after` is empty where the proposals conflict: a person must choose."""

    before: str
    proposed: tuple[Proposed, ...]
    after: tuple[Change, ...]
    conflicts: tuple[Conflict, ...] = ()


def columns(words: str, edits: Sequence[Edit]) -> Iterator[Row]:
    """Yield the rows of a unit: alinéas that no edit touches together, and apart those that an edit rewrites."""
    done = 0
    for start, end, own in _blocks(words, edits):
        if done < start:
            yield _row(words[done:start], ())
        yield _row(words[start:end], [replace(edit, start=edit.start - start, end=edit.end - start) for edit in own])
        done = end
    if done < len(words):
        yield _row(words[done:], ())


def _blocks(words: str, edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Gather the edits that touch the same alinéas."""
    own: list[Edit] = []
    start = end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        first = words.rfind("\n", 0, edit.start) + 1
        if own and first >= end and first > start:
            yield start, end, own
            own = []
        start = start if own else first
        end = max(end, _line_end(words, edit))
        own.append(edit)
    if own:
        yield start, end, own


def _line_end(words: str, edit: Edit) -> int:
    """Return where the last alinéa that an edit touches ends, its line feed included."""
    at = max(edit.end - 1, edit.start)
    found = words.find("\n", at)
    return len(words) if found < 0 else found + 1


def _row(before: str, edits: Sequence[Edit]) -> Row:
    by_source: dict[Source, list[Edit]] = {}
    for edit in edits:
        by_source.setdefault(edit.source, []).append(edit)
    proposed = tuple(Proposed(source, compare(before, edited(before, own))) for source, own in by_source.items())
    found = tuple(clashes(before, edits))
    return Row(before, proposed, () if found else compare(before, edited(before, edits)), found)
