"""Who gains and who loses: two results of one population, before and after a change, household by household.

Values are those of the model, which counts what a household receives above zero and what it pays below: a gain is a
difference above the threshold, whatever the output.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np

from parvis.core.simulators.contract import Array, Field, Membership, RefusedInput, Table

GROUPS: Final = 10
THRESHOLD: Final = 1.0
"""The smallest difference that counts as a gain or a loss, in the output's unit: below it, nothing changed."""


AMOUNTS: Final = frozenset({"number", "integer"})
"""Types of what can be added up over a population."""


class NothingComputed(RefusedInput):
    """No household of the population has a value before and after."""


class NotAnAmount(RefusedInput):
    """An output cannot be added up over a population."""


def check_amount(output: Field) -> None:
    """Refuse what nobody gains or loses, such as a date or a choice. Raises NotAnAmount."""
    if output.type not in AMOUNTS:
        raise NotAnAmount(
            f"« {output.name} » n'est pas un montant : on n'y gagne ni n'y perd. Choisissez un résultat en nombres."
        )


@dataclass(frozen=True)
class Balance:
    """What two results of the same rows come to, and how many gain and lose; those of two parts add up."""

    rows: int = 0  # those compared
    lost: int = 0  # those without a number, before or after
    before: float = 0.0
    after: float = 0.0
    winners: int = 0
    losers: int = 0

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def unchanged(self) -> int:
        return self.rows - self.winners - self.losers


def balance(before: Array, after: Array, *, threshold: float = THRESHOLD) -> Balance:
    """Compare two results of the same rows; what is no number on one side is left out of both."""
    first, last = (np.asarray(values, dtype=np.float64) for values in (before, after))
    is_computed = np.isfinite(first) & np.isfinite(last)
    first, last = first[is_computed], last[is_computed]
    winners, losers = (np.count_nonzero(found) for found in (last - first >= threshold, last - first <= -threshold))
    lost = int(np.count_nonzero(~is_computed))
    return Balance(len(first), lost, float(first.sum()), float(last.sum()), int(winners), int(losers))


@dataclass(frozen=True)
class Decile:
    """A tenth of the households, by rank. Bounds and means are in the units of the ranking and of the output."""

    rank: int  # 1: the least well off
    low: float
    high: float
    households: int
    mean_before: float
    mean_after: float
    winners: int
    losers: int
    unchanged: int

    @property
    def mean_change(self) -> float:
        return self.mean_after - self.mean_before


@dataclass(frozen=True)
class Comparison:
    """What a change does to a population: totals, means, who gains, who loses, and by decile."""

    households: int  # those compared
    not_computed: int  # those of the population that have no value, before, after or to rank by
    threshold: float
    total_before: float
    total_after: float
    winners: int
    losers: int
    unchanged: int
    mean_gain: float | None  # of those who gain
    mean_loss: float | None  # of those who lose, below zero
    deciles: tuple[Decile, ...]

    @property
    def total_change(self) -> float:
        return self.total_after - self.total_before

    @property
    def mean_change(self) -> float:
        return self.total_change / self.households

    @property
    def share_not_computed(self) -> float:
        """Return the percentage of households that cannot be compared."""
        return 100 * self.not_computed / (self.households + self.not_computed)


def compare(before: Array, after: Array, ranking: Array, *, threshold: float = THRESHOLD) -> Comparison:
    """Compare two results of the same households, ranked by a third one. Raises NothingComputed."""
    given = [np.asarray(values, dtype=np.float64) for values in (before, after, ranking)]
    is_computed = np.logical_and.reduce([np.isfinite(values) for values in given])
    if not is_computed.any():
        raise NothingComputed("Aucun ménage de cette population n'a de résultat : rien à comparer.")
    first, last, rank = (values[is_computed] for values in given)
    change = last - first
    gains, losses = change >= threshold, change <= -threshold
    found = balance(first, last, threshold=threshold)
    return Comparison(
        households=len(change),
        not_computed=int(np.count_nonzero(~is_computed)),
        threshold=threshold,
        total_before=found.before,
        total_after=found.after,
        winners=found.winners,
        losers=found.losers,
        unchanged=found.unchanged,
        mean_gain=float(change[gains].mean()) if gains.any() else None,
        mean_loss=float(change[losses].mean()) if losses.any() else None,
        deciles=_deciles(first, last, rank, threshold),
    )


def _deciles(first: Array, last: Array, rank: Array, threshold: float) -> tuple[Decile, ...]:
    """Cut households into ten groups of equal size by rank, the first ones one larger where they do not divide."""
    order = np.argsort(rank, kind="stable")
    groups = [rows for rows in np.array_split(order, GROUPS) if len(rows)]
    return tuple(
        _decile(place, first[rows], last[rows], rank[rows], threshold) for place, rows in enumerate(groups, 1)
    )


def _decile(place: int, first: Array, last: Array, rank: Array, threshold: float) -> Decile:
    found = balance(first, last, threshold=threshold)
    return Decile(
        rank=place,
        low=float(rank[0]),
        high=float(rank[-1]),
        households=found.rows,
        mean_before=float(first.mean()),
        mean_after=float(last.mean()),
        winners=found.winners,
        losers=found.losers,
        unchanged=found.unchanged,
    )


def by_household(values: Array, table: Table, entity: str, household: str) -> Array:
    """Bring values of persons, or of another group, to households: each group counts once, by its first person.

    A tax household whose persons live in two households counts in the first one's.
    """
    if entity == household:
        return values
    memberships = _memberships(table)
    homes = memberships[household].rows
    if entity in memberships:
        rows, firsts = np.unique(memberships[entity].rows, return_index=True)
        values, homes = values[rows], homes[firsts]
    return np.bincount(homes, weights=values.astype(np.float64), minlength=table.entities[household].count)


def _memberships(table: Table) -> Mapping[str, Membership]:
    """Return to which group each person belongs, as the table of persons says."""
    return next((rows.groups for rows in table.entities.values() if rows.groups), {})
