"""Read a catalogue: pages of a list, counts of its facets, one row, one party."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from parvis.core.analyzer import asked
from parvis.core.errors import ParvisError
from parvis.core.registers.browsing import Browse, Party, Sort
from parvis.core.registers.filters import NONE, Filters
from parvis.core.registers.questions import SPILL
from parvis.core.registers.register import Register
from parvis.core.registers.sql import name

MEMORY, THREADS = "300MB", 2
PAGE = 50  # rows
BATCH = 50_000  # rows streamed at once in a download
NO_CODE = -1  # of a value that no row has
LEAD_SUBJECTS = {"uid", "buyer_id", "supplier_id"}  # columns by which a lead names what it is about


class LostPlace(ParvisError):
    """A page starts after a row that the list no longer has."""


@dataclass(frozen=True)
class Value:
    """A value of a facet, and the rows that have it under the other filters. None: they have no value."""

    value: str | None
    rows: int


@dataclass(frozen=True)
class Total:
    """How many rows, and the money of those whose amount is not a mere maximum."""

    rows: int
    amount: Any
    maximum: Any


@dataclass(frozen=True)
class Some:
    """A page of the list, in its order, and whether there is more on each side."""

    rows: tuple[dict[str, Any], ...]
    has_previous: bool
    has_next: bool


@dataclass(frozen=True)
class PartyTotals:
    """A party with its totals: what it has alone, what it shares with others, the maxima, never added together."""

    role: str
    id: str
    name: str
    rows: int
    rows_shared: int
    amount: Any
    amount_shared: Any
    maximum: Any
    rows_without_amount: int
    first_day: Any
    last_day: Any


@dataclass(frozen=True)
class Where:
    """Conditions on `marks`, with their parameters."""

    parts: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    def __str__(self) -> str:
        """Return the SQL, true where there is no condition."""
        return " and ".join(self.parts) or "true"

    def __add__(self, other: "Where") -> "Where":
        return Where(self.parts + other.parts, self.values + other.values)


class Catalogue:
    """A catalogue opened for reading. It may be asked by several threads at once."""

    def __init__(self, path: Path, browse: Browse) -> None:
        """Open the file, and learn the codes of the facets' values."""
        self.browse, self.path = browse, path
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "threads": THREADS,
            "temp_directory": SPILL,
        }
        self._connection = duckdb.connect(str(path), read_only=True, config=settings)
        self._connection.execute("set enable_external_access = false; set lock_configuration = true")
        self.values: dict[str, dict[str | None, tuple[int, int]]] = {facet.slug: {} for facet in browse.facets}
        for facet, value, rows, code in self.read(
            'select facet, value, rows, code from "values" order by facet, code'
        ):
            self.values[facet][value] = (code, rows)

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.cursor().execute(sql, list(values)).fetchall()

    def records(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
        cursor = self._connection.cursor().execute(sql, values)
        columns = [column[0] for column in cursor.description or []]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def total(self, filters: Filters) -> Total:
        where = self.where(filters)
        (found,) = self.read(
            "select count(*), coalesce(sum(amount) filter (not is_maximum), 0), "
            f"coalesce(sum(amount) filter (is_maximum), 0) from marks where {where}",
            where.values,
        )
        return Total(*found)

    def facets(self, filters: Filters) -> dict[str, list[Value]]:
        """Count the values of every facet: each under the other filters, so that its own choice can be widened."""
        if filters.is_empty:
            return {
                slug: [Value(value, rows) for value, (_, rows) in known.items()] for slug, known in self.values.items()
            }
        counted = {slug: self._counts([slug], without(filters, slug))[slug] for slug in filters.facets}
        others = [facet.slug for facet in self.browse.facets if facet.slug not in filters.facets]
        counted |= self._counts(others, filters) if others else {}
        return {slug: self._named(slug, counted[slug]) for slug in self.values}

    def _counts(self, slugs: Sequence[str], filters: Filters) -> dict[str, dict[int, int]]:
        """Count several facets in one reading of the marks."""
        where, columns = self.where(filters), [name("f_" + slug) for slug in slugs]
        sets = ", ".join(f"({column})" for column in columns)
        rows = self.read(
            f"select grouping({', '.join(columns)}), coalesce({', '.join([*columns, '0'])}), count(*) "
            f"from marks where {where} group by grouping sets ({sets})",
            where.values,
        )
        # grouping() has one bit a column, the first the highest, and 0 where the row is of that column.
        full = 2 ** len(slugs) - 1
        found: dict[str, dict[int, int]] = {slug: {} for slug in slugs}
        for bits, code, count in rows:
            found[slugs[len(slugs) - (full - bits).bit_length()]][code] = count
        return found

    def _named(self, slug: str, counts: Mapping[int, int]) -> list[Value]:
        values = [Value(value, counts[code]) for value, (code, _) in self.values[slug].items() if code in counts]
        return sorted(values, key=lambda value: -value.rows)

    def page(
        self, filters: Filters, sort: Sort, *, after: str | None = None, before: str | None = None, size: int = PAGE
    ) -> Some:
        """Return the rows that follow, or precede, the row named by its key; the first ones otherwise."""
        rank, where = name("s_" + sort.slug), self.where(filters)
        backwards = before is not None
        key = before if backwards else after
        if key is not None:
            where += Where((f"{rank} {'<' if backwards else '>'} ?",), (self._rank(key, rank),))
        found = self.read(
            f"select n from marks where {where} order by {rank} {'desc' if backwards else 'asc'} limit {size + 1}",
            where.values,
        )
        numbers = [number for (number,) in found[:size]]
        more = len(found) > size
        rows = self.rows(reversed(numbers) if backwards else numbers)
        return Some(rows, has_previous=more if backwards else key is not None, has_next=backwards or more)

    def _rank(self, key: str, rank: str) -> int:
        found = self.read(f"select {rank} from marks where n = (select n from keys where key = ?)", [key])
        if not found:
            raise LostPlace("La liste a changé depuis votre dernière page : reprenez-la depuis le début.")
        return int(found[0][0])

    def rows(self, numbers: Iterator[int] | Sequence[int]) -> tuple[dict[str, Any], ...]:
        """Return the shown columns of rows, in the order of their numbers, with the names of those linked to them."""
        wanted = list(numbers)
        untitled = self.browse.untitled.columns if self.browse.untitled else ()
        columns = ", ".join(map(name, dict.fromkeys((self.browse.key, *self.browse.shown, *untitled))))
        found = {
            row.pop("n"): row
            for row in self.records(f"select n, {columns} from rows where n in (select unnest(?))", [wanted])
        }
        for role, called in self._names(wanted).items():
            for number in wanted:
                found[number][role] = called.get(number, [])
        return tuple(found[number] for number in wanted)

    def _names(self, numbers: list[int]) -> dict[str, dict[int, list[str]]]:
        """Return, for each role played in a linked table, the names of those who play it in these rows."""
        roles = [party.slug for party in self.browse.parties if party.table != self.browse.table]
        names: dict[str, dict[int, list[str]]] = {role: {} for role in roles}
        for role, number, called in self.read(
            "select role, n, names from called where n in (select unnest(?)) and role in (select unnest(?))",
            [numbers, roles],
        ):
            names[role][number] = called
        return names

    def row(self, key: str) -> dict[str, Any] | None:
        found = self.records("select * exclude (n) from rows where n = (select n from keys where key = ?)", [key])
        return found[0] if found else None

    def batches(self, filters: Filters, sort: Sort, columns: Sequence[str]) -> pa.RecordBatchReader:
        """Stream the filtered list whole, by batches of columns: memory does not grow with the list."""
        where = self.where(filters)
        chosen = ", ".join(f"rows.{name(column)}" for column in columns)
        if filters.is_empty:
            source = "rows"
        else:
            source = f"rows semi join (select n from marks where {where}) as kept using (n)"
        order = "" if sort == self.browse.sorts[0] else self._order(sort)
        asked_rows = self._connection.cursor().sql(f"select {chosen} from {source} {order}", params=list(where.values))
        return asked_rows.to_arrow_reader(BATCH)

    def _order(self, sort: Sort) -> str:
        return f"order by (select {name('s_' + sort.slug)} from marks where marks.n = rows.n)"

    def where(self, filters: Filters) -> Where:
        """Turn filters into conditions on the marks."""
        where = Where()
        for slug, values in filters.facets.items():
            codes = [self.values[slug].get(None if value == NONE else value, (NO_CODE, 0))[0] for value in values]
            where += Where((f"{name('f_' + slug)} in ({', '.join('?' * len(codes))})",), tuple(codes))
        for role, ids in filters.parties.items():
            marks = ", ".join("?" * len(ids))
            where += Where((f"n in (select n from links where role = ? and id in ({marks}))",), (role, *ids))
        for condition, value in (
            ("day >= ?", filters.since),
            ("day <= ?", filters.until),
            ("amount >= ?", filters.least),
            ("amount <= ?", filters.most),
        ):
            where += Where((condition,), (value,)) if value is not None else Where()
        return where + self._text(filters.text)

    def _text(self, text: str) -> Where:
        """Ask for all the words of a text. A text of stop words only asks nothing."""
        where = Where()
        for alternatives in asked(text):
            found = self.read("select id from lexicon where lexeme in (select unnest(?))", [list(alternatives)])
            ids = ", ".join(str(identifier) for (identifier,) in found) or str(NO_CODE)
            where += Where((f"n in (select n from postings where id in ({ids}))",))
        return where

    def party(self, role: str, identifier: str) -> PartyTotals | None:
        found = self.read("select * from parties where role = ? and id = ?", [role, identifier])
        return PartyTotals(*found[0]) if found else None

    def parties(self, role: str, *, text: str = "", size: int = PAGE, after: int = 0) -> list[PartyTotals]:
        """Return those who play a role, the largest total first, whose name or identifier contains a text."""
        found = self.read(
            "select * from parties where role = ? and (contains(strip_accents(lower(name)), strip_accents(lower(?))) "
            "or contains(id, ?)) order by amount desc, id limit ? offset ?",
            [role, text, text, size, after],
        )
        return [PartyTotals(*row) for row in found]

    def partners(self, role: str, identifier: str, other: Party, *, size: int = 20) -> list[dict[str, Any]]:
        """Return with whom a party shares rows most, in another role."""
        return self.records(
            """select parties.id, parties.name, count(*) as rows,
                      coalesce(sum(marks.amount) filter (not is_maximum), 0) as amount
               from links as mine join links as theirs using (n) join marks using (n)
               join parties on parties.role = theirs.role and parties.id = theirs.id
               where mine.role = ? and mine.id = ? and theirs.role = ?
               group by all order by rows desc, amount desc, parties.id limit ?""",
            [role, identifier, other.slug, size],
        )

    def leads_about(self, column: str, value: str) -> list[dict[str, Any]]:
        """Return the leads that name a row, or a party, by one of their columns; a row may also be their evidence."""
        if column not in LEAD_SUBJECTS:
            return []
        also = "or list_contains(evidence, $value)" if column == "uid" else ""
        return self.records(
            f"select * from leads where {column} = $value {also} order by code, rank", {"value": value}
        )

    def leads(self, code: str, *, after: int = 0, size: int = PAGE) -> list[dict[str, Any]]:
        """Return a flag's leads in their order, those whose rank comes after this one."""
        return self.records(
            "select * from leads where code = ? and rank > ? order by rank limit ?", [code, after, size]
        )

    def lead(self, code: str, subject: str) -> dict[str, Any] | None:
        found = self.records("select * from leads where code = ? and subject = ?", [code, subject])
        return found[0] if found else None

    def played(self, key: str) -> list[tuple[str, str, str]]:
        """Return who plays a role in a row: the role, the identifier, the name."""
        return self.read(
            "select role, id, name from links join parties using (role, id) "
            "where n = (select n from keys where key = ?) order by role, id",
            [key],
        )

    def surveys(self) -> dict[str, dict[str, Any]]:
        """Return, for each computable flag, how many it examined and found."""
        return {row["code"]: row for row in self.records("select * from surveys order by code")}

    def months(self, filters: Filters) -> list[dict[str, Any]]:
        """Return every month from the first to the last, with its rows and their money, maxima left out."""
        where = self.where(filters)
        return self.records(
            "with kept as (select date_trunc('month', day)::date as month, amount, is_maximum from marks "
            f"where {where} and day is not null), "
            "every as (select unnest(generate_series(min(month), max(month), interval 1 month))::date as month "
            "from kept) "
            "select month, count(kept.month) as rows, coalesce(sum(amount) filter (not is_maximum), 0) as amount "
            "from every left join kept using (month) group by 1 order by 1",
            where.values,
        )


def without(filters: Filters, slug: str) -> Filters:
    """Return the filters less those of one facet or one role."""
    kept_facets = {known: values for known, values in filters.facets.items() if known != slug}
    kept_parties = {known: values for known, values in filters.parties.items() if known != slug}
    return replace(filters, facets=kept_facets, parties=kept_parties)


@dataclass(frozen=True)
class Browsed:
    """A register that is being browsed: how, and over which catalogue."""

    register: Register
    browse: Browse
    catalogue: Catalogue

    @property
    def columns(self) -> list[str]:
        """The columns of a row, its release first."""
        table = next(table for table in self.register.tables if table.name == self.browse.table)
        return ["release", *(column.name for column in table.columns)]


@lru_cache(maxsize=8)
def opened(path: Path, browse: Browse) -> Catalogue:
    """Open a catalogue once for all the threads of a server. A new one has another name."""
    return Catalogue(path, browse)
