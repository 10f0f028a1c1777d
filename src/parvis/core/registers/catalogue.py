"""One read-only DuckDB file in which the current rows of a register are listed, filtered, searched and added up.

    rows       every current row, in the order of the list; `n` is its place, from 1
    marks      for each row, small values only: its place in each order, the code of its value in each facet
    values     the values of each facet, most frequent first, with their codes and counts
    keys       key -> n
    lexicon, postings   lexeme -> id -> n
    links      who plays which role in which row
    parties    each of them with its totals
    called     for each row, the names of those who play each role in it
    leads, surveys      what each computable flag finds, and among how many

It is made from the releases alone and named after them: it can be thrown away and built again.
"""

import hashlib
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from parvis.core import finding
from parvis.core.analyzer import WORDS, lexemes
from parvis.core.registers.browsing import Browse, Facet, Party
from parvis.core.registers.questions import Views, in_order
from parvis.core.registers.register import Register
from parvis.core.registers.sql import name, text

VERSION = "2"  # of the form of the file: another number builds all catalogues again
MEMORY = "480MB"  # DuckDB holds half as much again in the end
CHUNK = 200_000  # rows whose words are cut at once


def catalogue_path(folder: Path, register: Register, hashes: Sequence[str]) -> Path:
    """Return where the catalogue of these releases stands: its name depends on all it is made from."""
    made_from = "\n".join([VERSION, repr(register.browse), *sorted(hashes)])
    return folder / f"catalogue-{hashlib.sha256(made_from.encode()).hexdigest()[:16]}.duckdb"


def build(register: Register, browse: Browse, releases: Sequence[Path], path: Path) -> None:
    """Write the catalogue of these release folders at `path`, whole or not at all, and remove the older ones.

    Who reads an older one goes on reading it: the system keeps its bytes until the last reader closes it.
    """
    making = path.with_name(f".making-{secrets.token_hex(8)}")
    making.mkdir(parents=True)
    try:
        fill(register, browse, releases, making / path.name)
        (making / path.name).replace(path)
    finally:
        shutil.rmtree(making)
    for older in path.parent.glob("catalogue-*.duckdb"):
        if older != path:
            older.unlink()


def fill(register: Register, browse: Browse, releases: Sequence[Path], path: Path) -> None:
    """Make the tables in bounded memory: DuckDB spills to disk what does not fit."""
    with TemporaryDirectory(prefix="parvis-catalogue-") as spill, work_in(Path(spill)) as connection:
        connection.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        for statement in Views(register, in_order(releases)).statements():
            connection.execute(statement)
        for statement in kept_rows(register, browse):
            connection.execute(statement)
        connection.execute(f"attach {text(str(path))} as catalogue")
        for statement in tables(register.slug, browse):
            connection.execute(statement)
        index_words(connection, browse)
        find_leads(connection, register.flags)
        connection.execute("detach catalogue")


def work_in(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open a database of work on disk: its tables are compressed there; in memory they would spill as they are."""
    connection = duckdb.connect(str(folder / "work.duckdb"))
    connection.execute(f"set memory_limit = '{MEMORY}'; set threads = 2; set temp_directory = {text(str(folder))}")
    return connection


def kept_rows(register: Register, browse: Browse) -> Iterator[str]:
    """Turn the views of current rows into tables: they are read many times, and choosing those rows costs a sort."""
    schema = name(register.slug)
    for table in (browse.table, *(link.table for link in browse.links)):
        yield f"create table {schema}.kept as from {schema}.{name(table)}"
        yield f"drop view {schema}.{name(table)}"
        yield f"alter table {schema}.kept rename to {name(table)}"


def tables(schema: str, browse: Browse) -> Iterator[str]:
    """Write the tables, narrow ones first: sorting numbers is cheap, sorting whole rows is not."""
    seen = f"{name(schema)}.{name(browse.table)}"
    yield f"create table facts as {facts_of(browse, seen)}"
    yield f"create table catalogue.values as {' union all '.join(map(values_of, browse.facets))} order by facet, code"
    yield f"create table catalogue.marks as {marks_of(browse)}"
    yield "create table catalogue.keys as select key, n from facts order by key"
    key = name(browse.key)
    yield (
        f"create table catalogue.rows as select n, it.* from {seen} as it join facts on facts.key = it.{key}::varchar "
        "order by n"
    )
    yield "create table linked (role varchar, id varchar, n integer, name varchar)"
    for party in browse.parties:
        yield f"insert into linked {linked(schema, browse, party)}"
    yield "create table catalogue.links as select role, id, n from linked order by role, id, n"
    yield f"create table catalogue.parties as {PARTIES}"
    yield (
        "create table catalogue.called as select n, role, list(name order by name) as names "
        "from catalogue.links join catalogue.parties using (role, id) group by n, role order by n, role"
    )


def facts_of(browse: Browse, seen: str) -> str:
    """Select what is known of each row in small: its key, its place in each order, its facets' values."""
    key = f"{name(browse.key)}::varchar"
    orders = [
        f"row_number() over (order by {sort.by} {'desc' if sort.descending else 'asc'} nulls last, {key})::integer "
        f"as {name('s_' + sort.slug)}"
        for sort in browse.sorts
    ]
    facets = [f"({facet.value})::varchar as {name('f_' + facet.slug)}" for facet in browse.facets]
    day = f"{name(browse.date)}::date" if browse.date else "null::date"
    money = (name(browse.amount.column), browse.amount.is_maximum) if browse.amount else ("null", "false")
    return (
        f"select {name('s_' + browse.sorts[0].slug)} as n, * from (select {key} as key, {day} as day, "
        f"{money[0]}::decimal(18,2) as amount, coalesce({money[1]}, false) as is_maximum, "
        f"{', '.join([*orders, *facets])} from {seen})"
    )


def values_of(facet: Facet) -> str:
    """Count the values of a facet; rows without any are counted as null, and can be asked for."""
    column = name("f_" + facet.slug)
    return (
        f"select {text(facet.slug)} as facet, {column} as value, count(*) as rows, "
        f"(row_number() over (order by count(*) desc, {column}) - 1)::integer as code from facts group by {column}"
    )


def marks_of(browse: Browse) -> str:
    """Select, for each row, the small values on which lists are filtered and ordered."""
    orders = [f"facts.{name('s_' + sort.slug)}" for sort in browse.sorts]
    codes = [f"{name('v_' + facet.slug)}.code::usmallint as {name('f_' + facet.slug)}" for facet in browse.facets]
    joins = [
        f"join catalogue.values as {name('v_' + facet.slug)} on {name('v_' + facet.slug)}.facet = {text(facet.slug)} "
        f"and {name('v_' + facet.slug)}.value is not distinct from facts.{name('f_' + facet.slug)}"
        for facet in browse.facets
    ]
    return f"select n, day, amount, is_maximum, {', '.join([*orders, *codes])} from facts {' '.join(joins)} order by n"


def linked(schema: str, browse: Browse, party: Party) -> str:
    """Select who plays a role in each row, once a row."""
    of, key = f"{name(schema)}.{name(party.table)}", name(browse.key)
    return (
        f"select {text(party.slug)}, {name(party.id)}::varchar, n, any_value({name(party.name)}) from {of} as it "
        f"join facts on facts.key = it.{key}::varchar where {name(party.id)} is not null group by all"
    )


PARTIES = """
    select
        role, id,
        coalesce(arg_min(name, n) filter (name is not null), id) as name,
        count(*) as rows,
        count(*) filter (others > 0) as rows_shared,
        coalesce(sum(amount) filter (not is_maximum and others = 0), 0) as amount,
        coalesce(sum(amount) filter (not is_maximum and others > 0), 0) as amount_shared,
        coalesce(sum(amount) filter (is_maximum), 0) as maximum,
        count(*) filter (amount is null) as rows_without_amount,
        min(day) as first_day,
        max(day) as last_day
    from (select linked.*, count(*) over (partition by role, n) - 1 as others from linked)
    join facts using (n)
    group by role, id
    order by role, amount desc, id
"""
"""Totals that never double: a row shared between several is never added to what one of them has alone, nor is the
maximum of a framework to what is spent under it."""


def index_words(connection: duckdb.DuckDBPyConnection, browse: Browse) -> None:
    """Write the lexicon and the postings. Only distinct words pass through Python."""
    connection.execute("create table said (n integer, word varchar)")
    (last,) = connection.execute("select coalesce(max(n), 0) from facts").fetchall()[0]
    columns = f"concat_ws(' ', {', '.join(map(name, browse.search))})"
    for start in range(0, last, CHUNK):
        for source, said in (("catalogue.rows", columns), ("linked", "name")):
            cut = f"select distinct n, unnest({WORDS.format(text=said)}) from {source} where n > ? and n <= ?"
            connection.execute(f"insert into said {cut}", [start, start + CHUNK])
    connection.execute("create table stems (word varchar, lexeme varchar)")
    for found in stems(connection.cursor()):
        connection.register("found", found)
        connection.execute("insert into stems select * from found")
        connection.unregister("found")
    connection.execute(
        "create table catalogue.lexicon as select lexeme, row_number() over (order by lexeme)::integer as id "
        "from (select distinct lexeme from stems) order by lexeme"
    )
    connection.execute(
        "create table catalogue.postings as select distinct id, n from said join stems using (word) "
        "join catalogue.lexicon using (lexeme) order by id, n"
    )


def stems(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    """Give each distinct word with the lexemes by which it is found."""
    connection.execute("select distinct word from said")
    while some := connection.fetchmany(50_000):
        pairs = [(word, lexeme) for (word,) in some for lexeme in lexemes(word)]
        yield pa.table({"word": [pair[0] for pair in pairs], "lexeme": [pair[1] for pair in pairs]})


def find_leads(connection: duckdb.DuckDBPyConnection, flags: Sequence[finding.Flag]) -> None:
    """Ask every computable flag once, so that a row's page knows at once which leads name it."""
    connection.execute(LEADS)
    connection.execute(
        "create table catalogue.surveys (code varchar, rows bigint, population bigint, hits bigint, because varchar)"
    )
    for flag in flags:
        if flag.sql is not None:
            leads = f"select {text(flag.code)} as code, * from ({flag.sql})"
            (hits,) = connection.execute(f"insert into catalogue.leads by name {leads}").fetchall()[0]
            surveyed = finding.survey(connection, flag, hits=hits)
            connection.execute(
                "insert into catalogue.surveys values (?, ?, ?, ?, ?)",
                [flag.code, surveyed.contracts, surveyed.population, surveyed.hits, surveyed.because],
            )


LEADS = """
    create table catalogue.leads (
        code varchar, rank bigint, subject varchar, label varchar, uid varchar, buyer_id varchar, supplier_id varchar,
        value double, bound double, p double, q double, because varchar, evidence varchar[], evidence_count bigint)
"""
