"""What OpenFisca refuses while it computes, said in French."""

import re
from typing import Final

from openfisca_core.errors import CycleError, ParameterNotFoundError
from openfisca_core.periods import Period
from openfisca_core.simulations import Simulation
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import asked
from parvis.core.simulators.contract import Array, CircularDefinition, RefusedInput, WrongPeriod

OF_RULES: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, NotImplementedError)


def calculate(simulation: Simulation, variable: Variable, period: Period) -> Array:
    """Compute an output. Raises RefusedInput, whatever the rules do."""
    try:
        return asked.calculate(simulation, variable, period)
    except RefusedInput:
        raise
    except CycleError as error:
        raise CircularDefinition(_circular(simulation, variable, str(error))) from error
    except RecursionError as error:
        raise CircularDefinition(
            f"« {variable.name} » dépend d’elle-même de période en période, sans fin : donnez-en une valeur."
        ) from error
    except ParameterNotFoundError as error:
        raise WrongPeriod(
            f"« {variable.name} » ne se calcule pas pour {period} : une règle lit {_parameter(str(error))}, "
            "que le modèle n’a pas à cette date. Demandez une autre année."
        ) from error
    except OF_RULES as error:
        raise RefusedInput(
            f"Une règle dont dépend « {variable.name} » échoue pour {period} avec ces données : le modèle ne dit rien "
            f"de ce cas ({type(error).__name__} : {error}). Changez la période ou les données."
        ) from error


def _parameter(said: str) -> str:
    found = re.search(r"parameter '([^']+)'", said)
    return f"« {found[1]} »" if found else "un paramètre"


def _circular(simulation: Simulation, variable: Variable, said: str) -> str:
    name = re.search(r"on formula (\w+)@", said)
    looped = simulation.tax_benefit_system.variables[name[1]] if name else variable
    return (
        f"« {variable.name} » ne se calcule pas : avec ces données, « {looped.name} » ({looped.label}) "
        "se définit par elle-même. Donnez sa valeur, ou ôtez une donnée qui en dépend."
    )
