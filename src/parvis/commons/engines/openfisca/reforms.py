"""The law after changes: built once, kept while it is used."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from parvis.commons.engines.openfisca import parameters
from parvis.commons.engines.openfisca.systems import Reformed, System
from parvis.core.simulators.contract import Change

KEPT: Final = 32


class Reforms:
    """A system and what changes make of it, the last ones used being kept."""

    def __init__(self, system: TaxBenefitSystem) -> None:
        """Start from the law in force."""
        self.system = system
        self._built: OrderedDict[tuple[Change, ...], TaxBenefitSystem] = OrderedDict()

    @cached_property
    def tree(self) -> parameters.Tree:
        """Every parameter of the law in force, by name."""
        return parameters.by_name(self.system.parameters)

    def after(self, changes: Sequence[Change]) -> TaxBenefitSystem:
        """Return the system after these changes. Raises RefusedInput."""
        key = tuple(changes)
        if not key:
            return self.system
        if key not in self._built:
            self._built[key] = self._build(key)
            while len(self._built) > KEPT:
                self._built.popitem(last=False)
        self._built.move_to_end(key)
        return self._built[key]

    def _build(self, changes: tuple[Change, ...]) -> TaxBenefitSystem:
        changed = parameters.changed(self.system.parameters, self.tree, changes)
        if isinstance(self.system, System):
            return Reformed(self.system, changed)
        return stock_reform(self.system, changes)


def stock_reform(system: TaxBenefitSystem, changes: tuple[Change, ...]) -> Reform:
    """Build the reform as OpenFisca's users do: all parameters copied, then updated in place."""

    def modify(copied: ParameterNode) -> ParameterNode:
        tree = parameters.by_name(copied)
        for change in changes:
            parameters.update(parameters.find(tree, change.parameter), change)
        return copied

    class Changed(Reform):
        def apply(self) -> None:
            self.modify_parameters(modify)

    return Changed(system)
