"""« Pourquoi ? »: the steps of an explanation as a tree to fold, and what differs between two of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from parvis.core.simulators.contract import Ref, Step
from parvis.core.simulators.units import written

MOST: Final = 1_500
"""Steps that a page shows of a whole tree: its JSON has them all."""

OPEN: Final = 2
"""Levels of the tree that are open when the page comes."""


def named(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Name by its site a reference that a model gives as an address only; each once."""
    told = [ref._replace(title=(urlsplit(ref.title).hostname or ref.title)) for ref in refs]
    return tuple(dict.fromkeys(ref._replace(title=ref.title.removeprefix("www.")) for ref in told))


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
    children: tuple["Node", ...] = ()

    @property
    def is_open(self) -> bool:
        return self.depth < OPEN


def tree(steps: Sequence[Step]) -> tuple[Node, ...]:
    """Arrange steps under those that used them: the answer itself is at the root."""
    below: dict[int, list[int]] = defaultdict(list)
    for place, step in enumerate(steps[:MOST]):
        below[step.parent].append(place)
    return tuple(_node(place, steps, below, 0) for place in below[-1])


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
