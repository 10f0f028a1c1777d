"""Write a value of a register for a reader, by the type of its column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from parvis.core import french
from parvis.core.registers.browsing import Browse
from parvis.core.registers.register import Column, Register

UNKNOWN = "non renseigné"
YEARS, MONTHS = frozenset({"annee", "year"}), frozenset({"mois", "month"})
"""Columns of answers whose whole numbers are years, not counts, and whose days stand for their months."""

ACCENTED = (
    "année années corrigé corrigée délai délais dernière données donnée durée écarté écartée écartés écartées "
    "département inchangé inchangée marché marchés médian médiane modifié modifiée modifiés modifiées numéro "
    "numéros partagé partagés première procédure procédures région règle réparé réparés rôle à"
)
ACCENTS = {word.translate(str.maketrans("éèôà", "eeoa")): word for word in ACCENTED.split()}
"""French words that the names of SQL columns write without their accents."""


@dataclass(frozen=True)
class Cell:
    """A value as it is shown; `is_link` where it stands for the whole row."""

    title: str
    text: str
    is_number: bool = False
    is_link: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a table."""

    cells: tuple[Cell, ...]
    key: str = ""


def shown_in(browse: Browse) -> list[str]:
    """Return the columns of a list: those declared, and after the title the roles played in linked tables."""
    shown = list(browse.shown)
    roles = [party.slug for party in browse.parties if party.table != browse.table]
    place = len(shown) - 1 if browse.amount and shown[-1] == browse.amount.column else len(shown)
    return [*shown[:place], *roles, *shown[place:]]


def written(value: object) -> str:
    """Write a value in French; an absent one is said to be so.

    >>> written(True), written(None), written(Decimal("1234.5")), written(1487)
    ('oui', 'non renseigné', '1\u202f234,50', '1\u202f487')
    """
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return french.moment(value)
    if isinstance(value, date):
        return french.day(value)
    if isinstance(value, Decimal | float | int):
        return french.number(value, None if isinstance(value, int) else 2)
    return ", ".join(map(written, value)) if isinstance(value, list) else str(value)


def written_in(column: str, value: object) -> str:
    """Write a value of an answer: its column's name tells a year from a count, and a month from a day.

    >>> written_in("annee", 2016), written_in("mois", date(2016, 3, 1)), written_in("marches", 2016)
    ('2016', 'mars 2016', '2\u202f016')
    """
    if column in YEARS and isinstance(value, int):
        return str(value)
    return french.month(value) if column in MONTHS and isinstance(value, date) else written(value)


def is_number(column: Column | None) -> bool:
    return column is not None and column.type.startswith(("DECIMAL", "DOUBLE", "INTEGER", "BIGINT"))


def columns_of(register: Register, table: str) -> dict[str, Column]:
    """Return a table's columns by name; empty for a table that the register does not declare."""
    return {column.name: column for known in register.tables if known.name == table for column in known.columns}


def listed(record: Mapping[str, object], name: str, browse: Browse | None) -> str:
    """Write a value in a list: short days, the first of several names, euros, and never a link that says nothing."""
    value = record[name]
    if browse and name == browse.title:
        return browse.title_of(record)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list) and len(value) > 1:
        others = len(value) - 1
        return f"{value[0]} et {others} autre{'s' if others > 1 else ''}"
    return (in_euros(browse, name, record) if browse else "") or written(value)


def in_euros(browse: Browse, name: str, record: Mapping[str, object]) -> str:
    """Write the money of a row with its unit; nothing for another column, or where there is none."""
    value = record[name]
    is_money = browse.amount is not None and name == browse.amount.column
    return french.euros(value) if is_money and isinstance(value, Decimal) else ""


def lines(
    records: Iterable[Mapping[str, object]],
    shown: Iterable[str],
    columns: Mapping[str, Column],
    browse: Browse | None = None,
) -> tuple[Line, ...]:
    """Write records as lines of these columns; `browse` where each leads to its row."""
    wanted = tuple(shown)
    return tuple(
        Line(
            tuple(
                Cell(
                    title(name, columns),
                    listed(record, name, browse),
                    is_number(columns.get(name)),
                    is_link=browse is not None and name == browse.title,
                )
                for name in wanted
            ),
            str(record[browse.key]) if browse else "",
        )
        for record in records
    )


def title(name: str, columns: Mapping[str, Column]) -> str:
    """Return the French title of a column; that of another column is its name, with its spaces and accents.

    >>> title("part_des_marches_modifies", {}), title("maximum_des_accords_cadres", {})
    ('Part des marchés modifiés', 'Maximum des accords-cadres')
    """
    if name in columns:
        return columns[name].title
    words = " ".join(ACCENTS.get(word, word) for word in name.split("_"))
    return words.replace("accords cadres", "accords-cadres").capitalize()
