"""Why a value is nil: the one thing that, alone, would make it something, looked for below it."""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from parvis.commons.engines.openfisca.explaining.effects import Moved, Opened, grouped, opened
from parvis.commons.engines.openfisca.explaining.replaying import Replay
from parvis.commons.engines.openfisca.explaining.traces import Node
from parvis.commons.engines.openfisca.explaining.units import EUROS, Units
from parvis.core.simulators.contract import Array

MOST: Final = 60
"""Formulas opened before giving up: the answer is then honestly not known."""


@dataclass(frozen=True)
class Reason:
    """Where it was found, and how it leads to the answer: from just below it, downwards."""

    path: tuple[Node, ...]
    found: Opened


def reason(replay: Replay, units: Units, root: Node) -> Reason | None:
    """Find the nearest value below a nil one that something moves, the answer with it."""
    waiting, above = deque[tuple[Node, ...]]([(root,)]), dict[Node, None]()
    while waiting and len(above) < MOST:
        path = waiting.popleft()
        above[path[-1]] = None
        found = opened(replay, path[-1])
        kept = tuple(part for part in found.parts if _is_telling(replay, units, part) and reaches(replay, above, part))
        if kept or is_below_scale(found):
            return Reason(path[1:], Opened(found.total, kept, found.laws, found.reading))
        known = {other[-1] for other in waiting} | set(above)
        below = [group[-1] for group in grouped(found.reading.nodes)]
        waiting.extend((*path, node) for node in below if node not in known and _is_nil(replay, node))
    return None


def _is_telling(replay: Replay, units: Units, part: Moved) -> bool:
    """Tell whether having none of something means something: of euros it does, of parts or of a coefficient not."""
    variable = replay.tax_benefit_system.variables[part.nodes[0].name]
    return variable.value_type is not float or units.of(replay, part.nodes[-1]) == EUROS


def _is_nil(replay: Replay, node: Node) -> bool:
    value = replay.value(node)
    return value.dtype.kind == "f" and not np.any(value) and not replay.recorded.is_constant(*node)


def reaches(replay: Replay, above: dict[Node, None], part: Moved) -> bool:
    """Tell whether what moves the last value opened moves the first one, through all those in between."""
    instead: dict[Node, Array] = dict(part.instead)
    for node in reversed(above):
        value = replay.run(node, instead).value
        if value is not None and np.all(np.isfinite(value)) and not np.array_equal(value, replay.value(node)):
            instead[node] = value
    return next(iter(above)) in instead


def is_below_scale(found: Opened) -> bool:
    """Tell whether a value is nil because a scale's base stays in a bracket at nil."""
    for name, base in found.reading.bases.items():
        scale = found.reading.laws[name].value
        rates = getattr(scale, "rates", None) or getattr(scale, "amounts", [])
        if len(rates) > 1 and not rates[0] and 0 < float(np.nanmax(base, initial=0.0)) < float(scale.thresholds[1]):
            return True
    return False
