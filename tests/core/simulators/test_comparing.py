"""Who gains and who loses is what SQL finds on the same households, computed apart."""

import duckdb
import numpy as np
import pytest

from parvis.core.simulators.comparing import NothingComputed, by_household, compare
from parvis.core.simulators.contract import Membership, Rows, Table

DECILES = """
    WITH cut AS (SELECT *, ntile(10) OVER (ORDER BY rank, place) AS decile FROM households)
    SELECT decile, count(*), min(rank), max(rank), avg(first), avg(last),
           count(*) FILTER (last - first >= 1), count(*) FILTER (last - first <= -1)
    FROM cut GROUP BY decile ORDER BY decile
"""


@pytest.mark.parametrize("size", [10, 4_003])
def test_deciles_are_those_of_sql(size):
    random = np.random.default_rng(16)
    first, rank = random.normal(0, 1_000, size), random.integers(0, 500, size).astype(float)
    last = first + random.choice([-250.0, -0.5, 0.0, 0.5, 120.0], size)
    connection = duckdb.connect()
    connection.execute("CREATE TABLE households (place INT, rank DOUBLE, first DOUBLE, last DOUBLE)")
    rows = list(zip(range(size), rank.tolist(), first.tolist(), last.tolist(), strict=True))
    connection.executemany("INSERT INTO households VALUES (?, ?, ?, ?)", rows)

    found = compare(first, last, rank)

    expected = connection.execute(DECILES).fetchall()
    told = [
        (one.rank, one.households, one.low, one.high, one.mean_before, one.mean_after, one.winners, one.losers)
        for one in found.deciles
    ]
    assert [one[:4] + one[6:] for one in told] == [one[:4] + one[6:] for one in expected]
    assert np.array([one[4:6] for one in told]) == pytest.approx(np.array([one[4:6] for one in expected]))
    assert found.total_change == pytest.approx((last - first).sum())
    assert found.winners + found.losers + found.unchanged == found.households == size


def test_gains_below_the_threshold_are_no_gains():
    found = compare(np.zeros(4), np.array([0.99, 1.0, -1.0, -0.99]), np.arange(4), threshold=1.0)

    assert (found.winners, found.losers, found.unchanged) == (1, 1, 2)
    assert (found.mean_gain, found.mean_loss) == (1.0, -1.0)


def test_what_has_no_value_is_counted_apart():
    found = compare(np.array([1.0, np.nan, 2.0]), np.array([2.0, 1.0, np.inf]), np.arange(3.0))

    assert (found.households, found.not_computed) == (1, 2)
    assert found.share_not_computed == pytest.approx(200 / 3)


def test_a_population_without_any_value_is_refused():
    with pytest.raises(NothingComputed):
        compare(np.array([np.nan]), np.array([1.0]), np.array([1.0]))


def test_returns_and_persons_are_brought_to_their_household():
    """Two households: the first has two persons, each with a tax return of their own."""
    homes = Membership(np.array([0, 0, 1], dtype="i4"), np.zeros(3, dtype="i1"))
    returns = Membership(np.array([0, 1, 2], dtype="i4"), np.zeros(3, dtype="i1"))
    people = Rows(3, {}, {"menage": homes, "foyer_fiscal": returns})
    table = Table({"individu": people, "menage": Rows(2), "foyer_fiscal": Rows(3)})

    assert by_household(np.array([10.0, 20.0, 40.0]), table, "foyer_fiscal", "menage").tolist() == [30.0, 40.0]
    assert by_household(np.array([1.0, 2.0, 4.0]), table, "individu", "menage").tolist() == [3.0, 4.0]
    assert by_household(np.array([7.0, 8.0]), table, "menage", "menage").tolist() == [7.0, 8.0]
