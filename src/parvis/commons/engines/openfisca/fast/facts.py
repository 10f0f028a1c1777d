"""What is known of the rules' results: facts, each true for ever, found again in place of running a formula.

A node is a variable in a period. A fact says: the formula of this node, having read these values of other nodes in
this order, and these parameters, gives this value. Formulas are pure, so a fact holds in any situation where what it
read is worth the same. Whether it does is checked in the order of reading, each value being found the same way: this
is the « verifying trace » of build systems (Mokhov, Mitchell, Peyton Jones, « Build systems à la carte », 2018).
"""

from typing import Any, Final

import numpy as np
from openfisca_core.periods import DateUnit, Period
from openfisca_core.simulations import Simulation
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca.fast.parameters import Leaf
from parvis.commons.engines.openfisca.fast.periods import WatchedPeriod, plain, watched
from parvis.commons.engines.openfisca.fast.tokens import Token, Tokens, Uniform

SPECIAL: Final = 6  # facts kept of a node that hold for given households
GENERAL: Final = 12  # and of those that hold for any
MOST: Final = 200_000  # facts of given households kept in all


class Fact:
    """One result of one formula, and all that it read."""

    __slots__ = (
        "calendar",
        "instants",
        "leaves",
        "months",
        "node",
        "offsets",
        "pairs",
        "shape",
        "structure",
        "system",
        "value",
    )

    def __init__(self, node: "Node", pairs: tuple[tuple[int, Any], ...], value: Token) -> None:
        self.node = node
        self.pairs = pairs  # numbers of the nodes read, and what they were worth
        self.value = value
        self.leaves: tuple[Leaf, ...] = ()
        self.instants: tuple[str, ...] = ()
        self.calendar = False
        self.months: tuple[int, ...] = ()  # of which it read only that they are not the last of their year
        self.structure: Any = None  # the population that it holds for; None: any
        self.system: Any = (
            None  # the reform that it holds for; None: the rules as they are, and what leaves its leaves
        )
        self.shape: tuple[int, ...] | None = None
        self.offsets: tuple[int, ...] = ()

    def is_general(self) -> bool:
        """Say whether it holds for any population: it read, and gives, the same value for every row."""
        return type(self.value) is Uniform and not any(isinstance(token, np.ndarray) for _, token in self.pairs)


class Node:
    """A variable in a period. Two kinds serve formulas that look at what is known: they are never kept."""

    __slots__ = (
        "default",
        "formula",
        "general",
        "looks",
        "number",
        "period",
        "population",
        "said",
        "special",
        "takes_parameters",
        "variable",
    )

    def __init__(self, number: int, variable: "Entry", period: WatchedPeriod, looks: str = "") -> None:
        self.number, self.variable, self.period, self.looks = number, variable, period, looks
        self.said = (variable.name, str(period))
        self.population: str = variable.entity
        has_formula = not looks and variable.variable.formulas and period[0] != DateUnit.ETERNITY
        self.formula: Any = variable.variable.get_formula(plain(period)) if has_formula else None
        self.takes_parameters = self.formula is not None and self.formula.__code__.co_argcount != 2
        self.default: Token = variable.default
        self.general: list[Fact] = []
        self.special: list[Fact] = []


class Entry:
    """A variable, and its nodes by the period's number."""

    __slots__ = ("default", "entity", "is_eternal", "known", "name", "nodes", "number", "peeked", "unit", "variable")

    def __init__(self, number: int, variable: Variable, default: Token) -> None:
        self.number, self.variable, self.default = number, variable, default
        self.name: str = variable.name
        self.entity: str = variable.entity.key
        self.unit = variable.definition_period
        self.is_eternal = self.unit == DateUnit.ETERNITY
        self.nodes: dict[int, Node] = {}
        self.peeked: dict[int, Node] = {}
        self.known: Node | None = None


class Facts:
    """The memory of one system of rules, shared by all its simulations."""

    def __init__(self, system: Any) -> None:
        self.system = system
        self.tokens = Tokens()
        self.entries: dict[str, Entry] = {}
        self.nodes: list[Node] = []
        self.said: dict[tuple[str, str], Node] = {}
        self.count = 0
        self.shapes: dict[tuple[int, ...], tuple[int, ...]] = {}

    def entry(self, name: str) -> Entry:
        found = self.entries.get(name)
        if found is None:
            variable = self.system.get_variable(name, check_existence=True)
            default = self.tokens.of(variable.default_array(1))
            self.entries[name] = found = Entry(len(self.entries), variable, default)
        return found

    def node(self, name: str, period: WatchedPeriod) -> Node:
        """Return the node of a variable in a period that suits it."""
        entry = self.entries.get(name) or self.entry(name)
        found = entry.nodes.get(period.number)
        if found is None:
            found = self._new(entry, period)
        return found

    def _new(self, entry: Entry, period: WatchedPeriod) -> Node:
        if not entry.is_eternal:
            check_period(entry, period)
        found = next(iter(entry.nodes.values()), None) if entry.is_eternal else None
        entry.nodes[period.number] = found = found or self._add(entry, period)
        return found

    def _add(self, entry: Entry, period: WatchedPeriod, looks: str = "") -> Node:
        found = Node(len(self.nodes), entry, period, looks)
        self.nodes.append(found)
        if not looks:
            self.said[found.said] = found
        return found

    def known(self, name: str) -> Node:
        """Return the node that tells for which periods a variable is known."""
        entry = self.entry(name)
        if entry.known is None:
            entry.known = self._add(entry, watched(Period.eternity()), "known")
        return entry.known

    def peeked(self, name: str, period: WatchedPeriod) -> Node:
        """Return the node that tells what a variable is worth, if that is known."""
        entry = self.entry(name)
        found = entry.peeked.get(period.number)
        if found is None:
            entry.peeked[period.number] = found = self._add(entry, period, "peek")
        return found

    def learn(self, node: Node, fact: Fact, *, for_few: bool, for_many: bool) -> None:
        """Keep a fact, in place of the oldest of its node where there are too many."""
        if for_many and fact.structure is None and fact.is_general():
            node.general.insert(0, fact)
            del node.general[GENERAL:]
            return
        if not for_few:
            return
        self.count += 1 - len(node.special[SPECIAL - 1 :])
        del node.special[SPECIAL - 1 :]
        node.special.insert(0, fact)
        if self.count > MOST:
            self.forget()

    def forget(self) -> None:
        """Forget what holds for given households only, or under a reform: what they read is then forgotten too."""
        self.count = 0
        for node in self.nodes:
            node.special.clear()
            node.general[:] = [fact for fact in node.general if fact.system is None]

    def shape(self, fact: Fact) -> tuple[int, ...]:
        """Return which variables a fact read, in order, as one object; note how far their periods are."""
        nodes, month = self.nodes, fact.node.period.month
        shape = tuple([nodes[number].variable.number for number, _ in fact.pairs])
        fact.offsets = tuple([nodes[number].period.month - month for number, _ in fact.pairs])
        fact.shape = self.shapes.setdefault(shape, shape)
        return fact.shape


def check_period(entry: Entry, period: WatchedPeriod) -> None:
    """Refuse, as OpenFisca does and in its words, a period that is not the variable's."""
    Simulation._check_period_consistency(None, plain(period), entry.variable)
