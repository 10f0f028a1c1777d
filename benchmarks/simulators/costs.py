"""What a piece of work costs: wall and processor seconds, and the peak memory of all the processes that do it.

Processes are found by a mark in their command or environment: the folder of the site, or of the peer's server.
Memory is proportional (PSS): pages that forked processes share count once. Linux only.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
EVERY = 0.25  # seconds between two looks: a look costs about a millisecond a process
GONE = (FileNotFoundError, ProcessLookupError, PermissionError)


@dataclass
class Cost:
    """What some work cost, and the load of the machine as it began."""

    wall: float = 0.0  # seconds
    cpu: float = 0.0  # seconds, of all the processes
    memory: float = 0.0  # MB (10^6 bytes), the most held together at one look
    load: float = field(default_factory=lambda: os.getloadavg()[0])


class Watcher(threading.Thread):
    """Look at the processes that bear a mark, until told to stop."""

    def __init__(self, mark: str) -> None:
        super().__init__(daemon=True)
        self.mark, self.over = mark.encode(), threading.Event()
        self.known: dict[str, bool] = {}
        self.first: dict[str, float] = {}
        self.last: dict[str, float] = {}
        self.peak = 0.0

    def run(self) -> None:
        while not self.over.wait(EVERY):
            self.look()

    def look(self) -> None:
        """Note the processor seconds of each process, and the memory of all."""
        memory = 0.0
        for pid in self.pids():
            with suppress(*GONE):
                memory += pss(pid)
                self.last[pid] = seconds(pid)
        self.peak = max(self.peak, memory)

    def pids(self) -> list[str]:
        """Return the marked processes; what was looked at once bears the mark or not for good, save a fresh fork."""
        there = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
        self.known = {pid: self.known[pid] for pid in there if pid in self.known}
        for pid in there:
            if not self.known.get(pid) and pid != str(os.getpid()):
                self.known[pid] = self.is_marked(pid)
        return [pid for pid, is_marked in self.known.items() if is_marked]

    def is_marked(self, pid: str) -> bool:
        with suppress(*GONE):
            return any(self.mark in Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
        return False


def pss(pid: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("Pss:"))


def seconds(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@contextmanager
def watched(mark: str) -> Iterator[Cost]:
    """Fill a cost with what the processes that bear this mark do meanwhile."""
    watcher, cost = Watcher(mark), Cost()
    watcher.look()
    watcher.first = dict(watcher.last)
    watcher.start()
    began = time.perf_counter()
    try:
        yield cost
    finally:
        cost.wall = time.perf_counter() - began
        watcher.over.set()
        watcher.join()
        watcher.look()
        cost.cpu = sum(watcher.last.values()) - sum(watcher.first.values())
        cost.memory = watcher.peak
