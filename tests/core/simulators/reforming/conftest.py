"""The fictitious calculator, declared while these tests run."""

from core.simulators.calculating.conftest import aide

__all__ = ["aide"]
