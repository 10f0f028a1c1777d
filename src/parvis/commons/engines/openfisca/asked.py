"""What is asked, checked before it is computed: names, periods, and how an output is asked for another period."""

import difflib
from collections.abc import Iterable
from typing import Final

from openfisca_core.holders import set_input_dispatch_by_period, set_input_divide_by_period
from openfisca_core.periods import DateUnit, Period, unit_weight
from openfisca_core.periods import period as parse
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.core.simulators.contract import Array, UnknownField, WrongPeriod

YEARS: Final = (1900, 2200)
LONGEST: Final = 10  # years
SHOWN: Final = 80  # characters of what was asked, in a refusal
SAID: Final = {"month": "un mois (2024-01)", "year": "une année (2024)", "day": "un jour (2024-01-31)"}


def variable(system: TaxBenefitSystem, name: str) -> Variable:
    """Find a variable. Raises UnknownField, with the nearest names."""
    found = system.variables.get(name)
    if found is None:
        raise UnknownField(f"OpenFisca-France n’a pas de variable « {name[:SHOWN]} »{near(name, system.variables)}")
    return found


def outputs(system: TaxBenefitSystem, names: Iterable[str]) -> list[Variable]:
    """Find outputs, in the one order they are computed in, whatever the order they were asked in.

    OpenFisca cuts a circle of definitions (housing benefit, activity bonus…) where it entered it, so that what is
    computed first matters: by 74 € a year at most, for 43 of 4,000 synthetic households. What holds for the year, such
    as disposable income, comes first: the rest then agrees with it.
    """
    found = {variable(system, name) for name in names}
    return sorted(found, key=lambda one: (-unit_weight(one.definition_period), one.name))


def near(name: str, names: Iterable[str]) -> str:
    """End a sentence with the names nearest to one that is unknown."""
    found = difflib.get_close_matches(name[:SHOWN], list(names), n=3, cutoff=0.6)
    return f" ; les plus proches : {', '.join(f'« {one} »' for one in found)}." if found else "."


def period(said: str) -> Period:
    """Read a period. Raises WrongPeriod."""
    shown = said[:SHOWN]
    try:
        found = parse(said)
    except ValueError:
        raise WrongPeriod(
            f"« {shown} » n’est pas une période : donnez une année (2024) ou un mois (2024-01)."
        ) from None
    if found.unit != DateUnit.ETERNITY and (not YEARS[0] <= found.start.year <= YEARS[1] or _is_long(found)):
        raise WrongPeriod(
            f"« {shown} » : une période commence entre {YEARS[0]} et {YEARS[1]} et ne passe pas {LONGEST} ans."
        )
    return found


def _is_long(found: Period) -> bool:
    # The number of units first: the core cannot count the days of a million years.
    return found.size > LONGEST * 366 or found.size_in_days > LONGEST * 366


def given_period(variable: Variable, said: str) -> Period:
    """Read the period of an input. Raises WrongPeriod where its variable cannot take it."""
    found = period(said)
    own = variable.definition_period
    if own == DateUnit.ETERNITY:
        return found
    if found.unit == DateUnit.ETERNITY or unit_weight(found.unit) < unit_weight(own) or _is_refused(variable, found):
        raise WrongPeriod(f"« {variable.name} » se donne pour {SAID[own]}, et non pour « {said[:SHOWN]} ».")
    if variable.end is not None and found.start.date > variable.end:
        raise WrongPeriod(
            f"« {variable.name} » n’existe plus depuis le {variable.end} : « {said[:SHOWN]} » ne peut la donner."
        )
    return found


def _is_refused(variable: Variable, found: Period) -> bool:
    is_own = found.unit == variable.definition_period and found.size == 1
    return not is_own and variable.set_input is None


def output_period(variable: Variable, said: str) -> Period:
    """Read the period of an output. Raises WrongPeriod."""
    found = period(said)
    if found.unit == DateUnit.ETERNITY and variable.definition_period != DateUnit.ETERNITY:
        raise WrongPeriod(f"« {variable.name} » se calcule pour {SAID[variable.definition_period]}.")
    if (
        variable.end is not None
        and variable.definition_period != DateUnit.ETERNITY
        and found.start.date > variable.end
    ):
        raise WrongPeriod(
            f"« {variable.name} » n’existe plus depuis le {variable.end} : demandez une période d’avant."
        )
    return found


def calculate(simulation: Simulation, variable: Variable, found: Period) -> Array:
    """Compute an output: on its own period, or summed over a longer one, or its share of a shorter one.

    Amounts are summed and divided (OpenFisca's ADD and DIVIDE); ages, dates, choices, rates and situations are not:
    for them a period other than their own is refused, as OpenFisca's test runner and web API do.
    """
    own = variable.definition_period
    if own in (DateUnit.ETERNITY, found.unit) and (own == DateUnit.ETERNITY or found.size == 1):
        return simulation.calculate(variable.name, found)
    if not is_amount(variable):
        raise WrongPeriod(
            f"« {variable.name} » se demande pour {SAID[own]}, et non pour « {found} » : le modèle ne dit pas qu’elle "
            "puisse se sommer ou se partager dans le temps."
        )
    if unit_weight(found.unit) >= unit_weight(own):
        return simulation.calculate_add(variable.name, found)
    if found.size > 1:
        raise WrongPeriod(
            f"« {variable.name} » se calcule pour {SAID[own]} : demandez cette période, ou un seul mois."
        )
    return simulation.calculate_divide(variable.name, found)


def is_amount(variable: Variable) -> bool:
    """Tell whether the values of a variable's periods make sense once summed."""
    if variable.value_type not in (int, float) or variable.set_input is set_input_dispatch_by_period:
        return False
    is_shared_out = variable.set_input is set_input_divide_by_period or variable.calculate_output is not None
    return is_shared_out or variable.unit == "currency"
