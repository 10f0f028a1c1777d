"""Read the evidence of debates: JSON, one object a line, each naming the table that it is a row of."""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Final

import orjson

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json
from parvis.core.registers.register import Batch
from parvis.core.registers.sources import members
from parvis.core.registers.strict import Row
from parvis.participation.registers.debates.tables import RAW

BLOCK: Final = 5_000  # lines held at once


class BrokenLine(ParvisError):
    """A line of the evidence is no object, or a row of no table."""


def read(path: Path) -> Iterator[Batch]:
    """Give the rows of each table, some thousands at a time."""
    for member in members(path):
        with member.text() as file:
            yield from batches(file, member.name)


def batches(file: IO[str], name: str) -> Iterator[Batch]:
    lines = enumerate(file, 1)
    while block := list(islice(lines, BLOCK)):
        rows: dict[str, list[dict[str, str | None]]] = {}
        for number, line in block:
            if line.strip():
                table, row = row_of(line, f"« {name} », ligne {number}")
                rows.setdefault(table, []).append(row | {"source_row": str(number)})
        for table, found in rows.items():
            yield Batch(table, found)


def row_of(line: str, where: str) -> tuple[str, dict[str, str | None]]:
    """Return the table that a line names, and its values as texts."""
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BrokenLine(f"{where} : JSON mal formé. Rien n'a été gardé : vérifiez le fichier.") from error
    if not isinstance(values, dict) or values.get("table") not in RAW:
        raise BrokenLine(f"{where} : un objet qui nomme sa table ({', '.join(RAW)}) est attendu. Rien n'a été gardé.")
    row = Row(values)
    table = row.take("table", "")
    found = {column: text(row.take(column, None)) for column in RAW[table]}
    row.finish(where)
    return table, found


def text(value: Json) -> str | None:
    """Return a value as the source's text: a list is its texts, one after another."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return " ; ".join(str(one) for one in value) or None
    return orjson.dumps(value).decode() if isinstance(value, Mapping) else str(value)
