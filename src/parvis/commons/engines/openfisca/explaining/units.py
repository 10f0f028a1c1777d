"""The unit of a value: the one that the model declares, else the one that its formula gives it, if it can be seen.

Three quarters of OpenFisca-France's computed variables declare none. A value that rises by 1 % when every sum that its
formula reads does is a sum too.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import units
from parvis.commons.engines.openfisca.explaining.effects import NUDGE, Opened, opened, total
from parvis.commons.engines.openfisca.explaining.replaying import Replay
from parvis.commons.engines.openfisca.explaining.traces import Node

EUROS: Final = "EUR"
PERCENT: Final = "%"
DEEPEST: Final = 30


class Units:
    """The units found in one case, by variable: what is zero there, or moves otherwise, tells nothing of another."""

    def __init__(self, metadata: Callable[[str], Mapping[str, str]]) -> None:
        """Take the way to a parameter's metadata, by its name."""
        self._metadata = metadata
        self._found: dict[str, str] = {}

    def of_parameter(self, name: str) -> str:
        """Return a parameter's unit, as the model declares it."""
        return units.unit(self._metadata(name).get("unit"))

    def of(self, replay: Replay, node: Node, deep: int = 0) -> str:
        """Return a variable's unit, or "" where nothing tells."""
        variable = replay.tax_benefit_system.variables[node.name]
        if variable.unit is not None or variable.value_type is not float:
            return self.known(variable)
        if node.name not in self._found and deep < DEEPEST and np.any(replay.value(node)):
            self._found[node.name] = ""  # of a variable that is read by itself, for another period
            self._found[node.name] = self._seen(replay, node, opened(replay, node), deep)
        return self._found.get(node.name, "")

    def known(self, variable: Variable) -> str:
        """Return a variable's unit if it is declared, or was found: nothing is run."""
        if variable.unit is not None or variable.value_type is not float:
            return units.unit(variable.unit)
        return self._found.get(variable.name, "")

    def _seen(self, replay: Replay, node: Node, found: Opened, deep: int) -> str:
        sums = [part for part in found.parts if self.of(replay, part.nodes[-1], deep + 1) == EUROS]
        if any(part.is_whole for part in sums) or (sums and found.reading.bases):
            return EUROS
        raised = {read: replay.value(read) * NUDGE for part in sums for read in part.nodes}
        laws = {law.name: NUDGE for law in found.laws if self.of_parameter(law.name) == EUROS}
        if not raised and not laws:
            return ""
        value = replay.run(node, raised, laws).value
        moved = total(value) / found.total - 1 if value is not None and found.total else 0.0
        return EUROS if abs(moved - (NUDGE - 1)) < (NUDGE - 1) / 3 else ""
