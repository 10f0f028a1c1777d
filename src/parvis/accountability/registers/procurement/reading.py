"""Read any file of public procurement, each by the reader of its shape."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parvis.accountability.registers.procurement import tabular
from parvis.accountability.registers.procurement.decp import Reading
from parvis.accountability.registers.procurement.tables import RAW_CONTRACTS, RAW_SUPPLIERS
from parvis.core.errors import ParvisError
from parvis.core.registers import jsontext
from parvis.core.registers.jsontext import EACH
from parvis.core.registers.register import Batch
from parvis.core.registers.sheets import Sheet
from parvis.core.registers.sources import Member, members


class UnknownShape(ParvisError):
    """A file is JSON or XML, and none of the standards of this register."""


OPENED = {
    (): "{",
    ("marches",): "{[",
    ("marches", "marche"): "[",
    ("marches", "contrat-concession"): "[",
}


def read(path: Path) -> Iterator[Batch]:
    """Give the raw rows of a file, or of each file of an archive."""
    sheets = Sheet("contracts", RAW_CONTRACTS), Sheet("suppliers", RAW_SUPPLIERS)
    number = 1
    for member in members(path):
        if member.format == "csv":
            yield from tabular.read(member, number)
        else:
            number = yield from _records(member, number, *sheets)
    for sheet in sheets:
        yield from sheet.rest()


def _records(member: Member, number: int, contracts: Sheet, suppliers: Sheet) -> Iterator[Batch]:
    reading = Reading(contracts, suppliers)
    source = None
    with member.text() as stream:
        for at, value in jsontext.documents(jsontext.Window(stream, member.name), OPENED):
            if at == ("source",):
                source = value
            elif at != ("$schema",):
                reading.record(value, number, ".".join(step for step in at if step != EACH), source)
                number += 1
                if len(contracts.rows) >= 20_000:
                    yield from contracts.rest()
                    yield from suppliers.rest()
    return number
