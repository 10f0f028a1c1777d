"""The table of results: each line beside its peer and its bar, and what differed from the peer."""

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import payloads
from costs import Cost

NEAR = 0.01  # EUR; for a temperature, hundredths of a kelvin
HEAD = ("work", "peer", "Parvis", "ratio", "bar", "", "CPU", "memory", "load")
WIDTHS = (62, 13, 9, 8, 8, 7, 8, 9, 5)


@dataclass
class Results:
    """What was measured and compared so far."""

    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    compared: int = 0

    def line(  # noqa: PLR0913 -- a row has these cells
        self, work: str, peer: float | str, ours: float, bar: float | None, cost: Cost, *, most: float | None = None
    ) -> None:
        """Print a row, seconds and MB; `most` is the memory that may be held."""
        kept = (bar is None or ours <= bar) and (most is None or cost.memory <= most)
        held = "held" if kept else "MISSED"
        if bar is None and most is None:
            held = "-"
        if not kept:
            self.missed.append(work)
        ratio = f"{peer / ours:,.1f}x" if isinstance(peer, float) else "-"
        said = f"{time(peer) if isinstance(peer, float) else peer}"
        limits = "-" if bar is None else time(bar)
        memory = f"{cost.memory:,.0f} MB" + (f"/{most:,.0f}" if most else "")
        row(work, said, time(ours), ratio, limits, held, time(cost.cpu), memory, f"{cost.load:.1f}")

    def note(self, said: str) -> None:
        print(f"    {said}", flush=True)

    def same(self, what: str, found: object, expected: object) -> None:
        """Compare every number that the peer gives with ours."""
        ours, theirs = payloads.numbers(found), payloads.numbers(expected)
        self.compared += len(theirs)
        for key, value in theirs.items():
            if key not in ours or not abs(ours[key] - value) <= NEAR:
                self.wrong.append(f"{what} {key}: {ours.get(key)} here, {value} there")

    def all_near(self, what: str, found: Any, expected: Any) -> None:
        """Compare columns of numbers."""
        self.compared += len(expected)
        if len(found) != len(expected):
            self.wrong.append(f"{what}: {len(found):,} rows here, {len(expected):,} there")
            return
        for row in np.flatnonzero(~(np.abs(found.astype(float) - expected.astype(float)) <= NEAR)):
            self.wrong.append(f"{what}, row {row}: {found[row]} here, {expected[row]} there")

    def end(self) -> int:
        """Say what missed and what differed; the exit code tells of what differed."""
        print(f"\n{self.compared:,} values compared with the peers', {len(self.wrong):,} differ by more than {NEAR}")
        for said in self.wrong[:20]:
            print(f"  {said}")
        print("bars missed: " + ("; ".join(self.missed) or "none"))
        return 1 if self.wrong else 0


def head() -> None:
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. CPU: Parvis, all its processes; memory: their peak."
    )
    row(*HEAD)


def row(*cells: str) -> None:
    print("  ".join([cells[0].ljust(WIDTHS[0]), *map(str.rjust, cells[1:], WIDTHS[1:])]), flush=True)


def time(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
