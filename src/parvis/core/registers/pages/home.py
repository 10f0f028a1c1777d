"""The registers, and the front page of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parvis.core.registers.listing import Total
from parvis.core.registers.pages.releases import ReleaseLine, RuleLine
from parvis.core.registers.register import Register, Source


@dataclass(frozen=True)
class RegisterLine:
    """A register, in one line."""

    slug: str
    title: str
    summary: str
    rows: int | None  # None before any release
    noun: str
    releases: int
    loaded_at: datetime | None


@dataclass(frozen=True)
class RegistersPage:
    """All the registers."""

    title: str
    registers: tuple[RegisterLine, ...]

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [vars(register) for register in self.registers]


@dataclass(frozen=True)
class QuestionLine:
    """A question that the front page asks."""

    register: str
    slug: str
    title: str


@dataclass(frozen=True)
class RegistersPanel:
    """What the site's front page says of registers."""

    registers: tuple[RegisterLine, ...]
    questions: tuple[QuestionLine, ...]


@dataclass(frozen=True)
class Door:
    """A way into a register."""

    label: str
    url: str
    help: str


@dataclass(frozen=True)
class RegisterPage:
    """What a register is, where it comes from, what is in it, and how good it is."""

    title: str
    register: str
    summary: str
    standards: tuple[str, ...]
    sources: tuple[Source, ...]
    total: Total | None
    noun: str
    amount_title: str
    maximum_title: str
    doors: tuple[Door, ...]
    releases: tuple[ReleaseLine, ...]
    defects: tuple[RuleLine, ...]
    refused: int

    def rows(self) -> Iterable[Mapping[str, Any]]:
        """Return what the rules found: the rows of the register have their own list."""
        return [vars(rule) for rule in self.defects]


@dataclass(frozen=True)
class ColumnLine:
    """A column as the schema says it."""

    table: str
    name: str
    type: str
    title: str
    help: str
    terms: Mapping[str, str]


@dataclass(frozen=True)
class TableLines:
    """A table and its columns."""

    name: str
    title: str
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True)
class SchemaPage:
    """The columns of a register: types, meaning, and their names in the standards."""

    title: str
    register: str
    register_title: str
    tables: tuple[TableLines, ...]

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [vars(column) for table in self.tables for column in table.columns]


def schema_page(register: Register) -> SchemaPage:
    """Say each column of each table."""
    tables = tuple(
        TableLines(
            table.name,
            table.title,
            tuple(
                ColumnLine(table.name, column.name, column.type, column.title, column.help, dict(column.terms))
                for column in table.columns
            ),
        )
        for table in register.tables
    )
    return SchemaPage(f"Schéma : {register.title}", register.slug, register.title, tables)


@dataclass(frozen=True)
class CrosswalkPage:
    """The register in another standard's words, and what is lost on the way."""

    title: str
    register: str
    register_title: str
    slug: str
    loss: tuple[Mapping[str, Any], ...]

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return self.loss
