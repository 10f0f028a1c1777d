"""Three columns as pages show them: before, what each source proposes, after."""

from collections.abc import Iterable, Iterator, Sequence

from parvis.core.texts import columns as three
from parvis.core.texts.comparing import Change, Kind
from parvis.core.texts.conflicts import Conflict
from parvis.core.texts.editing import Edit
from parvis.core.texts.pages.comparison import ColumnsRow, Proposal
from parvis.core.texts.pages.marks import Line, in_line


def in_columns(words: str, edits: Sequence[Edit]) -> tuple[ColumnsRow, ...]:
    """Return the rows of a unit whose words some edits change."""
    return tuple(_shown(row) for row in three.columns(words, edits))


def _shown(row: three.Row) -> ColumnsRow:
    return ColumnsRow(
        before=tuple(_alineas(row.before)),
        proposals=tuple(_proposal(one) for one in row.proposed),
        after=_come(row.after) if row.proposed else in_line(_kept(row.before)),
        conflicts=tuple(told(one) for one in row.conflicts),
    )


def told(conflict: Conflict) -> str:
    """Return a conflict's sentence without its unit, which the page names."""
    sentence = str(conflict).removeprefix(f"{conflict.unit} : ")
    return sentence[:1].upper() + sentence[1:]


def _proposal(proposed: three.Proposed) -> Proposal:
    label = str(proposed.source)
    return Proposal(label[:1].upper() + label[1:], proposed.source.url, in_line(proposed.changes))


def _alineas(words: str) -> Iterator[str]:
    yield from (line for line in words.split("\n") if line.strip())


def _kept(words: str) -> Iterator[Change]:
    yield Change(Kind.EQUAL, words, words)


def _come(changes: Iterable[Change]) -> tuple[Line, ...]:
    """Return the words after: those that came are marked, those that went are not shown."""
    after = [
        change if change.kind == Kind.EQUAL else Change(Kind.INSERT, "", change.after)
        for change in changes
        if change.after
    ]
    return in_line(after)
