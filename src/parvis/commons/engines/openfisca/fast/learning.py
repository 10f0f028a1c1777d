"""Fictitious households, few and varied, on which the engine learns what its rules give to anybody."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from parvis.core.simulators.contract import Array, Membership, Rows, Table

YEARS: Final = (2023, 2024, 2025)
OUTPUTS: Final = ("impot_revenu_restant_a_payer", "revenu_disponible")
ADULTS: Final = (1, 2, 2, 1, 2, 1)
CHILDREN: Final = (0, 0, 2, 1, 3, 0)


def learn(simulate: Callable[[Table], Any]) -> None:
    """Compute what people ask most for the households of each year."""
    for year in YEARS:
        for table in tables(year):
            simulation = simulate(table)
            for output in OUTPUTS:
                simulation.calculate(output, str(year))


def tables(year: int) -> Iterator[Table]:
    """Yield small populations: with wages only, with rents, with pensions and unemployment."""
    yield population(year, {"salaire_de_base": (0, 18_000, 27_000, 36_000, 54_000, 90_000)}, is_tenant=False)
    yield population(year, {"salaire_de_base": (0, 9_000, 14_000, 21_000, 30_000, 48_000)}, is_tenant=True)
    others = {"chomage_brut": (0, 0, 9_000, 14_000, 0, 3_000), "retraite_brute": (21_000, 0, 0, 0, 12_000, 9_000)}
    yield population(year, {"salaire_de_base": (0, 15_000, 0, 24_000, 0, 12_000), **others}, is_tenant=True)


def population(year: int, incomes: dict[str, tuple[float, ...]], *, is_tenant: bool) -> Table:
    """Make six households; the first adult of each has the incomes, the second half of them."""
    rows = np.repeat(np.arange(len(ADULTS), dtype=np.int32), np.add(ADULTS, CHILDREN))
    rank = np.concatenate([np.arange(size) for size in np.add(ADULTS, CHILDREN)])
    is_adult = rank < np.array(ADULTS)[rows]
    share = np.where(rank == 0, 1.0, np.where(is_adult, 0.5, 0.0))
    columns: dict[tuple[str, str], Array] = {("date_naissance", "ETERNITY"): births(year, rows, rank, is_adult)}
    columns |= {(name, str(year)): np.array(values)[rows] * share for name, values in incomes.items()}
    parents = Membership(rows, np.where(is_adult, 0, 1).astype(np.int8))
    household = Membership(rows, np.where(rank == 0, 0, np.where(is_adult, 1, 2)).astype(np.int8))
    persons = Rows(len(rows), columns, {"famille": parents, "foyer_fiscal": parents, "menage": household})
    one = Rows(len(ADULTS))
    return Table(
        {"individu": persons, "famille": one, "foyer_fiscal": one, "menage": housing(year, is_tenant=is_tenant)}
    )


def births(year: int, rows: Array, rank: Array, is_adult: Array) -> Array:
    """Give ages from 2 to 67, and birthdays all over the year."""
    ages = np.where(is_adult, 24 + 8 * (rows % 6) + rank, 2 + 5 * rank)
    months = (year - ages - 1970) * 12 + (5 * rows + 3 * rank) % 12
    found: Array = months.astype("M8[M]").astype("M8[D]")
    return found


def housing(year: int, *, is_tenant: bool) -> Rows:
    count, columns = len(ADULTS), dict[tuple[str, str], Any]()
    status = np.full(count, "locataire_vide" if is_tenant else "proprietaire")
    rent = np.arange(count) * 90.0 + 350.0 if is_tenant else np.zeros(count)
    for month in range(1, 13):
        period = f"{year}-{month:02d}"
        columns["loyer", period], columns["statut_occupation_logement", period] = rent, status
        columns["depcom", period] = np.array(["69123", "75056", "59350", "13055", "35238", "63113"])
    return Rows(count, columns)
