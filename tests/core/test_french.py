from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from parvis.core import french


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (1234567, None, "1\u202f234\u202f567"),
        (0, None, "0"),
        (Decimal("1234.50"), None, "1\u202f234,5"),
        (2.675, 2, "2,68"),
        (-3, None, "\u22123"),
        (-0.001, None, "0"),
        (12, 2, "12,00"),
        (-0.001, 2, "0,00"),
    ],
)
def test_a_number_is_written_in_french(value, digits, written):
    assert french.number(value, digits) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.045, "0,045"),
        (100 * 0.041, "4,1"),
        (11294.5, "11\u202f294,5"),
        (-0.25, "\u22120,25"),
        (12_000, "12\u202f000"),
    ],
)
def test_a_parameter_is_written_with_all_its_digits_and_none_of_binary(value, written):
    assert french.exact(value) == written


def test_a_sum_keeps_its_cents_and_only_then_shows_them():
    assert french.euros(Decimal(1500)) == "1\u202f500\u00a0€"
    assert french.euros(Decimal("1500.05")) == "1\u202f500,05\u00a0€"


@pytest.mark.parametrize(
    ("value", "written"),
    [(999, "999\u00a0€"), (12_000, "12\u00a0k€"), (1_260_000, "1,3\u00a0M€"), (2e9, "2\u00a0Md€")],
)
def test_a_large_sum_is_written_shortly(value, written):
    assert french.big_euros(value) == written


def test_a_share_in_percent_has_one_decimal_at_most():
    assert (french.percent(43.26), french.percent(100), french.percent(-12.5)) == (
        "43,3\u202f%",
        "100\u202f%",
        "\u221212,5\u202f%",
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [(99.96, "99,96"), (99.999, "99,999"), (0.04, "0,04"), (-0.03, "\u22120,03"), (0, "0"), (12.04, "12")],
)
def test_what_is_not_quite_all_or_nothing_is_not_rounded_to_it(value, written):
    assert french.percent(value) == f"{written}\u202f%"


def test_the_first_of_a_month_is_premier():
    assert french.day(date(2015, 7, 1)) == "1er\u00a0juillet\u00a02015"
    assert french.day(date(2015, 7, 14)) == "14\u00a0juillet\u00a02015"


def test_an_instant_is_told_at_the_hour_of_paris():
    assert french.moment(datetime(2015, 6, 30, 22, 5, tzinfo=UTC)) == "1er\u00a0juillet\u00a02015 à 0\u00a0h\u00a005"


@pytest.mark.parametrize(
    ("octets", "written"), [(999, "999\u00a0o"), (1_000, "1\u00a0ko"), (12_345_678, "12,3\u00a0Mo")]
)
def test_a_file_size_is_in_octets(octets, written):
    assert french.size(octets) == written


def test_zero_and_one_are_singular():
    assert [french.count(n, "ligne,lignes") for n in (0, 1, 2)] == ["0\u00a0ligne", "1\u00a0ligne", "2\u00a0lignes"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2017", "2017"),
        ("2014-04", "avril 2014"),
        ("2018-04-01", "1er\u00a0avril\u00a02018"),
        ("2014-10/2015-03", "d’octobre 2014 à mars 2015"),
        ("2014-12/2015-06", "de décembre 2014 à juin 2015"),
        ("2016-06-13/2016-06-30", "du 13 au 30\u00a0juin\u00a02016"),
        ("2016-06-13/2016-07-02", "du 13\u00a0juin\u00a02016 au 2\u00a0juillet\u00a02016"),
        ("2015/2017", "de 2015 à 2017"),
    ],
)
def test_a_date_is_told_as_it_is_known(text, written):
    assert french.period(text) == written
