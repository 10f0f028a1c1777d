"""Count a delay and say how: start, length, pauses, extensions, and what happens when the last day is a day off.

The rules are those of the code of civil procedure, which French law takes as its common way to count: the day of the
act does not count, a delay in months ends on the day of the same number or on the last of the month (art. 641), the
last day ends at midnight, and a delay that would end on a Saturday, a Sunday or a holiday is carried to the next
working day (art. 642). This last rule is asked for by name: not every promise takes it.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from parvis.core.clock.calendars import SATURDAY, SUNDAY, Calendar
from parvis.core.errors import ParvisError

DAY: Final = timedelta(days=1)
DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
LONGEST: Final = {"months": 1200}
LONGEST_IN_DAYS: Final = 36_525
"""A century: longer is a mistake, and would be counted for minutes."""


class DelayOutOfBounds(ParvisError):
    """A delay is not a positive number of days or months, or is longer than a century."""


class PauseEndsBeforeItStarts(ParvisError):
    """A pause of the clock would end before it began."""


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
        _bounded(self.length, self.unit)

    def __str__(self) -> str:
        return counted(self.length, self.unit)


@dataclass(frozen=True)
class Pause:
    """Days that do not count, the last excluded; without an end, the clock is stopped."""

    starts_on: date
    ends_on: date | None
    because: str

    def __post_init__(self) -> None:
        """Refuse a pause that goes backwards."""
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise PauseEndsBeforeItStarts(
                f"Cette suspension finirait le {written(self.ends_on)}, avant son début. Corrigez ses dates."
            )

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True)
class Extension:
    """More time, counted from the end of what was there."""

    length: int
    unit: Unit
    because: str

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        _bounded(self.length, self.unit)


@dataclass(frozen=True)
class Due:
    """The instant at which time is up (excluded: midnight after the last day), and how it was found, line by line.

    `at` and `last_day` are None while the clock is stopped.
    """

    at: datetime | None
    last_day: date | None
    explanation: tuple[str, ...]
    calendar: str  # « metropole/1983 »


def due(
    start: datetime,
    delay: Delay,
    *,
    of: str = "",
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """Say when a delay that runs from an instant is over, and why; `of` names that instant in French."""
    calendar = delay.calendar
    first = start.astimezone(calendar.zone).date()
    lines = [f"Point de départ : {written(first)}{f' ({of})' if of else ''}. Ce jour ne compte pas."]
    lines.append(_delay_line(delay))
    stopped = next((pause for pause in pauses if pause.ends_on is None), None)
    if stopped:
        lines.append(
            f"Délai suspendu depuis le {written(stopped.starts_on)} : {stopped.because}. Il reprendra ensuite."
        )
        return Due(None, None, tuple(lines), _named(calendar))
    last = first
    for length, unit, because in [
        (delay.length, delay.unit, ""),
        *((e.length, e.unit, e.because) for e in extensions),
    ]:
        if because:
            lines.append(f"Prolongé de {counted(length, unit)} : {because}.")
        before, last = last, _count(last, length, unit, calendar, pauses)
        lines += _skipped(before, last, unit, calendar, pauses)
    lines.append(f"Dernier jour compté : {written(last)}.")
    if delay.is_carried:
        last = _carry(last, calendar, lines)
    lines.append(f"Échéance : {written(last)} à minuit.")
    at = datetime.combine(last + DAY, time(), tzinfo=calendar.zone)
    return Due(at, last, tuple(lines), _named(calendar))


def counted(length: int, unit: Unit) -> str:
    """Write « 20 jours ouvrés », « 1 mois »."""
    singular, plural, _ = UNITS[unit]
    return f"{length}\u00a0{singular if length == 1 else plural}"


def written(day: date) -> str:
    """Write a day with its weekday: « lundi 1er juin 2026 ». Pages write days otherwise, without the weekday."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}"


def _bounded(length: int, unit: Unit) -> None:
    if not 1 <= length <= LONGEST.get(unit, LONGEST_IN_DAYS):
        raise DelayOutOfBounds(
            f"Un délai de {length} {UNITS[unit][1]} ne peut pas être compté : donnez au moins 1, au plus un siècle."
        )


def _named(calendar: Calendar) -> str:
    return f"{calendar.slug}/{calendar.version}"


def _delay_line(delay: Delay) -> str:
    basis = f", {delay.basis}" if delay.basis else ""
    return (
        f"Délai : {delay} ({UNITS[delay.unit][2]}){basis}. "
        f"Calendrier : {delay.calendar.title}, version {delay.calendar.version}."
    )


def _count(start: date, length: int, unit: Unit, calendar: Calendar, pauses: Sequence[Pause]) -> date:
    if unit is Unit.MONTHS:
        return _past_pauses(start, months_after(start, length), pauses)
    day = start
    while length:
        day += DAY
        length -= _counts(day, unit, calendar) and not _paused(day, pauses)
    return day


def _counts(day: date, unit: Unit, calendar: Calendar) -> bool:
    if unit is Unit.WORKING:
        return calendar.is_working(day)
    return unit is Unit.CALENDAR or calendar.is_weekday(day)


def _paused(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.holds(day) for pause in pauses)


def months_after(start: date, months: int) -> date:
    """Return the day of the same number so many months later, or the last of that month (art. 641)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _past_pauses(start: date, last: date, pauses: Sequence[Pause]) -> date:
    """Give back, after the last day, the days that the pauses took; those of a pause met on the way too."""
    day, owed = start, 0
    while day < last or owed:
        day += DAY
        if _paused(day, pauses):
            owed += day <= last
        elif day > last:
            owed -= 1
    return day


def _skipped(start: date, last: date, unit: Unit, calendar: Calendar, pauses: Sequence[Pause]) -> Iterator[str]:
    """Say what was not counted after `start` and up to `last`: holidays, by name, and pauses."""
    if unit in {Unit.WORKING, Unit.WEEKDAYS}:
        for day in _days(start, last):
            name = calendar.holiday(day)
            if name and day.weekday() < (SATURDAY if unit is Unit.WORKING else SUNDAY):
                yield f"Jour férié, non compté : {written(day)} ({name})."
    for pause in pauses:
        taken = sum(pause.holds(day) for day in _days(start, last))
        if taken and pause.ends_on:
            until = written(pause.ends_on)
            yield (
                f"Suspension du {written(pause.starts_on)} au {until} exclu : {pause.because} "
                f"({counted(taken, Unit.CALENDAR)} hors délai)."
            )


def _days(start: date, last: date) -> Iterator[date]:
    return (start + DAY * rank for rank in range(1, (last - start).days + 1))


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
