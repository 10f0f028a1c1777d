"""Median delays that silence does not flatter."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.clock.waiting import median, median_counted

# Freireich and others, 1963, weeks of remission under 6-MP: the example of the textbooks, whose median is 23.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_the_textbook_case():
    assert median(RELAPSED, STILL_WELL) == 23


@pytest.mark.parametrize(
    ("answered", "still_open", "expected"),
    [
        ([], [], None),
        ([], [3, 4], None),
        ([5], [], 5),
        ([2], [30] * 9, None),  # one fast answer of ten: half was not reached
        ([1, 2], [2, 3], 2),
    ],
)
def test_small_cases(answered, still_open, expected):
    assert median(answered, still_open) == expected


@given(st.lists(st.integers(0, 400), min_size=1))
def test_without_open_requests_it_is_the_plain_median(answered):
    assert median(answered, []) == statistics.median_low(answered)


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 40)), st.integers(1, 1000))
def test_so_many_alike_weigh_as_they_would_one_by_one(answered, still_open, alike):
    counted = [{delay: alike * some.count(delay) for delay in some} for some in (answered, still_open)]
    assert median_counted(*counted) == median(answered, still_open)


@given(st.lists(st.integers(0, 400), min_size=1), st.lists(st.integers(0, 400)))
def test_waiting_requests_never_make_it_shorter(answered, still_open):
    with_open = median(answered, [*still_open, 1000])
    assert with_open is None or with_open >= median(answered, [])
