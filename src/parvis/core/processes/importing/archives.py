"""Archives: debates that were held elsewhere, as a room declares the reading of their files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from parvis.core.discovery import Shelf

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


def untold(_done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True)
class Archive:
    """A debate held elsewhere: `<room>/archives/<name>.py` holds it as ARCHIVE.

    Its rows have the columns of `rows.COLUMNS` and the fields of their kinds; `read` takes a folder.
    """

    slug: str
    title: str
    procedure: str
    summary: str
    subject: str  # « textes/<identifiant> », or nothing
    sample_subject: str  # the fictitious text that the sample is about
    subject_version: str
    organisation: str  # slug of the body that held it
    organisation_name: str
    opened_on: str  # ISO 8601 instants, the second excluded
    closed_on: str
    source: str  # French: whose totals these are
    licence: str
    read: Callable[[Path], Iterator[Mapping[str, Any]]]
    compare: Callable[[Path], Mapping[str, int]]  # what its sources agree on: a French sentence -> how many
    sample: Callable[[Path], Path]  # writes a fictitious folder that `read` takes
    files: tuple[str, ...]  # paths below PARVIS_DATA: their presence makes the demonstration's archive real
    metadata: Mapping[str, Any] = field(default_factory=dict)  # DebatesCore

    def about(self, *, is_fictitious: bool) -> str:
        """Return the text that its contributions bear on."""
        return self.sample_subject if is_fictitious else self.subject


ARCHIVES: Final = Shelf[Archive]("archives", "ARCHIVE")
