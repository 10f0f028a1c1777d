"""Run one formula of a finished simulation again, alone: what it reads, and what it would give with other values."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from openfisca_core.parameters import ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.periods import Period
from openfisca_core.populations import Population
from openfisca_core.simulations import Simulation
from openfisca_core.taxscales import TaxScaleLike
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca.explaining.traces import Node, Trace, said
from parvis.commons.engines.openfisca.refusals import OF_RULES
from parvis.core.simulators.contract import Array

At: TypeAlias = Any
Leaf: TypeAlias = Any
"""A node of the parameters' tree on a day; what stands below one: a node, a scale, a number, an array of them…"""

Instead: TypeAlias = Mapping[Node, Array]
"""Values that stand in place of those of the finished simulation."""


class Law(NamedTuple):
    """A parameter that a formula read: a number, or a scale and the base that it was applied to."""

    name: str
    day: str
    value: Any


@dataclass
class Reading:
    """What a formula gave, and what it read to give it."""

    value: Array | None = None
    nodes: list[Node] = field(default_factory=list)  # each once, in the order read
    laws: dict[str, Law] = field(default_factory=dict)
    bases: dict[str, Array] = field(default_factory=dict)  # of scales: thresholds' own unit


class Replay(Simulation):
    """A simulation whose every value comes from one that is finished; it runs one formula at a time."""

    def __init__(self, fresh: Simulation, trace: Trace) -> None:
        """Take the population of a simulation that computes nothing, and the trace of the one that did."""
        super().__init__(fresh.tax_benefit_system, fresh.populations)
        self.recorded = trace
        self.opened: dict[Node, Any] = {}  # what `effects.opened` found
        self.instead: Instead = {}
        self.scaled: Mapping[str, float] = {}
        self.reading = Reading()

    def run(self, node: Node, instead: Instead | None = None, scaled: Mapping[str, float] | None = None) -> Reading:
        """Run a node's formula, some values replaced and some parameters multiplied.

        What was given, or has no formula, reads nothing.
        """
        self.instead, self.scaled, self.reading = instead or {}, scaled or {}, Reading()
        variable, period = self.tax_benefit_system.variables[node.name], self.recorded.period(node.period)
        if variable.get_formula(period) is not None and not self.recorded.is_given(*node):
            self.reading.value = self._run(variable, period)
        return self.reading

    def _run(self, variable: Variable, period: Period) -> Array | None:
        try:
            # A value replaced may make a formula divide by zero: the effect is then not a number, and is not told.
            with np.errstate(all="ignore"):
                found = self._run_formula(variable, self.populations[variable.entity.key], period)
                cast: Array = self._cast_formula_result(found, variable)
        except OF_RULES:
            if not self.instead and not self.scaled:
                raise
            return None  # the rule has no answer for what was put in place: nothing is told of it
        return cast

    def calculate(self, variable_name: str, period: Period) -> Array:
        """Give the value that the finished simulation has, or the one that stands in its place."""
        node = Node(variable_name, said(period))
        if node not in self.reading.nodes:
            self.reading.nodes.append(node)
        return self.instead[node] if node in self.instead else self.value(node)

    def value(self, node: Node) -> Array:
        """Give a value of the finished simulation; its variable's default where it had no need of it."""
        try:
            return self.recorded.value(*node)
        except KeyError:
            found: Array = self.get_holder(node.name).default_array()
            return found

    def _run_formula(self, variable: Variable, population: Population, period: Period) -> Array:
        formula = variable.get_formula(period)
        if formula.__code__.co_argcount == 2:
            return formula(population, period)
        return formula(population, period, self._parameters_at)

    def _parameters_at(self, asked: Period | str) -> "Read":
        return Read(self.tax_benefit_system.get_parameters_at_instant(asked), self)


class Read:
    """A node of the parameters' tree that notes which of its leaves are read."""

    def __init__(self, at: At, replay: Replay) -> None:
        """Stand for a node."""
        self._at, self._replay = at, replay

    def __getattr__(self, key: str) -> Leaf:
        return self._child(getattr(self._at, key), key)

    def __getitem__(self, key: str | Array) -> Leaf:
        return self._child(self._at[key], key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __contains__(self, key: object) -> bool:
        return key in self._at

    def _child(self, child: Leaf, key: str | Array) -> Leaf:
        if isinstance(child, ParameterNodeAtInstant | VectorialParameterNodeAtInstant):
            return Read(child, self._replay)
        name = f"{self._at._name}.{key}" if isinstance(key, str) else str(self._at._name)  # noqa: SLF001
        reading = self._replay.reading
        reading.laws.setdefault(name, Law(name, str(self._at._instant_str), child))  # noqa: SLF001
        factor = self._replay.scaled.get(name)
        if isinstance(child, TaxScaleLike):
            return _noting(child if factor is None else _raised(child, factor), name, reading)
        return child if factor is None else child * factor


def _raised(scale: TaxScaleLike, factor: float) -> TaxScaleLike:
    """Copy a scale, its rates or amounts multiplied."""
    fresh = copy.copy(scale)
    for part in ("rates", "amounts"):
        if hasattr(scale, part):
            setattr(fresh, part, [value * factor for value in getattr(scale, part)])
    return fresh


def _noting(scale: TaxScaleLike, name: str, reading: Reading) -> TaxScaleLike:
    """Copy a scale, so that the base it is applied to is noted."""
    fresh = copy.copy(scale)

    def calc(tax_base: Array, *others: float, **named: float) -> Array:
        factor = named.get("factor", others[0] if others and not isinstance(others[0], bool) else 1.0)
        with np.errstate(all="ignore"):
            reading.bases[name] = np.asarray(tax_base, dtype=float) / factor
        return scale.calc(tax_base, *others, **named)

    fresh.calc = calc
    return fresh
