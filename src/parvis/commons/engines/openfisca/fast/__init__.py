"""Faster simulations with OpenFisca's own results, for the versions that they were compared with, under one switch."""

import os
from importlib.metadata import version
from typing import Any, Final

TESTED: Final = frozenset({("44.7.1", "176.1.8")})
"""Versions of OpenFisca-Core and OpenFisca-France whose results were compared with stock: no other is accelerated."""

SWITCH: Final = "PARVIS_OPENFISCA_STOCK"  # « 1 »: OpenFisca as it is


def why_not() -> str:
    """Return why stock OpenFisca runs, as a French sentence; "" where it is accelerated."""
    if os.environ.get(SWITCH) == "1":
        return f"L’accélération est coupée ({SWITCH}=1) : OpenFisca calcule tel quel."
    found = (version("openfisca-core"), version("openfisca-france"))
    if found not in TESTED:
        core, france = found
        return f"L’accélération n’a pas été comparée avec OpenFisca-Core {core} et OpenFisca-France {france} : OpenFisca calcule tel quel."
    return ""


def accelerate(simulation: Any) -> Any:
    """Return a simulation that gives what this one would, faster; this one must not have computed anything."""
    from parvis.commons.engines.openfisca.fast.remembering import remembering  # noqa: PLC0415

    return simulation if why_not() else remembering(simulation.tax_benefit_system).simulation(simulation)
