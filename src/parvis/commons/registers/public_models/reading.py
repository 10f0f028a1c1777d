"""Read the inventory, and what this site says of the models that it runs: two tables in CSV, known by their header."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pyarrow as pa

from parvis.core.errors import ParvisError
from parvis.core.registers import tables_of_text
from parvis.core.registers.register import Batch
from parvis.core.registers.sources import members

INVENTORY: Final = (
    *("id", "name", "owner", "nature", "domain", "purpose", "opened", "opened_on", "licence", "code"),
    *("legal_basis", "engine", "source", "verified", "unknown"),
)
RUNNABLE: Final = (
    *("engine", "title", "room", "version", "digest", "engine_licence", "is_installed"),
    *("cases_passed", "cases_total", "cases_whole", "cases_published", "cases_on"),
)
RAW: Final = {"inventory": INVENTORY, "runnable": RUNNABLE}


class OtherHeader(ParvisError):
    """A file that is neither an inventory nor what a site runs."""


def read(path: Path) -> Iterator[Batch]:
    """Give the rows of a file, all as text, with their rank."""
    ranks = count(1)
    for member in members(path):
        for block in tables_of_text.read(member):
            table = next((name for name, columns in RAW.items() if set(columns) == set(block.column_names)), None)
            if table is None:
                raise OtherHeader(
                    f"« {member.name} » : les colonnes attendues sont {', '.join(INVENTORY)}. Rien n'a été gardé."
                )
            numbered = block.append_column(
                "source_row", pa.array([next(ranks) for _ in range(len(block))], pa.int64())
            )
            yield Batch(table, numbered)
