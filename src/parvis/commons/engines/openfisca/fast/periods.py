"""Periods that are computed once, and that tell when a formula looks at the calendar.

OpenFisca computes « the month before » with a calendar library at each call: a tenth of the time of a case.
Here each period is one object, its neighbours are kept on it, and it has a number, by which values are found.
"""

import sys
from collections.abc import Sequence
from typing import Any, Final

from openfisca_core import periods
from openfisca_core.periods import DateUnit, Instant, Period

from parvis.commons.engines.openfisca.fast.watching import WATCH

KEPT: Final[dict[Period, "WatchedPeriod"]] = {}


UNTIL_LAST: Final = frozenset({"compute_cotisation_anticipee", "compute_cotisation_annuelle"})
"""Functions of OpenFisca-France (cotisations_sociales/base.py) that, before the last month of a year, look at nothing
of the date but that it is not that month: eleven months of like wages are one calculation."""


class Kept:
    """An attribute computed by OpenFisca the first time, then kept on the period."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, period: "WatchedPeriod", owner: type) -> Any:
        found = watched(getattr(plain(period), self.name))
        period.__dict__[self.name] = found
        return found


class WatchedPeriod(Period):
    """A period of OpenFisca: the same tuple, one object for each."""

    number: int
    month: int  # months since year 0 of its first day

    last_month = Kept("last_month")
    last_3_months = Kept("last_3_months")
    last_year = Kept("last_year")
    n_2 = Kept("n_2")
    this_year = Kept("this_year")
    first_month = Kept("first_month")
    first_day = Kept("first_day")

    def __str__(self) -> str:
        kept = self.__dict__.get("text")
        if kept is None:
            kept = self.__dict__["text"] = str(plain(self))
        return str(kept)

    @property
    def start(self) -> Instant:
        if not is_last(self.month) and sys._getframe(1).f_code.co_name in UNTIL_LAST:
            WATCH.now.months.add(self.month)
        else:
            WATCH.now.calendar = True
        return self[1]

    def offset(self, offset: str | int, unit: DateUnit | None = None) -> Period:
        key = (offset, unit)
        kept = self.__dict__.setdefault("offsets", {})
        if key not in kept:
            kept[key] = watched(plain(self).offset(offset, unit))
        found: Period = kept[key]
        return found

    def get_subperiods(self, unit: DateUnit) -> Sequence[Period]:
        kept = self.__dict__.setdefault("parts", {})
        if unit not in kept:
            kept[unit] = [watched(part) for part in plain(self).get_subperiods(unit)]
        found: Sequence[Period] = kept[unit]
        return found


def is_last(month: int) -> bool:
    """Say whether a month, as `WatchedPeriod` numbers it, is the last of its year."""
    return month % 12 == 0


def plain(period: Period) -> Period:
    """Return OpenFisca's own object for a period."""
    return tuple.__new__(Period, period)


def watched(period: Any) -> WatchedPeriod:
    """Return the one object that stands for a period, however it is given (« 2024-01 », 2024, a Period)."""
    if type(period) is WatchedPeriod:
        return period
    if not isinstance(period, Period):
        period = periods.period(period)
    found = KEPT.get(period)
    if found is None:
        found = WatchedPeriod(period)
        found.number = len(KEPT)
        found.month = period[1][0] * 12 + period[1][1]
        KEPT[plain(period)] = found
    return found
