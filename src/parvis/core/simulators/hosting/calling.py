"""Ask an engine, wherever its process is: what pages, API and commands call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Card, CaseResult, Columns, Field, Step
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.identity import Asked


class UnknownEngine(ParvisError):
    """No engine is declared under this name."""


class EngineNotInstalled(ParvisError):
    """The engine's own libraries are not here yet."""


class EngineBusy(ParvisError):
    """Too many calculations wait: come back a little later."""


class EngineStopped(ParvisError):
    """The engine's process died while it computed; another one takes the next call."""


class TooLong(ParvisError):
    """The calculation passed the engine's time limit."""


class TooLarge(ParvisError):
    """The table, or what it makes, passes the engine's memory limit."""


@dataclass(frozen=True)
class Outcome:
    """What an evaluation gave."""

    columns: Columns
    identity: str  # of the run
    results: str  # sha256 of the columns
    seconds: float
    is_stored: bool  # given from the store of results, not computed again


@dataclass(frozen=True)
class Host:
    """An engine to ask."""

    declared: DeclaredEngine

    @property
    def is_installed(self) -> bool:
        raise NotImplementedError

    def card(self) -> Card:
        """Read the card written at installation: no process is started. Raises EngineNotInstalled."""
        raise NotImplementedError

    def fields(self) -> Mapping[str, Field]:
        """Read the fields written at installation, by name. Raises EngineNotInstalled."""
        raise NotImplementedError

    def evaluate(self, asked: Asked) -> Outcome:
        """Compute. Raises contract.RefusedInput and the refusals of this module."""
        raise NotImplementedError

    def explain(self, asked: Asked, output: str, *, whole: bool = False) -> tuple[Step, ...]:
        raise NotImplementedError

    def missing(self, asked: Asked) -> tuple[str, ...]:
        raise NotImplementedError

    def cases(self, most: int | None = None) -> Iterator[CaseResult]:
        raise NotImplementedError


@cache
def host(slug: str) -> Host:
    """Return the engine to ask. Raises UnknownEngine."""
    declared = ENGINES.filled().get(slug)
    if declared is None:
        raise UnknownEngine(f"Aucun moteur ne se nomme « {slug} » : la liste est sur la page des simulateurs.")
    return Host(declared)
