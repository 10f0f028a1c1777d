"""An answer: rows in their order, with a hash that a third party finds again."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import duckdb
import orjson

from parvis.core.errors import ParvisError

Parameters = Mapping[str, Any]

SIGNIFICANT_DIGITS = 12  # two machines may add floating numbers in another order: the last digits are noise


class NotAQuestion(ParvisError):
    """The text is not one single SELECT."""


@dataclass(frozen=True)
class Answer:
    """What a question answers, and the exact text that was asked."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    sql: str
    result_hash: str

    def records(self) -> Iterable[dict[str, Any]]:
        """Return each row by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


def ask(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters | None = None) -> Answer:
    """Ask one question. The order of the rows is part of the answer: a question should say its `order by`."""
    cursor = connection.cursor()
    cursor.execute(only_select(cursor, sql), dict(parameters or {}))
    rows = cursor.fetchall()
    described = cursor.description or []
    return Answer(
        columns=tuple(column[0] for column in described),
        types=tuple(str(column[1]) for column in described),
        rows=tuple(rows),
        sql=sql,
        result_hash=hash_of(rows),
    )


def only_select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Return the one SELECT of this text: a question reads, and does nothing else."""
    statements = connection.extract_statements(sql)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise NotAQuestion("Une question est une seule instruction SELECT : elle lit, et ne fait rien d'autre.")
    return statements[0]


def hash_of(rows: Iterable[Sequence[Any]]) -> str:
    """Return the SHA-256 of the rows as JSON lines: one array a row, in canonical form."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(orjson.dumps(canonical(row), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
    return digest.hexdigest()


def canonical(value: object) -> object:
    """Write a value so that it has one single form: decimals and dates as text, floats with twelve digits."""
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, float):
        return f"{value:.{SIGNIFICANT_DIGITS}g}"
    if isinstance(value, date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)
