"""Faster simulations with OpenFisca's own results, for the versions that they were compared with, under one switch."""

import os
from importlib.metadata import version
from typing import Final

TESTED: Final = frozenset({("44.7.1", "176.1.8")})
"""Versions of OpenFisca-Core and OpenFisca-France whose results were compared with stock: no other is accelerated."""

SWITCH: Final = "PARVIS_OPENFISCA_STOCK"  # « 1 »: OpenFisca as it is


def is_off() -> bool:
    """Tell whether OpenFisca is asked to do everything itself: the one switch of all that makes it faster."""
    return os.environ.get(SWITCH) == "1"


def why_not() -> str:
    """Return why stock OpenFisca runs, as a French sentence; "" where it is accelerated."""
    if is_off():
        return f"L’accélération est coupée ({SWITCH}=1) : OpenFisca calcule tel quel."
    core, france = version("openfisca-core"), version("openfisca-france")
    return untested(core, france)


def untested(core: str, france: str) -> str:
    """Return why these versions are not accelerated; "" where they are."""
    if (core, france) in TESTED:
        return ""
    return (
        f"L’accélération n’a pas été comparée avec OpenFisca-Core {core} et OpenFisca-France {france} : "
        "OpenFisca calcule tel quel."
    )
