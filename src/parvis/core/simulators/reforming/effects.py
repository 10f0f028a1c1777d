"""What a reform does to a household, to typical cases, to a population: two runs of one engine, before and after."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from parvis.core.simulators.calculating.computing import Figure, figures, main_shown, outputs
from parvis.core.simulators.calculators import Answers, Calculator
from parvis.core.simulators.comparing import THRESHOLD, Comparison, by_household, check_amount, compare
from parvis.core.simulators.contract import Change, Field, Table, Value
from parvis.core.simulators.engines import Population
from parvis.core.simulators.hosting.calling import Host, Outcome
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.tables import are_alike, gather, share_out
from parvis.core.simulators.units import written


@dataclass(frozen=True)
class Line:
    """One output of a case, before and after."""

    output: str
    label: str
    before: Value
    after: Value
    unit: str
    is_main: bool

    @property
    def change(self) -> float | None:
        """Return the difference of two numbers; None of what is not one."""
        if isinstance(self.before, bool) or isinstance(self.after, bool):
            return None
        if not isinstance(self.before, int | float) or not isinstance(self.after, int | float):
            return None
        return round(self.after - self.before, 6) + 0.0

    @property
    def texts(self) -> tuple[str, str, str]:
        """Write what was, what is, and the difference with its sign."""
        change = self.change
        if change is None:
            said = "inchangé" if self.before == self.after else "changé"
        else:
            said = "inchangé" if not round(change, 2) else f"{'+' if change > 0 else ''}{written(change, self.unit)}"
        return written(self.before, self.unit), written(self.after, self.unit), said


@dataclass(frozen=True)
class CaseEffect:
    """What a reform does to one case."""

    name: str
    lines: tuple[Line, ...]

    @property
    def main(self) -> Line:
        return next((line for line in self.lines if line.is_main), self.lines[0])


@dataclass(frozen=True)
class Effects:
    """What a reform does to cases, and the run that anyone may replay, where they could be gathered in one."""

    cases: tuple[CaseEffect, ...]
    asked: Asked | None
    outcome: Outcome | None


def on_cases(host: Host, calculator: Calculator, cases: Mapping[str, Answers], changes: Sequence[Change]) -> Effects:
    """Compute cases before and after, in one population where they have the same columns. Raises as the host does."""
    tables = [calculator.table(answers) for answers in cases.values()]
    if are_alike(tables):
        return _together(host, calculator, list(cases), tables, changes)
    each = [_together(host, calculator, [name], [table], changes) for name, table in zip(cases, tables, strict=True)]
    return Effects(tuple(effects.cases[0] for effects in each), None, None)


def _together(
    host: Host, calculator: Calculator, names: Sequence[str], tables: Sequence[Table], changes: Sequence[Change]
) -> Effects:
    before = Asked(calculator.engine, gather(tables), outputs(calculator), calculator.period)
    after = Asked(before.engine, before.table, before.outputs, before.period, tuple(changes))
    fields = host.fields()
    entities = {name: fields[name].entity for name in before.outputs}
    outcome = host.evaluate(after)
    shared = [share_out(found.columns, entities, tables) for found in (host.evaluate(before), outcome)]
    told = [[figures(calculator, columns, fields) for columns in found] for found in shared]
    cases = tuple(CaseEffect(name, _lines(old, new)) for name, old, new in zip(names, *told, strict=True))
    return Effects(cases, after, outcome)


def _lines(before: Sequence[Figure], after: Sequence[Figure]) -> tuple[Line, ...]:
    return tuple(
        Line(old.field, old.label, old.value, new.value, old.unit, old.is_main)
        for old, new in zip(before, after, strict=True)
    )


@dataclass(frozen=True)
class PopulationEffect:
    """What a reform does to a population, and the two runs that say so."""

    output: str
    label: str
    unit: str
    sign: int  # -1 where the model counts it below zero, and the page above
    title: str
    origin: str
    ranking: str  # label of the output that ranks
    before: str  # identity
    after: str  # identity
    comparison: Comparison
    period: str = ""  # of the population: a calculator of one month is summed over it; "" before this was kept


class Compared:
    """The comparisons last made, by the identities of their runs: a population is nobody, and the same for all."""

    def __init__(self, most: int = 64) -> None:
        """Keep `most` of them, in memory."""
        self.most, self.known = most, OrderedDict[tuple[str, str, float], Comparison]()
        self.lock = Lock()

    def found(self, key: tuple[str, str, float]) -> Comparison | None:
        with self.lock:
            return self.known.get(key)

    def keep(self, key: tuple[str, str, float], comparison: Comparison) -> Comparison:
        with self.lock:
            self.known[key] = comparison
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        return comparison


COMPARED: Final = Compared()


def on_population(
    host: Host, calculator: Calculator, population: Population, changes: Sequence[Change]
) -> PopulationEffect:
    """Compare a calculator's main output before and after, household by household. Raises the host's refusals."""
    shown, fields = main_shown(calculator), host.fields()
    found, key = compared(host, fields[shown.field], population, changes)
    return PopulationEffect(
        output=shown.field,
        label=shown.label,
        unit=shown.unit or fields[shown.field].unit,
        sign=shown.sign,
        title=population.title,
        origin=population.origin,
        ranking=fields[population.ranking].label,
        before=key[0],
        after=key[1],
        comparison=found,
        period=population.period,
    )


def compared(
    host: Host, output: Field, population: Population, changes: Sequence[Change], threshold: float = THRESHOLD
) -> tuple[Comparison, tuple[str, str]]:
    """Compare an output before and after; the identities of both runs. Raises NotAnAmount, and the host's refusals."""
    check_amount(output)
    slug = host.declared.slug
    before = Asked(slug, population.table, (output.name, population.ranking), population.period)
    after = Asked(slug, population.table, (output.name,), population.period, tuple(changes))
    key = host.identity(before), host.identity(after)
    found = COMPARED.found((*key, threshold))
    if found is None:
        found = COMPARED.keep((*key, threshold), _compared(host, population, before, after, threshold))
    return found, key


def _compared(host: Host, population: Population, before: Asked, after: Asked, threshold: float) -> Comparison:
    (output,), fields, period = after.outputs, host.fields(), population.period
    first, last = host.evaluate(before).columns, host.evaluate(after).columns
    values = (
        (output, first[output, period]),
        (output, last[output, period]),
        (population.ranking, first[population.ranking, period]),
    )
    return compare(
        *(by_household(column, population.table, fields[name].entity, population.entity) for name, column in values),
        threshold=threshold,
    )
