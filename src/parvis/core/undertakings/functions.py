"""A question that SQL says badly: a pure function whose rows are loaded where the number's SQL reads them.

The module that holds the function stands alone: it imports the standard library and DuckDB, nothing else. Its whole
text is frozen with each number, so that whoever holds the releases runs the same text on their own machine.
"""

import hashlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from parvis.core.errors import ParvisError
from parvis.core.registers.questions import connect
from parvis.core.registers.sql import name as quoted

BLOCK = 2_000  # rows held at once
FLAT = (bool, int, float, str, Decimal, date, type(None))  # a datetime is a date

Folders = Mapping[str, Sequence[Path]]
"""Release folders, by register."""

Row = Mapping[str, object]


class QuestionWithoutText(ParvisError):
    """A question does not begin with its sentence in French: a SQL file's first line, or a function's docstring."""


class RowNotAsDeclared(ParvisError):
    """A function's row has not the columns declared, or one of its values is not flat."""


@dataclass(frozen=True)
class Function:
    """A function from the releases to the rows counted, one a unit. Columns are declared: no row still has types."""

    rows: Callable[[DuckDBPyConnection], Iterable[Row]]
    columns: Mapping[str, str]  # each column of a row, with its DuckDB type

    @property
    def name(self) -> str:
        """The dotted name, by which a frozen number says what counted it."""
        return f"{self.rows.__module__}.{self.rows.__qualname__}"

    @property
    def source(self) -> str:
        """The text of the whole module: a function that calls another is only known with it."""
        return inspect.getsource(sys.modules[self.rows.__module__])

    @property
    def source_sha256(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()

    @property
    def asks(self) -> str:
        """The question in French: the first line of the docstring."""
        if not self.rows.__doc__:
            raise QuestionWithoutText(f"{self.name} : la première ligne de sa documentation doit être la question.")
        return self.rows.__doc__.partition("\n")[0].strip()

    def public(self) -> dict[str, object]:
        """Return what is frozen with a number."""
        return {
            "name": self.name,
            "columns": dict(self.columns),
            "source": self.source,
            "source_sha256": self.source_sha256,
        }


@contextmanager
def opened(folders: Folders, function: Function | None = None) -> Iterator[DuckDBPyConnection]:
    """Open a database over releases; a function's rows stand in it as the table `counted`."""
    with connect(folders) as connection:
        if function:
            _load(function, connection)
        yield connection


def _load(function: Function, connection: DuckDBPyConnection) -> None:
    connection.execute(table(function.columns))
    rows = iter(function.rows(connection.cursor()))
    while block := [_checked(function, row) for row in islice(rows, BLOCK)]:
        connection.register("block", pa.Table.from_pylist(block))
        connection.execute("insert into counted by name select * from block")
        connection.unregister("block")


def table(columns: Mapping[str, str]) -> str:
    """Return the SQL that makes the table `counted`."""
    return f"create table counted ({', '.join(f'{quoted(name)} {kind}' for name, kind in columns.items())})"


def _checked(function: Function, row: Row) -> dict[str, object]:
    if row.keys() != function.columns.keys():
        raise RowNotAsDeclared(f"{function.name} rend les colonnes {', '.join(row)} : déclarez-les, et elles seules.")
    if nested := [column for column, value in row.items() if not isinstance(value, FLAT)]:
        raise RowNotAsDeclared(f"{function.name} rend une valeur qui n'est pas simple : {', '.join(nested)}.")
    return dict(row)
