"""When an answer is due: the promise of a step, counted by the clock, with its working."""

from datetime import datetime, timedelta
from typing import Final

from parvis.core.clock import CALENDARS, Delay, Due, Unit, due
from parvis.core.processes.procedures import Owed

NATIONAL: Final = CALENDARS["metropole"]
"""The calendar of every delay so far: a procedure says no territory."""

STARTS: Final = {"closing": "clôture de l’étape", "receipt": "réception de la contribution"}

CONTEST: Final = Owed(kinds=frozenset(), length=1, unit="months", basis="règle de Parvis sur les contestations")
"""What a contest opens: one month more for the authority to answer it."""


def due_date(owed: Owed, start: datetime, *, of: str = "") -> Due:
    """Say when an answer owed is due, counted from an instant, and why."""
    delay = Delay(owed.length, Unit(owed.unit), NATIONAL, basis=owed.basis)
    return due(start, delay, of=of or STARTS[owed.counted_from])


def last_moment(due_at: datetime) -> datetime:
    """Return the last moment in time: what is due at midnight is due on the day that ends."""
    return due_at - timedelta(microseconds=1)
