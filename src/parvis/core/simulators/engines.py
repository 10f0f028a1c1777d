"""Engines, as rooms declare them: what the site knows before an engine's process is started."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from parvis.core.discovery import Shelf
from parvis.core.simulators.contract import Table


@dataclass(frozen=True)
class Population:
    """Rows that stand for a country, or for nobody: a demonstration's are always synthetic."""

    table: Table
    period: str  # « 2024 »
    title: str  # « 4 000 ménages synthétiques »
    origin: str  # French: how they were made, and that they are nobody
    entity: str  # whom its results are counted by: « menage »
    ranking: str  # the output that ranks them, from the poorest: « revenu_disponible »


@dataclass(frozen=True)
class Around:
    """A page of the room that asks something of the engine, and is not a calculator."""

    slug: str
    title: str
    summary: str
    view: str  # name of its address


@dataclass(frozen=True)
class DeclaredEngine:
    """A model that runs in a process of its own: `<room>/engines/<name>` holds it as ENGINE.

    `module` is imported in that process only. It holds `load(prepared: Path) -> contract.Engine`, and may hold
    `prepare(prepared: Path) -> None`, called once at installation to write what makes `load` fast.
    """

    slug: str
    title: str
    summary: str  # French, one sentence
    module: str  # « parvis.commons.engines.openfisca.model »
    requirements: Path | None = None  # hash-pinned list; None: the standard library and NumPy
    cases: str = ""  # folder of its own cases, below PARVIS_DATA
    cases_by: str = ""  # French, a whole sentence: who made them, and how
    cases_published: bool = False  # by the model's own authors, with it
    around: tuple[Around, ...] = ()
    memory: int = 2 * 2**30  # bytes, of each process
    seconds: float = 30.0  # the longest answer
    processes: int = 2
    idle: float = 600.0  # seconds after which a process that nobody asks, and no site keeps, leaves
    demonstration: Callable[[Path | None], Population] | None = None  # given the folder of data, or none


@lru_cache(maxsize=4)
def demonstration(declared: DeclaredEngine, data: Path | None) -> Population | None:
    """Return the population that an engine's reforms are shown on, read once a process; None where it has none."""
    return None if declared.demonstration is None else declared.demonstration(data)


ENGINES: Final = Shelf[DeclaredEngine]("engines", "ENGINE")
