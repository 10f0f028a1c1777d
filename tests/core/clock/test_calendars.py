"""Holidays: what the law lists, on the days on which they fell."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.clock import CALENDARS
from parvis.core.clock.calendars import BeforeTheCalendar, easter

# The Sundays of Easter that almanacs print, earliest (22 March) and latest (25 April) included.
EASTERS = {
    1818: (3, 22), 1943: (4, 25), 1983: (4, 3), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2015: (4, 5),
    2016: (3, 27), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2038: (4, 25), 2285: (3, 22),
}  # fmt: skip


@pytest.mark.parametrize(("year", "day"), EASTERS.items())
def test_easter_falls_where_almanacs_say(year, day):
    assert easter(year) == date(year, *day)


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_eleven_holidays_of_2016():
    assert [f"{day:%d/%m}" for day in CALENDARS["metropole"].holidays(2016)] == [
        "01/01", "28/03", "01/05", "05/05", "08/05", "16/05", "14/07", "15/08", "01/11", "11/11", "25/12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("territory", "day", "name"),
    [
        ("alsace-moselle", date(2026, 4, 3), "Vendredi saint"),
        ("alsace-moselle", date(2026, 12, 26), "Saint-Étienne"),
        ("guadeloupe", date(2026, 5, 27), "Abolition de l’esclavage"),
        ("martinique", date(2026, 5, 22), "Abolition de l’esclavage"),
        ("guyane", date(2026, 6, 10), "Abolition de l’esclavage"),
        ("reunion", date(2026, 12, 20), "Abolition de l’esclavage"),
        ("mayotte", date(2026, 4, 27), "Abolition de l’esclavage"),
        ("saint-barthelemy", date(2026, 10, 9), "Abolition de l’esclavage"),
    ],
)
def test_a_territory_has_days_of_its_own(territory, day, name):
    assert CALENDARS[territory].holiday(day) == name
    assert CALENDARS["metropole"].holiday(day) is None


def test_a_calendar_follows_the_law_as_it_changed():
    saint_martin = CALENDARS["saint-martin"]
    assert saint_martin.holiday(date(2011, 5, 27))
    assert saint_martin.holiday(date(2012, 5, 27)) is None
    assert saint_martin.holiday(date(2012, 5, 28)) == "Lundi de Pentecôte" or saint_martin.holiday(date(2012, 5, 28))
    assert saint_martin.holiday(date(2013, 5, 28)) == "Abolition de l’esclavage"


@given(st.sampled_from(sorted(CALENDARS)), st.dates(date(1983, 1, 1), date(2199, 12, 31)))
def test_a_working_day_is_a_weekday_and_no_holiday_is(territory, day):
    known = CALENDARS[territory]
    assert known.is_weekday(day) or not known.is_working(day)
    assert known.holiday(day) is None or not known.is_weekday(day)


@given(st.sampled_from(sorted(CALENDARS)), st.integers(1983, 2199))
def test_a_year_has_at_most_four_days_off_in_a_row_of_weekdays(territory, year):
    """A delay in working days always ends: no week is without one."""
    known = CALENDARS[territory]
    days = [date(year, 1, 1) + timedelta(rank) for rank in range(365)]
    assert all(any(known.is_working(day) for day in days[start : start + 7]) for start in range(350))


def test_what_is_not_known_is_refused_by_name():
    with pytest.raises(BeforeTheCalendar, match="1982"):
        CALENDARS["metropole"].holidays(1982)
