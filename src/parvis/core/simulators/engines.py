"""Engines, as rooms declare them: what the site knows before an engine's process is started."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from parvis.core.discovery import Shelf


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
    memory: int = 2 * 2**30  # bytes, of each process
    seconds: float = 30.0  # the longest answer
    processes: int = 2


ENGINES: Final = Shelf[DeclaredEngine]("engines", "ENGINE")
