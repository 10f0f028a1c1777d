"""Turn one source into checked Parquet tables and their defects, all of it or nothing."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from parvis.core.registers import judging
from parvis.core.registers.register import Record, Register, Rule, Table
from parvis.core.registers.sources import EmptySource, Progress, following
from parvis.core.registers.staging import Stage, stage

GROUP = 12 << 20
"""Bytes of a group of rows, about: a group is held whole in memory while it is written."""


@dataclass(frozen=True)
class Checked:
    """What checking a source gave: files, counts, and the fingerprint of what was read."""

    tables: dict[str, Path]
    rows: dict[str, int]
    source_hash: str
    source_size: int
    defect_counts: dict[str, int]


def untold(_done: int, _total: int) -> None:
    """Tell nobody how far the reading is."""


def check(register: Register, path: Path, into: Path, progress: Progress = untold) -> Checked:
    """Read, judge and write one source; nothing is left in `into` unless all of it could be read."""
    with stage(register) as staged:
        with following(path, progress):
            fill(staged, path)
        judge(staged)
        into.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=into, prefix=".writing-") as folder:
            files = write(staged, path, Path(folder))
            rows = {name: counted(staged, file) for name, file in files.items()}
            said = f"SELECT rule, count(*) FROM read_parquet('{files['defects']}') GROUP BY 1 ORDER BY 1"
            counts = dict(staged.connection.execute(said).fetchall())
            tables = {name: file.replace(into / file.name) for name, file in files.items()}
    with path.open("rb") as source:
        fingerprint = file_digest(source, "sha256").hexdigest()
    return Checked(tables, rows, fingerprint, path.stat().st_size, counts)


def fill(staged: Stage, path: Path) -> None:
    """Stage every row of the source, then let the register derive its other raw tables."""
    staged.connection.execute(judging.MACROS + staged.register.macros)
    staged.connection.execute("BEGIN")
    with ThreadPoolExecutor(1) as keeper:  # DuckDB keeps a batch while Python reads the next
        kept = keeper.submit(lambda: None)
        for batch in staged.register.read(path):
            kept.result()
            kept = keeper.submit(staged.put, batch)
        kept.result()
    staged.connection.execute("COMMIT")
    if not any(staged.rows.values()):
        raise EmptySource(f"« {path.name} » ne contient aucune ligne. Rien n'a été gardé : vérifiez le fichier.")
    if staged.register.prepare:
        staged.connection.execute(staged.register.prepare)


def judge(staged: Stage) -> None:
    """Say what each cell becomes and what is wrong with it, and find the rows refused whole."""
    register, connection = staged.register, staged.connection
    connection.execute(judging.SAID)
    for table in register.raw_tables:
        connection.execute(judging.judgement(register, table))
        say(staged, table)
    connection.execute("DROP SCHEMA raw CASCADE")
    connection.execute(judging.REFUSALS)
    for table in register.raw_tables:
        connection.execute(judging.clean(register, table))
    if register.settle:
        connection.execute(register.settle)


def say(staged: Stage, table: str) -> None:
    """Keep what each rule that holds says; one by one, so that a rule's sub-queries are alone in memory."""
    ((number,),) = staged.connection.execute("SELECT count(*) FROM rules").fetchall()
    for position, rule in met(staged, table):
        number += 1
        row = [number, rule.table, rule.column, rule.slug, rule.status, rule.sentence]
        staged.connection.execute("INSERT INTO rules VALUES (?, ?, ?, ?, ?, ?)", row)
        staged.connection.execute(f"INSERT INTO said {judging.said(staged.register, rule, position)}", [number])


def met(staged: Stage, table: str) -> Iterator[tuple[int, Rule]]:
    """Give the rules that hold for a row at least, with their positions."""
    (words,) = staged.connection.execute(judging.met(staged.register, table)).fetchall()
    for position, rule in enumerate(judging.all_rules(staged.register, table)):
        word, bit = divmod(position, judging.WORD)
        if words[word] and words[word] >> bit & 1:
            yield position, rule


def write(staged: Stage, path: Path, into: Path) -> dict[str, Path]:
    """Write the published tables, the defects and the refused rows, each as one Parquet file."""
    files = {
        name: into / f"{name}.parquet" for name in (*(t.name for t in staged.register.tables), "defects", "refused")
    }
    queries = {table.name: assembled(staged.register, table) for table in staged.register.tables}
    queries["defects"] = defects(staged, files)
    queries["refused"] = refused(staged, path)
    for name, query in queries.items():
        staged.connection.execute(f"COPY ({query}) TO '{files[name]}' ({parquet(staged, path)})")
    return files


def parquet(staged: Stage, path: Path) -> str:
    """Return the SQL options of Parquet: groups of as many rows as fit in GROUP, the same for the same source."""
    fitting = GROUP * max(staged.rows.values()) // path.stat().st_size // 2048 * 2048
    return f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {min(122_880, max(2048, fitting))}"


def counted(staged: Stage, file: Path) -> int:
    ((count,),) = staged.connection.execute(f"SELECT count(*) FROM read_parquet('{file}')").fetchall()
    return int(count)


def assembled(register: Register, table: Table) -> str:
    """Return the SQL of a published table: its columns, in their order and of their types."""
    names = [f'"{column.name}"' for column in table.columns]
    typed = ", ".join(f'CAST("{column.name}" AS {column.type}) AS "{column.name}"' for column in table.columns)
    return f"SELECT {typed} FROM ({register.assembly.get(table.name) or judging.default_assembly(table.name, names)})"


def defects(staged: Stage, files: Mapping[str, Path]) -> str:
    """Return the SQL of the table of defects, each with the key of the object it speaks of, in the source's order."""
    first, key = staged.register.tables[0], staged.register.key
    keys = f"""SELECT source_row, min("{key}") AS key FROM read_parquet('{files[first.name]}')
        WHERE source_row IN (SELECT source_row FROM said) GROUP BY source_row"""
    return f"""SELECT {judging.DEFECTS} FROM spoken LEFT JOIN ({keys if key else judging.NO_KEY}) USING (source_row)
        ORDER BY source_row, number, original, value"""


def refused(staged: Stage, path: Path) -> str:
    """Return the SQL of the refused rows, each with its reasons and the record as its producer wrote it."""
    staged.connection.execute("CREATE TABLE refused (source_row BIGINT, reasons VARCHAR[], record VARCHAR)")
    for record in refused_records(staged, path):
        staged.connection.execute(
            "INSERT INTO refused SELECT source_row, reasons, ? FROM refusals WHERE source_row = ?",
            [record.text, record.source_row],
        )
    return "SELECT * FROM refused"


def refused_records(staged: Stage, path: Path) -> Iterator[Record]:
    """Read again the records that are refused."""
    numbers = {number for (number,) in staged.connection.execute("SELECT source_row FROM refusals").fetchall()}
    if numbers and staged.register.records is not None:
        yield from staged.register.records(path, numbers)
