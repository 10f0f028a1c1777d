"""OpenFisca-France as an engine: what its own process loads and asks. Only that process imports this module."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from parvis.commons.engines.openfisca import (
    asked,
    cards,
    cases,
    catalogue,
    explaining,
    fast,
    populations,
    refusals,
    systems,
    values,
)
from parvis.commons.engines.openfisca.asking import Asker
from parvis.commons.engines.openfisca.explaining.laws import Laws
from parvis.commons.engines.openfisca.explaining.telling import Teller
from parvis.commons.engines.openfisca.fast import chunks, learning, saving
from parvis.commons.engines.openfisca.fast.remembering import accelerate, remembering
from parvis.commons.engines.openfisca.fast.simulation import QuickSimulation
from parvis.commons.engines.openfisca.reforms import Reforms
from parvis.core.simulators.contract import Card, CaseResult, Change, Columns, Field, Step, Table, WrongValue
from parvis.core.simulators.identity import Asked

Simulate: TypeAlias = Callable[[TaxBenefitSystem, Table], Simulation]
"""Make a simulation of a system and a table: OpenFisca's own, or the fast one."""


class Model:
    """The engine: the rules, loaded, and the way to calculate with them."""

    def __init__(self, system: TaxBenefitSystem, digest: str, factory: Simulate) -> None:
        """Take the rules and the one way that simulations are made."""
        self.reforms = Reforms(system)
        self.digest = digest
        self.factory = factory
        self.parts = chunks.Parts()

    @cached_property
    def card(self) -> Card:
        """Say what the model is, and what it does not compute."""
        return cards.card(self.system(), self.digest, fast.why_not())

    def fields(self) -> Iterable[Field]:
        """Give every variable and parameter."""
        return catalogue.fields(self.system())

    def evaluate(self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()) -> Columns:
        """Compute outputs for every row. Raises RefusedInput."""
        variables = asked.outputs(self.system(), outputs)
        periods = [asked.output_period(variable, period) for variable in variables]

        def of(part: Table) -> Columns:
            simulation = self.simulate(part, changes)
            columns = {
                (variable.name, period): values.decoded(refusals.calculate(simulation, variable, found))
                for variable, found in zip(variables, periods, strict=True)
            }
            if isinstance(simulation, QuickSimulation):
                simulation.let_go()
            return columns

        if not self.is_fast:
            return of(table)
        try:
            question = (tuple(outputs), period, tuple(changes))
            return self.parts.evaluate(table, of, self.system().person_entity.key, question)
        except WrongValue:
            self.simulate(table, changes)  # refuses the whole table, naming its row and not that of a part
            raise

    def warm(self) -> None:
        """Compute what people ask most, for a few fictitious households."""
        year = learning.YEARS[-1]
        self.evaluate(next(learning.tables(year)), learning.OUTPUTS, str(year))

    @property
    def is_fast(self) -> bool:
        """Tell whether simulations are accelerated."""
        return self.factory is quick

    def explain(
        self, table: Table, output: str, period: str, changes: Sequence[Change] = (), *, whole: bool = False
    ) -> Sequence[Step]:
        """Explain an output of one case. Raises RefusedInput."""
        return explaining.explain(self, Asked(self.card.engine, table, (output,), period, tuple(changes)), whole=whole)

    def missing(
        self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()
    ) -> Sequence[str]:
        """Name what is not given and may move the outputs, the most first. Raises RefusedInput."""
        return self.asker.missing(Asked(self.card.engine, table, tuple(outputs), period, tuple(changes)))

    @cached_property
    def asker(self) -> Asker:
        """Keep what each output is made of."""
        return Asker(self)

    @cached_property
    def teller(self) -> Teller:
        """Keep what explanations find of parameters and units."""
        return Teller(Laws(self.reforms.tree))

    def cases(self, folder: Path, *, most: int | None = None) -> Iterator[CaseResult]:
        """Run the package's own cases, or a sample of them."""
        return cases.run(self.system(), self.factory, folder, most)

    def system(self, changes: Sequence[Change] = ()) -> TaxBenefitSystem:
        """Return the law in force, or what changes make of it. Raises RefusedInput."""
        return self.reforms.after(changes)

    def simulate(self, table: Table, changes: Sequence[Change] = ()) -> Simulation:
        """Make the simulation of a table. Raises RefusedInput."""
        return self.factory(self.system(changes), table)


def quick(system: TaxBenefitSystem, table: Table) -> Simulation:
    """Make the simulation that gives what OpenFisca's own would, faster."""
    return accelerate(populations.simulate(system, table))


def load(prepared: Path) -> Model:
    """Load the rules: from the image that `prepare` wrote where it is theirs, else from their files."""
    digest = systems.digest()
    if fast.why_not():
        system = systems.stock() if fast.is_off() else systems.load(prepared, digest)
        return Model(system, digest, populations.simulate)
    system = systems.load(prepared, digest)
    saving.restore(remembering(system).facts, prepared, digest)
    return Model(system, digest, quick)


def prepare(prepared: Path) -> None:
    """Write, once and for all, what makes `load` fast: the parameters, and what the rules give to anybody."""
    systems.write_image(prepared)
    if fast.why_not():
        return
    digest = systems.digest()
    system = systems.load(prepared, digest)
    learning.learn(lambda table: quick(system, table))
    saving.save(remembering(system).facts, prepared, digest)
