"""What waits for a hand, and what was answered already: both bounded, both in memory only."""

import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from parvis.core.simulators.hosting.exchanging import Parcel, Peer
from parvis.core.simulators.hosting.refusals import EngineBusy, WrongFrame
from parvis.core.simulators.hosting.wire import Header

MOST_WAITING = 24
"""Callers of one engine, those that a hand computes for included; the next is told to come back.

Each of them holds a thread of the site (`parvis.config.serving.THREADS`): pages that compute nothing keep the others.
"""

MOST_WAITING_BYTES = 2**30
MOST_GATHERED_ROWS = 20_000
"""Rows, of all entities, up to which small calculations are gathered into one; a larger table goes alone."""

STORE_BYTES = 64 * 2**20
STORED_BYTES = 4 * 2**20
"""The largest result kept: a population's is asked again less often than it takes room."""

ENTRY_BYTES = 2048
"""What keeping an answer takes, beside what it says: objects, and their place in a table."""

WORDS = ("evaluate", "explain", "missing", "cases")


@dataclass(eq=False)
class Job:
    """A calculation that someone asked."""

    peer: Peer
    parcel: Parcel
    likeness: str  # jobs with the same are gathered; "" for what goes alone
    rows: int
    arrived: float
    is_answered: bool = False

    @property
    def word(self) -> str:
        return str(self.parcel.header["word"])

    @property
    def size(self) -> int:
        return len(self.parcel.payload)

    @property
    def key(self) -> str:
        """Return under what its answer is stored; "" where it is not."""
        asked = self.parcel.header
        if self.word == "cases":
            return ""
        return f"{self.word} {asked['identity']} {asked.get('output')} {asked.get('whole')}"


def job_of(peer: Peer, parcel: Parcel, at: float) -> Job:
    """Read what a job asks, its arrays being left unread. Raises WrongFrame."""
    header = parcel.header
    try:
        return Job(peer, parcel, likeness(header), rows(header), at)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongFrame("Le message ne décrit pas un calcul.") from error


def rows(header: Header) -> int:
    return sum(int(said["count"]) for said in header["table"].values()) if header["word"] != "cases" else 0


def likeness(header: Header) -> str:
    """Return what calculations must share to be made as one: what is asked, and the shape of the table."""
    if header["word"] != "evaluate" or rows(header) > MOST_GATHERED_ROWS:
        return ""
    shape = {entity: [said["columns"], said["groups"]] for entity, said in header["table"].items()}
    kinds = [kind[:2] for kind, _count, _size in header["arrays"]]
    return json.dumps([header["outputs"], header["period"], header["changes"], shape, kinds])


class Waiting(list[Job]):
    """The jobs that wait, first come first served."""

    def add(self, job: Job, *, held: int) -> None:
        """Let a job wait, where hands hold `held` others. Raises EngineBusy."""
        if len(self) + held >= MOST_WAITING or sum(other.size for other in self) + job.size > MOST_WAITING_BYTES:
            raise EngineBusy("Trop de calculs attendent déjà ce moteur : revenez dans quelques secondes.")
        self.append(job)

    def take(self) -> list[Job]:
        """Take the first job, and those like it: one calculation answers them all."""
        taken = list(self._alike())
        self[:] = [job for job in self if job not in taken]
        return taken

    def _alike(self) -> Iterator[Job]:
        first, left = self[0], MOST_GATHERED_ROWS
        for job in self:
            is_one_of_them = job is first or (first.likeness and job.likeness == first.likeness and job.rows <= left)
            if is_one_of_them:
                left -= job.rows
                yield job

    def put_back(self, jobs: list[Job], at: float) -> None:
        """Put jobs that failed together first in line, each alone this time, as if they came at an instant."""
        for job in jobs:
            job.likeness, job.arrived = "", at
        self[:0] = jobs

    def drop(self, jobs: list[Job]) -> None:
        self[:] = [job for job in self if job not in jobs]


class Store:
    """Answers given lately, by what was asked: the least recently asked leaves first."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: OrderedDict[str, tuple[bytes, bytes]] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        """Return an answer, which becomes the latest asked."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        head, payload = self._kept[key]
        return json.loads(head), payload

    def keep(self, key: str, header: Header, payload: memoryview) -> None:
        """Keep an answer, unless it is too large or a refusal."""
        if not key or key in self._kept or len(payload) > STORED_BYTES or "refused" in header:
            return
        self._kept[key] = (json.dumps(header).encode(), bytes(payload))
        self._size += weight(key, *self._kept[key])
        while self._size > STORE_BYTES:
            oldest, kept = self._kept.popitem(last=False)
            self._size -= weight(oldest, *kept)


def weight(key: str, head: bytes, payload: bytes) -> int:
    """Return the bytes that an answer takes once kept."""
    return len(key) + len(head) + len(payload) + ENTRY_BYTES
