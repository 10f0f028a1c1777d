"""Count a delay and say how: its start, its length, what was not counted, what happens when it ends on a day off.

The rules are those of the code of civil procedure, which French law takes as its common way to count: the day of the
act does not count, a delay in months ends on the day of the same number or on the last of the month (art. 641), the
last day ends at midnight, and a delay that would end on a Saturday, a Sunday or a holiday is carried to the next
working day (art. 642). This last rule is asked for by name: not every promise takes it.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from parvis.core import french
from parvis.core.clock.calendars import SATURDAY, SUNDAY, Calendar
from parvis.core.errors import ParvisError

DAY: Final = timedelta(days=1)
DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LONGEST: Final = {"months": 1200}
LONGEST_IN_DAYS: Final = 36_525
"""A century: longer is a mistake, and would be counted for minutes."""


class DelayOutOfBounds(ParvisError):
    """A delay is not a positive number of days or months, or is longer than a century."""


class Unit(StrEnum):
    """What a delay counts."""

    CALENDAR = "calendar"
    WORKING = "working"  # jours ouvrés
    WEEKDAYS = "weekdays"  # jours ouvrables
    MONTHS = "months"


UNITS: Final = {
    Unit.CALENDAR: ("jour", "jours", "tous les jours comptent"),
    Unit.WORKING: ("jour ouvré", "jours ouvrés", "ni samedi, ni dimanche, ni jour férié"),
    Unit.WEEKDAYS: ("jour ouvrable", "jours ouvrables", "ni dimanche, ni jour férié"),
    Unit.MONTHS: ("mois", "mois", "de quantième à quantième"),
}


@dataclass(frozen=True)
class Delay:
    """So many days or months, in a territory. `is_carried`: an end on a day off is carried to the next working day."""

    length: int
    unit: Unit
    calendar: Calendar
    basis: str = ""  # the text or the promise that fixes it, in French
    is_carried: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        if not 1 <= self.length <= LONGEST.get(self.unit, LONGEST_IN_DAYS):
            raise DelayOutOfBounds(
                f"Un délai de {self.length} {UNITS[self.unit][1]} ne peut pas être compté : donnez au moins 1, au "
                "plus un siècle."
            )

    def __str__(self) -> str:
        """Write « 20 jours ouvrés », « 1 mois »."""
        singular, plural, _ = UNITS[self.unit]
        return f"{self.length}\u00a0{singular if self.length == 1 else plural}"


@dataclass(frozen=True)
class Due:
    """The instant at which time is up (excluded: midnight after the last day), and how it was found, line by line."""

    at: datetime
    last_day: date
    explanation: tuple[str, ...]
    calendar: str  # « metropole/1983 »


def due(start: datetime, delay: Delay, *, of: str = "") -> Due:
    """Say when a delay that runs from an instant is over, and why; `of` names that instant in French."""
    calendar = delay.calendar
    first = start.astimezone(calendar.zone).date()
    last = _count(first, delay)
    lines = [
        f"Point de départ : {written(first)}{f' ({of})' if of else ''}. Ce jour ne compte pas.",
        _delay_line(delay),
        *_skipped(first, last, delay),
        f"Dernier jour compté : {written(last)}.",
    ]
    if delay.is_carried:
        last = _carry(last, calendar, lines)
    lines.append(f"Échéance : {written(last)} à minuit.")
    at = datetime.combine(last + DAY, time(), tzinfo=calendar.zone)
    return Due(at, last, tuple(lines), f"{calendar.slug}/{calendar.version}")


def written(day: date) -> str:
    """Write a day with its weekday: « lundi 1er juin 2026 ». Pages write days otherwise, without the weekday."""
    return f"{DAYS[day.weekday()]} {french.day(day)}"


def _delay_line(delay: Delay) -> str:
    basis = f", {delay.basis}" if delay.basis else ""
    return (
        f"Délai : {delay} ({UNITS[delay.unit][2]}){basis}. "
        f"Calendrier : {delay.calendar.title}, version {delay.calendar.version}."
    )


def _count(start: date, delay: Delay) -> date:
    if delay.unit is Unit.MONTHS:
        return months_after(start, delay.length)
    day, left = start, delay.length
    while left:
        day += DAY
        left -= _counts(day, delay)
    return day


def _counts(day: date, delay: Delay) -> bool:
    if delay.unit is Unit.WORKING:
        return delay.calendar.is_working(day)
    return delay.unit is Unit.CALENDAR or delay.calendar.is_weekday(day)


def months_after(start: date, months: int) -> date:
    """Return the day of the same number so many months later, or the last of that month (art. 641)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _skipped(start: date, last: date, delay: Delay) -> Iterator[str]:
    """Name the holidays that were not counted after `start` and up to `last`."""
    if delay.unit not in {Unit.WORKING, Unit.WEEKDAYS}:
        return
    for rank in range(1, (last - start).days + 1):
        day = start + DAY * rank
        name = delay.calendar.holiday(day)
        if name and day.weekday() < (SATURDAY if delay.unit is Unit.WORKING else SUNDAY):
            yield f"Jour férié, non compté : {written(day)} ({name})."


def _carry(last: date, calendar: Calendar, lines: list[str]) -> date:
    carried = last
    while not calendar.is_working(carried):
        carried += DAY
    if carried != last:
        reason = calendar.holiday(last) or DAYS[last.weekday()]
        lines.append(
            f"Un délai qui expire un samedi, un dimanche ou un jour férié ({reason}) est prorogé au premier jour "
            f"ouvrable suivant : {written(carried)}."
        )
    return carried
