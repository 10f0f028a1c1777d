"""The rhythm of the log: one round a second, and no more."""

from collections.abc import Callable
from threading import Event
from time import monotonic

SECOND = 1.0


def every_second(step: Callable[[], object], stop: Event) -> None:
    """Call the step, wait for the rest of its second, and again until told to stop; a late round starts at once."""
    while not stop.is_set():
        began = monotonic()
        step()
        stop.wait(max(0.0, SECOND - (monotonic() - began)))
