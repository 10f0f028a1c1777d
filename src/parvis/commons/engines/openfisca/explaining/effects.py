"""What moves a value: each thing that its formula read is replaced, alone, and the formula run again.

A step matters where the value would differ without it. This says of sums, ceilings and conditions alike which parts
weigh, and how much, whatever the formula's text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.taxscales import TaxScaleLike

from parvis.commons.engines.openfisca.explaining.replaying import Law, Reading, Replay
from parvis.commons.engines.openfisca.explaining.traces import Node
from parvis.core.simulators.contract import Array

NUDGE: Final = 1.01
"""A parameter matters if the value moves when it does by 1 %."""

WIDE: Final = 10.0
"""Where the value is zero, a limit matters if ten times it would open the right."""

LEAST: Final = 1e-4
"""Moves smaller than this share of the value are the rounding of 32-bit numbers."""

MOST_LAWS: Final = 3


@dataclass(frozen=True)
class Moved:
    """Something read, and what its absence would change."""

    nodes: tuple[Node, ...]  # one variable, for the periods read
    effect: float  # value − value without it, all rows together; for what is not a number, 1 if it changes
    total: float  # its own value, all rows and periods together
    is_condition: bool = False  # yes or no
    instead: Mapping[Node, Array] = field(default_factory=dict)  # what was put in its place

    @property
    def is_whole(self) -> bool:
        """Whether its absence changes the value by what it is worth: it is added, taken away, or repeated."""
        return abs(abs(self.effect) - abs(self.total)) <= _close(self.total)


@dataclass(frozen=True)
class Opened:
    """A formula, opened: what it gave, and what moved it, the largest first."""

    total: float
    parts: tuple[Moved, ...]
    laws: tuple[Law, ...]
    reading: Reading

    @property
    def is_sum(self) -> bool:
        """Whether the value is exactly its parts, added or taken away."""
        if len(self.parts) < 2 or not all(part.is_whole for part in self.parts):
            return False
        return abs(sum(part.effect for part in self.parts) - self.total) <= _close(self.total)

    @property
    def passes(self) -> Moved | None:
        """What the value merely repeats, if it does."""
        if len(self.parts) != 1 or self.laws or len(self.parts[0].nodes) > 1:
            return None
        return self.parts[0] if abs(self.parts[0].total - self.total) <= _close(self.total) else None


def _close(total: float) -> float:
    return max(0.011, abs(total) * 1e-6)


def opened(replay: Replay, node: Node) -> Opened:
    """Run a formula again, and again without each thing that it read; each once, whoever asks."""
    found = replay.opened.get(node)
    if found is None:
        found = replay.opened[node] = _opened(replay, node)
    return found


def _opened(replay: Replay, node: Node) -> Opened:
    reading = replay.run(node)
    if reading.value is None:
        return Opened(total(replay.value(node)), (), (), reading)
    parts = [moved for group in grouped(reading.nodes) if (moved := _moved(replay, node, reading.value, group))]
    if not any(part.is_whole for part in parts):
        parts.extend(_repeated(replay, reading, {part.nodes[0].name for part in parts}))
    # First the amounts that are found in the value as they are, then what acts on them: numbers, rates, conditions.
    parts.sort(key=lambda part: (not part.is_whole, part.is_condition, -abs(part.effect)))
    return Opened(total(reading.value), tuple(parts), tuple(_laws(replay, node, reading)), reading)


def _repeated(replay: Replay, reading: Reading, known: set[str]) -> list[Moved]:
    """Return the first thing read that is worth the result, though another stood in when it was taken away.

    Of two ways of computing that agree, neither matters alone: a single person's tax with and without quotient.
    """
    assert reading.value is not None
    result = total(reading.value)
    for node in reading.nodes if result else ():
        value = replay.value(node)
        if node.name not in known and value.dtype.kind == "f" and total(value) == result:
            return [Moved((node,), result, result)]
    return []


def grouped(nodes: Iterable[Node]) -> list[tuple[Node, ...]]:
    """Gather the periods of each variable."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.name, []).append(node)
    return [tuple(group) for group in groups.values()]


def total(values: Array) -> float:
    """Add rows: what a household gets; of yes and no, how many yes; nothing for what is not a number."""
    return float(np.sum(values, dtype=float)) if values.dtype.kind in "biuf" and not is_choice(values) else 0.0


def is_choice(values: Array) -> bool:
    return isinstance(values, EnumArray)


def _moved(replay: Replay, node: Node, value: Array, group: tuple[Node, ...]) -> Moved | None:
    if all(replay.recorded.is_constant(*read) for read in group):
        return None
    given = [replay.value(read) for read in group]
    own = float(sum(total(values) for values in given))
    for others in _others(replay, group, given, is_zero=not np.any(value)):
        instead = dict(zip(group, others, strict=True))
        effect = difference(value, replay.run(node, instead).value)
        if effect:
            return Moved(group, effect, own, given[0].dtype.kind == "b", instead)
    return None


def difference(value: Array, other: Array | None) -> float:
    """Measure what changed, in the value's own unit; 1 for what is not an amount; nothing where it is rounding."""
    if other is None or value.shape != other.shape or np.array_equal(value, other):
        return 0.0
    if value.dtype.kind != "f" and not np.issubdtype(value.dtype, np.integer):
        return 1.0
    moved = float(np.sum(value, dtype=float) - np.sum(other, dtype=float))
    if is_choice(value):
        return 1.0
    if not np.isfinite(moved):
        return abs(total(value))
    return moved if abs(moved) > LEAST * abs(total(value)) else 0.0


def _others(replay: Replay, group: Sequence[Node], given: Sequence[Array], *, is_zero: bool) -> Iterator[list[Array]]:
    """Give what may stand in place of a thing read: nothing, no, other choices; for a nil value, yes as well."""
    first = given[0]
    if is_choice(first):
        choices = replay.tax_benefit_system.variables[group[0].name].possible_values
        yield from ([EnumArray(np.full(len(first), n, dtype=first.dtype), choices)] * len(given) for n in _else(first))
    elif first.dtype.kind == "b":
        yield from _answers(given, is_zero=is_zero)
    elif first.dtype.kind == "M":
        yield [values - np.timedelta64(20 * 365, "D") for values in given]
    elif first.dtype.kind in "iuf" and any(np.any(values) for values in given):
        yield [np.zeros_like(values) for values in given]


def _else(chosen: EnumArray) -> Iterator[int]:
    for number in range(len(list(chosen.possible_values))):
        if np.any(np.asarray(chosen) != number):
            yield number


def _answers(given: Sequence[Array], *, is_zero: bool) -> Iterator[list[Array]]:
    if any(values.any() for values in given):
        yield [np.zeros_like(values) for values in given]
    if is_zero:
        yield [np.ones_like(values) for values in given]


def _laws(replay: Replay, node: Node, reading: Reading) -> list[Law]:
    """Return the parameters that matter here: the scales applied, and the numbers that move the value."""
    assert reading.value is not None
    value, laws = reading.value, list(reading.laws.values())
    factor = NUDGE if np.any(value) else WIDE
    measured = [
        (abs(difference(value, replay.run(node, scaled={law.name: factor}).value)), law)
        for law in laws
        if law.name in reading.bases or _is_number(law.value)
    ]
    moving = [law for moved, law in sorted(measured, key=lambda found: -found[0]) if moved]
    return sorted(moving, key=lambda law: law.name not in reading.bases)[:MOST_LAWS]


def _is_number(value: object) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "iuf" and bool(np.any(value))
    return isinstance(value, int | float) and not isinstance(value, bool | TaxScaleLike) and value != 0
