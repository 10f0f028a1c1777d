"""One row of a register: all its fields, its versions, who is in it, its defects, where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from parvis.core.registers.answers import ask
from parvis.core.registers.browsing import Browse, Link, Party
from parvis.core.registers.listing import Browsed
from parvis.core.registers.pages.cells import UNKNOWN, Line, columns_of, in_euros, lines, written
from parvis.core.registers.pages.releases import column_titles
from parvis.core.registers.register import Column, Register
from parvis.core.registers.sql import name
from parvis.core.web.page import HTML_ONLY

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A field of the row: its title, its value in words, what it means, and what was found wrong with it."""

    name: str
    title: str
    text: str
    help: str
    is_known: bool


@dataclass(frozen=True)
class Role:
    """A party to the row, and the role it plays."""

    role: str
    title: str
    id: str
    name: str


@dataclass(frozen=True)
class Detail:
    """A table that details the row."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class RowPage:
    """All that is known of one row."""

    title: str
    register: str
    register_title: str
    noun: str
    key: str
    release: str
    source_row: Any
    record: Record
    linked: Mapping[str, tuple[Record, ...]]
    versions: tuple[Record, ...]
    defects: tuple[Record, ...]
    roles: tuple[Role, ...]
    leads: tuple[Record, ...]
    notice: str
    fields: tuple[Field, ...] = field(metadata=HTML_ONLY)
    details: tuple[Detail, ...] = field(metadata=HTML_ONLY)
    history: Detail = field(metadata=HTML_ONLY)

    def rows(self) -> tuple[Record, ...]:
        """Return the versions of the row, in full."""
        return self.versions


def row_page(place: Browsed, connection: duckdb.DuckDBPyConnection, record: Record, notice: str) -> RowPage:
    """Gather what the catalogue and the releases say of a row."""
    register, browse, catalogue = place.register, place.browse, place.catalogue
    key, columns = str(record[browse.key]), columns_of(register, browse.table)
    titles = column_titles(register)
    versions = read(connection, every_version(register, browse), key)
    linked = {link.table: read(connection, details_of(register, browse, link), key) for link in browse.links}
    return RowPage(
        title=browse.title_of(record),
        register=register.slug,
        register_title=register.title,
        noun=browse.noun[0],
        key=key,
        release=str(record["release"]),
        source_row=record.get("source_row"),
        record=record,
        linked=linked,
        versions=versions,
        defects=tuple(
            {**defect, "title": titles.get(defect["column"], defect["column"])}
            for defect in read(connection, defects(register), key)
        ),
        roles=tuple(role for party in browse.parties for role in roles(register, browse, connection, party, key)),
        leads=tuple(catalogue.leads_about("uid", key)),
        notice=notice,
        fields=tuple(field_of(column, record, browse) for column in columns.values()),
        details=tuple(detail(register, browse, table, records) for table, records in linked.items()),
        history=history(browse, versions, columns),
    )


def read(connection: duckdb.DuckDBPyConnection, sql: str, key: str) -> tuple[Record, ...]:
    return tuple(ask(connection, sql, {"key": key}).records())


def every_version(register: Register, browse: Browse) -> str:
    order = f", {name(browse.version)}" if browse.version else ""
    return (
        f"select * exclude (release_rank) from {name(register.slug + '_all')}.{name(browse.table)} "
        f"where {name(browse.key)} = $key order by release_rank{order}"
    )


def details_of(register: Register, browse: Browse, link: Link) -> str:
    return (
        f"select * from {name(register.slug)}.{name(link.table)} where {name(browse.key)} = $key order by {link.order}"
    )


def defects(register: Register) -> str:
    return f'select * from {name(register.slug)}.defects where key = $key order by release, source_row, "column", rule'


def field_of(column: Column, record: Record, browse: Browse) -> Field:
    text = in_euros(browse, column.name, record) or written(record[column.name])
    return Field(column.name, column.title, text, column.help, is_known=text != UNKNOWN)


def roles(
    register: Register, browse: Browse, connection: duckdb.DuckDBPyConnection, party: Party, key: str
) -> tuple[Role, ...]:
    found = read(
        connection,
        f"select distinct {name(party.id)}::varchar as id, {name(party.name)} as name "
        f"from {name(register.slug)}.{name(party.table)} where {name(browse.key)} = $key order by 1, 2",
        key,
    )
    return tuple(
        Role(party.slug, party.title, str(row["id"] or ""), str(row["name"] or row["id"] or UNKNOWN)) for row in found
    )


def detail(register: Register, browse: Browse, table: str, records: tuple[Record, ...]) -> Detail:
    columns = columns_of(register, table)
    shown = [known for known in columns if known not in {browse.key, "source_row", "version"}]
    title = next(known.title for known in register.tables if known.name == table)
    return Detail(title, tuple(columns[known].title for known in shown), lines(records, shown, columns))


def history(browse: Browse, versions: tuple[Record, ...], columns: Mapping[str, Column]) -> Detail:
    """Show the fields that change from one version to another, and those of the list."""
    changed = [known for known in columns if len({repr(version[known]) for version in versions}) > 1]
    shown = list(dict.fromkeys([*([browse.version] if browse.version else []), *changed, *browse.shown]))
    hidden = {"source_row", "is_current", "extra"}
    wanted = [known for known in shown if known not in hidden]
    return Detail("Versions", tuple(columns[known].title for known in wanted), lines(versions, wanted, columns))
