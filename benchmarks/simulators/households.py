"""Fictitious households for measures and comparisons: simple ones (wages, rents, ages) and richer ones.

Distributions are made up, in the spirit of the oracle's (shared/data/models/synthetic-households); a seed gives the
same households wherever it is used. Nothing here describes anybody.
"""

from typing import Any, Final

import numpy as np

from parvis.core.simulators.contract import Membership, Rows, Table

Random = np.random.Generator
People = tuple[Any, Any, Any]  # each person's household, her rank in it, whether she is an adult
Columns = dict[tuple[str, str], Any]
TENURES: Final = np.array(
    ["locataire_vide", "proprietaire", "locataire_hlm", "primo_accedant", "loge_gratuitement", "locataire_meuble"]
)
COMMUNES: Final = np.array(["69123", "75056", "59350", "13055", "35238", "63113", "97411", "2A004", "01004"])


def months(year: str) -> list[str]:
    return [f"{year}-{month:02d}" for month in range(1, 13)]


def simple(count: int, seed: int = 0, year: str = "2024") -> Table:
    """Give households with wages, rents and ages only, all in one city: as the oracle's."""
    random = np.random.default_rng(seed)
    adults = 1 + (random.random(count) < 0.55)
    children = np.where(random.random(count) < 0.45, random.integers(1, 5, count), 0)
    rows, rank, is_adult = members(adults, children)
    wages = np.where(is_adult & (random.random(len(rows)) < 0.7), amounts(random, len(rows), 25_000, 0.6), 0)
    columns = {("date_naissance", "ETERNITY"): births(random, is_adult, int(year)), ("salaire_de_base", year): wages}
    tenure = np.where(random.random(count) < 0.4, 0, 1)
    tenure = np.where(random.random(count) < 0.15, 2, tenure)
    housing = housed(random, year, tenure, np.full(count, "69123"))
    return table((rows, rank, is_adult), columns, housing)


def rich(count: int, seed: int = 0, year: str = "2024") -> Table:
    """Give households with several incomes, benefits, all kinds of housing, several tax units, up to four adults."""
    random = np.random.default_rng(seed)
    adults = random.choice([1, 2, 3, 4], count, p=[0.42, 0.46, 0.08, 0.04])
    children = random.choice([0, 1, 2, 3, 4, 5], count, p=[0.5, 0.18, 0.18, 0.09, 0.03, 0.02])
    rows, rank, is_adult = members(adults, children)
    born = births(random, is_adult, int(year))
    columns = {("date_naissance", "ETERNITY"): born}
    columns |= incomes(random, year, is_adult, born)
    tenure = random.choice(len(TENURES), count, p=[0.28, 0.4, 0.18, 0.06, 0.03, 0.05])
    housing = housed(random, year, tenure, COMMUNES[random.integers(0, len(COMMUNES), count)])
    return table((rows, rank, is_adult), columns, housing, taxed=units(random, year, rows, rank, is_adult))


def members(adults: Any, children: Any) -> tuple[Any, Any, Any]:
    """Return each person's household, her rank in it, and whether she is an adult."""
    sizes = adults + children
    rows = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    rank = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows, rank, rank < adults[rows]


def births(random: Random, is_adult: Any, year: int) -> Any:
    count = len(is_adult)
    old, young = random.integers(year - 90, year - 18, count), random.integers(year - 20, year + 1, count)
    years = np.where(is_adult, old, young)
    days = (years - 1970).astype("M8[Y]").astype("M8[M]") + random.integers(0, 12, count)
    return days.astype("M8[D]") + random.integers(0, 28, count)


def amounts(random: Random, count: int, median: float, spread: float) -> Any:
    return np.round(median * np.exp(random.normal(0, spread, count)), 2)


def some(random: Random, is_of: Any, share: float, median: float, spread: float = 0.6) -> Any:
    """Give an amount to a share of those whom it concerns, nothing to others."""
    count = len(is_of)
    return np.where(is_of & (random.random(count) < share), amounts(random, count, median, spread), 0.0)


def incomes(random: Random, year: str, is_adult: Any, born: Any) -> dict[tuple[str, str], Any]:
    """Give wages, pensions, unemployment, own business, alimony, disability, studies."""
    count = len(is_adult)
    ages = int(year) - born.astype("M8[Y]").astype(int) - 1970
    is_active, is_old = is_adult & (ages < 66), is_adult & (ages >= 60)
    given = {
        ("salaire_de_base", year): some(random, is_active, 0.62, 24_000),
        ("retraite_brute", year): some(random, is_old, 0.85, 17_000, 0.5),
        ("chomage_brut", year): some(random, is_active, 0.12, 9_000),
        ("rpns_imposables", year): some(random, is_active, 0.06, 21_000, 0.9),
        ("pensions_alimentaires_percues", year): some(random, is_adult, 0.05, 2_400),
        ("pensions_invalidite", year): some(random, is_active, 0.03, 7_000),
    }
    is_disabled = is_active & (random.random(count) < 0.04)
    is_student = is_adult & (ages < 27) & (random.random(count) < 0.4)
    for month in months(year):
        given["taux_incapacite", month] = np.where(is_disabled, 0.8, 0.0)
        given["handicap", month] = is_disabled
        given["etudiant", month] = is_student
    return given


def housed(random: Random, year: str, tenure: Any, communes: Any) -> dict[tuple[str, str], Any]:
    """Give a tenure, a rent to tenants, a commune, for each month."""
    count = len(tenure)
    is_tenant = np.isin(tenure, (0, 2, 5))
    rent = np.where(is_tenant, np.round(300 + 700 * random.random(count), 2), 0.0)
    given: dict[tuple[str, str], Any] = {}
    for month in months(year):
        given["loyer", month] = rent
        given["statut_occupation_logement", month] = TENURES[tenure]
        given["depcom", month] = communes
    return given


def units(random: Random, year: str, rows: Any, rank: Any, is_adult: Any) -> dict[str, Any]:
    """Give the tax units and families: the third and fourth adults have their own; and what units declare."""
    starts_own = (rank == 0) | (is_adult & (rank >= 2))
    number = np.cumsum(starts_own).astype(np.int32) - 1
    first = number[rank == 0][rows]  # the household's first unit: children and the second adult are in it
    unit = np.where(starts_own, number, first)
    count = int(unit.max()) + 1
    declared = {
        ("f4ba", year): some(random, np.ones(count, dtype=bool), 0.08, 6_000).astype(int).astype(float),
        ("f7ud", year): some(random, np.ones(count, dtype=bool), 0.1, 150).astype(int).astype(float),
    }
    return {"rows": unit, "count": count, "declared": declared}


def table(people: People, columns: Columns, housing: Columns, taxed: dict[str, Any] | None = None) -> Table:
    """Make the table: one family and one tax unit a household, unless `taxed` tells otherwise."""
    rows, rank, is_adult = people
    count = int(rows.max()) + 1
    household = np.where(rank == 0, 0, np.where(is_adult & (rank == 1), 1, np.where(is_adult, 3, 2))).astype(np.int8)
    parents = Membership(rows, np.where(is_adult, 0, 1).astype(np.int8))
    one, declared = Rows(count), Rows(count)
    if taxed is not None:
        parents = Membership(taxed["rows"].astype(np.int32), parents.roles)
        one, declared = Rows(taxed["count"]), Rows(taxed["count"], taxed["declared"])
    groups = {"famille": parents, "foyer_fiscal": parents, "menage": Membership(rows, household)}
    persons = Rows(len(rows), columns, groups)
    return Table({"individu": persons, "famille": one, "foyer_fiscal": declared, "menage": Rows(count, housing)})
