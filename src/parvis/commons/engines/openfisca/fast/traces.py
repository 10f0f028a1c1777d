"""What a simulation read to reach its results: for explanations."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from parvis.commons.engines.openfisca.fast.facts import Fact, Node
from parvis.commons.engines.openfisca.fast.periods import watched
from parvis.commons.engines.openfisca.fast.tokens import Uniform
from parvis.core.simulators.contract import Array


class Trace:
    """The values of a finished simulation, and what each was made of, as the formulas that read them saw them."""

    def __init__(self, simulation: Any) -> None:
        self.simulation = simulation

    def _fact(self, name: str, period: str) -> tuple[Node, Fact | None]:
        facts = self.simulation.facts
        node = facts.said.get((name, period)) or facts.node(name, watched(period))
        return node, self.simulation.ran.get(node.number)

    def value(self, name: str, period: str) -> Array | None:
        """Return what a variable was worth; None where nothing asked it."""
        node, fact = self._fact(name, period)
        values = self.simulation.values
        found = fact.value if fact is not None else values[node.number] if node.number < len(values) else None
        rows: Array | None = self.simulation.rows(found, node)
        return rows

    def below(self, name: str, period: str) -> Sequence[tuple[str, str]]:
        """Return what its formula read, in order, each once: names and periods."""
        _, fact = self._fact(name, period)
        nodes = self.simulation.nodes
        read = [nodes[number] for number, _ in fact.pairs] if fact is not None else []
        return [node.said for node in read if not node.looks]

    def read(self, name: str, period: str) -> Sequence[tuple[str, Array]]:
        """Return the values that its formula read, as it saw them: a circle is cut where it was entered."""
        _, fact = self._fact(name, period)
        simulation = self.simulation
        pairs = [(simulation.nodes[number], token) for number, token in (fact.pairs if fact is not None else ())]
        return [(node.variable.name, simulation.rows(token, node)) for node, token in pairs if not node.looks]

    def parameters(self, name: str, period: str) -> Sequence[tuple[str, str]]:
        """Return the parameters that its formula read, each once: path (« a.b.* »: chosen in a node) and day."""
        _, fact = self._fact(name, period)
        if fact is None:
            return []
        return list(dict.fromkeys((leaf.path, day) for leaf, day in zip(fact.leaves, fact.instants, strict=True)))

    def is_given(self, name: str, period: str) -> bool:
        node, _ = self._fact(name, period)
        return node.number in self.simulation.given

    def is_constant(self, name: str, period: str) -> bool:
        """Say whether a fact that holds for any household gave it: no input moved it."""
        node, fact = self._fact(name, period)
        if fact is None:
            return node.number not in self.simulation.given
        return fact in node.general and isinstance(fact.value, Uniform) and not np.any(fact.value.one)
