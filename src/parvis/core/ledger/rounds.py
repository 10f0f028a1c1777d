"""The rhythm of the log: one round a second, and no more."""

import signal
from collections.abc import Callable
from threading import Event
from time import monotonic

SECOND = 1.0


def stopped() -> Event:
    """Return an event that SIGTERM and SIGINT set: a round that has begun is finished."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


def every_second(step: Callable[[], object], stop: Event) -> None:
    """Call the step, wait for the rest of its second, and again until told to stop; a late round starts at once."""
    while not stop.is_set():
        began = monotonic()
        step()
        stop.wait(max(0.0, SECOND - (monotonic() - began)))
