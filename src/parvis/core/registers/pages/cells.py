"""Write a value of a register for a reader, by the type of its column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from parvis.core.registers.register import Column, Register
from parvis.core.web import french

UNKNOWN = "non renseigné"


@dataclass(frozen=True)
class Cell:
    """A value as it is shown; `key` leads to the row it names, where it names one."""

    title: str
    text: str
    is_number: bool = False
    key: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a table."""

    cells: tuple[Cell, ...]
    key: str = ""


def written(value: object) -> str:
    """Write a value in French; an absent one is said to be so.

    >>> written(True), written(None), written(Decimal("1234.5"))
    ('oui', 'non renseigné', '1\u202f234,50')
    """
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return french.moment(value)
    if isinstance(value, date):
        return french.day(value)
    if isinstance(value, Decimal | float):
        return french.number(value, 2)
    return ", ".join(map(written, value)) if isinstance(value, list) else str(value)


def is_number(column: Column | None) -> bool:
    return column is not None and column.type.startswith(("DECIMAL", "DOUBLE", "INTEGER", "BIGINT"))


def columns_of(register: Register, table: str) -> dict[str, Column]:
    """Return a table's columns by name; empty for a table that the register does not declare."""
    return {column.name: column for known in register.tables if known.name == table for column in known.columns}


def lines(
    records: Iterable[Mapping[str, object]], shown: Iterable[str], columns: Mapping[str, Column], key: str = ""
) -> tuple[Line, ...]:
    """Write records as lines of these columns; `key` is the column that names the row."""
    wanted = tuple(shown)
    return tuple(
        Line(
            tuple(Cell(title(name, columns), written(record[name]), is_number(columns.get(name))) for name in wanted),
            str(record[key]) if key else "",
        )
        for record in records
    )


def title(name: str, columns: Mapping[str, Column]) -> str:
    return columns[name].title if name in columns else name
