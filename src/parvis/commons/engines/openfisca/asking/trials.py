"""Plausible values of what is missing, and the population that tries them all."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from inspect import getsourcefile
from typing import Final

import numpy as np
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.core.simulators.contract import Array, Table, Value
from parvis.core.simulators.tables import repeat

AMOUNTS: Final = (9_000.0, 90_000.0)  # euros a year: 750 € and 7,500 € a month
NUMBER: Final = 1
COMMUNES: Final = ("75107", "48095", "97411")  # a district of Paris, Mende, Saint-Denis de La Réunion
NAMED: Final[Mapping[str, tuple[Value, ...]]] = {
    "date_naissance": ("1950-01-01", "1990-01-01", "2015-01-01"),
    "depcom": COMMUNES,
    "depcom_foyer": COMMUNES,
}
"""Dates and texts have no plausible value but by their name: of the others, none is tried."""

MOST_TOGETHER: Final = 30
"""Amounts tried with each choice of the same subject: a rent moves nothing for one who is not a tenant."""


@dataclass(frozen=True)
class Trial:
    """A value of one input, and what else is set in it and in the case that it is compared with."""

    name: str
    value: Value
    period: str
    others: Mapping[tuple[str, str], Value] = field(default_factory=dict)


def trials_of(lacking: Sequence[Variable], year: str) -> list[Trial]:
    """Return the trials of each input alone, then of amounts with the choices of the same subject."""
    alone = [Trial(one.name, value, when(one, year)) for one in lacking for value in plausible(one)]
    return [*alone, *_together(lacking, year)]


def when(variable: Variable, year: str) -> str:
    """Return the period that a value is given for: the year, shared out or repeated over its months."""
    if variable.definition_period == DateUnit.ETERNITY:
        return "ETERNITY"
    is_of_a_month = variable.definition_period == DateUnit.MONTH and variable.set_input is None
    return f"{year}-12" if is_of_a_month else year


def plausible(variable: Variable) -> tuple[Value, ...]:
    """Return a few values that people have, by the input's type, unit and default."""
    if variable.value_type is bool:
        return (not variable.default_value,)
    if variable.value_type is Enum:
        return tuple(choice.name for choice in variable.possible_values if choice != variable.default_value)
    if variable.value_type is int:
        return AMOUNTS[:1] if variable.unit == "currency" else (NUMBER,)
    return AMOUNTS if variable.value_type is float else NAMED.get(variable.name, ())


def _together(lacking: Sequence[Variable], year: str) -> Iterator[Trial]:
    subjects: dict[tuple[str, str], list[Variable]] = {}
    for one in lacking:
        subjects.setdefault((getsourcefile(type(one)) or "", one.entity.key), []).append(one)
    for subject in subjects.values():
        if len(subject) <= MOST_TOGETHER:
            yield from _of_subject(subject, year)


def _of_subject(subject: Sequence[Variable], year: str) -> Iterator[Trial]:
    """Try each amount beside each choice alone, and each of the rest beside a choice and all the amounts."""
    amounts = [one for one in subject if one.value_type is float]
    given = {(one.name, when(one, year)): AMOUNTS[0] for one in amounts}
    for choice in subject if amounts else ():
        for value in plausible(choice) if choice.value_type is Enum else ():
            chosen = {(choice.name, when(choice, year)): value}
            yield Trial(choice.name, value, when(choice, year), given)
            for one in amounts:
                yield Trial(one.name, AMOUNTS[0], when(one, year), chosen)
            for one in subject:
                if one is not choice and one not in amounts:
                    for other in plausible(one):
                        yield Trial(one.name, other, when(one, year), given | chosen)


class Copies:
    """A population made of copies of one case, in which inputs are set copy by copy."""

    def __init__(self, system: TaxBenefitSystem, table: Table, times: int) -> None:
        """Repeat the case."""
        self._system, self._case, self._whole = system, table, repeat(table, times)
        self._columns: dict[str, dict[tuple[str, str], Array]] = {key: {} for key in table.entities}

    def put(self, copy: int, name: str, period: str, value: Value) -> None:
        """Set an input in one copy: an amount for the first of its rows, anything else for them all."""
        variable = self._system.variables[name]
        entity = variable.entity.key
        column = self._columns[entity].setdefault((name, period), self._default(variable))
        size = self._case.entities[entity].count
        start = copy * size
        column[start : start + (1 if variable.value_type is float else size)] = value

    def _default(self, variable: Variable) -> Array:
        count, default = self._whole.entities[variable.entity.key].count, variable.default_value
        if variable.value_type is Enum:
            return np.full(count, default.name, dtype=object)
        if variable.value_type is str:
            return np.full(count, default, dtype=object)
        if variable.value_type is dt.date:
            return np.full(count, np.datetime64(default, "D"))
        return np.full(count, default, dtype=variable.value_type)

    def table(self) -> Table:
        """Return the population."""
        entities = {
            key: replace(rows, columns={**rows.columns, **self._texts(key)})
            for key, rows in self._whole.entities.items()
        }
        return Table(entities)

    def _texts(self, key: str) -> dict[tuple[str, str], Array]:
        return {
            name: values.astype(str) if values.dtype == object else values
            for name, values in self._columns[key].items()
        }


def with_trials(system: TaxBenefitSystem, table: Table, trials: Sequence[Trial]) -> tuple[Table, list[int]]:
    """Make the population: a copy for each trial, and before them those that they are compared with.

    Returned with the number of the copy that each trial is compared with.
    """
    bases: dict[frozenset[tuple[tuple[str, str], Value]], int] = {}
    compared = [bases.setdefault(frozenset(trial.others.items()), len(bases)) for trial in trials]
    copies = Copies(system, table, len(bases) + len(trials))
    for base, number in bases.items():
        for (name, period), value in base:
            copies.put(number, name, period, value)
    for number, trial in enumerate(trials, len(bases)):
        for (name, period), value in {**trial.others, (trial.name, trial.period): trial.value}.items():
            copies.put(number, name, period, value)
    return copies.table(), compared
