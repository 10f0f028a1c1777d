"""Why a result is what it is: the steps that matter, with their law."""

from collections.abc import Sequence
from typing import Final, Protocol

from openfisca_core.periods import DateUnit, Period, unit_weight
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import asked, populations, refusals
from parvis.commons.engines.openfisca.explaining.replaying import Replay
from parvis.commons.engines.openfisca.explaining.telling import Teller, Telling
from parvis.commons.engines.openfisca.explaining.traces import Node, said, trace_of, traced
from parvis.core.simulators.contract import Change, Step, Table, WrongValue
from parvis.core.simulators.identity import Asked

MOST_ROWS: Final = 30
"""Persons in one case: beyond, it is a population, and has no one explanation."""


class Explained(Protocol):
    """What is asked of the model to explain."""

    @property
    def teller(self) -> Teller: ...

    def system(self, changes: Sequence[Change] = ()) -> TaxBenefitSystem: ...

    def simulate(self, table: Table, changes: Sequence[Change] = ()) -> Simulation: ...


def explain(model: Explained, case: Asked, *, whole: bool) -> list[Step]:
    """Explain the first output asked of a table of one case. Raises RefusedInput."""
    check_one_case(case.table)
    system = model.system(case.changes)
    variable = asked.variable(system, case.outputs[0])
    found = asked.output_period(variable, case.period)
    simulation = traced(model.simulate(case.table, case.changes))
    refusals.calculate(simulation, variable, found)
    told = Telling(Replay(populations.simulate(system, case.table), trace_of(simulation)), model.teller)
    root = root_of(variable, found)
    return told.whole(root) if whole else told.short(root)


def root_of(variable: Variable, period: Period) -> tuple[Node, ...]:
    """Return the values that an answer is made of: one, or one for each month of the year asked."""
    own = variable.definition_period
    if own == DateUnit.ETERNITY:
        return (Node(variable.name, said(period)),)
    if unit_weight(own) > unit_weight(period.unit):
        return (Node(variable.name, said(period.this_year)),)
    return tuple(Node(variable.name, said(part)) for part in period.get_subperiods(own))


def check_one_case(table: Table) -> None:
    """Refuse a population. Raises WrongValue."""
    if any(rows.count > MOST_ROWS for rows in table.entities.values()):
        raise WrongValue(f"Cela se demande d’un seul cas, de {MOST_ROWS} personnes au plus : donnez un seul ménage.")
