"""« Pourquoi ? »: the steps of an explanation as a tree to fold, and what differs between two of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from parvis.core.simulators.calculators import Shown
from parvis.core.simulators.citing import named
from parvis.core.simulators.contract import Ref, Step
from parvis.core.simulators.units import written

MOST: Final = 1_500
"""Steps that a page shows of a whole tree: its JSON has them all."""

OPEN: Final = 2
"""Levels of the tree that are open when the page comes."""


@dataclass(frozen=True)
class Node:
    """A step of the tree, with those it was made of."""

    name: str
    label: str
    period: str
    value: str
    sentence: str
    refs: tuple[Ref, ...]
    is_given: bool
    left: int
    depth: int
    in_model: str = ""  # the value with the model's sign, where the page shows the contrary
    children: tuple["Node", ...] = ()

    @property
    def is_open(self) -> bool:
        return self.depth < OPEN


def tree(steps: Sequence[Step], outputs: Sequence[Shown] = ()) -> tuple[Node, ...]:
    """Arrange steps under those that used them: the answer is at the root, with the sign that the page gives it.

    `outputs` are those of a calculator: they have units where the model gives none.
    """
    shown = {one.field: one for one in outputs}
    below: dict[int, list[int]] = defaultdict(list)
    for place, step in enumerate(steps[:MOST]):
        below[step.parent].append(place)
    told = [_in_unit(step, shown) for step in steps]
    roots = (_node(place, told, below, 0) for place in below[-1])
    return tuple(_signed(node, steps[place], shown) for node, place in zip(roots, below[-1], strict=True))


def _in_unit(step: Step, shown: Mapping[str, Shown]) -> Step:
    """Give a step the unit that its calculator knows, where the model gives none."""
    known = shown.get(step.name)
    return step if step.unit or known is None else replace(step, unit=known.unit)


def _signed(node: Node, step: Step, shown: Mapping[str, Shown]) -> Node:
    """Give the answer the sign of the page: a tax is above zero there, and below in the model."""
    known = shown.get(step.name)
    if known is None or known.sign > 0 or isinstance(step.value, bool) or not isinstance(step.value, int | float):
        return node
    return replace(node, value=written(known.sign * step.value + 0.0, step.unit or known.unit), in_model=node.value)


def _node(place: int, steps: Sequence[Step], below: dict[int, list[int]], depth: int) -> Node:
    step = steps[place]
    return Node(
        name=step.name,
        label=step.label,
        period=step.period,
        value=written(step.value, step.unit),
        sentence=step.sentence,
        refs=named(step.refs),
        is_given=step.is_given,
        left=step.left,
        depth=depth,
        children=tuple(_node(child, steps, below, depth + 1) for child in below[place]),
    )
