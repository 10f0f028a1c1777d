"""Ask an engine, wherever its process is: what pages, API and commands call."""

import socket
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from parvis.core.simulators.contract import Card, CaseResult, Columns, Field, Step
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.hosting import installing, starting
from parvis.core.simulators.hosting.messages import asked_frame, columns_of, raise_refused
from parvis.core.simulators.hosting.places import places
from parvis.core.simulators.hosting.records import read
from parvis.core.simulators.hosting.refusals import (
    EngineBusy,
    EngineNotInstalled,
    EngineStopped,
    NotAnswered,
    TooLarge,
    TooLong,
    UnknownEngine,
)
from parvis.core.simulators.hosting.wire import Frame, pack, receive
from parvis.core.simulators.identity import Asked, identity

__all__ = [
    "EngineBusy",
    "EngineNotInstalled",
    "EngineStopped",
    "Host",
    "NotAnswered",
    "Outcome",
    "TooLarge",
    "TooLong",
    "UnknownEngine",
    "host",
]

PATIENCE = 3
"""How many times an engine's own limit a caller waits: its turn, then the calculation."""


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
        return installing.installed(self.declared).has_libraries

    @cached_property
    def engine(self) -> installing.Installed:
        """Return the engine's parts, prepared first where its code has changed since. Raises EngineNotInstalled."""
        engine = installing.installed(self.declared)
        if not engine.has_libraries:
            raise EngineNotInstalled(
                f"« {self.declared.title} » n'est pas encore installé sur ce site : "
                f"« parvis engine install {self.declared.slug} » l'installe."
            )
        return engine if engine.is_ready else installing.install(self.declared, tell=lambda _step: None)

    @cached_property
    def address(self) -> Path:
        return starting.address(self.engine)

    @cached_property
    def _card(self) -> Card:
        return read(Card, (self.engine.prepared / "card.json").read_bytes())

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        lines = (self.engine.prepared / "fields.jsonl").read_bytes().splitlines()
        return {field.name: field for field in (read(Field, line) for line in lines)}

    def card(self) -> Card:
        """Read the card written at installation: no process is started. Raises EngineNotInstalled."""
        return self._card

    def fields(self) -> Mapping[str, Field]:
        """Read the fields written at installation, by name. Raises EngineNotInstalled."""
        return self._fields

    def sample(self) -> tuple[CaseResult, ...]:
        """Read what became of a sample of the engine's own cases, run at installation."""
        lines = (self.engine.prepared / "cases.jsonl").read_bytes().splitlines()
        return tuple(read(CaseResult, line) for line in lines)

    def identity(self, asked: Asked) -> str:
        """Return the identity of a run of the rules as installed."""
        card = self.card()
        return identity(asked, card.version, card.digest)

    def evaluate(self, asked: Asked, *, anew: bool = False) -> Outcome:
        """Compute; `anew`, even what was computed lately. Raises contract.RefusedInput and this module's refusals."""
        known = self.identity(asked)
        frame = self._answer(asked_frame("evaluate", asked, known, anew=anew))
        said = frame.header
        return Outcome(columns_of(frame), known, said["results"], said["seconds"], said["is_stored"])

    def explain(self, asked: Asked, output: str, *, whole: bool = False) -> tuple[Step, ...]:
        """Say why, where the engine can. Raises as `evaluate` does, and NotAnswered."""
        frame = self._answer(asked_frame("explain", asked, self.identity(asked), output=output, whole=whole))
        return read(tuple[Step, ...], frame.payload)

    def missing(self, asked: Asked) -> tuple[str, ...]:
        """Name the inputs not given, the one that may move the outputs most first. Raises as `explain` does."""
        return read(tuple[str, ...], self._answer(asked_frame("missing", asked, self.identity(asked))).payload)

    def cases(self, most: int | None = None) -> Iterator[CaseResult]:
        """Run the engine's own cases, one result at a time. Raises NotAnswered."""
        folder = str(places().data / self.declared.cases)
        for frame in self._ask(pack({"word": "cases", "folder": folder, "most": most})):
            yield read(CaseResult, frame.payload)

    def _answer(self, data: bytes) -> Frame:
        """Return the one answer of a question."""
        with closing(self._ask(data)) as answers:
            return next(answers)

    def _ask(self, data: bytes) -> Generator[Frame, None, None]:
        """Send what is asked to the engine's process, and yield what it answers."""
        with starting.connection(self.engine, self.address) as sock:
            sock.settimeout(self.declared.seconds * PATIENCE)
            try:
                sock.sendall(data)
                yield from self._answers(sock)
            except TimeoutError as error:
                raise TooLong(f"« {self.declared.title} » n'a pas répondu à temps : réessayez avec moins.") from error
            except (BrokenPipeError, ConnectionResetError) as error:
                raise self._stopped() from error

    def _answers(self, sock: socket.socket) -> Generator[Frame, None, None]:
        while True:
            frame = receive(sock)
            if frame is None:
                raise self._stopped()
            raise_refused(frame)
            if "end" in frame.header:
                return
            yield frame

    def _stopped(self) -> EngineStopped:
        return EngineStopped(
            f"Le moteur « {self.declared.title} » s'est arrêté pendant ce calcul. Un autre prend la suite : "
            "demandez-le à nouveau, ou avec moins de cas."
        )


@cache
def host(slug: str) -> Host:
    """Return the engine to ask. Raises UnknownEngine."""
    declared = ENGINES.filled().get(slug)
    if declared is None:
        raise UnknownEngine(f"Aucun moteur ne se nomme « {slug} » : la liste est sur la page des simulateurs.")
    return Host(declared)
