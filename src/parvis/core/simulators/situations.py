"""Situations computed through an engine: those that give the same fields are one population, and one run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from parvis.core.simulators import payloads, tables
from parvis.core.simulators.contract import Card, Change, Columns, Field, WrongValue
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.payloads import MOST_ROWS, Situation


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


def compute(known: Known, situations: Sequence[Situation], wanted: Wanted) -> Computed:
    """Compute situations. Raises RefusedInput, and the host's refusals."""
    rows = sum(max(part.count for part in one.table.entities.values()) for one in situations)
    if rows > MOST_ROWS:
        raise WrongValue(payloads.too_many(rows))
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
    return found.values()


def results(known: Known, situation: Situation, columns: Columns) -> dict[str, Any]:
    """Write a situation's results as OpenFisca's JSON would: plural, row, output; a list along axes.

    A value that is no number (the model divided by zero) is null; `lost` counts them.
    """
    plurals = {entity.key: entity.plural for entity in known.card().entities}
    found: dict[str, Any] = {}
    for name, period in columns:
        entity = known.fields()[name].entity
        rows = found.setdefault(plurals[entity], {})
        for row, identifier in enumerate(situation.ids[entity]):
            along = payloads.said(situation.values(columns, entity, row, (name, period)))
            rows.setdefault(identifier, {})[name] = along if situation.copies > 1 else along[0]
    return found


def lost(columns: Columns) -> int:
    """Count the values that are no number."""
    return sum(int(np.count_nonzero(~np.isfinite(one))) for one in columns.values() if one.dtype.kind == "f")
