"""What a run computed, and what each value was made of: the graph that an explanation reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol

from openfisca_core.periods import Period
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import Simulation
from openfisca_core.tracers import SimpleTracer
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca.fast.periods import watched
from parvis.core.simulators.contract import Array

OF_STRUCTURE: Final = frozenset({"nb_persons", "has_role", "sum", "any"})
"""What a formula calls to read who lives with whom: its value then varies with the household, whatever was given."""

said = lru_cache(maxsize=4096)(str)
"""A period's name, « 2024-01 »: written once."""


class Node(NamedTuple):
    """A value of a simulation: of a variable, for one of its periods."""

    name: str
    period: str


class Trace(Protocol):
    """What is read of a finished run; the fast simulation gives its own, a Recorder those of OpenFisca's."""

    def value(self, name: str, period: str) -> Array:
        """Give a value, as the formula that read it saw it. Raises KeyError where there is none."""
        ...

    def below(self, name: str, period: str) -> Sequence[tuple[str, str]]:
        """Give what its formula read, in that order."""
        ...

    def is_given(self, name: str, period: str) -> bool:
        """Tell whether the table gave it."""
        ...

    def is_constant(self, name: str, period: str) -> bool:
        """Tell whether it is the same for any household: nothing that was given moves it."""
        ...

    def period(self, said: str) -> Period:
        """Give the period of this name, as formulas are to be given it."""
        ...


class Recorder(SimpleTracer):
    """A tracer that notes each value and what was read to make it, and nothing else."""

    def __init__(self, simulation: Simulation) -> None:
        """Note first what the simulation was given."""
        super().__init__()
        self._system = simulation.tax_benefit_system
        self._values: dict[Node, Array] = {}
        self._below: dict[Node, dict[Node, None]] = {}
        self._constant: dict[Node, bool] = {}
        self._given = {
            Node(name, said(period))
            for population in simulation.populations.values()
            for name, holder in population._holders.items()  # noqa: SLF001
            for period in holder.get_known_periods()
        }

    def record_calculation_start(self, variable: str, period: Period) -> None:
        node = Node(variable, said(period))
        if self._stack:
            self._below.setdefault(self._stack[-1]["node"], {})[node] = None
        self._stack.append({"name": variable, "period": period, "node": node})

    def record_calculation_result(self, value: Array) -> None:
        frame = self._stack[-1]
        node: Node = frame["node"]
        self._values[node] = value
        self._constant[node] = (
            not self.is_given(*node)
            and not reads_structure(self._system.variables[node.name], frame["period"])
            # What is still being computed is a spiral: it is not known to be the same for all.
            and all(self._constant.get(below, False) for below in self._below.get(node, ()))
        )

    def value(self, name: str, period: str) -> Array:
        return self._values[Node(name, period)]

    def below(self, name: str, period: str) -> Sequence[Node]:
        return tuple(self._below.get(Node(name, period), ()))

    def is_given(self, name: str, period: str) -> bool:
        return Node(name, period) in self._given or Node(name, "ETERNITY") in self._given

    def is_constant(self, name: str, period: str) -> bool:
        return self._constant.get(Node(name, period), True)

    def period(self, said: str) -> Period:
        return parsed(said)


def reads_structure(variable: Variable, period: Period) -> bool:
    """Tell whether a variable's formula reads who lives with whom."""
    formula = variable.get_formula(period)
    return formula is not None and not OF_STRUCTURE.isdisjoint(formula.__code__.co_names)


def traced(simulation: Simulation) -> Simulation:
    """See to it that a simulation, once it has run, can be read as a Trace."""
    if not hasattr(simulation, "trace_read"):
        simulation.tracer = Recorder(simulation)
    return simulation


def trace_of(simulation: Simulation) -> Trace:
    """Return the trace of a simulation that ran."""
    quick = getattr(simulation, "trace_read", None)
    found: Trace = simulation.tracer if quick is None else Quick(quick)
    return found


parsed = lru_cache(maxsize=4096)(period_of)
"""A period from its name: read once."""

dated = lru_cache(maxsize=4096)(watched)
"""The same, as the fast simulation has it: its neighbours are computed once too."""


@dataclass(frozen=True)
class Quick:
    """The fast simulation's trace, asked each thing once and for periods already read."""

    trace: Any
    _below: dict[tuple[str, str], Sequence[tuple[str, str]]] = field(default_factory=dict)

    def value(self, name: str, period: str) -> Array:
        found: Array | None = self.trace.value(name, period)
        if found is None:
            raise KeyError(name)
        return found

    def below(self, name: str, period: str) -> Sequence[tuple[str, str]]:
        found = self._below.get((name, period))
        if found is None:
            found = self._below[name, period] = self.trace.below(name, period)
        return found

    def is_given(self, name: str, period: str) -> bool:
        return bool(self.trace.is_given(name, period))

    def is_constant(self, name: str, period: str) -> bool:
        return bool(self.trace.is_constant(name, period))

    def period(self, said: str) -> Period:
        return dated(said)
