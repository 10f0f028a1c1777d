"""Count what a flag examines over the rows that a connection sees, and say in French what it could not see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from parvis.core import french
from parvis.core.finding.flag import Flag


@dataclass(frozen=True)
class Survey:
    """How many subjects a flag examined and found, and what it could not see."""

    contracts: int  # contracts loaded
    missing: Mapping[str, int]  # source field -> contracts without it
    population: int  # subjects examined
    hits: int

    @property
    def because(self) -> str:
        """Say in French what was examined, or which field keeps it from being examined."""
        absent = [name for name, count in self.missing.items() if count == self.contracts]
        if absent:
            return f"Non calculable sur les fichiers chargés : {', '.join(absent)} n'y figure sur aucun marché."
        if self.population == 0:
            return "Aucun sujet ne remplit les conditions de ce signal dans les fichiers chargés."
        examined = french.count(self.population, "sujet examiné,sujets examinés")
        return f"{french.count(self.hits, 'piste,pistes')} sur {examined}."


def survey(connection: duckdb.DuckDBPyConnection, flag: Flag, *, hits: int) -> Survey:
    """Count what the flag examines, where it gave so many leads. Only for a computable flag."""
    counted = ", ".join(f"count(*) filter (({text}) is null)" for text in flag.needs.values())
    contracts, *missing = one(connection, f"select count(*), {counted} from {flag.table}")
    (population,) = one(connection, f"select count(*) from ({flag.population_sql})")
    return Survey(contracts, dict(zip(flag.needs, missing, strict=True)), population, hits)


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """Return the single row of an aggregate."""
    row = connection.cursor().execute(sql).fetchone()
    if row is None:
        raise AssertionError(f"an aggregate gave no row: {sql}")
    return tuple(row)
