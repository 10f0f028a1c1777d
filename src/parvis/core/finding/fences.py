"""Quartiles and Tukey's fences, in Python and in SQL, with one same definition.

The quantile is Hyndman and Fan's eighth, median-unbiased: the one of statrs, thus of OCDS Cardinal. DuckDB's own
`quantile_cont` is the seventh, and gives other fences on small sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

WHISKER: Final = 1.5  # Tukey's: fences stand one and a half interquartile range away from the quartiles


@dataclass(frozen=True)
class Fences:
    """The quartiles of a set of values, and the bounds past which one of them is an outlier."""

    q1: float
    q3: float

    @property
    def low(self) -> float:
        return self.q1 - WHISKER * (self.q3 - self.q1)

    @property
    def high(self) -> float:
        return self.q3 + WHISKER * (self.q3 - self.q1)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the median-unbiased quantile of at least one value.

    >>> quantile([1, 99, 99, 99, 99], 0.25)
    66.33333333333333
    """
    ordered = sorted(values)
    place = min(max((len(ordered) + 1 / 3) * share + 1 / 3, 1), len(ordered))
    below = floor(place)
    above = min(below + 1, len(ordered))
    return ordered[below - 1] + (place - below) * (ordered[above - 1] - ordered[below - 1])


def fences(values: Sequence[float]) -> Fences:
    """Return the quartiles of at least one value, which know their fences."""
    return Fences(quantile(values, 0.25), quantile(values, 0.75))


def quantile_sql(ordered: str, share: float) -> str:
    """Write the same quantile in SQL, `ordered` being a sorted list of numbers."""
    place = f"least(greatest((len({ordered}) + 1/3.0) * {share} + 1/3.0, 1), len({ordered}))"
    below = f"floor({place})::integer"
    gap = f"({ordered}[least({below} + 1, len({ordered}))] - {ordered}[{below}])"
    return f"({ordered}[{below}] + ({place} - {below}) * {gap})"
