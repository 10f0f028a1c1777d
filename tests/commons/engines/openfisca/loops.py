"""Rules that define themselves or fail, which the law's do not when they are well given: an engine of the tests."""

from pathlib import Path
from typing import Any

from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import populations
from parvis.commons.engines.openfisca.model import Model

PERSON = build_entity("individu", "individus", "Individu", is_person=True)


class snake(Variable):  # noqa: N801 (OpenFisca names a variable by its class)
    value_type = float
    entity = PERSON
    definition_period = DateUnit.YEAR
    label = "Serpent"

    def formula(self: Any, period: Any) -> Any:
        return self("tail", period) + 1


class tail(Variable):  # noqa: N801
    value_type = float
    entity = PERSON
    definition_period = DateUnit.YEAR
    label = "Queue du serpent"

    def formula(self: Any, period: Any) -> Any:
        return self("snake", period)


class broken(Variable):  # noqa: N801
    value_type = float
    entity = PERSON
    definition_period = DateUnit.YEAR

    def formula(self: Any, period: Any) -> Any:
        return self("tail", period.first_month)


class orbit(Variable):  # noqa: N801
    value_type = float
    entity = PERSON
    definition_period = DateUnit.YEAR
    label = "Orbite"

    def formula(self: Any, period: Any, parameters: Any) -> Any:
        """Turn round where the law says so."""
        return self("orbit", period) if parameters(period).turns else period.start.year


def load(_prepared: Path) -> Model:
    """Load the rules."""
    system = TaxBenefitSystem([PERSON])
    system.parameters = ParameterNode("", data={"turns": {"values": {"2000-01-01": {"value": 0}}}})
    system.add_variables(snake, tail, broken, orbit)
    return Model(system, "0" * 64, populations.simulate)
