"""Every variable and parameter."""

from collections.abc import Iterator

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from parvis.core.simulators.contract import Field


def fields(system: TaxBenefitSystem) -> Iterator[Field]:
    for variable in system.variables.values():
        yield Field(
            variable.name, variable.label or variable.name, "output" if variable.formulas else "input", "number"
        )
