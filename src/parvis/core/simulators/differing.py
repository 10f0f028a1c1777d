"""What changed between two calculations: two explanations of one output, step by step, before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parvis.core.simulators.contract import Ref, Step, Value
from parvis.core.simulators.units import written

SMALLEST = 0.01
"""Numbers closer than this are the same: a cent."""

ABSENT = "ne compte pas"
"""What is said where an explanation does not have the step."""


@dataclass(frozen=True)
class Differing:
    """A step that differs; None where an explanation does not have it."""

    name: str
    label: str
    period: str
    unit: str
    before: Value
    after: Value
    refs: tuple[Ref, ...] = ()

    @property
    def texts(self) -> tuple[str, str]:
        """Write what was and what is."""
        before, after = (ABSENT if value is None else written(value, self.unit) for value in (self.before, self.after))
        return before, after


def differing(before: Iterable[Step], after: Iterable[Step]) -> tuple[Differing, ...]:
    """Return the steps that differ, in the order of the second explanation, then those that it no longer has."""
    old, new = _by_name(before), _by_name(after)
    return tuple(_differing(old, new))


def _by_name(steps: Iterable[Step]) -> dict[tuple[str, str], Step]:
    found: dict[tuple[str, str], Step] = {}
    for step in steps:
        found.setdefault((step.name, step.period), step)
    return found


def _differing(old: Mapping[tuple[str, str], Step], new: Mapping[tuple[str, str], Step]) -> Iterator[Differing]:
    for key in (*new, *(gone for gone in old if gone not in new)):
        before, after = old.get(key), new.get(key)
        step = after or before
        worth = before.value if before else None, after.value if after else None
        if step is not None and not _is_same(*worth):
            yield Differing(step.name, step.label, step.period, step.unit, *worth, step.refs)


def _is_same(before: Value, after: Value) -> bool:
    if isinstance(before, int | float) and isinstance(after, int | float):
        return abs(before - after) < SMALLEST
    return before == after
