"""Scales of rates, without the large intermediate arrays: the same sums, in the same order, bit for bit."""

from typing import Any, Final

import numpy as np
from openfisca_core.taxscales import MarginalRateTaxScale

from parvis.commons.engines.openfisca.fast.tokens import is_nothing
from parvis.core.simulators.contract import Array

IN_ORDER: Final = 7  # brackets: up to there NumPy sums a row from left to right; beyond, by eight at a time


class QuickMarginalRateTaxScale(MarginalRateTaxScale):
    """OpenFisca's scale. The shares of each bracket are written one bracket at a time, where it repeats arrays."""

    def calc(self, tax_base: Array, factor: Any = 1.0, round_base_decimals: int | None = None) -> Array:
        if np.ndim(tax_base) != 1 or not 0 < len(self.thresholds) <= IN_ORDER:
            return super().calc(tax_base, factor, round_base_decimals)
        scaled = np.asarray(factor, dtype=np.float64) + np.finfo(np.float64).eps
        scaled = scaled[:1] if scaled.strides == (0,) else np.atleast_1d(scaled)
        count = len(tax_base)
        if len(scaled) == 1 < count and is_nothing(tax_base):
            found = self._apply(np.asarray(tax_base)[:1], scaled, round_base_decimals)
            return np.full(count, found[0], dtype=found.dtype)
        return self._apply(tax_base, scaled, round_base_decimals)

    def _apply(self, base: Array, scaled: Array, decimals: int | None) -> Array:
        return self._exact(base, scaled) if decimals is None else self._rounded(base, scaled, decimals)

    def _exact(self, base: Array, scaled: Array) -> Array:
        # The last product is left to the library that OpenFisca leaves it to, on the same layout: its sums are fused.
        shares = np.empty((len(base), len(self.thresholds)))
        low = scaled * self.thresholds[0]
        for place, edge in enumerate([*self.thresholds[1:], np.inf]):
            high = scaled * edge
            share = np.minimum(base, high)
            np.subtract(share, low, out=share)
            np.maximum(share, 0, out=shares[:, place])
            low = high
        return np.dot(self.rates, shares.T)

    def _rounded(self, base: Array, scaled: Array, decimals: int) -> Array:
        total = np.zeros(0)
        low = np.round(scaled * self.thresholds[0], decimals)
        for place, (rate, edge) in enumerate(zip(self.rates, [*self.thresholds[1:], np.inf], strict=True)):
            high = np.round(scaled * edge, decimals)
            share = np.minimum(base, high)
            np.subtract(share, low, out=share)
            np.maximum(share, 0, out=share)
            np.round(share, decimals, out=share)
            np.multiply(share, rate, out=share)
            np.round(share, decimals, out=share)
            total = np.add(total, share, out=total) if place else share
            low = high
        return total
