"""Ask a flag for its leads over the releases that a connection sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from parvis.core.finding.flag import Flag

SHOWN = 50  # leads given at once
EVIDENCE_SHOWN = 100  # uids kept in a lead: the whole list is the flag's SQL run again


@dataclass(frozen=True)
class Lead:
    """A hit: something to look at, with its reasons. `bound` is what `value` was compared with."""

    rank: int
    subject: str
    label: str
    uid: str | None
    buyer_id: str | None
    supplier_id: str | None
    value: float
    bound: float
    p: float | None  # chance of a value at least as far, if only chance were at work
    q: float | None  # the same, corrected for all the subjects examined
    because: str
    evidence: Sequence[str]  # uids of contracts, at most EVIDENCE_SHOWN
    evidence_count: int


@dataclass(frozen=True)
class Survey:
    """How many subjects a flag examined and found, and what it could not see."""

    contracts: int  # contracts loaded
    missing: Mapping[str, int]  # source field -> contracts without it
    population: int  # subjects examined
    hits: int

    @property
    def is_answered(self) -> bool:
        """Whether the loaded rows allow the flag at all."""
        return self.population > 0

    @property
    def because(self) -> str:
        """Say in French what was examined, or which field keeps it from being examined."""
        absent = [name for name, count in self.missing.items() if count == self.contracts]
        if absent:
            return f"Non calculable sur les fichiers chargés : {', '.join(absent)} n'y figure sur aucun marché."
        if not self.is_answered:
            return "Aucun sujet ne remplit les conditions de ce signal dans les fichiers chargés."
        found = "pistes" if self.hits > 1 else "piste"
        examined = "sujets examinés" if self.population > 1 else "sujet examiné"
        return f"{self.hits:,} {found} sur {self.population:,} {examined}.".replace(",", "\u202f")


def survey(connection: duckdb.DuckDBPyConnection, flag: Flag, *, hits: int | None = None) -> Survey:
    """Count what the flag examines and finds, `hits` being given when it is known. Only for a computable flag."""
    counted = ", ".join(f"count(*) filter (({text}) is null)" for text in flag.needs.values())
    contracts, *missing = one(connection, f"select count(*), {counted} from {flag.table}")
    (population,) = one(connection, f"select count(*) from ({flag.population_sql})")
    (found,) = (hits,) if hits is not None else one(connection, f"select count(*) from ({flag.sql})")
    return Survey(contracts, dict(zip(flag.needs, missing, strict=True)), population, found)


def leads(
    connection: duckdb.DuckDBPyConnection, flag: Flag, *, after: int = 0, limit: int = SHOWN
) -> tuple[Lead, ...]:
    """Return the leads whose rank comes after this one. Only for a computable flag."""
    return _read(connection, flag, "rank > $after", {"after": after}, limit)


def concerning(
    connection: duckdb.DuckDBPyConnection,
    flag: Flag,
    *,
    uid: str | None = None,
    buyer_id: str | None = None,
    supplier_id: str | None = None,
) -> tuple[Lead, ...]:
    """Return the leads about a contract (itself or as evidence), a buyer or a supplier."""
    asked = {"uid": uid, "buyer_id": buyer_id, "supplier_id": supplier_id}
    given = {name: value for name, value in asked.items() if value is not None}
    condition = " and ".join(
        "(uid = $uid or list_contains(evidence, $uid))" if name == "uid" else f"{name} = ${name}" for name in given
    )
    return _read(connection, flag, condition, given, SHOWN)


def _read(
    connection: duckdb.DuckDBPyConnection, flag: Flag, condition: str, values: Mapping[str, Any], limit: int
) -> tuple[Lead, ...]:
    sql = (
        f"select * replace (evidence[1:{EVIDENCE_SHOWN}] as evidence) from ({flag.sql}) "
        f"where {condition} order by rank limit $limit"
    )
    answered = connection.cursor().execute(sql, {**values, "limit": limit})
    names = [column[0] for column in answered.description or ()]
    return tuple(Lead(**dict(zip(names, row, strict=True))) for row in answered.fetchall())


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """Return the single row of an aggregate."""
    row = connection.cursor().execute(sql).fetchone()
    if row is None:
        raise AssertionError(f"an aggregate gave no row: {sql}")
    return tuple(row)
