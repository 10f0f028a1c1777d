"""Compare accelerated simulations with stock OpenFisca's, bit for bit: run by the engine's own Python.

    ENGINE_PYTHON benchmarks/simulators/equality.py PREPARED [--cases N] [--changes N] [--households N] [--years 2024]

Households are drawn by seeds (households.py). Each case is computed, then changed several times (a wage, a rent, a
birth, a tenure, a pension), the accelerated side remembering; then populations, whole and in parts; then reforms, each
before and after the law in force; then a situation found again after others were asked something else.
Stock is OpenFisca's own system, its own simulation, its own parameters, told nothing of the accelerated one.
"""

import argparse
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import households
import numpy as np

from parvis.commons.engines.openfisca import model, populations, systems
from parvis.core.simulators.contract import Change, Columns, Rows, Table

OUTPUTS = (
    "revenu_disponible", "impot_revenu_restant_a_payer", "rfr", "nbptr", "af", "ppa", "aide_logement", "rsa", "aah"
)  # fmt: skip
REFORMS = (
    (Change("impot_revenu.bareme_ir_depuis_1945.bareme[1].rate", 0.10, date(2022, 1, 1)),),
    (Change("prestations_sociales.prestations_familiales.bmaf.bmaf", 500.0, date(2024, 4, 1)),),
    (Change("marche_travail.salaire_minimum.smic.smic_b_horaire", 13.0, date(2024, 1, 1)),),
)
CONTRIBUTIONS: Final = (  # read in copies that OpenFisca-France makes elsewhere in the tree
    ("prelevements_sociaux.regimes_complementaires_retraite_secteur_prive.agirc_arrco.salarie.agirc_arrco", 0.07),
    ("prelevements_sociaux.cotisations_regime_assurance_chomage.chomage.employeur.chomage", 0.09),
    ("prelevements_sociaux.cotisations_regime_assurance_chomage.ags.employeur.ags", 0.02),
)
NET: Final = ("revenu_disponible", "rfr", "salaire_net", "cotisations_salariales", "cotisations_employeur")
MARCH: Final = "2019-03"


class Comparison:
    """Counts what was compared, and keeps what differs."""

    def __init__(self, prepared: Path) -> None:
        self.quick = model.load(prepared)
        if not self.quick.is_fast:
            sys.exit("stock runs: nothing to compare")
        self.stock = model.Model(systems.stock(), self.quick.digest, populations.simulate)
        self.count = 0
        self.different: list[str] = []

    def compare(self, what: str, table: Table, year: str, changes: tuple[Change, ...] = ()) -> None:
        """Compute the same on both sides, in one simulation each, and compare every bit."""
        expected = self.stock.evaluate(table, OUTPUTS, year, changes)
        self.equal(what, expected, self.quick.evaluate(table, OUTPUTS, year, changes))

    def equal(self, what: str, expected: Columns, found: Columns) -> None:
        """Compare every bit of results."""
        for key, values in expected.items():
            self.count += len(values)
            is_float = values.dtype == np.float32
            wrong = int((values.view("u4") != found[key].view("u4") if is_float else values != found[key]).sum())
            if wrong or values.dtype != found[key].dtype:
                self.different.append(f"{what} {key}: {wrong} of {len(values)}")

    def nodes(self, what: str, table: Table, year: str) -> None:
        """Compare every value that both simulations still hold, not the outputs only."""
        stock = self.stock.simulate(table)
        quick = self.quick.simulate(table)
        for simulation in (stock, quick):
            simulation.calculate("revenu_disponible", year)
        for population in stock.populations.values():
            for name, holder in population._holders.items():  # noqa: SLF001
                for period in holder.get_known_periods():
                    self._node(f"{what} {name} {period}", holder.get_array(period), quick.get_array(name, period))

    def contributions(self, year: str) -> None:
        """Compare changes of contributions, asked before the law in force and after it."""
        each = [Change(f"{scale}[0].rate", rate, date(int(year), 1, 1)) for scale, rate in CONTRIBUTIONS]
        changes = [tuple(each[:1]), tuple(each[1:])]
        table = employee(year, 31_234.5)  # every contribution is paid
        expected = {change: self.stock.evaluate(table, NET, year, change) for change in [(), *changes]}
        for change in changes:
            moved = [key for key, values in expected[change].items() if values.sum() != expected[()][key].sum()]
            if not moved:
                self.different.append(f"{change} moves nothing")
        for step, change in enumerate([changes[0], (), changes[0], *changes[1:], (), *changes]):
            self.equal(f"contributions, step {step}", expected[change], self.quick.evaluate(table, NET, year, change))

    def replays(self) -> None:
        """Compare a situation asked more than before, others alike having been asked what it is asked now.

        The benefit is given to the first of them: it is met, and nothing of what it is made of.
        """
        first, second = (employee(MARCH[:4], wage) for wage in (1_234.0, 1_111.0))
        given = Rows(1, {("rsa", MARCH): np.array([100.0])})
        self.quick.evaluate(Table({**first.entities, "famille": given}), ("rsa",), MARCH)
        self.quick.evaluate(first, ("age",), MARCH)
        self.quick.evaluate(second, ("rsa",), MARCH)
        both = ("age", "rsa")
        self.equal("replay", self.stock.evaluate(first, both, MARCH), self.quick.evaluate(first, both, MARCH))

    def _node(self, what: str, expected: Any, found: Any) -> None:
        self.count += 1
        if found is None or np.asarray(expected).tobytes() != np.asarray(found).tobytes():
            self.different.append(what)


def changed(table: Table, random: np.random.Generator, year: str) -> Table:
    """Change one given value of one row."""
    entity = random.choice(["individu", "individu", "menage"])
    rows = table.entities[entity]
    key = list(rows.columns)[random.integers(0, len(rows.columns))]
    row = int(random.integers(0, rows.count))
    months = [key] if key[1] in (year, "ETERNITY") else [k for k in rows.columns if k[0] == key[0]]
    columns = dict(rows.columns)
    value = other(columns[key][row], key[0], random)
    for month in months:
        columns[month] = columns[month].copy()
        columns[month][row] = value
    return Table({**table.entities, entity: replace(rows, columns=columns)})


def employee(year: str, wage: float) -> Table:
    """Give a household of which one earns a wage."""
    table = households.simple(1, 3, year)
    persons = table.entities["individu"]
    wages = np.where(np.arange(persons.count) == 0, wage, 0.0)
    return Table(
        {**table.entities, "individu": replace(persons, columns={**persons.columns, ("salaire_de_base", year): wages})}
    )


def other(value: Any, name: str, random: np.random.Generator) -> Any:
    """Return another value of the same kind."""
    if name == "statut_occupation_logement":
        return households.TENURES[random.integers(0, len(households.TENURES))]
    if name == "depcom":
        return households.COMMUNES[random.integers(0, len(households.COMMUNES))]
    if name == "date_naissance":
        return value + np.timedelta64(int(random.integers(-4_000, 400)), "D")
    if np.asarray(value).dtype.kind == "b":
        return not value
    if name == "taux_incapacite":
        return random.choice([0.0, 0.5, 0.8])
    return round(float(random.choice([0.0, 500.0, 12_000.0, 31_000.0]) * (1 + random.random())), 2)


def run(asked: argparse.Namespace) -> Comparison:
    """Compare cases with their changes, every node of some, populations, reforms."""
    comparison = Comparison(asked.prepared)
    for seed in range(asked.first, asked.first + asked.cases):
        random = np.random.default_rng(seed)
        year = asked.years[seed % len(asked.years)]
        table = households.rich(1, seed, year)
        for step in range(asked.changes + 1):
            comparison.compare(f"case {seed} step {step}", table, year)
            table = changed(table, random, year)
        comparison.nodes(f"case {seed}", table, year)
        comparison.compare(f"case {seed} reformed", table, year, REFORMS[seed % len(REFORMS)])
    comparison.contributions(asked.years[0])
    comparison.replays()
    for year in asked.years:
        for make in (households.rich, households.simple):
            if asked.households:
                comparison.compare(f"{make.__name__} {year}", make(asked.households, asked.first, year), year)
    return comparison


def main() -> int:
    """Print what was compared, and what differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cases", type=int, default=2)
    parser.add_argument("--changes", type=int, default=3)
    parser.add_argument("--households", type=int, default=200)
    parser.add_argument("--years", type=lambda said: said.split(","), default=["2024"])
    start = time.process_time()
    comparison = run(parser.parse_args())
    seconds = time.process_time() - start
    print(f"{comparison.count} values compared, {len(comparison.different)} differ, {seconds:.0f} s CPU")
    for line in comparison.different[:20]:
        print(line)
    return 1 if comparison.different else 0


if __name__ == "__main__":
    sys.exit(main())
