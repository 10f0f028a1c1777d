"""Hands: the processes that compute, forked from the one that has loaded the engine, and ended when they err."""

import ctypes
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Asks, Engine, Explains, Tested, Warmed
from parvis.core.simulators.hosting import noting
from parvis.core.simulators.hosting.exchanging import Peer
from parvis.core.simulators.hosting.messages import asked_of, refused_frame, results_frame, words_frame
from parvis.core.simulators.hosting.queueing import Job
from parvis.core.simulators.hosting.refusals import NotAnswered, TooLarge
from parvis.core.simulators.hosting.wire import Frame, pack, receive
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.tables import gather, share_out

PR_SET_PDEATHSIG = 1
"""Linux's, of prctl(2)."""


def end_with_parent(signal_number: int) -> None:
    """Have this process sent a signal when its parent ends, however it ends; where the system can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)


class Hand(Peer):
    """A hand, as the process that forked it sees it."""

    def __init__(self, sock: socket.socket, pid: int) -> None:
        """Take the hand's end of the pipe, and its number."""
        super().__init__(sock)
        self.pid = pid
        self.jobs: list[Job] = []
        self.until = float("inf")
        self.is_ready = False  # to compute: it is still warming
        self.is_late = False
        self.is_killed = False

    def give(self, jobs: list[Job], until: float) -> None:
        """Give it work, to be ended before an instant. Raises Closed."""
        self.jobs, self.until = jobs, until
        self.send(pack({"count": len(jobs)}), *(piece for job in jobs for piece in job.parcel.pieces))

    def is_free(self) -> bool:
        return not self.jobs and not self.is_killed

    def kill(self) -> None:
        """End it in the midst of its work; what it said before is still read, and it is given nothing more."""
        self.is_killed = True
        os.kill(self.pid, signal.SIGKILL)

    def rest(self) -> None:
        self.jobs, self.until = [], float("inf")

    def end(self) -> None:
        """Kill it, whatever it does, and bury it."""
        self.sock.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def forked(work: Callable[[socket.socket], None], others: Sequence[socket.socket], notes: int) -> Hand:
    """Fork a hand that does the work; it closes the sockets that are not its own."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return Hand(ours, pid)
    try:
        for sock in (ours, *others):
            sock.close()
        work(theirs)
    finally:  # whatever happens, a hand never goes on with what its parent was doing
        noting.note_end(notes)
        os._exit(0)


@dataclass
class Worker:
    """What a hand does: read jobs, compute, answer, until its parent has gone."""

    engine: Engine
    entities: Mapping[str, str]  # of each field, by its name
    memory: int  # bytes
    is_spent: bool = False  # it met its memory limit: what it holds is not worth keeping

    def work(self, sock: socket.socket) -> None:
        """Do what comes, job after job."""
        end_with_parent(signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_DATA, (self.memory, resource.RLIM_INFINITY))
        if isinstance(self.engine, Warmed):
            with suppress(ParvisError):  # rules that lack what people ask most are refused when it is asked
                self.engine.warm()
        sock.sendall(pack({"ready": True}))
        while not self.is_spent and (start := receive(sock)) is not None:
            frames = [frame for _ in range(start.header["count"]) if (frame := receive(sock))]
            for answer in self.answers(frames):
                sock.sendall(answer)
            sock.sendall(pack({"done": True, "leaves": self.is_spent}))

    def answers(self, frames: list[Frame]) -> Iterator[bytes]:
        """Answer several as one calculation; where that fails, each by itself, so that each has its own reason."""
        found = self.gathered(frames) if len(frames) > 1 else None
        if found is not None:
            yield from found
            return
        for job, frame in enumerate(frames):
            yield from self.answer(job, frame)

    def gathered(self, frames: list[Frame]) -> list[bytes] | None:
        """Evaluate one population made of all tables, and share the results out; None where it is refused."""
        began = perf_counter()
        try:
            asked = [asked_of(frame) for frame in frames]
            tables = [one.table for one in asked]
            columns = self.engine.evaluate(gather(tables), asked[0].outputs, asked[0].period, asked[0].changes)
        except (ParvisError, MemoryError):
            return None
        parts = share_out(columns, self.entities, tables)
        seconds = perf_counter() - began
        shared = zip(frames, parts, strict=True)
        return [
            results_frame(job, frame.header["identity"], part, seconds) for job, (frame, part) in enumerate(shared)
        ]

    def answer(self, job: int, frame: Frame) -> Iterator[bytes]:
        """Answer one job, or say why not."""
        try:
            yield from self.computed(job, frame)
        except ParvisError as error:
            yield refused_frame(error, job=job)
        except MemoryError:
            self.is_spent = True
            resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            limit = f"{self.memory / 2**30:.1f}".replace(".", ",")
            yield refused_frame(
                TooLarge(
                    f"Ce calcul demande plus que les {limit} Gio de mémoire qu'il peut prendre : donnez moins de cas."
                ),
                job=job,
            )

    def computed(self, job: int, frame: Frame) -> Iterator[bytes]:
        began, word = perf_counter(), frame.header["word"]
        if word == "cases":
            yield from self.cases(job, frame.header)
            return
        asked = asked_of(frame)
        if word == "evaluate":
            columns = self.engine.evaluate(asked.table, asked.outputs, asked.period, asked.changes)
            yield results_frame(job, frame.header["identity"], columns, perf_counter() - began)
        else:
            yield words_frame(job, self.said(frame, asked))

    def said(self, frame: Frame, asked: Asked) -> object:
        """Explain, or tell what is missing. Raises NotAnswered."""
        engine, word = self.engine, frame.header["word"]
        if word == "explain" and isinstance(engine, Explains):
            output, whole = str(frame.header["output"]), bool(frame.header["whole"])
            return list(engine.explain(asked.table, output, asked.period, asked.changes, whole=whole))
        if word == "missing" and isinstance(engine, Asks):
            return list(engine.missing(asked.table, asked.outputs, asked.period, asked.changes))
        raise NotAnswered("Ce moteur ne sait pas le dire : il ne fait que calculer.")

    def cases(self, job: int, header: Mapping[str, Any]) -> Iterator[bytes]:
        """Run the engine's own cases, one answer each. Raises NotAnswered."""
        if not isinstance(self.engine, Tested):
            raise NotAnswered("Ce moteur n'a pas de cas à lui.")
        for case in self.engine.cases(Path(header["folder"]), most=header["most"]):
            yield words_frame(job, case, item=True)
        yield pack({"job": job, "end": True})


def entities_of(prepared: Path) -> dict[str, str]:
    """Read the entity of each field, written at installation."""
    found: dict[str, str] = json.loads((prepared / "entities.json").read_bytes())
    return found
