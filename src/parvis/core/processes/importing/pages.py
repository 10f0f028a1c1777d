"""What the pages of imports are given."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.processes.importing.rows import COLUMNS
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Fact

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class DraftLine:
    """An import, as a list shows it."""

    number: int
    title: str
    debate: str
    state: str
    state_title: str
    good: int
    bad: int
    received_at: datetime
    url: str


@dataclass(frozen=True)
class DraftsPage:
    """Every import, the last first."""

    title: str
    drafts: tuple[DraftLine, ...]

    def rows(self) -> Rows:
        return ({**vars(one)} for one in self.drafts)


@dataclass(frozen=True)
class BadRow:
    """A row that may not enter: its place in the file, what is wrong, what was written."""

    position: int
    reasons: tuple[str, ...]
    written: str

    def row(self) -> dict[str, object]:
        return {"position": self.position, "reasons": " ".join(self.reasons), "written": self.written}


@dataclass(frozen=True)
class DraftPage:
    """One import: what would enter, what would not and why."""

    title: str
    line: DraftLine
    facts: tuple[Fact, ...]
    compared: Mapping[str, int]
    kinds: Mapping[str, int]  # French plural -> how many good rows
    bad: tuple[BadRow, ...]  # the first ones; the CSV has all
    every_bad: Callable[[], Iterator[BadRow]] = field(metadata=HTML_ONLY)
    form: Any = field(default=None, metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return (one.row() for one in self.every_bad())


@dataclass(frozen=True)
class SourceSaid:
    """What one source says of an imported contribution."""

    source: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class NoticesPanel:
    """What every source says of it, side by side."""

    notices: tuple[SourceSaid, ...]


@dataclass(frozen=True)
class SealedPanel:
    """The import that a contribution came by: the log bears the hash of all its rows, and none of this one alone."""

    title: str
    file: str
    rows: int
    sha256: str
    stream: str
    key: str
    own_key: str


@dataclass(frozen=True)
class ComparedPanel:
    """What the sources of an archive have in common."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class FilePage:
    """Where a file of contributions is sent."""

    title: str
    lede: str
    back: tuple[str, str]
    form: Any = field(metadata=HTML_ONLY)
    kinds: tuple[tuple[str, str, str], ...]  # slug, French, its columns

    @property
    def columns(self) -> Mapping[str, str]:
        return COLUMNS
