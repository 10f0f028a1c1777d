"""Parameters as the law gives them: their words, the bracket reached, and the texts they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from openfisca_core.taxscales import TaxScaleLike
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import references
from parvis.commons.engines.openfisca.explaining.replaying import Law
from parvis.commons.engines.openfisca.parameters import Tree
from parvis.core.simulators.contract import Array, Ref

MOST_REFS: Final = 2


@dataclass(frozen=True)
class Laws:
    """The parameters of the law in force, by name."""

    tree: Tree

    def metadata(self, name: str) -> Mapping[str, Any]:
        leaf = self.tree.get(name)
        return {} if leaf is None else dict(leaf.metadata)

    def label(self, name: str) -> str:
        """Return a parameter's words, its name where the model gives none."""
        leaf = self.tree.get(name)
        said = leaf and (leaf.description or leaf.metadata.get("short_label"))
        # Scales that the model makes out of others (« cadre.agirc_arrco ») have a name and nothing else.
        return str(said or name.rpartition(".")[2].replace("_", " "))

    def refs(self, law: Law) -> tuple[Ref, ...]:
        """Return the texts that a parameter comes from on the day it was read."""
        leaf = self.tree.get(law.name)
        return references.in_force(references.by_day(leaf), law.day)[:MOST_REFS] if leaf is not None else ()


def of_variable(variable: Variable) -> tuple[Ref, ...]:
    """Return the texts that a variable's formula comes from."""
    return references.of_variable(variable)[:MOST_REFS]


@dataclass(frozen=True)
class Bracket:
    """The bracket of a scale that a base reached."""

    number: int
    threshold: float
    rate: float | None  # None where the scale gives amounts
    amount: float | None


def bracket(scale: TaxScaleLike, base: Array) -> Bracket:
    """Find the bracket that the largest of the bases reached."""
    reached = float(np.nanmax(base)) if base.size else 0.0
    number = max((i for i, threshold in enumerate(scale.thresholds) if threshold <= reached), default=0)
    rates, amounts = getattr(scale, "rates", None), getattr(scale, "amounts", None)
    return Bracket(
        number,
        float(scale.thresholds[number]) if scale.thresholds else 0.0,
        float(rates[number]) if rates else None,
        float(amounts[number]) if amounts else None,
    )
