"""The law after changes: built once, kept while it is used."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Final, TypeAlias

from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from parvis.commons.engines.openfisca import parameters
from parvis.commons.engines.openfisca.systems import Reformed, System
from parvis.core.simulators.contract import Change

KEPT: Final = 32
Key: TypeAlias = tuple[tuple[Change, type], ...]
"""Changes and the types of their values: 1 equals True, and is another change."""


class Reforms:
    """A system and what changes make of it, the last ones used being kept."""

    def __init__(self, system: TaxBenefitSystem) -> None:
        """Start from the law in force."""
        self.system = system
        self._built: OrderedDict[Key, TaxBenefitSystem] = OrderedDict()

    @cached_property
    def trees(self) -> list[parameters.Tree]:
        """Every parameter of the law in force, by name, then the copies of some."""
        return parameters.layers(self.system.parameters)

    @property
    def tree(self) -> parameters.Tree:
        """Every parameter of the law in force, by name."""
        return self.trees[0]

    def after(self, changes: Sequence[Change]) -> TaxBenefitSystem:
        """Return the system after these changes. Raises RefusedInput."""
        if not changes:
            return self.system
        key = tuple((change, type(change.value)) for change in changes)
        if key not in self._built:
            self._built[key] = self._build(tuple(changes))
            while len(self._built) > KEPT:
                self._built.popitem(last=False)
        self._built.move_to_end(key)
        return self._built[key]

    def _build(self, changes: tuple[Change, ...]) -> TaxBenefitSystem:
        changed = parameters.changed(self.system.parameters, self.trees, changes)
        if isinstance(self.system, System):
            return Reformed(self.system, changed)
        return stock_reform(self.system, changes)


def stock_reform(system: TaxBenefitSystem, changes: tuple[Change, ...]) -> Reform:
    """Build the reform as OpenFisca's users do: all parameters copied, then updated in place."""

    def modify(copied: ParameterNode) -> ParameterNode:
        trees = parameters.layers(copied)
        for change in changes:
            for parameter in parameters.found(trees, change.parameter):
                parameters.update(parameter, change)
        return copied

    class Changed(Reform):
        def apply(self) -> None:
            self.modify_parameters(modify)

    return Changed(system)
