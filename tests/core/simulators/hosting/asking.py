"""What tests ask of the tests' own engine."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Rows, Table
from parvis.core.simulators.hosting import keeping
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import Asked


def asked(output: str = "benefit", *earned: float, said: str = "") -> Asked:
    """Ask an output for persons who earned something."""
    columns = {("earned", "2024"): np.array(earned or (10.0,), dtype="f4")}
    if said:
        columns[("said", "eternity")] = np.array([said], dtype=object)
    return Asked("tiny", Table({"person": Rows(len(earned or (10.0,)), columns)}), (output,), "2024")


def values(host: Host, *earned: float, output: str = "benefit", anew: bool = True) -> list[float]:
    return host.evaluate(asked(output, *earned), anew=anew).columns[(output, "2024")].tolist()


def at_once(ask: Callable[[Any], object], things: Iterable[Any]) -> dict[Any, object]:
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
    for thread in threads:
        thread.join()
    return given


def pid(host: Host) -> int:
    return keeping.status(host)["pid"]
