"""The model's own cases: YAML files that give a situation and what the law, or an official calculator, makes of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import yaml
from openfisca_core.errors import PeriodMismatchError, SituationParsingError, VariableNotFoundError
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.tools import assert_near

from parvis.commons.engines.openfisca.populations import numbered
from parvis.commons.engines.openfisca.refusals import OF_RULES
from parvis.commons.engines.openfisca.values import decoded
from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Array, CaseResult, Membership, RefusedInput, Rows, Table, WrongValue

Case: TypeAlias = Mapping[str, Any]
Simulate: TypeAlias = Callable[[TaxBenefitSystem, Table], Simulation]
Margin: TypeAlias = float | Mapping[str, float | None] | None
LARGEST: Final = 2**20  # bytes, of a file of cases: the largest of the package's has 45,000
ALIAS: Final = re.compile(r"^\s*(?:-\s+)*(?:[^#\n]*[:,\[{]\s)?[&*]\w+", re.MULTILINE)
POWER: Final = re.compile(r"\*\*")
NOT_RUN: Final = ("reforms", "extensions", "parameters")  # what none of the package's cases uses


class UnreadableCases(ParvisError):
    """A file of cases is not one, or asks for what reading a case must not do."""


class Named(NamedTuple):
    """A case and where it comes from."""

    name: str
    case: Case


class Expected(NamedTuple):
    """What one value of a case must be."""

    variable: str
    period: str
    row: int | None  # of the entity; none where the whole column is given
    value: object


def run(system: TaxBenefitSystem, simulate: Simulate, folder: Path, most: int | None) -> Iterator[CaseResult]:
    """Run the cases of a folder, or a sample of them, the same each time."""
    for path in sample(folder, most):
        found = list(read(path, folder))
        for named in found if most is None else found[_draw(path, len(found)) :][:1]:
            yield _run(system, simulate, named)


def sample(folder: Path, most: int | None) -> list[Path]:
    """Give the files to read: all, or those that a hash of their names draws, one case of each being run."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))
    if most is None:
        return paths
    return sorted(sorted(paths, key=lambda path: _number(path.relative_to(folder).as_posix()))[:most])


def _number(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big")


def _draw(path: Path, count: int) -> int:
    return _number(path.name) % count if count else 0


def read(path: Path, folder: Path) -> Iterator[Named]:
    """Read a file of cases, as plain data. Raises UnreadableCases."""
    name = path.relative_to(folder).as_posix()
    if path.stat().st_size > LARGEST:
        raise UnreadableCases(f"« {name} » passe 1 Mio : découpez ce fichier de cas.")
    said = path.read_text(encoding="utf-8")
    if ALIAS.search(said):
        raise UnreadableCases(
            f"« {name} » emploie des ancres YAML, qui peuvent s’étendre sans fin : écrivez les valeurs."
        )
    try:
        whole = yaml.load(said, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise UnreadableCases(f"« {name} » n’est pas du YAML fait de données seules : {error}") from error
    for number, case in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        if not isinstance(case, dict) or not isinstance(case.get("output"), dict):
            raise UnreadableCases(f"« {name} », cas n° {number} : il y faut au moins « input » et « output ».")
        yield Named(f"{name} — {case.get('name') or f'n° {number}'}", case)


def _run(system: TaxBenefitSystem, simulate: Simulate, named: Named) -> CaseResult:
    start = perf_counter()
    try:
        message = _differences(system, simulate, named.case)
    except RefusedInput as error:
        message = str(error)
    except (SituationParsingError, VariableNotFoundError, PeriodMismatchError, *OF_RULES) as error:
        message = f"Le cas ne peut être calculé : {type(error).__name__}, {str(error)[:500]}"
    return CaseResult(named.name, not message, message, perf_counter() - start)


def _differences(system: TaxBenefitSystem, simulate: Simulate, case: Case) -> str:
    stock = situation(system, case)
    simulation = simulate(system, table_of(stock))
    simulation.max_spiral_loops = case.get("max_spiral_loops") or 1
    found = (_difference(simulation, expected, case) for expected in _expected(stock, case))
    return " ; ".join(filter(None, found))


def situation(system: TaxBenefitSystem, case: Case) -> Simulation:
    """Read a case's situation as the package's own test runner does."""
    if any(case.get(key) for key in NOT_RUN):
        raise WrongValue("Ce cas change le droit (reforms, extensions ou parameters) : il n’est pas joué ici.")
    if any(POWER.search(text) for text in _texts(case)):
        raise WrongValue("Ce cas emploie une puissance (**) : écrivez le nombre.")
    builder = SimulationBuilder()
    builder.set_default_period(case.get("period"))
    stock = builder.build_from_dict(system, case.get("input") or {})
    if stock is None:
        raise WrongValue("La situation du cas n’a pas la forme qu’OpenFisca attend.")
    return stock


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, Mapping):
        for value in said.values():
            yield from _texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _texts(value)
    elif isinstance(said, str):
        yield said


def table_of(simulation: Simulation) -> Table:
    """Read the table that a simulation's inputs make, before anything is computed."""
    groups = {key: population for key, population in simulation.populations.items() if not population.entity.is_person}
    members = {key: _membership(population) for key, population in groups.items()}
    return Table(
        {
            key: Rows(population.count, _columns(population), {} if key in groups else members)
            for key, population in simulation.populations.items()
        }
    )


def _membership(population: GroupPopulation) -> Membership:
    # Roles as they are, sub-roles too: a table numbers these after the roles that have none above them.
    places = {role: number for number, role in enumerate(numbered(population.entity))}
    roles = [places[role] for role in population.members_role]
    return Membership(np.asarray(population.members_entity_id, dtype=np.int32), np.array(roles, dtype=np.int8))


def _columns(population: Population) -> dict[tuple[str, str], Array]:
    return {
        (name, str(period)): decoded(holder.get_array(period))
        for name, holder in population._holders.items()  # noqa: SLF001 (the only list of what was given)
        for period in holder.get_known_periods()
    }


def _expected(stock: Simulation, case: Case) -> Iterator[Expected]:
    """Give what a case expects: by variable, by entity, or by entity and instance."""
    plurals = {population.entity.plural: population for population in stock.populations.values()}
    for key, said in case["output"].items():
        if key in stock.tax_benefit_system.variables:
            yield from _dated(key, None, said, case)
        elif key in stock.populations:
            yield from (one for name, value in said.items() for one in _dated(name, None, value, case))
        elif key in plurals:
            yield from _of_rows(plurals[key], said, case)
        else:
            raise VariableNotFoundError(key, stock.tax_benefit_system)


def _of_rows(population: Population, said: Mapping[str, Mapping[str, object]], case: Case) -> Iterator[Expected]:
    for identifier, values in said.items():
        for name, value in values.items():
            yield from _dated(name, population.get_index(identifier), value, case)


def _dated(variable: str, row: int | None, said: object, case: Case, period: str | None = None) -> Iterator[Expected]:
    if isinstance(said, Mapping):
        for key, value in said.items():
            yield from _dated(variable, row, value, case, str(key))
    else:
        yield Expected(variable, str(period or case.get("period")), row, said)


def _difference(simulation: Simulation, expected: Expected, case: Case) -> str:
    column = simulation.calculate(expected.variable, expected.period)
    found = column if expected.row is None else column[expected.row]
    margins = (_margin(case.get(f"{kind}_error_margin"), expected.variable) for kind in ("absolute", "relative"))
    absolute, relative = margins
    try:
        assert_near(found, expected.value, absolute, "", relative)
    except AssertionError:
        said = np.asarray(decoded(np.atleast_1d(found))).tolist()
        return f"{expected.variable}, {expected.period} : {expected.value} attendu, {said} trouvé"
    return ""


def _margin(said: Margin, variable: str) -> float | None:
    if isinstance(said, Mapping):
        return said[variable] if variable in said else said["default"]
    return None if said is None else float(said)
