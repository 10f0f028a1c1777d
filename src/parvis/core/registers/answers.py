"""An answer: rows in their order, with a hash that a third party finds again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from threading import Timer
from typing import Any

import duckdb
import orjson

from parvis.core.errors import ParvisError

Parameters = Mapping[str, Any]

BLOCK = 2_000  # rows fetched at once
SIGNIFICANT_DIGITS = 12  # two machines may add floating numbers in another order: the last digits are noise


class NotAQuestion(ParvisError):
    """The text is not one single SELECT."""


class TooHeavy(ParvisError):
    """A question takes more time, or more memory, than a page may."""


@dataclass(frozen=True)
class Answer:
    """What a question answers, and the exact text that was asked. The hash is that of all the rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]  # all of them, or the first ones where only some are kept
    sql: str
    result_hash: str
    count: int  # rows, kept or not

    def records(self) -> Iterable[dict[str, Any]]:
        """Return each row by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Bounds:
    """How long a question may take, in seconds, and how many rows of its answer are kept. None: no bound."""

    seconds: float | None = None
    rows: int | None = None


UNBOUND = Bounds()


def ask(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters | None = None, bounds: Bounds = UNBOUND
) -> Answer:
    """Ask one question. The order of the rows is part of the answer: a question should say its `order by`."""
    cursor = connection.cursor()
    kept: list[tuple[Any, ...]] = []
    count, digest = 0, hashlib.sha256()
    with no_longer_than(cursor, bounds.seconds):
        cursor.execute(only_select(cursor, sql), dict(parameters or {}))
        while block := cursor.fetchmany(BLOCK):
            count += len(block)
            kept += block if bounds.rows is None else block[: max(0, bounds.rows - len(kept))]
            write_lines(digest, block)
    described = cursor.description or []
    return Answer(
        columns=tuple(column[0] for column in described),
        types=tuple(str(column[1]) for column in described),
        rows=tuple(kept),
        sql=sql,
        result_hash=digest.hexdigest(),
        count=count,
    )


@contextmanager
def no_longer_than(cursor: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    """Interrupt what the cursor does after some seconds."""
    timer = Timer(seconds, cursor.interrupt) if seconds is not None else None
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        said = f"{seconds:g}".replace(".", ",")
        raise TooHeavy(f"La réponse demande plus de {said} secondes de calcul sur ce serveur.") from error
    except duckdb.OutOfMemoryException as error:
        raise TooHeavy("La réponse demande plus de mémoire que ce serveur n’en donne à une question.") from error
    finally:
        if timer is not None:
            timer.cancel()


def only_select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Return the one SELECT of this text: a question reads, and does nothing else."""
    statements = connection.extract_statements(sql)
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        raise NotAQuestion("Une question est une seule instruction SELECT : elle lit, et ne fait rien d'autre.")
    return statements[0]


def write_lines(digest: "hashlib._Hash", rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a hash as JSON lines: one array a row, in canonical form."""
    for row in rows:
        digest.update(orjson.dumps(canonical(row), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))


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
