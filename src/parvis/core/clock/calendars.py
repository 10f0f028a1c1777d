"""Public holidays of France by territory, computed for any year from 1983 on, each with the text that makes it one.

Sources: code du travail, articles L3133-1 (metropolitan France), L3134-13 (Alsace and Moselle), L3422-2 and decrees
83-1003 and 2012-553 (abolition of slavery). The 21 July of Guadeloupe and Martinique is a custom and is in none of
them: it is not here. New Caledonia, French Polynesia, Wallis and Futuna have labour codes of their own, which were not
at hand: they have no calendar here rather than a guessed one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from parvis.core.errors import ParvisError

SATURDAY, SUNDAY = 5, 6
FIRST_YEAR: Final = 1983
"""The first whole year since 8 May is a holiday again (law 81-893), and that of the law on 27 May and the others."""


class BeforeTheCalendar(ParvisError):
    """A delay runs in years whose holidays are not known here."""


@dataclass(frozen=True)
class Holiday:
    """A day off by law: its name, the day it falls on in a year, the years for which it stands."""

    name: str
    falls: Callable[[int], date]
    basis: str
    since: int = FIRST_YEAR
    until: int | None = None  # excluded

    def stands(self, year: int) -> bool:
        return self.since <= year and (self.until is None or year < self.until)


@dataclass(frozen=True)
class Calendar:
    """The holidays of a territory. `version` changes with the list: a due date names the one that it was made from."""

    slug: str
    title: str
    zone: ZoneInfo
    version: str
    listed: tuple[Holiday, ...]

    def holidays(self, year: int) -> dict[date, str]:
        """Return the holidays of a year and their names, in order. Raises BeforeTheCalendar."""
        if year < FIRST_YEAR:
            raise BeforeTheCalendar(
                f"Les jours fériés de {year} ne sont pas dans ce calendrier, qui commence en {FIRST_YEAR}. "
                "Donnez un point de départ plus récent."
            )
        return _holidays(self, year)

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday that falls on a day."""
        return self.holidays(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """Tell a « jour ouvré »: neither Saturday, nor Sunday, nor holiday."""
        return day.weekday() < SATURDAY and self.holiday(day) is None

    def is_weekday(self, day: date) -> bool:
        """Tell a « jour ouvrable »: neither Sunday nor holiday."""
        return day.weekday() < SUNDAY and self.holiday(day) is None


@lru_cache(maxsize=512)
def _holidays(calendar: Calendar, year: int) -> dict[date, str]:
    return dict(sorted((one.falls(year), one.name) for one in calendar.listed if one.stands(year)))


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Butcher's rule, 1876, good for every year)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def after_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days)


NATIONAL = tuple(
    Holiday(name, falls, "code du travail, art. L3133-1")
    for name, falls in (
        ("Jour de l’an", fixed(1, 1)),
        ("Lundi de Pâques", after_easter(1)),
        ("Fête du travail", fixed(5, 1)),
        ("Victoire de 1945", fixed(5, 8)),
        ("Ascension", after_easter(39)),
        ("Lundi de Pentecôte", after_easter(50)),
        ("Fête nationale", fixed(7, 14)),
        ("Assomption", fixed(8, 15)),
        ("Toussaint", fixed(11, 1)),
        ("Armistice de 1918", fixed(11, 11)),
        ("Noël", fixed(12, 25)),
    )
)
RHENISH = (
    Holiday("Vendredi saint", after_easter(-2), "code du travail, art. L3134-13"),
    Holiday("Saint-Étienne", fixed(12, 26), "code du travail, art. L3134-13"),
)
DECREE_OF_2012 = "décret n° 83-1003, modifié par le décret n° 2012-553"


def abolition(month: int, day: int, since: int = FIRST_YEAR, until: int | None = None) -> Holiday:
    basis = "code du travail, art. L3422-2" if since == FIRST_YEAR else DECREE_OF_2012
    return Holiday("Abolition de l’esclavage", fixed(month, day), basis, since, until)


def _calendar(slug: str, title: str, zone: str, *own: Holiday, version: str = "1983") -> Calendar:
    return Calendar(slug, title, ZoneInfo(zone), version, (*NATIONAL, *own))


CALENDARS: Final[dict[str, Calendar]] = {
    one.slug: one
    for one in (
        _calendar("metropole", "France métropolitaine", "Europe/Paris"),
        _calendar("alsace-moselle", "Alsace et Moselle", "Europe/Paris", *RHENISH),
        _calendar("guadeloupe", "Guadeloupe", "America/Guadeloupe", abolition(5, 27)),
        _calendar("martinique", "Martinique", "America/Martinique", abolition(5, 22)),
        _calendar("guyane", "Guyane", "America/Cayenne", abolition(6, 10)),
        _calendar("reunion", "La Réunion", "Indian/Reunion", abolition(12, 20)),
        _calendar("mayotte", "Mayotte", "Indian/Mayotte", abolition(4, 27)),
        _calendar("saint-pierre-et-miquelon", "Saint-Pierre-et-Miquelon", "America/Miquelon"),
        _calendar(
            "saint-barthelemy",
            "Saint-Barthélemy",
            "America/St_Barthelemy",
            abolition(5, 27, until=2012),
            abolition(10, 9, since=2012),
            version="2012",
        ),
        _calendar(
            "saint-martin",
            "Saint-Martin",
            "America/Marigot",
            abolition(5, 27, until=2012),
            abolition(5, 28, since=2012),
            version="2012",
        ),
    )
}
