"""What a row of the table asks for: a scenario, its own path of fossil CO2 where one is given, and which members."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from parvis.climate.engines.fair.image import FIRST, LAST, SUBSET
from parvis.core.simulators.contract import (
    Array,
    Field,
    RefusedInput,
    Rows,
    Table,
    UnknownField,
    WrongPeriod,
    WrongValue,
)

ENTITY: Final = "monde"
LAST_KNOWN: Final = 2022
"""The last year whose fossil CO2 is the same in every scenario: own paths leave from there."""

SCENARIO: Final = "scenario"
MEMBERS: Final = "membres"
IN_2030: Final = "baisse_co2_2030"
IN_2050: Final = "baisse_co2_2050"
NEUTRAL: Final = "neutralite_co2"
ADDED: Final = "co2_fossile_ajoute"
DEFAULT_SCENARIO: Final = "medium-extension"
ALL: Final = "841"
FEW: Final = str(SUBSET)
GIVEN_FIRST: Final = 1850
GIVEN_LAST: Final = LAST - 1


@dataclass(frozen=True)
class Path:
    """One row: an imagined world."""

    scenario: str
    members: str
    levels: tuple[tuple[int, float], ...] = ()  # year and share of 2022's fossil CO2, in order; none: the scenario's
    added: tuple[tuple[int, float], ...] = ()  # year and Gt CO2
    said: tuple[tuple[str, float], ...] = field(default=(), compare=False)  # by input, what made the levels

    @property
    def is_named(self) -> bool:
        """Tell whether it is a scenario as published."""
        return not self.levels and not self.added

    def fossil(self, scenario: Array) -> Array:
        """Return yearly emissions of fossil CO2 (Gt/a) from those of the scenario."""
        found = scenario.copy()
        if self.levels:
            start = LAST_KNOWN - FIRST
            years, shares = zip((LAST_KNOWN, 1.0), *self.levels, strict=True)
            found[start:] = scenario[start] * np.interp(FIRST + np.arange(start, len(found)), years, shares)
        for year, amount in self.added:
            found[year - FIRST : year - FIRST + 1] += amount
        return found


def years(period: str) -> range:
    """Read « 2100 », or « 2000:2100 » for every year from one to the other. Raises WrongPeriod."""
    found = re.fullmatch(r"(\d{4})(?::(\d{4}))?", period)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not GIVEN_FIRST <= first <= last <= GIVEN_LAST:
        raise WrongPeriod(
            f"« {period} » : FaIR répond pour une année, ou pour toutes celles d’un intervalle « 2000:2100 », "
            f"entre {GIVEN_FIRST} et {GIVEN_LAST}."
        )
    return range(first, last + 1)


def paths(table: Table, fields: Mapping[str, Field]) -> list[Path]:
    """Read every row of a table. Raises UnknownField, WrongPeriod, WrongValue and RefusedInput."""
    refuse_unknown(table.entities, [ENTITY], "entité")
    rows = table.entities.get(ENTITY, Rows(0))
    columns = dict(checked(rows, fields))
    return [path(columns, row) for row in range(rows.count)]


def checked(rows: Rows, fields: Mapping[str, Field]) -> Iterator[tuple[tuple[str, str], Array]]:
    """Yield columns whose names, periods and values are those of the inputs."""
    known = [name for name, field in fields.items() if field.kind == "input"]
    refuse_unknown((name for name, _ in rows.columns), known, "donnée")
    for (name, period), values in rows.columns.items():
        field = fields[name]
        if field.period == "year" and len(years(period)) > 1:
            raise WrongPeriod(f"« {name} » se donne année par année, et non pour « {period} ».")
        refuse_wrong(field, values)
        yield (name, period if field.period == "year" else ""), values


def refuse_unknown(given: Iterable[str], known: list[str], noun: str) -> None:
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or known[:5]
            raise UnknownField(f"FaIR n’a pas de {noun} « {name} » ; les plus proches : {', '.join(near)}.")


def refuse_wrong(field: Field, values: Array) -> None:
    if field.type == "choice":
        choices = [choice.value for choice in field.choices]
        wrong = next((str(value) for value in values if str(value) not in choices), None)
        if wrong is not None:
            raise WrongValue(f"« {wrong} » n’est pas un choix de « {field.name} » : {', '.join(choices)}.")
        return
    if values.dtype.kind not in "iuf":
        raise WrongValue(f"« {field.name} » attend un nombre, en {field.unit}.")
    low, high = field.bounds
    told = values[~np.isnan(values.astype(float))]
    if not np.isfinite(told).all() or ((told < low) | (told > high)).any():
        raise WrongValue(f"« {field.name} » va de {low:g} à {f'{high:g} {field.unit}'.strip()} : une valeur en sort.")


def path(columns: Mapping[tuple[str, str], Array], row: int) -> Path:
    def told(name: str) -> float | None:
        values = columns.get((name, ""))
        return None if values is None or np.isnan(values[row]) else float(values[row])

    def chosen(name: str, default: str) -> str:
        values = columns.get((name, ""))
        return default if values is None else str(values[row])

    added = ((int(period), float(values[row])) for (name, period), values in columns.items() if name == ADDED)
    asked = {name: told(name) for name in (IN_2030, IN_2050, NEUTRAL)}
    return Path(
        chosen(SCENARIO, DEFAULT_SCENARIO),
        chosen(MEMBERS, ALL),
        levels(*asked.values()),
        tuple(sorted((year, amount) for year, amount in added if amount)),
        tuple((name, value) for name, value in asked.items() if value is not None),
    )


def levels(in_2030: float | None, in_2050: float | None, neutral: float | None) -> tuple[tuple[int, float], ...]:
    """Return the years that an own path passes by, with the share of 2022's emissions left. Raises RefusedInput."""
    found = {year: 1 - cut / 100 for year, cut in ((2030, in_2030), (2050, in_2050)) if cut is not None}
    if neutral is not None:
        year = int(neutral)
        against = next((known for known, share in found.items() if known >= year and share > 0), None)
        if against is not None:
            raise RefusedInput(
                f"Des émissions nulles en {year} ne vont pas avec {found[against]:.0%} de celles de {LAST_KNOWN} en "
                f"{against} : changez l’une des deux."
            )
        found[year] = min(0.0, found.get(year, 0.0))
    return tuple(sorted(found.items()))
