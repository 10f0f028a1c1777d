"""Situations computed through an engine: those that give the same fields are one population, and one run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from parvis.core.simulators import answering, payloads, tables
from parvis.core.simulators.contract import Card, Change, Columns, Field, WrongValue
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.payloads import MOST_ROWS, Situation

MOST_SHAPES: Final = 200
"""Runs of one request: each gathers the situations that give the same fields."""


class Known(Protocol):
    """What is asked of an engine: its host, whatever stands behind."""

    def card(self) -> Card: ...

    def fields(self) -> Mapping[str, Field]: ...

    def evaluate(self, asked: Asked) -> Outcome: ...


@dataclass(frozen=True)
class Wanted:
    """What is asked of every situation."""

    outputs: tuple[str, ...]
    period: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Run:
    """One evaluation, and the situations (by their place) that it answered."""

    situations: tuple[int, ...]
    asked: Asked
    outcome: Outcome


@dataclass(frozen=True)
class Computed:
    """Each situation's results, and the runs that gave them."""

    columns: tuple[Columns, ...]
    runs: tuple[Run, ...]


def read(known: Known, said: Iterable[object], period: str) -> list[Situation]:
    """Read situations, as long as their rows and cells are those of one request. Raises RefusedInput."""
    card, fields = known.card(), known.fields()
    found, rows, cells = [], 0, 0
    for one in said:
        found.append(payloads.read(card, fields, one, period=period))
        rows, cells = rows + _rows(found[-1]), cells + payloads.cells(found[-1].table)
        payloads.check_cells(cells)
        if rows > MOST_ROWS:
            raise WrongValue(payloads.too_many(rows))
    return found


def _rows(situation: Situation) -> int:
    return max(part.count for part in situation.table.entities.values())


def compute(known: Known, situations: Sequence[Situation], wanted: Wanted) -> Computed:
    """Compute situations. Raises RefusedInput, and the host's refusals."""
    payloads.check_cells(sum(map(_rows, situations)) * len(wanted.outputs))
    entities = {name: known.fields()[name].entity for name in wanted.outputs}
    found: dict[int, Columns] = {}
    runs = []
    for places in _alike(situations):
        parts = [situations[place].table for place in places]
        whole = parts[0] if len(parts) == 1 else tables.gather(parts)
        asked = Asked(known.card().engine, whole, wanted.outputs, wanted.period, wanted.changes)
        outcome = known.evaluate(asked)
        found |= dict(zip(places, tables.share_out(outcome.columns, entities, parts), strict=True))
        runs.append(Run(tuple(places), asked, outcome))
    return Computed(tuple(found[place] for place in range(len(situations))), tuple(runs))


def _alike(situations: Sequence[Situation]) -> Iterable[list[int]]:
    """Gather the places of the situations whose tables have the same columns."""
    found: dict[object, list[int]] = defaultdict(list)
    for place, situation in enumerate(situations):
        found[tables.shape(situation.table)].append(place)
    if len(found) > MOST_SHAPES:
        raise WrongValue(
            f"Les situations donnent leurs champs de {len(found)} façons, et une requête en porte {MOST_SHAPES} au "
            "plus : donnez les mêmes champs à toutes, ou envoyez-les en plusieurs fois."
        )
    return found.values()


def results(known: Known, situation: Situation, columns: Columns) -> dict[str, Any]:
    """Write a situation's results as OpenFisca's JSON would: plural, row, output; a list along axes.

    A model that computes every year of a period gives an output's values by year.
    A value that is no number (the model divided by zero) is null; `lost` counts them.
    """
    plurals = {entity.key: entity.plural for entity in known.card().entities}
    found: dict[str, Any] = {}
    periods = {period for _, period in columns}
    for name, period in columns:
        entity = known.fields()[name].entity
        rows = found.setdefault(plurals[entity], {})
        for row, identifier in enumerate(situation.ids[entity]):
            along = answering.said(situation.values(columns, entity, row, (name, period)))
            value, row_said = along if situation.copies > 1 else along[0], rows.setdefault(identifier, {})
            if len(periods) > 1:
                row_said.setdefault(name, {})[period] = value
            else:
                row_said[name] = value
    return found


def lost(columns: Columns) -> int:
    """Count the values that are no number."""
    return sum(int(np.count_nonzero(~np.isfinite(one))) for one in columns.values() if one.dtype.kind == "f")
