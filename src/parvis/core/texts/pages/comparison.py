"""Two versions set against each other: an article, the whole text, three columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from parvis.core.texts.pages.dossier import VersionName
from parvis.core.texts.pages.marks import Line, Row
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Pages


@dataclass(frozen=True)
class Chooser:
    """The two versions compared, and those that one may choose."""

    versions: tuple[VersionName, ...]
    before: VersionName
    after: VersionName
    is_backwards: bool
    swapped_url: str


@dataclass(frozen=True)
class UnitComparePage:
    """A unit at two versions, alinéa facing alinéa."""

    title: str
    text_title: str
    text_url: str
    unit_title: str
    unit_url: str
    chooser: Chooser
    difference: float
    was: str  # number before, '' where the unit was not
    now: str
    lines: tuple[Row, ...]

    @property
    def is_changed(self) -> bool:
        return any(line.is_changed for line in self.lines)

    def rows(self) -> Iterator[Mapping[str, object]]:
        for line in self.lines:
            yield {"before": _plain(line.before), "after": _plain(line.after), "is_changed": line.is_changed}


@dataclass(frozen=True)
class UnitDrift:
    """What became of a unit from a version to another."""

    uid: str
    title: str
    heading: str
    renumbered_from: str
    state: str  # new, gone, changed, renumbered, same
    difference: float
    lines: tuple[Line, ...]
    url: str

    @property
    def is_reworded(self) -> bool:
        """Whether it is one unit whose words changed: only then does the share of them say something."""
        return self.state == "changed" or (self.state == "renumbered" and self.difference > 0)


@dataclass(frozen=True)
class ComparePage:
    """The whole text at two versions: only what changes is shown."""

    title: str
    text_title: str
    text_url: str
    chooser: Chooser
    counts: Mapping[str, int]
    units: tuple[UnitDrift, ...]
    columns_url: str

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.units:
            yield {
                "unit": one.uid,
                "title": one.title,
                "state": one.state,
                "renumbered_from": one.renumbered_from,
                "difference": one.difference,
                "url": one.url,
            }


@dataclass(frozen=True)
class Proposal:
    """What a source makes of some alinéas, and who adopted it."""

    label: str
    url: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ColumnsRow:
    """Some alinéas in three columns. `after` is empty where the proposals conflict: a person must choose."""

    before: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    after: tuple[Line, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """A unit in three columns: before, proposed, after."""

    uid: str
    title: str
    lines: tuple[ColumnsRow, ...]
    url: str


@dataclass(frozen=True)
class ColumnsPage:
    """The three-column table of two versions."""

    title: str
    text_title: str
    text_url: str
    chooser: Chooser
    units: tuple[Columns, ...]
    shown: tuple[Columns, ...] = field(metadata=HTML_ONLY)
    pages: Pages | None = field(metadata=HTML_ONLY)
    compare_url: str = ""

    def rows(self) -> Iterator[Mapping[str, object]]:
        for unit in self.units:
            for line in unit.lines:
                yield {
                    "unit": unit.uid,
                    "title": unit.title,
                    "before": "\n".join(line.before),
                    "proposed": [{"by": said.label, "words": _plain(said.lines)} for said in line.proposals],
                    "after": _plain(line.after),
                    "conflicts": list(line.conflicts),
                }


def _plain(lines: tuple[Line, ...]) -> str:
    return "\n".join("".join(run.words for run in line) for line in lines)
