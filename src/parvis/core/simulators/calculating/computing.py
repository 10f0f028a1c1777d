"""From answers to figures: what is asked of the engine, and what its columns say of a case, or along an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from parvis.core.simulators.calculators import Answers, Axis, Calculator, Shown
from parvis.core.simulators.contract import Array, Change, Columns, Field, Ref, Table, Value
from parvis.core.simulators.hosting.calling import Host, Outcome
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.tables import are_alike, gather, share_out
from parvis.core.simulators.units import written

INTEGERS: Final = "integer"


@dataclass(frozen=True)
class Figure:
    """An output of one case, as the page shows it."""

    field: str
    label: str
    value: Value
    unit: str
    period: str
    is_main: bool
    is_part: bool
    sign: int  # -1 where the model counts it below zero, and the page above
    refs: tuple[Ref, ...] = ()

    @property
    def text(self) -> str:
        return written(self.value, self.unit)

    @property
    def size(self) -> str:
        """Write the figure without its sign, as a sentence that says « rend » or « doit » does."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return self.text
        return written(abs(self.value), self.unit)


def asked_of(calculator: Calculator, answers: Answers, changes: Sequence[Change] = ()) -> Asked:
    """Return what a calculator asks of its engine. Raises contract.WrongValue."""
    return Asked(calculator.engine, calculator.table(answers), outputs(calculator), calculator.period, tuple(changes))


def outputs(calculator: Calculator) -> tuple[str, ...]:
    return tuple(shown.field for shown in calculator.outputs)


def figures(calculator: Calculator, columns: Columns, fields: Mapping[str, Field]) -> tuple[Figure, ...]:
    """Return a case's figures, each of its last period where the engine gives several."""
    return tuple(
        Figure(
            field=shown.field,
            label=shown.label,
            value=value_of(columns[shown.field, period], shown.sign),
            unit=shown.unit or fields[shown.field].unit,
            period=period,
            is_main=shown.is_main,
            is_part=shown.is_part,
            sign=shown.sign,
            refs=fields[shown.field].refs,
        )
        for shown, period in _last_periods(calculator, columns)
    )


def _last_periods(calculator: Calculator, columns: Columns) -> list[tuple[Shown, str]]:
    periods = dict(sorted(columns))  # of each output, the last one
    return [(shown, periods[shown.field]) for shown in calculator.outputs if shown.field in periods]


def value_of(values: Array, sign: int = 1) -> Value:
    """Return one value of a case: of several rows, a sum where they are amounts, the first otherwise."""
    if values.dtype.kind == "b":
        return bool(values.any())
    if values.dtype.kind in "iu":
        return int(values.sum()) * sign
    if values.dtype.kind == "f":
        total = float(values.sum(dtype=np.float64))
        return total * sign + 0.0 if np.isfinite(total) else None  # + 0.0: no « -0 »
    return str(values[0])


def main_shown(calculator: Calculator) -> Shown:
    """Return the output that the page tells first."""
    return next((shown for shown in calculator.outputs if shown.is_main), calculator.outputs[0])


@dataclass(frozen=True)
class Curve:
    """The main output along an answer: what a chart draws."""

    axis: Axis
    places: tuple[float, ...]
    values: tuple[float, ...]


def curve(host: Host, calculator: Calculator, answers: Answers, axis: Axis, changes: Sequence[Change] = ()) -> Curve:
    """Compute the main output for each value of a question, in one population. Raises the host's refusals."""
    main = main_shown(calculator)
    places = along(calculator, axis)
    tables = [calculator.table({**answers, axis.question: place}) for place in places]
    found = evaluate_all(host, calculator, tables, (main.field,), changes)
    values = [value_of(columns[main.field, calculator.period], main.sign) for columns in found]
    kept = [(float(x), float(y)) for x, y in zip(places, values, strict=True) if isinstance(y, int | float)]
    return Curve(axis, tuple(x for x, _ in kept), tuple(y for _, y in kept))


def along(calculator: Calculator, axis: Axis) -> list[int | float]:
    """Return the values that an axis takes: whole ones where the question asks for them."""
    asked = {axis.question, axis.question.rpartition("_")[0]}
    question = next(question for question in calculator.questions if question.name in asked)
    places = np.linspace(axis.low, axis.high, axis.points)
    return (
        sorted({int(place) for place in places}) if question.type == INTEGERS else [float(place) for place in places]
    )


def evaluate_all(
    host: Host,
    calculator: Calculator,
    tables: Sequence[Table],
    wanted: tuple[str, ...],
    changes: Sequence[Change] = (),
) -> list[Columns]:
    """Compute several cases in one population where they have the same columns, one by one otherwise."""
    if are_alike(tables):
        outcome = host.evaluate(Asked(calculator.engine, gather(tables), wanted, calculator.period, tuple(changes)))
        entities = {name: host.fields()[name].entity for name in wanted}
        return share_out(outcome.columns, entities, tables)
    return [_evaluated(host, calculator, table, wanted, changes).columns for table in tables]


def _evaluated(
    host: Host, calculator: Calculator, table: Table, wanted: tuple[str, ...], changes: Sequence[Change]
) -> Outcome:
    return host.evaluate(Asked(calculator.engine, table, wanted, calculator.period, tuple(changes)))
