"""The lines of an explanation: opened one after the other, those that weigh most first, until there are enough."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

import numpy as np

from parvis.commons.engines.openfisca.explaining import nil
from parvis.commons.engines.openfisca.explaining.effects import Moved, Opened, grouped, opened
from parvis.commons.engines.openfisca.explaining.replaying import Law, Replay
from parvis.commons.engines.openfisca.explaining.traces import Node, Trace
from parvis.commons.engines.openfisca.explaining.units import Units

MOST: Final = 60
"""Lines shown at first, parameters included."""

DEEPEST: Final = 5
LEAST: Final = 0.005
"""A line that weighs less of the answer than this is not shown at first."""

MOST_PARTS: Final = 8
NIL_DEEPEST: Final = 1
"""Only the answer, and what it is directly made of, is asked why it is nil."""


@dataclass
class Line:
    """A line: a variable for one period, or for several; or a parameter that its parent applied."""

    nodes: tuple[Node, ...]
    parent: int
    depth: int
    weight: float  # of the answer: 1 for it all
    law: Law | None = None
    opened: Opened | None = None
    folded: list[Node] = field(default_factory=list)  # what it merely repeats
    is_told_elsewhere: bool = False
    parts_shown: int = 0
    has_below: bool = False

    @property
    def node(self) -> Node:
        """The period that its detail is of: the last one where there is a value."""
        return self.nodes[-1]


def short(replay: Replay, units: Units, root: tuple[Node, ...]) -> list[Line]:
    """Return the lines that matter, each after the one that uses it in the order opened."""
    lines = [Line(root, -1, 0, 1.0)]
    heap, told = [(-1.0, 0)], set[str]()
    while heap and len(lines) < MOST:
        _, number = heappop(heap)
        line = lines[number]
        if line.law is not None:
            continue
        line.is_told_elsewhere = line.node.name in told
        if line.is_told_elsewhere:
            continue
        _open(replay, units, line)
        told |= {line.node.name, *(node.name for node in line.folded)}
        for below in _below(line, number):
            line.has_below = True
            line.parts_shown += below.law is None
            heappush(heap, (-below.weight, len(lines)))
            lines.append(below)
    return lines


def _open(replay: Replay, units: Units, line: Line) -> None:
    """Open a line, and what it merely repeats, as one."""
    found = opened(replay, with_a_value(replay, line.nodes))
    while (repeated := found.passes) is not None:
        node = with_a_value(replay, repeated.nodes)
        line.folded.append(node)
        found = opened(replay, node)
    if found.reading.value is not None and not np.any(found.reading.value) and line.depth <= NIL_DEEPEST:
        because = nil.reason(replay, units, line.folded[-1] if line.folded else with_a_value(replay, line.nodes))
        if because is not None:
            line.folded.extend(because.path)
            found = because.found
    line.opened = found


def with_a_value(replay: Replay, nodes: tuple[Node, ...]) -> Node:
    """Return the last period for which there is a value, else the last."""
    return next((node for node in reversed(nodes) if np.any(replay.value(node))), nodes[-1])


def _below(line: Line, number: int) -> Iterator[Line]:
    assert line.opened is not None
    if line.depth >= DEEPEST:
        return
    size = abs(line.opened.total)
    for part in line.opened.parts[:MOST_PARTS]:
        weight = line.weight * _share(part, size)
        if weight >= LEAST:
            yield Line(part.nodes, number, line.depth + 1, weight)
    for law in line.opened.laws:
        # A parameter is read with the line that applies it.
        yield Line(line.nodes, number, line.depth + 1, line.weight * 0.01, law=law, opened=line.opened)


def _share(part: Moved, size: float) -> float:
    share = min(1.0, abs(part.effect) / size) if size else 1.0
    # What is not an amount comes after the amounts that it acts on.
    return share if part.is_whole else share * (0.2 if part.is_condition else 0.5)


def whole(trace: Trace, root: tuple[Node, ...], is_kept: Callable[[tuple[Node, ...]], bool]) -> list[Line]:
    """Return every line that varies with the person, each opened where it is first met."""
    lines: list[Line] = []
    told: set[str] = set()
    waiting = [(root, -1, 0)]
    while waiting:
        nodes, parent, depth = waiting.pop()
        number = len(lines)
        lines.append(Line(nodes, parent, depth, 1.0, is_told_elsewhere=nodes[-1].name in told))
        if nodes[-1].name in told:
            continue
        told.add(nodes[-1].name)
        reads = (Node(*read) for node in nodes for read in trace.below(*node))
        groups = [group for group in grouped(dict.fromkeys(reads)) if is_kept(group)]
        waiting.extend((group, number, depth + 1) for group in reversed(groups))
    return lines


def ordered(lines: list[Line]) -> list[int]:
    """Return the lines' numbers as a person reads: each followed by those below it."""
    below: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        below.setdefault(line.parent, []).append(number)
    found, waiting = [], [0]
    while waiting:
        number = waiting.pop()
        found.append(number)
        waiting.extend(reversed(below.get(number, [])))
    return found


@dataclass
class Cones:
    """By variable, the names of all that it is made of and that varies with the person."""

    bits: dict[str, int] = field(default_factory=dict)  # each name's own bit
    made_of: dict[str, int] = field(default_factory=dict)

    def left(self, name: str, shown: set[str]) -> int:
        """Count what a variable is made of and that is not shown."""
        mask = sum(self.bits[other] for other in shown if other in self.bits)
        return (self.made_of.get(name, 0) & ~mask).bit_count()


def cones(trace: Trace, root: tuple[Node, ...]) -> Cones:
    """Read the whole graph below an answer, once. Nodes stay the plain pairs that the trace gives: there are many."""
    found, cones = dict[tuple[str, str], int](), Cones()
    waiting: list[tuple[tuple[str, str], Sequence[tuple[str, str]] | None]] = [(node, None) for node in root]
    while waiting:
        node, reads = waiting.pop()
        if reads is not None:
            made_of = found[node]
            for read in reads:
                made_of |= found.get(read, 0)
            found[node] = made_of
            cones.made_of[node[0]] = cones.made_of.get(node[0], 0) | made_of
        elif node not in found:
            found[node] = 0
            if not trace.is_constant(*node):
                found[node] = cones.bits.setdefault(node[0], 1 << len(cones.bits))
                reads = trace.below(*node)
                waiting.append((node, reads))
                waiting.extend((read, None) for read in reads if read not in found)
    return cones
