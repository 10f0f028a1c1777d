"""What tests ask of the tests' own engine."""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Rows, Table
from parvis.core.simulators.hosting import keeping
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked

PATIENCE = 60
"""Seconds that nothing takes: after them something is stuck, however busy the machine."""


def asked(output: str = "benefit", *earned: float, said: str = "") -> Asked:
    """Ask an output for persons who earned something."""
    columns = {("earned", "2024"): np.array(earned or (10.0,), dtype="f4")}
    if said:
        columns[("said", "eternity")] = np.array([said] * len(earned or (10.0,)), dtype=object)
    return Asked("tiny", Table({"person": Rows(len(earned or (10.0,)), columns)}), (output,), "2024")


def values(host: Host, *earned: float, output: str = "benefit", anew: bool = True) -> list[float]:
    return host.evaluate(asked(output, *earned), anew=anew).columns[(output, "2024")].tolist()


def becomes_true(condition: Callable[[], bool]) -> bool:
    limit = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < limit:
        time.sleep(0.02)
    return condition()


def count(host: Host, name: str) -> int:
    """Return what an engine's process counts, which it tells even while its hands are held."""
    return keeping.status(host)[name]


@contextmanager
def held(host: Host, folder: Path) -> Iterator[Callable[[], None]]:
    """Keep both hands of an engine at work: what is asked meanwhile waits. Give what lets them go."""
    gate = folder / "held"
    gate.touch()
    question = asked("held", said=str(gate))
    people = [threading.Thread(target=host.evaluate, args=(question,), kwargs={"anew": True}) for _ in range(2)]
    try:
        for busy, one in enumerate(people, 1):
            one.start()
            assert becomes_true(lambda busy=busy: count(host, "busy") == busy)
        yield lambda: gate.unlink(missing_ok=True)
    finally:
        gate.unlink(missing_ok=True)
        for one in people:
            one.join(PATIENCE)


def gathered(host: Host, folder: Path, ask: Callable[[Any], object], things: Collection[Any]) -> dict[Any, object]:
    """Ask for each thing from a thread of its own, none being computed before all of them wait."""
    with held(host, folder) as let_go:

        def let_go_once_all_wait() -> None:
            assert becomes_true(lambda: count(host, "waiting") == len(things))
            let_go()

        return at_once(ask, things, meanwhile=let_go_once_all_wait)


def at_once(
    ask: Callable[[Any], object], things: Iterable[Any], *, meanwhile: Callable[[], None] = lambda: None
) -> dict[Any, object]:
    """Ask for each thing from a thread of its own; return what each was given, or refused."""
    given: dict[Any, object] = {}

    def one(thing: Any) -> None:
        try:
            given[thing] = ask(thing)
        except ParvisError as error:
            given[thing] = error

    threads = [threading.Thread(target=one, args=(thing,)) for thing in things]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()
    return given


def pid(host: Host) -> int:
    return count(host, "pid")
