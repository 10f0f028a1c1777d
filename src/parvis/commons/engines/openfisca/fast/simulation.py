"""A simulation that runs only the formulas whose result is not known yet: OpenFisca's results, bit for bit."""

from typing import Any, Final

import numpy as np
from openfisca_core import errors
from openfisca_core.periods import DateUnit, unit_weight
from openfisca_core.simulations import Simulation

from parvis.commons.engines.openfisca.fast.facts import Fact, Facts, Node
from parvis.commons.engines.openfisca.fast.parameters import Roots
from parvis.commons.engines.openfisca.fast.periods import WatchedPeriod, is_last, plain, watched
from parvis.commons.engines.openfisca.fast.populations import QuickGroup, QuickPopulation
from parvis.commons.engines.openfisca.fast.reforms import Reform
from parvis.commons.engines.openfisca.fast.replays import Replays
from parvis.commons.engines.openfisca.fast.tokens import Token, Uniform, is_same
from parvis.commons.engines.openfisca.fast.traces import Trace
from parvis.commons.engines.openfisca.fast.watching import WATCH, Reading
from parvis.core.simulators.contract import Array

FEW: Final = 1_000  # persons: up to there, what is learned of them is kept
MANY: Final = 4  # groups of each kind: what is the same for them all is worth keeping for others
MOST_STRUCTURES: Final = 256
ABSENT: Final = object()


class QuickSimulation(Simulation):
    """Takes over the populations and the given inputs of a simulation of OpenFisca that has computed nothing."""

    def __init__(
        self, stock: Simulation, facts: Facts, roots: Roots, replays: Replays, reform: Reform | None = None
    ) -> None:
        persons = QuickPopulation(stock.persons, self)
        groups = {key: QuickGroup(p, self, persons) for key, p in stock.populations.items() if p is not stock.persons}
        super().__init__(stock.tax_benefit_system, {stock.persons.entity.key: persons, **groups})
        self.facts, self.roots, self.replays, self.reform = facts, roots, replays, reform
        self.nodes = facts.nodes
        self.values: list[Any] = [None] * len(facts.nodes)
        self.active: dict[int, list[int]] = {}
        self.stack: list[Node] = []
        self.spoilt: set[int] = set()
        self.latest: dict[Any, Fact] = {}
        self.ran: dict[int, Fact] = {}
        self.is_small = persons.count <= FEW
        self.is_many = min(group.count for group in groups.values()) >= MANY
        self.structure = structure_of(groups, persons.count)
        self.is_usual = all(group.members_of.is_in_all(group.members_of.roles[0]) for group in groups.values())
        self.given: set[int] = set()
        self.history: tuple[Any, ...] = ()
        self._take_inputs(stock)

    def _take_inputs(self, stock: Simulation) -> None:
        for population in stock.populations.values():
            for name, holder in population._holders.items():
                last: Token | None = None
                for period in holder.get_known_periods():
                    node = self.facts.node(name, watched(period))
                    self._extend()
                    token = self.facts.tokens.of(holder.get_array(period))
                    last = last if last is not None and is_same(token, last) else token
                    self.values[node.number] = last
                    self.given.add(node.number)

    def _extend(self) -> None:
        self.values.extend([None] * (len(self.nodes) - len(self.values)))

    # What formulas and callers ask

    def read(self, name: str, period: Any, population: Any) -> Array:
        """Give a formula the values that it asks."""
        if type(period) is not WatchedPeriod:
            population.check_period_validity(name, period)
            period = watched(period)
        facts = self.facts
        entry = facts.entries.get(name) or facts.entry(name)
        if entry.entity != population.entity.key:
            population.entity.check_variable_defined_for_entity(name)
        node = entry.nodes.get(period.number)
        if node is None:
            node = facts.node(name, period)
        number = node.number
        if number >= len(self.values):
            self._extend()
        token = self.values[number]
        if token is None:
            token = self.pull(node)
        if number not in (pairs := WATCH.now.pairs):
            pairs[number] = token
        return token.array(population.count) if type(token) is Uniform else token

    def read_sum(self, name: str, period: Any, population: Any) -> Any:
        """Give a formula the sum over the parts of a period: OpenFisca's ADD."""
        unit = self.facts.entry(name).unit
        period = watched(period)
        if not self.stack or unit_weight(unit) > unit_weight(period[0]) or unit == DateUnit.ETERNITY:
            return self.calculate_add(name, period)
        return sum([self.read(name, part, population) for part in period.get_subperiods(unit)])

    def calculate(self, variable_name: str, period: Any) -> Array:
        population = self.get_variable_population(variable_name)
        if self.stack:
            return self.read(variable_name, period, population)
        period = watched(period)
        self.history = (*self.history, (variable_name, period.number, self.max_spiral_loops))
        again = self.replays.find(self) if self.is_small else None
        if again is not None:
            self.values, self.ran = list(again.values), dict(again.ran)
            self._extend()
            return np.array(again.found, subok=True)
        self._extend()  # other simulations may have met nodes since
        outer, WATCH.now = WATCH.now, Reading()
        try:
            found = self.read(variable_name, period, population)
        finally:
            WATCH.now = outer
            self._purge()
        if self.is_small:
            self.replays.keep(self, found)
        return np.array(found, subok=True)

    def let_go(self) -> None:
        """Give back the memory of what was computed: its populations point at it, and Python would keep it a while."""
        self.values, self.ran, self.latest = [], {}, {}

    @property
    def trace_read(self) -> Trace:
        """Return what was read to reach the results."""
        return Trace(self)

    def _purge(self) -> None:
        for number in self.spoilt:
            self.values[number] = None
        self.spoilt.clear()

    def get_array(self, variable_name: str, period: Any) -> Array | None:
        node = self.facts.node(variable_name, watched(period))
        self._extend()
        return self.rows(self.values[node.number], node)

    def rows(self, token: Token | None, node: Node) -> Array | None:
        return token.array(self.populations[node.population].count) if isinstance(token, Uniform) else token

    # Looking for a value

    def pull(self, node: Node) -> Token:
        """Return what a node is worth, for who asks now: as OpenFisca, by what is known, else by its formula."""
        if node.looks:
            return self._look(node)
        number, variable = node.number, node.variable.number
        running = self.active.get(variable)
        if running is None:
            running = self.active[variable] = []
        elif running and (len(running) >= self.max_spiral_loops or node.period.number in running):
            return self._turn(node, running)
        if node.formula is None:
            self.values[number] = node.default
            return node.default
        running.append(node.period.number)
        self.stack.append(node)
        try:
            fact = self._find(node) or self._follow(node) or self._run(node)
        finally:
            self.stack.pop()
            running.pop()
        self.values[number] = fact.value
        self.latest[node.formula] = fact
        self.ran[number] = fact
        return fact.value

    def _find(self, node: Node) -> Fact | None:
        """Find a fact whose every reading is worth the same now."""
        if self.is_small:
            for fact in node.special:
                if (fact.structure is self.structure or self.is_free(fact)) and self._holds(fact):
                    return fact
        if self.is_usual:
            for fact in node.general:
                if self._holds(fact):
                    return fact
        return None

    def is_free(self, fact: Fact) -> bool:
        return fact.structure is None and self.is_usual

    def _holds(self, fact: Fact) -> bool:
        if fact.system is not self.reform and not self._is_kept(fact):
            return False
        values, nodes = self.values, self.nodes
        for number, token in fact.pairs:
            found = values[number]
            if found is None:
                found = self.pull(nodes[number])
            if found is not token:
                return False
        return True

    def _follow(self, node: Node) -> Fact | None:
        """Take the result of the same formula for another period, where all that it read is worth the same.

        Wages of March are those of February, and so are the rates: so are the contributions. A fact of March, from
        another situation, tells which nodes of March stand for those of February.
        """
        model = self.latest.get(node.formula)
        if model is None or model.calendar or not is_like(node, model):
            return None
        shape = model.shape or self.facts.shape(model)
        for fact in (*node.special, *node.general):
            if (fact.shape or self.facts.shape(fact)) is shape and fact.leaves == model.leaves and self._maps(fact):
                return self._followed(node, fact, model) if self._is_alike(fact, model) else None
        return None

    def _maps(self, fact: Fact) -> bool:
        return not fact.calendar and (fact.system is self.reform or self._is_kept(fact))

    def _is_kept(self, fact: Fact) -> bool:
        """Say whether a fact of the rules as they are holds under the reform, if there is one."""
        return self.reform is not None and self.reform.keeps(fact)

    def _is_alike(self, fact: Fact, model: Fact) -> bool:
        values, nodes = self.values, self.nodes
        for place, ((number, _), (other, token)) in enumerate(zip(fact.pairs, model.pairs, strict=True)):
            if number != other and fact.offsets[place] != model.offsets[place]:
                return False
            found = values[number]
            if found is None:
                found = self.pull(nodes[number])
            if found is not token:
                return False
        return True

    def _followed(self, node: Node, fact: Fact, model: Fact) -> Fact:
        pairs = tuple([(number, token) for (number, _), (_, token) in zip(fact.pairs, model.pairs, strict=True)])
        made = Fact(node, pairs, model.value)
        made.leaves, made.instants, made.system = fact.leaves, fact.instants, fact.system
        made.shape, made.offsets, made.structure = fact.shape, fact.offsets, model.structure
        later = node.period.month - model.node.period.month
        made.months = tuple([month + later for month in model.months])
        self.facts.learn(node, made, for_few=self.is_small, for_many=self.is_many)
        return made

    def _run(self, node: Node) -> Fact:
        """Run the formula, and note what it reads."""
        outer = WATCH.now
        reading = WATCH.now = Reading()
        population = self.populations[node.population]
        try:
            if node.takes_parameters:
                array = node.formula(population, node.period, self.roots.at)
            else:
                array = node.formula(population, node.period)
        finally:
            WATCH.now = outer
        token = node.default if array is None else self._token(self._cast(array, node, population), node)
        fact = Fact(node, tuple(reading.pairs.items()), token)
        fact.leaves, fact.instants = tuple(reading.leaves), tuple(reading.instants)
        fact.calendar, fact.months = reading.calendar, tuple(reading.months)
        if reading.structure or not self.is_usual:
            fact.structure = self.structure
        if self.reform is not None:
            self.reform.mark(fact)
        self.facts.learn(node, fact, for_few=self.is_small, for_many=self.is_many)
        return fact

    def _token(self, array: Array, node: Node) -> Token:
        token = self.facts.tokens.of(array)
        if type(token) is Uniform or self.is_small:
            return token
        model = self.latest.get(node.formula)
        return model.value if model is not None and is_same(token, model.value) else token

    def _cast(self, array: Any, node: Node, population: Any) -> Array:
        variable = node.variable.variable
        cast: Array = self._cast_formula_result(array, variable)
        if cast.ndim == 0:
            cast = cast.reshape(1)
        if len(cast) != population.count:
            msg = f"{variable.name} gives {len(cast)} values for {population.count} {population.entity.plural}"
            raise ValueError(msg)
        return cast

    # Cycles, as OpenFisca meets them

    def _turn(self, node: Node, running: list[int]) -> Token:
        """Refuse a variable that needs itself for the same period; it is worth nothing to itself for another one."""
        name = node.variable.name
        if node.period.number in running:
            msg = f"Circular definition detected on formula {name}@{plain(node.period)}"
            raise errors.CycleError(msg)
        self.spoilt.add(node.number)
        turns = 0
        for other in reversed(self.stack):
            self.spoilt.add(other.number)
            turns += other.variable is node.variable
            if turns >= self.max_spiral_loops:
                break
        return node.default

    # Formulas that look at what is known

    def _look(self, node: Node) -> Any:
        if node.looks == "peek":
            other = node.variable.nodes.get(node.period.number)
            token = None if other is None or other.number >= len(self.values) else self.values[other.number]
            return ABSENT if token is None else token
        numbers = tuple(sorted(n.number for n in set(node.variable.nodes.values()) if self._is_known(n)))
        return self.facts.shapes.setdefault(numbers, numbers)

    def _is_known(self, node: Node) -> bool:
        return node.number < len(self.values) and self.values[node.number] is not None

    def known_periods(self, name: str) -> list[WatchedPeriod]:
        node = self.facts.known(name)
        self._extend()
        numbers = self._look(node)
        WATCH.now.pairs[node.number] = numbers
        return [self.nodes[number].period for number in numbers]

    def peek(self, name: str, period: WatchedPeriod) -> Array | None:
        node = self.facts.peeked(name, period)
        self._extend()
        token = self._look(node)
        WATCH.now.pairs[node.number] = token
        return None if token is ABSENT else self.rows(token, node)


def is_like(node: Node, model: Fact) -> bool:
    """Say whether what a fact read of its months is true of those of another period."""
    later = node.period.month - model.node.period.month
    return not any(is_last(month + later) for month in model.months)


STRUCTURES: Final[dict[Any, Any]] = {}


class Structure:
    """Who lives with whom in one population: the same object for the same."""

    def __init__(self, groups: dict[str, QuickGroup]) -> None:
        self.members = {key: group.members_of for key, group in groups.items()}


def structure_of(groups: dict[str, QuickGroup], persons: int) -> Structure:
    """Return the structure of a population; groups of equal ones share what was worked out."""
    if persons > FEW:
        return Structure(groups)
    key = tuple(group.members_of.key() for group in groups.values())
    found = STRUCTURES.get(key)
    if found is None:
        if len(STRUCTURES) >= MOST_STRUCTURES:
            STRUCTURES.pop(next(iter(STRUCTURES)))
        STRUCTURES[key] = found = Structure(groups)
    for name, group in groups.items():
        group.members_of = found.members[name]
    return found
