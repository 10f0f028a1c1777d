"""Synthetic households, to try a reform on: nobody's. Those of the data folder, else ones drawn here.

Each household is one family and one tax household: one or two adults, the second being the partner, then children.
Wages are a year's; rent, tenure and commune are those of each month.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from parvis.core import french
from parvis.core.simulators.contract import Array, Membership, Rows, Table
from parvis.core.simulators.engines import Population

YEAR: Final = "2024"
MONTHS: Final = tuple(f"{YEAR}-{month:02d}" for month in range(1, 13))
FILES: Final = ("synth_a_households.csv", "synth_a_persons.csv")
DRAWN: Final = 2_000
ENTITY: Final = "menage"
RANKING: Final = "revenu_disponible"
# The places, in Card.entities, of the roles of the first adult, of the second and of a child.
ROLES: Final[Mapping[str, tuple[int, int, int]]] = {
    "menage": (0, 1, 2),
    "famille": (0, 0, 1),
    "foyer_fiscal": (0, 0, 1),
}
Lines: TypeAlias = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Homes:
    """Households whose persons follow one another, adults first."""

    household: Array  # of each person: its row
    is_adult: Array
    birth: Array
    wage: Array  # of the year
    rent: Array  # of each household, a month
    tenure: Array
    commune: Array

    def table(self) -> Table:
        rank = np.where(self.is_adult, np.minimum(_ranks(self.household), 1), 2)
        groups = {key: Membership(self.household, np.array(roles, np.int8)[rank]) for key, roles in ROLES.items()}
        persons = {("date_naissance", "eternity"): self.birth, ("salaire_de_base", YEAR): self.wage}
        homes: dict[tuple[str, str], Array] = {("loyer", month): self.rent for month in MONTHS}
        homes |= {("statut_occupation_logement", YEAR): self.tenure, ("depcom", YEAR): self.commune}
        alone = Rows(self.rent.size)
        return Table(
            {
                "individu": Rows(self.household.size, persons, groups),
                "famille": alone,
                "foyer_fiscal": alone,
                "menage": Rows(self.rent.size, homes),
            }
        )


def demonstration(data: Path | None) -> Population:
    """Return the synthetic households of the data folder where it has them, else ones drawn from a fixed seed."""
    folder = data / "models" / "synthetic-households" if data else None
    if folder is None or not all((folder / name).is_file() for name in FILES):
        return drawn()
    return kept(folder)


def kept(folder: Path) -> Population:
    """Read the households of the data folder, whose README says how they were drawn."""
    households, persons = (_lines(folder / name) for name in FILES)
    numbers = {line["household"]: row for row, line in enumerate(households)}
    homes = Homes(
        household=np.array([numbers[line["household"]] for line in persons], dtype=np.int32),
        is_adult=np.array([line["adult"] == "1" for line in persons]),
        birth=np.array([line["birth"] for line in persons], dtype="datetime64[D]"),
        wage=np.array([line[f"salaire_de_base_{YEAR}"] for line in persons], dtype=float),
        rent=np.array([line["loyer_mensuel"] for line in households], dtype=float),
        tenure=np.array([line["statut_occupation_logement"] for line in households]),
        commune=np.array([line["depcom"] for line in households]),
    )
    origin = "Tirés de lois documentées, à Lyon (69123) : aucune personne réelle. Salaires, loyers et âges seulement."
    title = f"{french.number(len(households))} ménages synthétiques"
    return Population(homes.table(), YEAR, title, origin, ENTITY, RANKING)


def _lines(path: Path) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def drawn(count: int = DRAWN, seed: int = 16) -> Population:
    """Draw households: 55 % of couples, 0 to 3 children, log-normal wages, half of them tenants."""
    random = np.random.default_rng(seed)
    adults = 1 + (random.random(count) < 0.55)
    children = random.choice(4, size=count, p=(0.62, 0.16, 0.15, 0.07))
    household = np.repeat(np.arange(count, dtype=np.int32), adults + children)
    rank = _ranks(household)
    is_adult = rank < adults[household]
    ages = np.where(is_adult, random.integers(25, 65, household.size), random.integers(0, 18, household.size))
    wage = np.where(
        is_adult & (random.random(household.size) < 0.8), random.lognormal(10.1, 0.55, household.size), 0.0
    )
    tenant = random.random(count) < 0.5
    homes = Homes(
        household=household,
        is_adult=is_adult,
        birth=(2023 - 1970 - ages).astype("datetime64[Y]").astype("datetime64[D]"),
        wage=wage.round(2),
        rent=np.where(tenant, random.normal(650, 150, count).clip(250, 1500), 0.0).round(2),
        tenure=np.where(tenant, "locataire_vide", "proprietaire"),
        commune=np.full(count, "69123"),
    )
    origin = "Tirés au sort par Parvis, toujours les mêmes : ni des personnes réelles, ni une image de la France."
    return Population(homes.table(), YEAR, f"{french.number(count)} ménages fictifs", origin, ENTITY, RANKING)


def _ranks(household: Array) -> Array:
    """Give each person's place among those of the household, from 0, its persons following one another."""
    starts = np.flatnonzero(np.diff(household, prepend=-1))
    return np.arange(household.size) - np.repeat(starts, np.diff(starts, append=household.size))
