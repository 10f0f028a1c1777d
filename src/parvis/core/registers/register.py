"""What a room declares when it opens a register: tables, sources, reader, rules, views."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

import pyarrow as pa

from parvis.core.finding import Flag
from parvis.core.registers.browsing import Browse, Crosswalk


class Status(StrEnum):
    """What became of a source cell that leaves a defect; the others were kept as they were."""

    NOTED = "noted"  # kept as it is, and worth a remark
    REPAIRED = "repaired"  # replaced by a rule's value, the original beside it
    PROPOSED = "proposed"  # kept as it is, with the value that a rule would give
    REFUSED = "refused"  # no typed value: the original stays in the defect
    ROW_REFUSED = "row_refused"  # the whole row is left out of the tables, downloadable with its reason


@dataclass(frozen=True)
class Column:
    """A column of a register's table."""

    name: str
    type: str  # a DuckDB type: VARCHAR, DATE, DECIMAL(18,2), INTEGER, BOOLEAN
    title: str  # French
    help: str  # French: what the value means, with its unit
    terms: Mapping[str, str] = field(default_factory=dict)  # standard -> path of the field there


SOURCE_ROW: Final = Column("source_row", "BIGINT", "Rang", "Rang de la ligne dans le fichier, à partir de 1.")
"""Where a published row stands in its source's file."""


@dataclass(frozen=True)
class Table:
    """A table of a register, as published in Parquet."""

    name: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Rule:
    """What to do with one kind of defect, as SQL over the raw row, so that anyone can read and run it.

    `when` and `value` are DuckDB expressions over the raw table's columns (all text, as in the source).
    `sentence` is the French line shown to the producer; `{original}` and `{value}` are filled in.
    """

    slug: str
    table: str
    column: str
    status: Status
    when: str
    value: str | None
    sentence: str
    why: str


@dataclass(frozen=True)
class Source:
    """An official address from which a producer's file comes."""

    slug: str
    title: str
    address: str
    licence: str
    demonstration: str = ""  # path, below PARVIS_DATA, of the real file that stands for it in the demonstration


@dataclass(frozen=True)
class Fiction:
    """A source that is always invented, beside real ones: what is said of it, over the pages that show it."""

    source: str  # its slug
    sentence: str  # French
    pages: str  # a pattern of their paths


@dataclass(frozen=True)
class Batch:
    """Some raw rows of one table: every value is the source's text, or None where the source has nothing.

    Rows may carry `source_row`, the ordinal of their record in the file, from 1; else they are numbered as they come.
    A large source gives its rows as columns (`pa.Table`).
    """

    table: str
    rows: list[dict[str, str | None]] | pa.Table


@dataclass(frozen=True)
class Record:
    """A record as its producer wrote it: what a refused row is downloaded as."""

    source_row: int
    text: str


@dataclass(frozen=True)
class Register:
    """A register that a room declares: `<room>/registers/<name>/__init__.py` holds it as REGISTER.

    A raw table's column that bears the name of a published column has its type; the others are text.
    """

    slug: str
    title: str
    summary: str
    standards: tuple[str, ...]
    sources: tuple[Source, ...]
    tables: tuple[Table, ...]
    raw_tables: Mapping[str, tuple[str, ...]]  # raw table -> its text columns
    read: Callable[[Path], Iterator[Batch]]
    rules: tuple[Rule, ...]
    folder: Path  # where README.md, questions/*.sql, views.sql, sample.* and expected.jsonl stand
    key: str = ""  # column of the first table by which a defect finds the object it speaks of
    macros: str = ""  # SQL macros that rules may use, run before anything else
    passing_tables: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # staged for `prepare` only, not judged
    derived: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # raw table -> layers of columns for its rules
    prepare: str = ""  # SQL run once all is staged: fills raw tables from others
    settle: str = ""  # SQL run once all is judged: narrow tables that the assembly needs
    assembly: Mapping[str, str] = field(default_factory=dict)  # published table -> SQL over `clean.<raw table>`
    records: Callable[[Path, set[int]], Iterator[Record]] | None = None  # the source read again, for its refused rows
    sample: Callable[[Path], Path] | None = None  # writes a fictitious file into a folder, and returns it
    browse: Browse | None = None  # how its rows are listed and shown, where they are
    flags: tuple[Flag, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    fiction: Fiction | None = None  # else whatever is invented is said over every page
