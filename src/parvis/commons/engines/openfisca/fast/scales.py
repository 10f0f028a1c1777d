"""Scales of rates, without the large intermediate arrays: the same sums, in the same order, bit for bit."""

from typing import Any

import numpy as np
from openfisca_core.taxscales import MarginalRateTaxScale

from parvis.core.simulators.contract import Array


class QuickMarginalRateTaxScale(MarginalRateTaxScale):
    """OpenFisca's scale. The shares of each bracket are written one bracket at a time, where it repeats arrays."""

    def calc(self, tax_base: Array, factor: Any = 1.0, round_base_decimals: int | None = None) -> Array:
        if round_base_decimals is not None or np.ndim(tax_base) != 1:
            return super().calc(tax_base, factor, round_base_decimals)
        scaled = np.broadcast_to(np.asarray(factor, dtype=np.float64), (len(tax_base),)) + np.finfo(np.float64).eps
        if scaled.strides == (0,) or np.ndim(factor) == 0:
            scaled = scaled[:1]
        edges = [*self.thresholds, np.inf]
        shares = np.empty((len(tax_base), len(self.thresholds)))
        low = scaled * edges[0]
        for place in range(len(self.thresholds)):
            high = scaled * edges[place + 1]
            share = np.minimum(tax_base, high)
            np.subtract(share, low, out=share)
            np.maximum(share, 0, out=shares[:, place])
            low = high
        return np.dot(self.rates, shares.T)
