"""What the pages of exports and statistics are given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.processes.exporting.formats import Column
from parvis.core.web.charts import Chart
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Fact, Step

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class DataPanel:
    """The ways to a debate's data."""

    doors: tuple[Fact, ...]


@dataclass(frozen=True)
class FileLine:
    """A file of the frozen export."""

    name: str
    title: str
    rows: int
    size: int  # bytes
    sha256: str
    url: str


@dataclass(frozen=True)
class ExportsPage:
    """Everything of a debate, to take away."""

    title: str
    debate: Step
    licence: str
    counted_by: str
    live: tuple[Step, ...]
    made_at: datetime
    files: tuple[FileLine, ...]
    described: tuple[Step, ...]  # manifest and schema
    columns: tuple[Column, ...]

    def rows(self) -> Rows:
        return (vars(one) for one in self.files)


@dataclass(frozen=True)
class Statistic:
    """One question, its answer, and how to find it again."""

    slug: str
    title: str
    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    sql: str
    program: str
    chart: Chart | None = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class StatisticsPage:
    """What a debate amounts to, in figures that anyone finds again."""

    title: str
    debate: Step
    exports: Step
    made_at: datetime
    sha256: str
    counted_by: str
    is_archive: bool
    statistics: tuple[Statistic, ...]

    def rows(self) -> Rows:
        for one in self.statistics:
            for values in one.values:
                yield {"question": one.title, "ligne": dict(zip(one.columns, map(str, values), strict=True))}
