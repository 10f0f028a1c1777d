"""Ask a frozen export the questions of the statistics page: each is SQL over its Parquet file alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

FOLDER: Final = Path(__file__).parent / "questions"
MEMORY, THREADS = "200MB", 2


@dataclass(frozen=True)
class Question:
    """A question of the statistics page: a SQL file whose first line is the question in French."""

    slug: str
    title: str
    axes: tuple[str, str]  # what its chart draws, from the line « -- chart: x y »
    sql: str


@dataclass(frozen=True)
class Answered:
    """What a question answers, over one export."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def questions() -> list[Question]:
    return [_read(path) for path in sorted(FOLDER.glob("*.sql"))]


def _read(path: Path) -> Question:
    first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    x, y = second.removeprefix("-- chart: ").split()
    return Question(path.stem, first.removeprefix("-- "), (x, y), "\n".join(rest).strip())


def answer(parquet: Path, asked: Iterable[Question]) -> list[Answered]:
    """Answer questions, reading that file and nothing else of the machine."""
    with duckdb.connect() as connection:
        path = str(parquet).replace("'", "''")
        connection.execute(f"create view contributions as select * from read_parquet('{path}')")
        connection.execute(f"set memory_limit = '{MEMORY}'; set threads = {THREADS}; set TimeZone = 'Europe/Paris'")
        connection.execute(f"set allowed_paths = ['{path}']; set enable_external_access = false")
        return [_ask(connection, question) for question in asked]


def _ask(connection: duckdb.DuckDBPyConnection, question: Question) -> Answered:
    found = connection.execute(question.sql)
    columns = tuple(column[0] for column in found.description or ())
    return Answered(question, columns, tuple(found.fetchall()))


def program(question: Question) -> str:
    """Return what anyone runs beside the downloaded file: « duckdb < statistique.sql »."""
    return (
        "set TimeZone = 'Europe/Paris';\n"
        "create view contributions as select * from read_parquet('contributions.parquet');\n"
        f"{question.sql};\n"
    )
