"""Rules of OpenFisca-France that read the whole population where they mean one household, made to read that one.

With one tax household the result is the package's own, to the bit. With several, the package gives to each what
belongs to the others: a person's result would depend on who is computed beside her. `PARVIS_OPENFISCA_STOCK=1` runs
the package as it is.
"""

from typing import Any, Final

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

REPAIRED: Final = "revenus_non_salarie_nets"


def repair(system: TaxBenefitSystem) -> None:
    """Put the repaired rule in the place of the package's (version 176.1.8, activite.py, line 468)."""
    formulas = system.variables[REPAIRED].formulas
    for start in formulas:
        formulas[start] = formula


def formula(individu: Any, period: Any) -> Any:  # noqa: ANN401 -- OpenFisca's own types are not typed
    """Sum the net income of the self-employed; that of micro-enterprises is the person's own tax household's.

    The package writes `sum(microentreprise_i)`, over every person of the population.
    """
    return (
        individu("rpns_imposables", period)
        + individu("csg_imposable_non_salarie", period)
        + individu("crds_non_salarie", period)
        + individu.foyer_fiscal("microentreprise", period)
    )
