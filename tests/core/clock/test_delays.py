"""Delays: real cases counted by hand on the calendar, and what holds for all."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.clock import CALENDARS, Delay, Unit, due
from parvis.core.clock.delays import DelayOutOfBounds, months_after, written

PARIS = ZoneInfo("Europe/Paris")
METROPOLE = CALENDARS["metropole"]


def noon(*day):
    return datetime(*day, 12, tzinfo=PARIS)


# (why, start, length, unit, territory, carried, last day), each counted by hand.
CASES = [
    # CRPA R311-12 and R311-13: one month of silence on a request for a document is a refusal.
    ("one month", (2026, 3, 16), 1, "months", "metropole", False, (2026, 4, 16)),
    ("one month from a 31st", (2026, 1, 31), 1, "months", "metropole", False, (2026, 2, 28)),
    ("the same in a leap year", (2028, 1, 31), 1, "months", "metropole", False, (2028, 2, 29)),
    # 31 January 2026 + 1 month is Saturday 28 February: carried to Monday 2 March.
    ("carried over a week-end", (2026, 1, 31), 1, "months", "metropole", True, (2026, 3, 2)),
    # CJA R421-1: two months to go to court; from 10 March 2026, Sunday 10 May: Monday 11 May.
    ("two months", (2026, 3, 10), 2, "months", "metropole", True, (2026, 5, 11)),
    # Decree 2022-1284: acknowledgement within 7 working days. From Thursday 30 April 2026: 4, 5, 6, 7 May, then Friday
    # 8 May is a holiday: 11, 12, 13 May.
    ("7 working days in May", (2026, 4, 30), 7, "working", "metropole", True, (2026, 5, 13)),
    # The same 7 days in « ouvrables »: Saturday counts: 2, 4, 5, 6, 7, 9, 11 May.
    ("7 weekdays in May", (2026, 4, 30), 7, "weekdays", "metropole", True, (2026, 5, 11)),
    # Good Friday counts in Paris, not in Strasbourg: from Wednesday 1 April 2026, 2, 3, 7 against 2, 7, 8.
    ("Paris at Easter", (2026, 4, 1), 3, "working", "metropole", True, (2026, 4, 7)),
    ("Strasbourg at Easter", (2026, 4, 1), 3, "working", "alsace-moselle", True, (2026, 4, 8)),
    # 27 May 2026 is a Wednesday: a day off in Guadeloupe.
    ("Guadeloupe in May", (2026, 5, 25), 3, "working", "guadeloupe", True, (2026, 5, 29)),
    ("Paris in May", (2026, 5, 25), 3, "working", "metropole", True, (2026, 5, 28)),
    # 30 days from the closing of the consultation of 2015 (18 October): Tuesday 17 November.
    ("30 days", (2015, 10, 18), 30, "calendar", "metropole", True, (2015, 11, 17)),
    # 24 days: Wednesday 11 November 2015 is a holiday: carried to Thursday 12.
    ("an armistice", (2015, 10, 18), 24, "calendar", "metropole", True, (2015, 11, 12)),
    ("the same, not carried", (2015, 10, 18), 24, "calendar", "metropole", False, (2015, 11, 11)),
    # 15 days from Wednesday 10 December 2025: Christmas, then a Friday that is a working day.
    ("Christmas", (2025, 12, 10), 15, "calendar", "metropole", True, (2025, 12, 26)),
    ("Christmas in Metz", (2025, 12, 10), 15, "calendar", "alsace-moselle", True, (2025, 12, 29)),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_real_cases_counted_by_hand(case):
    _, start, length, unit, territory, is_carried, last = case
    known = CALENDARS[territory]
    at = datetime(*start, 12, tzinfo=known.zone)
    found = due(at, Delay(length, Unit(unit), known, is_carried=is_carried))
    assert found.last_day == date(*last)
    assert found.at == datetime.combine(date(*last) + timedelta(1), datetime.min.time(), tzinfo=known.zone)


def test_the_working_is_shown_line_by_line():
    delay = Delay(7, Unit.WORKING, METROPOLE, basis="décret n° 2022-1284, article 4")
    found = due(noon(2026, 4, 30), delay, of="clôture de la consultation")
    assert [line.replace("\u00a0", " ") for line in found.explanation] == [
        "Point de départ : jeudi 30 avril 2026 (clôture de la consultation). Ce jour ne compte pas.",
        (
            "Délai : 7 jours ouvrés (ni samedi, ni dimanche, ni jour férié), décret n° 2022-1284, article 4. "
            "Calendrier : France métropolitaine, version 1983."
        ),
        "Jour férié, non compté : vendredi 1er mai 2026 (Fête du travail).",
        "Jour férié, non compté : vendredi 8 mai 2026 (Victoire de 1945).",
        "Dernier jour compté : mercredi 13 mai 2026.",
        "Échéance : mercredi 13 mai 2026 à minuit.",
    ]
    assert found.calendar == "metropole/1983"


def test_what_carries_the_end_is_named():
    found = due(noon(2015, 10, 18), Delay(24, Unit.CALENDAR, METROPOLE))
    assert "Armistice de 1918" in found.explanation[-2]
    assert "prorogé au premier jour ouvrable suivant : jeudi 12" in found.explanation[-2]


def test_the_day_is_the_territory_s():
    """At 23:00 UTC on 1 March, it is already 2 March in Réunion and in Paris, and still 1 March in Guadeloupe."""
    late = datetime(2026, 3, 1, 23, tzinfo=UTC)
    ends = {slug: due(late, Delay(1, Unit.CALENDAR, CALENDARS[slug])).last_day for slug in CALENDARS}
    assert ends["reunion"] == ends["metropole"] == date(2026, 3, 3)
    assert ends["guadeloupe"] == date(2026, 3, 2)


def test_midnight_holds_across_the_change_of_hour():
    """29 March 2026 has 23 hours: the due instant is 0:00 in Paris all the same."""
    found = due(noon(2026, 3, 2), Delay(28, Unit.CALENDAR, METROPOLE))
    assert found.at.isoformat() == "2026-03-31T00:00:00+02:00"


@pytest.mark.parametrize(("length", "unit"), [(0, "calendar"), (-1, "months"), (36_526, "working"), (1201, "months")])
def test_what_cannot_be_counted_is_refused(length, unit):
    with pytest.raises(DelayOutOfBounds, match="siècle"):
        Delay(length, Unit(unit), METROPOLE)


INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
TERRITORIES = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.get)
LENGTHS = st.integers(1, 120)
UNITS = st.sampled_from(Unit)


@given(INSTANTS, LENGTHS, UNITS, TERRITORIES)
def test_a_carried_end_is_a_working_day_and_comes_no_sooner(start, length, unit, territory):
    carried = due(start, Delay(length, unit, territory))
    plain = due(start, Delay(length, unit, territory, is_carried=False))
    assert territory.is_working(carried.last_day)
    assert plain.last_day <= carried.last_day <= plain.last_day + timedelta(7)
    assert carried.at > start


@given(INSTANTS, LENGTHS, TERRITORIES)
def test_units_are_ordered(start, length, territory):
    """The same number of days ends later the fewer of them count."""
    ends = [
        due(start, Delay(length, unit, territory, is_carried=False)).last_day
        for unit in (Unit.CALENDAR, Unit.WEEKDAYS, Unit.WORKING)
    ]
    assert ends == sorted(ends)


@given(st.dates(date(1990, 1, 1), date(2150, 1, 1)), st.integers(1, 240))
def test_months_keep_the_day_or_take_the_last_of_the_month(start, months):
    found = months_after(start, months)
    assert (found.year - start.year) * 12 + found.month - start.month == months
    assert found.day == start.day or (found.day < start.day and (found + timedelta(1)).day == 1)


@given(INSTANTS, LENGTHS, UNITS, TERRITORIES)
def test_the_explanation_ends_with_the_date_given(start, length, unit, territory):
    found = due(start, Delay(length, unit, territory))
    assert found.explanation[-1] == f"Échéance : {written(found.last_day)} à minuit."
