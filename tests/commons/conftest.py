"""Engines to ask, as the simulators' own tests have them."""

from core.simulators.conftest import openfisca

__all__ = ["openfisca"]
