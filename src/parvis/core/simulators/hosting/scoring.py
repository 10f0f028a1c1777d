"""How many of its own cases an engine passes here: counted by us, on this machine, for the rules as installed."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from parvis.core.simulators.contract import CaseResult
from parvis.core.simulators.hosting.records import read, written

SAMPLE = 12
"""Cases run at installation; « parvis engine cases » runs them all."""

SHOWN = 10


@dataclass(frozen=True)
class Counted:
    """The score, as its file says it; the file's own date says when."""

    passed: int
    total: int
    seconds: float
    is_whole: bool
    failed: tuple[CaseResult, ...]


@dataclass(frozen=True)
class Score:
    """What became of an engine's own cases."""

    passed: int
    total: int
    seconds: float
    is_whole: bool  # all of them, not a sample
    failed: tuple[CaseResult, ...]  # the first ten
    at: datetime


def count(cases: Iterable[CaseResult], *, is_whole: bool, progress: Callable[[int], None]) -> Counted:
    """Run cases and count; `progress` is told how many are done."""
    began, passed, failed = perf_counter(), 0, list[CaseResult]()
    for case in cases:
        passed += case.is_passed
        failed += [] if case.is_passed else [case]
        progress(passed + len(failed))
    return Counted(passed, passed + len(failed), perf_counter() - began, is_whole, tuple(failed[:SHOWN]))


def keep(counted: Counted, path: Path) -> None:
    """Write a score in place of the former one."""
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(written(counted), encoding="utf-8")
    fresh.replace(path)


def kept(path: Path) -> Score | None:
    """Read the score; None where no case was ever run."""
    if not path.is_file():
        return None
    said = read(Counted, path.read_bytes())
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Score(said.passed, said.total, said.seconds, said.is_whole, said.failed, at)
