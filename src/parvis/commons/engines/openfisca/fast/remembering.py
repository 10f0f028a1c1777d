"""One memory for a system of rules, its reforms, and all their simulations."""

from typing import Any, Final
from weakref import WeakKeyDictionary

from openfisca_core.simulations import Simulation

from parvis.commons.engines.openfisca.fast.facts import Facts
from parvis.commons.engines.openfisca.fast.parameters import Roots
from parvis.commons.engines.openfisca.fast.reforms import Reform
from parvis.commons.engines.openfisca.fast.replays import Replays
from parvis.commons.engines.openfisca.fast.simulation import QuickSimulation

KEPT: Final[WeakKeyDictionary[Any, "Memory"]] = WeakKeyDictionary()


class Memory:
    """What is known of a system's rules."""

    def __init__(self, system: Any) -> None:
        self.facts = Facts(system)
        self.roots = Roots(system.parameters)
        self.replays = Replays()
        self.reforms: WeakKeyDictionary[Any, Reform] = WeakKeyDictionary()

    def simulation(self, stock: Simulation) -> QuickSimulation:
        system = stock.tax_benefit_system
        if system.parameters is self.roots.root:
            return QuickSimulation(stock, self.facts, self.roots, self.replays)
        reform = self.reforms.get(system)
        if reform is None:
            self.reforms[system] = reform = Reform(self.roots, Roots(system.parameters))
        return QuickSimulation(stock, self.facts, reform.after, self.replays, reform)


def remembering(system: Any) -> Memory:
    """Return the memory of a system, or of the one that it reforms."""
    base = getattr(system, "baseline", None) or system
    found = KEPT.get(base)
    if found is None:
        KEPT[base] = found = Memory(base)
    return found


def accelerate(stock: Simulation) -> QuickSimulation:
    """Return a simulation that gives what this one would, faster; this one, which must be fresh, is emptied."""
    quick = remembering(stock.tax_benefit_system).simulation(stock)
    for population in stock.populations.values():
        population._holders.clear()
    return quick
