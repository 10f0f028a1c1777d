"""Values that are compared by identity: equal arrays are one object, and arrays of one repeated value have no length.

A token is either a `Uniform` (every row has the same value, whatever the number of rows) or a read-only array.
Two tokens that are the same object are equal bit for bit; the converse holds for small arrays only, which costs a
calculation at worst.
"""

from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary

import numpy as np

from parvis.core.simulators.contract import Array

SMALL: Final = 4_096  # rows: up to there, arrays of equal content are one object
SIZES: Final = 32  # numbers of rows for which one repeated value is kept as an array


class Uniform:
    """One value for every row."""

    __slots__ = ("__weakref__", "arrays", "is_nothing", "one")

    def __init__(self, one: Array) -> None:
        self.one = one
        self.arrays: dict[int, Array] = {}
        self.is_nothing = one.dtype.kind in "biuf" and not one.any()

    def array(self, count: int) -> Array:
        """Return the rows: shared, read-only, and without memory of their own where they are many."""
        found = self.arrays.get(count)
        if found is None:
            found = np.broadcast_to(self.one, (count,), subok=True)
            if count <= SMALL:
                found = found.copy()
                found.flags.writeable = False
            if len(self.arrays) >= SIZES:
                self.arrays.clear()
            self.arrays[count] = found
        return found


Token: TypeAlias = Uniform | Array


class Tokens:
    """The tokens that a fact, a simulation or a replay still holds, by content."""

    def __init__(self) -> None:
        self.uniforms: WeakValueDictionary[tuple[Any, ...], Uniform] = WeakValueDictionary()
        self.arrays: WeakValueDictionary[tuple[Any, ...], Array] = WeakValueDictionary()

    def of(self, array: Array) -> Token:
        """Return the token of an array, which becomes read-only."""
        if array.dtype.hasobject:
            return array
        count = len(array)
        if count > SMALL:
            return self._of_many(array)
        values = getattr(array, "possible_values", None)
        content, size = array.tobytes(), array.itemsize
        first = content[:size]
        if first * count == content:
            return self.uniform((array.dtype, values, first), array)
        key = (array.dtype, values, content)
        found = self.arrays.get(key)
        if found is None:
            if array.base is not None or not array.flags.c_contiguous:
                array = array.copy()
            array.flags.writeable = False
            self.arrays[key] = found = array
        return found

    def _of_many(self, array: Array) -> Token:
        first = array[:1]
        if array.strides == (0,) or is_uniform(array):
            return self.uniform((array.dtype, getattr(array, "possible_values", None), first.tobytes()), array)
        array.flags.writeable = False
        return array

    def uniform(self, key: tuple[Any, ...], array: Array) -> Uniform:
        found = self.uniforms.get(key)
        if found is None:
            one = array[:1].copy()
            one.flags.writeable = False
            self.uniforms[key] = found = Uniform(one)
        return found


def is_uniform(array: Array) -> bool:
    """Say whether every row has the same bits."""
    if array.dtype.kind not in "biufM":
        return bool((array == array[0]).all())
    bits = np.asarray(array).view(f"u{array.itemsize}")
    if bits[0] != bits[-1] or bits[0] != bits[len(bits) // 2]:
        return False
    return bool((bits == bits[0]).all())


def is_same(one: Token, other: Token) -> bool:
    """Say whether two tokens have the same bits."""
    if isinstance(one, Uniform) or isinstance(other, Uniform):
        return one is other
    if one.dtype != other.dtype or len(one) != len(other):
        return False
    if one.dtype.kind not in "biufM":
        return one.dtype.kind in "SU" and bool((one == other).all())
    bits = f"u{one.itemsize}"
    return bool((np.asarray(one).view(bits) == np.asarray(other).view(bits)).all())


def is_nothing(array: Array) -> bool:
    """Say whether every row is zero or false."""
    return not (array[:1] if array.strides == (0,) else array).view(np.ndarray).any()
