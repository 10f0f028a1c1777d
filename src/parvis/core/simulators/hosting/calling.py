"""Ask an engine, wherever its process is: what pages, API and commands call."""

import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from parvis.core.simulators.contract import Card, CaseResult, Columns, Field, Step
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.hosting import installing, scoring, starting
from parvis.core.simulators.hosting.messages import asked_frame, columns_of, raise_refused, refuse_too_large
from parvis.core.simulators.hosting.places import places
from parvis.core.simulators.hosting.reading import Fields
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
from parvis.core.simulators.hosting.scoring import Score
from parvis.core.simulators.hosting.wire import Frame, pack, receive
from parvis.core.simulators.identity import Asked, identity

__all__ = [
    "EngineBusy",
    "EngineNotInstalled",
    "EngineStopped",
    "Host",
    "NotAnswered",
    "Outcome",
    "Score",
    "TooLarge",
    "TooLong",
    "UnknownEngine",
    "host",
]

PATIENCE = 3
"""How many times an engine's own limit a caller waits: its turn, then the calculation."""


class Lost(EngineStopped):
    """The process that stands between callers and calculations went without a word."""


@dataclass(frozen=True)
class Outcome:
    """What an evaluation gave."""

    columns: Columns
    identity: str  # of the run
    results: str  # sha256 of the columns
    seconds: float


@dataclass(frozen=True)
class Host:
    """An engine to ask."""

    declared: DeclaredEngine

    @property
    def is_installed(self) -> bool:
        """Say whether its libraries are here: what it prepares is made when it is first asked."""
        return installing.has_libraries(self.declared)

    @cached_property
    def _parts(self) -> installing.Installed:
        return installing.installed(self.declared)

    @cached_property
    def engine(self) -> installing.Installed:
        """Return the engine's parts, prepared first where its code has changed since. Raises EngineNotInstalled."""
        if not self.is_installed:
            raise EngineNotInstalled(
                f"« {self.declared.title} » n'est pas encore installé sur ce site : "
                f"« parvis engine install {self.declared.slug} » l'installe."
            )
        return self._parts if self._parts.is_ready else installing.install_once(self._parts)

    @cached_property
    def address(self) -> Path:
        """Return where its process listens, if there is one."""
        return starting.address(self._parts)

    @cached_property
    def _card(self) -> Card:
        return read(Card, (self.engine.prepared / "card.json").read_bytes())

    @cached_property
    def _fields(self) -> Fields:
        return Fields(self.engine.prepared)

    def card(self) -> Card:
        """Read the card written at installation: no process is started. Raises EngineNotInstalled."""
        return self._card

    def fields(self) -> Mapping[str, Field]:
        """Read the fields written at installation, by name. Raises EngineNotInstalled."""
        return self._fields

    def score(self) -> Score | None:
        """Read how many of its own cases it passed here; None where none was run. Raises EngineNotInstalled."""
        return scoring.kept(self._score)

    @property
    def _score(self) -> Path:
        return self.engine.prepared / "score.json"

    def install(self, *, tell: Callable[[str], None]) -> None:
        """Make what is missing, then run a sample of its own cases; `tell` is given each step's name.

        Raises EngineNotInstalled where it cannot be.
        """
        installing.install(self.declared, tell=tell)
        if self.declared.cases and self.score() is None and self._cases.is_dir():
            tell("échantillon de ses cas")
            self.count_cases(scoring.SAMPLE)

    @property
    def _cases(self) -> Path:
        return places().data / self.declared.cases

    def count_cases(self, most: int | None, *, progress: Callable[[int], None] = lambda _done: None) -> Score | None:
        """Run its own cases, all or a sample, and keep the score. Raises NotAnswered."""
        scoring.keep(scoring.count(self.cases(most), is_whole=most is None, progress=progress), self._score)
        return self.score()

    def identity(self, asked: Asked) -> str:
        """Return the identity of a run of the rules as installed."""
        card = self.card()
        return identity(asked, card.version, card.digest)

    def evaluate(self, asked: Asked, *, anew: bool = False) -> Outcome:
        """Compute; `anew`, even what was computed lately. Raises contract.RefusedInput and this module's refusals."""
        frame = self._answer("evaluate", asked, anew=anew)
        said = frame.header
        return Outcome(columns_of(frame), said["identity"], said["results"], said["seconds"])

    def explain(self, asked: Asked, output: str, *, whole: bool = False) -> tuple[Step, ...]:
        """Say why, where the engine can. Raises as `evaluate` does, and NotAnswered."""
        return read(tuple[Step, ...], self._answer("explain", asked, output=output, whole=whole).payload)

    def missing(self, asked: Asked) -> tuple[str, ...]:
        """Name the inputs not given, the one that may move the outputs most first. Raises as `explain` does."""
        return read(tuple[str, ...], self._answer("missing", asked).payload)

    def cases(self, most: int | None = None) -> Iterator[CaseResult]:
        """Run the engine's own cases, one result at a time. Raises NotAnswered."""
        with self.connection() as sock:
            asked = pack({"word": "cases", "folder": str(self._cases), "most": most})
            for frame in self._answers(sock, asked):
                yield read(CaseResult, frame.payload)

    def _answer(self, word: str, asked: Asked, **more: object) -> Frame:
        """Return the one answer of a question."""
        refuse_too_large(asked.table)
        try:
            return self._answer_once(word, asked, **more)
        except Lost:  # what computes is another process, whose end is told: this one was leaving, or was killed
            return self._answer_once(word, asked, **more)

    def _answer_once(self, word: str, asked: Asked, **more: object) -> Frame:
        with self.connection() as sock:
            # The identity is that of the rules for which the process was reached.
            return next(self._answers(sock, asked_frame(word, asked, self.identity(asked), **more)))

    def connection(self) -> socket.socket:
        """Return a connection to the engine's process; where it must be started, for the code as it is by now."""
        found = starting.connected(self.address)
        if found is not None:
            return found
        self.__dict__.pop("address", None)
        if installing.installed(self.declared) != self._parts:
            for name in ("_parts", "engine", "_card", "_fields"):
                self.__dict__.pop(name, None)
        return starting.connection(self.engine, self.address)

    def _answers(self, sock: socket.socket, data: bytes) -> Iterator[Frame]:
        """Send what is asked, and yield what is answered."""
        sock.settimeout(self.declared.seconds * PATIENCE)
        try:
            sock.sendall(data)
            del data  # a population's is large, and its answer is not there yet
            while (frame := self._received(sock)) is not None:
                yield frame
        except TimeoutError as error:
            raise TooLong(f"« {self.declared.title} » n'a pas répondu à temps : réessayez avec moins.") from error
        except (BrokenPipeError, ConnectionResetError) as error:
            raise self._lost() from error

    def _received(self, sock: socket.socket) -> Frame | None:
        """Receive one answer; None at the end of several. Raises what it refuses."""
        frame = receive(sock)
        if frame is None:
            raise self._lost()
        raise_refused(frame)
        return None if "end" in frame.header else frame

    def _lost(self) -> Lost:
        return Lost(f"Le moteur « {self.declared.title} » s'est arrêté. Un autre prend la suite : réessayez.")


@cache
def host(slug: str) -> Host:
    """Return the engine to ask. Raises UnknownEngine."""
    declared = ENGINES.filled().get(slug)
    if declared is None:
        raise UnknownEngine(f"Aucun moteur ne se nomme « {slug} » : la liste est sur la page des simulateurs.")
    return Host(declared)
