"""Quartiles and fences: one definition, in Python and in SQL."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.finding.fences import fences, quantile, quantile_sql


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        # Median-unbiased quantile, by hand: place (n + 1/3) p + 1/3 in the ordered values.
        ([1, 99, 99, 99, 99], 0.25, 1 + 2 / 3 * 98),  # place 5/3
        ([1, 2, 3, 4], 0.25, 1 + 5 / 12),  # place 17/12
        ([1, 2, 3, 4], 0.75, 3 + 7 / 12),  # place 43/12
        ([4, 3, 2, 1], 0.5, 2.5),
        ([7], 0.25, 7),
        ([7, 9], 0.01, 7),  # never below the smallest
        ([7, 9], 0.99, 9),  # nor above the greatest
    ],
)
def test_the_quantile_is_the_median_unbiased_one(values, share, expected):
    assert quantile(values, share) == pytest.approx(expected)


def test_fences_stand_one_and_a_half_interquartile_range_away():
    bounds = fences([1, 99, 99, 99, 99])

    assert bounds.high == pytest.approx(99 + 1.5 * (99 - bounds.q1))
    assert bounds.low == pytest.approx(bounds.q1 - 1.5 * (99 - bounds.q1))


@given(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=40), st.sampled_from([0.05, 0.25, 0.5, 0.75])
)
def test_python_and_sql_agree(values, share):
    sql = f"select {quantile_sql('ordered', share)} from (select list_sort($values::double[]) as ordered)"

    assert duckdb.connect().execute(sql, {"values": values}).fetchone()[0] == pytest.approx(
        quantile(values, share), abs=1e-6
    )
