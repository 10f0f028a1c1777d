"""Words as pages show them: runs that stayed, went or came, in alinéas set side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parvis.core.texts.comparing import Change, Kind

KEPT, GONE, COME = "kept", "gone", "come"


@dataclass(frozen=True)
class Run:
    """Words of one alinéa that share a fate."""

    kind: str  # kept, gone, come
    words: str


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Row:
    """Alinéas that face each other. Either side may have none, or several where they were split or joined."""

    before: tuple[Line, ...]
    after: tuple[Line, ...]

    @property
    def is_changed(self) -> bool:
        return any(run.kind != KEPT for line in (*self.before, *self.after) for run in line)


def side_by_side(changes: Iterable[Change]) -> tuple[Row, ...]:
    """Return the rows of two wordings: a row ends where both have a line end in common."""
    return tuple(_rows(changes))


def _rows(changes: Iterable[Change]) -> Iterator[Row]:
    before: list[Run | None] = []
    after: list[Run | None] = []
    for change in changes:
        if change.kind != Kind.EQUAL:
            before += _cut(GONE, change.before)
            after += _cut(COME, change.after)
            continue
        first, *others = change.before.split("\n")
        before, after = [*before, Run(KEPT, first)], [*after, Run(KEPT, first)]
        for line in others:
            yield Row(_lines(before), _lines(after))
            before, after = [Run(KEPT, line)], [Run(KEPT, line)]
    if _lines(before) or _lines(after):
        yield Row(_lines(before), _lines(after))


def _cut(kind: str, words: str) -> Iterator[Run | None]:
    """Yield the runs of each line, None at a line's end."""
    for place, line in enumerate(words.split("\n")):
        if place:
            yield None
        yield Run(kind, line)


def _lines(runs: Iterable[Run | None]) -> tuple[Line, ...]:
    """Return the lines that have words, each without its empty runs."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run is None:
            lines.append([])
        elif run.words:
            lines[-1].append(run)
    return tuple(tuple(line) for line in lines if any(run.words.strip() for run in line))


def in_line(changes: Iterable[Change]) -> tuple[Line, ...]:
    """Return one text where what went stands before what came in its place."""
    runs: list[Run | None] = []
    for change in changes:
        if change.kind == Kind.EQUAL:
            runs += _cut(KEPT, change.before)
        else:
            runs += [*_cut(GONE, change.before), *_cut(COME, change.after)]
    return _lines(runs)
