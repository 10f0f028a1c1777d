"""Ask releases a question in SQL, so that anyone can recompute the answer from the Parquet files alone.

For each register there is one schema of views. `<slug>_all.<table>` has every row of every release given, with its
`release` (hash) and `release_rank` (0 for the oldest); `<slug>.<table>` is what questions read: the register's
views.sql says how it is made (which version of a contract is the current one), and without it, it is the same rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import duckdb

from parvis.core.errors import ParvisError
from parvis.core.registers.answers import Answer, NotAQuestion, ask
from parvis.core.registers.manifest import Facts, facts
from parvis.core.registers.register import Register
from parvis.core.registers.shelf import REGISTERS
from parvis.core.registers.sql import name, text

__all__ = ["Answer", "NotAQuestion", "UnknownRegister", "ask", "connect"]

MEMORY = "600MB"  # for one connection: it spills to disk above
THREADS = 2
SPILL = str(Path(gettempdir()) / "parvis-duckdb")  # a folder of its own: DuckDB may read whatever stands in it

DEFECTS = {
    "source_row": "BIGINT",
    "table": "VARCHAR",
    "column": "VARCHAR",
    "rule": "VARCHAR",
    "status": "VARCHAR",
    "original": "VARCHAR",
    "value": "VARCHAR",
    "sentence": "VARCHAR",
    "key": "VARCHAR",
}
REFUSED = {"source_row": "BIGINT", "reasons": "VARCHAR[]", "record": "VARCHAR"}
RELEASE = {"release": "VARCHAR", "release_rank": "INTEGER"}


class UnknownRegister(ParvisError):
    """A question names a register that no room declares."""


def connect(
    releases: Mapping[str, Sequence[Path]],
    *,
    registers: Mapping[str, Register] | None = None,
    memory: str = MEMORY,
    threads: int = THREADS,
) -> duckdb.DuckDBPyConnection:
    """Open a database that sees these release folders, by register, and nothing else of the machine."""
    connection = duckdb.connect()
    for slug, folders in releases.items():
        for statement in Views(find(slug, registers), in_order(folders)).statements():
            connection.execute(statement)
    lock(connection, [folder for folders in releases.values() for folder in folders], memory=memory, threads=threads)
    return connection


def find(slug: str, registers: Mapping[str, Register] | None = None) -> Register:
    """Return the register that bears this name, on the shelf of the rooms by default."""
    known = REGISTERS.filled() if registers is None else registers
    if slug not in known:
        raise UnknownRegister(f"Le registre « {slug} » n'existe pas. Registres connus : {', '.join(sorted(known))}.")
    return known[slug]


def in_order(folders: Sequence[Path]) -> tuple[Facts, ...]:
    """Return what the folders say of themselves, the oldest release first; those not published come in their order."""
    found = [facts(folder) for folder in folders]
    return tuple(sorted(found, key=lambda release: utc(release.loaded_at) if release.loaded_at else ""))


@dataclass(frozen=True)
class Views:
    """The views of one register over some releases, oldest first."""

    register: Register
    releases: tuple[Facts, ...]

    def statements(self) -> Iterator[str]:
        schema = self.register.slug
        yield f"create schema {name(schema)}"
        yield f"create schema {name(schema + '_all')}"
        yield f"create view {name(schema)}.releases as {self._releases()}"
        for table in self.tables:
            yield f"create view {name(schema + '_all')}.{name(table)} as {self._every_row(table)}"
        yield from self._own()
        for table in self.tables:
            yield (
                f"create view if not exists {name(schema)}.{name(table)} as "
                f"select * exclude (release_rank) from {name(schema + '_all')}.{name(table)}"
            )

    @property
    def tables(self) -> dict[str, dict[str, str]]:
        """Each table with its columns and their DuckDB types, defects and refused rows included."""
        declared = {
            table.name: {column.name: column.type for column in table.columns} for table in self.register.tables
        }
        return {**declared, "defects": DEFECTS, "refused": REFUSED}

    def _own(self) -> Iterator[str]:
        path = self.register.folder / "views.sql"
        if path.exists():
            yield path.read_text()

    def _every_row(self, table: str) -> str:
        """Select the rows of every release; the typed empty part stands where no release has the table yet."""
        typed = {**RELEASE, **self.tables[table]}
        parts = [nothing(typed)]
        for rank, release in enumerate(self.releases):
            if release.has(table):
                source = text(str(release.folder / f"{table}.parquet"))
                parts.append(
                    f"select {text(release.hash)} as release, {rank}::integer as release_rank, * "
                    f"from read_parquet({source})"
                )
        return " union all by name ".join(parts)

    def _releases(self) -> str:
        columns = {"hash": "VARCHAR", "source": "VARCHAR", "source_hash": "VARCHAR", "loaded_at": "TIMESTAMP"}
        parts = [nothing(columns)]
        for release in self.releases:
            at = text(utc(release.loaded_at)) if release.loaded_at else "null"
            values = (text(release.hash), text(release.source), text(release.source_hash), f"{at}::timestamp")
            parts.append(f"select {', '.join(values)}")
        return " union all ".join(parts)


def utc(instant: datetime) -> str:
    """Write an instant in UTC, without zone: what DuckDB's TIMESTAMP holds."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


def nothing(columns: Mapping[str, str]) -> str:
    """Select no row, with these columns and types."""
    typed = ", ".join(f"null::{kind} as {name(column)}" for column, kind in columns.items())
    return f"select {typed} where false"


def lock(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path], *, memory: str, threads: int) -> None:
    """Let the database read the releases only: no other file, no network, no extension, and no way to undo this."""
    allowed = ", ".join(text(str(folder)) for folder in folders)
    connection.execute(f"set memory_limit = {text(memory)}")
    connection.execute(f"set threads = {threads}")
    connection.execute(f"set temp_directory = {text(SPILL)}")
    connection.execute(f"set allowed_directories = [{allowed}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
