"""Read the three files of the budget, each known by its header: by country, by fuel, and the world's budget."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Final

import pyarrow as pa

from parvis.core.errors import ParvisError
from parvis.core.registers import tables_of_text
from parvis.core.registers.register import Batch
from parvis.core.registers.sources import members
from parvis.core.registers.strict import Row

FILES: Final[Mapping[str, Mapping[str, str]]] = {
    "territorial": {"Code": "code", "Year": "year", "Emissions": "emissions_said", "Source": "estimated_by"},
    "fuels": {"Category": "fuel", "Year": "year", "Value": "emissions_said", "Source": "estimated_by"},
    "budget": {
        "Year": "year",
        "Fossil-Fuel-Industry": "fossil_said",
        "Land-Use-Change": "land_use_said",
        "Atmospheric-Growth": "atmosphere_said",
        "Ocean-Sink": "ocean_said",
    },
}
"""Of each table, the file's columns and ours. Numbers are read by the assembly: they are measures, not money."""

RAW: Final = {table: tuple(columns.values()) for table, columns in FILES.items()}


class UnknownFile(ParvisError):
    """A file whose header is none of the three."""


def read(path: Path) -> Iterator[Batch]:
    """Give the rows of a file, all as text."""
    numbers = count(1)
    for member in members(path):
        for block in tables_of_text.read(member):
            table = table_of(block, member.name)
            header = Row(dict.fromkeys(block.column_names))
            header.leave(*FILES[table])
            header.finish(f"En-tête de « {member.name} »")
            columns = {ours: block[theirs] for theirs, ours in FILES[table].items()}
            rows = pa.array([next(numbers) for _ in range(block.num_rows)], pa.int64())
            yield Batch(table, pa.table({"source_row": rows, **columns}))


def table_of(block: pa.Table, name: str) -> str:
    """Tell which table a file is of. Raises UnknownFile."""
    for table, columns in FILES.items():
        if set(columns) <= set(block.column_names):
            return table
    known = " ; ".join(", ".join(columns) for columns in FILES.values())
    raise UnknownFile(
        f"« {name} » : l'en-tête n'est d'aucun des trois fichiers du budget ({known}). Rien n'a été gardé."
    )
