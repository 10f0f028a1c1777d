"""What a calculation still lacks: the inputs not given that may move its outputs, the one that moves them most first.

An output depends on the inputs met while it is computed, some thousand of them for disposable income. Each is tried
with a few plausible values, all in one population, and is named if it moves the outputs by a cent.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from inspect import getsourcefile
from typing import Final, Protocol

import numpy as np
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import asked, refusals
from parvis.commons.engines.openfisca.asking.trials import Trial, trials_of, with_trials
from parvis.commons.engines.openfisca.explaining import check_one_case, root_of
from parvis.commons.engines.openfisca.explaining.traces import Node, Trace, trace_of, traced
from parvis.core.simulators.contract import Array, Change, RefusedInput, Table
from parvis.core.simulators.identity import Asked, table_hash

CENT: Final = 0.005
KEPT: Final = 128
"""Kinds of households for which what the outputs are made of is kept."""

MOST_RUNS: Final = 12
"""A value that the rules refuse stops a whole population: it is then cut in two, so many times at most."""

OF_OTHERS: Final = ("employeur", "entreprise", "taux ", "mode de recouvrement", "renonciation", "barème")
"""Words of labels that only an employer, an administration or the model's maintainers can answer."""

PAID: Final = frozenset({"allocation_retour_emploi"})
"""Sums that a person is told, and that the model computes where they are not given."""


class Asking(Protocol):
    """What is asked of the model to find what it lacks."""

    def system(self, changes: Sequence[Change] = ()) -> TaxBenefitSystem: ...

    def simulate(self, table: Table, changes: Sequence[Change] = ()) -> Simulation: ...


@dataclass
class Asker:
    """What is kept from one question to the next: of what each output is made, for each kind of household."""

    model: Asking
    lacking: OrderedDict[tuple[object, ...], list[Variable]] = field(default_factory=OrderedDict)

    def missing(self, case: Asked) -> list[str]:
        """Name what is missing to a table of one case. Raises RefusedInput."""
        check_one_case(case.table)
        given = {name for rows in case.table.entities.values() for name, _ in rows.columns}
        lacking = [variable for variable in self._lacking(case) if variable.name not in given]
        effects: dict[str, float] = {}
        for group in _apart(lacking):
            for trial, effect in _tried(self.model, case, trials_of(group, case.period[:4]), [MOST_RUNS]):
                effects[trial.name] = max(effects.get(trial.name, 0.0), effect)
        moving = [name for name, effect in effects.items() if effect > CENT]
        return sorted(moving, key=lambda name: (-effects[name], name))

    def _lacking(self, case: Asked) -> list[Variable]:
        """Return the inputs of the outputs, for a household alike of which nothing is given."""
        alike = Table({key: replace(rows, columns={}) for key, rows in case.table.entities.items()})
        asked_of = (case.outputs, case.period, case.changes, table_hash(alike))
        if asked_of not in self.lacking:
            simulation = traced(self.model.simulate(alike, case.changes))
            _outputs(simulation, replace(case, table=alike))
            self.lacking[asked_of] = candidates(self.model.system(case.changes), trace_of(simulation), case)
            if len(self.lacking) > KEPT:
                self.lacking.popitem(last=False)
        self.lacking.move_to_end(asked_of)
        return self.lacking[asked_of]


def _apart(lacking: Sequence[Variable]) -> Iterator[list[Variable]]:
    """Part what is computed from what is not: to try the first is to give it, and what makes it then moves nothing."""
    yield [variable for variable in lacking if not variable.formulas]
    yield [variable for variable in lacking if variable.formulas and variable.name not in PAID]
    yield [variable for variable in lacking if variable.name in PAID]


def candidates(system: TaxBenefitSystem, trace: Trace, case: Asked) -> list[Variable]:
    """Return what the outputs were computed from, was not given, and that a person can know.

    Left out: what has no words, what the law has ended, what others than the person know (OF_OTHERS). Of what is
    computed, only what a tax return asks (a box, « case ») is kept, and what others pay the person (PAID).
    """
    met: dict[str, None] = {}
    for output in case.outputs:
        variable = asked.variable(system, output)
        for node in _cone(trace, root_of(variable, asked.output_period(variable, case.period))):
            met.setdefault(node.name)
    return [variable for name in met if is_answerable(variable := system.variables[name])]


def is_answerable(variable: Variable) -> bool:
    """Tell whether a person can know the value of a variable."""
    label = (variable.label or "").lower()
    if label in {"", variable.name.lower()} or variable.end is not None or any(word in label for word in OF_OTHERS):
        return False
    place = getsourcefile(type(variable)) or ""
    if "/cotisations_sociales/" in place:
        return False
    return not variable.formulas or variable.cerfa_field is not None or variable.name in PAID


def _cone(trace: Trace, root: tuple[Node, ...]) -> list[Node]:
    found = dict.fromkeys(root)
    waiting = list(root)
    while waiting:
        for read in trace.below(*waiting.pop()):
            node = Node(*read)
            if node not in found:
                found[node] = None
                waiting.append(node)
    return list(found)


def _outputs(simulation: Simulation, case: Asked) -> list[Array]:
    found = []
    for name in case.outputs:
        variable = asked.variable(simulation.tax_benefit_system, name)
        found.append(refusals.calculate(simulation, variable, asked.output_period(variable, case.period)))
    return found


def _tried(model: Asking, case: Asked, trials: Sequence[Trial], runs: list[int]) -> list[tuple[Trial, float]]:
    """Run the trials as one population, and return what each moved; where the rules refuse one, all but it."""
    if not trials or not runs[0]:
        return []
    runs[0] -= 1
    table, compared = with_trials(model.system(case.changes), case.table, trials)
    try:
        moved = _moved(_outputs(model.simulate(table, case.changes), case), compared)
    except RefusedInput:
        middle = len(trials) // 2
        halves = (trials[:middle], trials[middle:]) if middle else ()
        return [found for half in halves for found in _tried(model, case, half, runs)]
    return [(trial, float(effect)) for trial, effect in zip(trials, moved, strict=True)]


def _moved(columns: Sequence[Array], compared: Sequence[int]) -> Array:
    """Measure how far the outputs of each trial are from those of the copy that it is compared with."""
    moved, first = np.zeros(len(compared)), max(compared) + 1
    for column in columns:
        if column.dtype.kind in "biuf":
            of_each = np.nan_to_num(column.astype(float)).reshape(first + len(compared), -1)
            moved += np.abs(of_each[first:] - of_each[list(compared)]).sum(axis=1)
    return moved
