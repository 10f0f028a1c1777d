"""What formulas that look at the known periods of a variable see."""

from typing import Any

from parvis.commons.engines.openfisca.fast.periods import watched
from parvis.commons.engines.openfisca.fast.watching import WATCH
from parvis.core.simulators.contract import Array


class QuickHolder:
    """The little of OpenFisca's holder that formulas and readers of results use."""

    def __init__(self, simulation: Any, name: str, population: Any) -> None:
        self.simulation, self.name, self.population = simulation, name, population
        self.variable = simulation.tax_benefit_system.get_variable(name)

    def get_known_periods(self) -> list[Any]:
        WATCH.now.calendar = True
        return list(self.simulation.known_periods(self.name))

    def get_array(self, period: Any) -> Array | None:
        WATCH.now.calendar = True
        found: Array | None = self.simulation.peek(self.name, watched(period))
        return found

    def default_array(self) -> Array:
        array: Array = self.variable.default_array(self.population.count)
        return array
