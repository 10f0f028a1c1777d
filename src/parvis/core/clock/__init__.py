"""The clock: legal delays that show their working. Pure: dates in, an instant and its explanation out."""

from parvis.core.clock.calendars import CALENDARS, Calendar
from parvis.core.clock.delays import Delay, Due, Unit, due

__all__ = ["CALENDARS", "Calendar", "Delay", "Due", "Unit", "due"]
