"""Turn one source into checked Parquet tables and their defects, all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from parvis.core.registers import judging
from parvis.core.registers.register import Record, Register, Rule, Table
from parvis.core.registers.sources import EmptySource
from parvis.core.registers.staging import Stage, stage


@dataclass(frozen=True)
class Checked:
    """What checking a source gave: files, counts, and the fingerprint of what was read."""

    tables: dict[str, Path]
    rows: dict[str, int]
    source_hash: str
    source_size: int
    defect_counts: dict[str, int]


def check(register: Register, path: Path, into: Path) -> Checked:
    """Read, judge and write one source; nothing is left in `into` unless all of it could be read."""
    with stage(register) as staged:
        fill(staged, path)
        judge(staged)
        publish(staged, path)
        tables = write(staged, into)
        counts = dict(
            staged.connection.execute("SELECT rule, count(*) FROM published.defects GROUP BY 1 ORDER BY 1").fetchall()
        )
        rows = {name: _count(staged, name) for name in tables}
    with path.open("rb") as source:
        fingerprint = file_digest(source, "sha256").hexdigest()
    return Checked(tables, rows, fingerprint, path.stat().st_size, counts)


def _count(staged: Stage, table: str) -> int:
    (count,) = staged.connection.execute(f'SELECT count(*) FROM published."{table}"').fetchall()[0]
    return int(count)


def fill(staged: Stage, path: Path) -> None:
    """Stage every row of the source, then let the register derive its other raw tables."""
    staged.connection.execute(judging.MACROS + staged.register.macros)
    for batch in staged.register.read(path):
        staged.put(batch)
    if not any(staged.rows.values()):
        raise EmptySource(f"« {path.name} » ne contient aucune ligne. Rien n'a été gardé : vérifiez le fichier.")
    if staged.register.prepare:
        staged.connection.execute(staged.register.prepare)


def judge(staged: Stage) -> None:
    """Mark, repair and type every cell; find the rows refused whole."""
    for table in staged.register.raw_tables:
        staged.connection.execute(judging.judgement(staged.register, table))
    staged.connection.execute("DROP SCHEMA raw CASCADE")
    staged.connection.execute(f"CREATE TABLE refusals AS {judging.refusals(staged.register)}")
    for table in staged.register.raw_tables:
        staged.connection.execute(judging.clean(staged.register, table))


def publish(staged: Stage, path: Path) -> None:
    """Assemble the published tables, the defects and the refused rows."""
    for table in staged.register.tables:
        query = staged.register.assembly.get(table.name) or judging.default_assembly(table.name, names(table))
        staged.connection.execute(f'CREATE TABLE assembled."{table.name}" AS {query}')
        staged.connection.execute(
            f'CREATE VIEW published."{table.name}" AS SELECT {columns(table)} FROM assembled."{table.name}"'
        )
    staged.connection.execute(defects(staged))
    staged.connection.execute("CREATE TABLE published.refused (source_row BIGINT, reasons VARCHAR[], record VARCHAR)")
    for record in refused(staged, path):
        staged.connection.execute(
            "INSERT INTO published.refused SELECT source_row, reasons, ? FROM refusals WHERE source_row = ?",
            [record.text, record.source_row],
        )


def names(table: Table) -> list[str]:
    return [f'"{column.name}"' for column in table.columns]


def columns(table: Table) -> str:
    return ", ".join(f'CAST("{column.name}" AS {column.type}) AS "{column.name}"' for column in table.columns)


def defects(staged: Stage) -> str:
    """SQL of the table of defects, each with the key of the object it speaks of."""
    said = " UNION ALL ".join(judging.said(rule) for rule in met(staged)) or judging.NOTHING_SAID
    first, key = staged.register.tables[0].name, staged.register.key
    keys = (
        f'SELECT source_row, min("{key}") AS key FROM assembled."{first}" GROUP BY source_row'
        if key
        else judging.NO_KEY
    )
    return f"CREATE TABLE published.defects AS SELECT said.*, key FROM ({said}) AS said LEFT JOIN ({keys}) USING (source_row) ORDER BY ALL"


def met(staged: Stage) -> Iterator[Rule]:
    """Give the rules that hold for a row at least, in the order of their declaration."""
    for table in staged.register.raw_tables:
        rules = judging.all_rules(staged.register, table)
        if rules:
            (counts,) = staged.connection.execute(judging.met(staged.register, table)).fetchall()
            yield from (rule for rule, count in zip(rules, counts, strict=True) if count)


def refused(staged: Stage, path: Path) -> Iterator[Record]:
    """Read again the records that are refused, as their producer wrote them."""
    numbers = {number for (number,) in staged.connection.execute("SELECT source_row FROM refusals").fetchall()}
    if numbers and staged.register.records is not None:
        yield from (record for record in staged.register.records(path) if record.source_row in numbers)


def write(staged: Stage, into: Path) -> dict[str, Path]:
    """Write each published table as one Parquet file."""
    into.mkdir(parents=True, exist_ok=True)
    files = {
        name: into / f"{name}.parquet"
        for name in (*(table.name for table in staged.register.tables), "defects", "refused")
    }
    for name, file in files.items():
        staged.connection.execute(f"COPY published.\"{name}\" TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
    return files
