"""Parameters of a day, read one by one: only what is read is built, and what is read is said.

OpenFisca builds the whole tree for each day, and one Python object a household where a parameter is chosen by a
vector. Here a node is built when it is first read, and chosen once for each different key.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from weakref import WeakValueDictionary

import numpy as np
from openfisca_core import periods
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.parameters import ParameterNode, ParameterNodeAtInstant, VectorialParameterNodeAtInstant
from openfisca_core.periods import Period
from openfisca_core.taxscales import MarginalRateTaxScale, RateTaxScaleLike, TaxScaleLike

from parvis.commons.engines.openfisca.fast.periods import WatchedPeriod
from parvis.commons.engines.openfisca.fast.scales import QuickMarginalRateTaxScale
from parvis.commons.engines.openfisca.fast.watching import WATCH
from parvis.core.simulators.contract import Array

WIDE: Final = 10_000
FEW: Final = 64  # rows: up to there, choices already made are kept


class Leaf:
    """A value of a parameter: the same object wherever, and whenever, it is the same value."""

    __slots__ = ("__weakref__", "path")

    def __init__(self, path: str) -> None:
        self.path = path


LEAVES: Final[WeakValueDictionary[tuple[str, Any], Leaf]] = WeakValueDictionary()
"""Those that a fact or the parameters of a day still hold."""


def leaf(path: str, content: Any) -> Leaf:
    key = (path, content)
    found = LEAVES.get(key)
    if found is None:
        LEAVES[key] = found = Leaf(path)
    return found


def content(value: Any) -> Any:
    """Return what makes a value of a parameter equal to another: scales by their brackets."""
    if isinstance(value, QuickNode):
        return tuple((name, content(value.peek(name))) for name in value.names())
    if isinstance(value, TaxScaleLike):
        brackets = value.rates if isinstance(value, RateTaxScaleLike) else value.amounts
        return (type(value).__name__, tuple(value.thresholds), tuple(brackets))
    if isinstance(value, list):
        return tuple(value)
    return (type(value).__name__, value)


class QuickNode(ParameterNodeAtInstant):
    """A node of the parameters, on a day.

    What is read in it is told by its place in the tree: the package copies nodes elsewhere (« cotsoc.* »), and the
    copies keep the names that they had.
    """

    def __init__(self, place: str, node: ParameterNode, instant: str) -> None:
        self._place = place
        self._name = node.name
        self._node = node
        self._instant_str = instant
        self._known: dict[str, tuple[Any, Leaf | None]] = {}
        self._whole: Leaf | None = None
        self._chosen: dict[Any, Any] = {}
        self._is_checked = False

    def __getattr__(self, key: str) -> Any:
        known = self.__dict__["_known"].get(key)
        if known is None:
            if isinstance(key, str) and key.startswith("__"):
                raise AttributeError(key)
            known = self._learn(key)
        value, read = known
        if read is not None:
            now = WATCH.now
            now.leaves.append(read)
            now.instants.append(self._instant_str)
            if value is None:
                super().__getattr__(key)  # raises ParameterNotFoundError, as OpenFisca does
        return value

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, np.ndarray):
            return self._choose(key)
        return self.__getattr__(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._children)

    @property
    def _children(self) -> Mapping[str, Any]:
        """Every child: whoever asks for them all has read them all."""
        self._say_whole()
        return {name: self.peek(name) for name in self.names()}

    def names(self) -> list[str]:
        return [name for name in self._node.children if self.peek(name) is not None]

    def peek(self, key: str) -> Any:
        """Return a child without saying that it was read."""
        known = self._known.get(key)
        return (known or self._learn(key))[0]

    def _learn(self, key: str) -> tuple[Any, Leaf | None]:
        child = self._node.children.get(key)
        path = f"{self._place}.{key}" if self._place else key
        if isinstance(child, ParameterNode):
            known: tuple[Any, Leaf | None] = (QuickNode(path, child, self._instant_str), None)
        else:
            value = None if child is None else child._get_at_instant(self._instant_str)
            if type(value) is MarginalRateTaxScale:
                value.__class__ = QuickMarginalRateTaxScale
            known = (value, leaf(path, content(value)))
        self._known[key] = known
        return known

    def _say_whole(self) -> None:
        if self._whole is None:
            self._whole = leaf(f"{self._place}.*", content(self))
        now = WATCH.now
        now.leaves.append(self._whole)
        now.instants.append(self._instant_str)

    def _choose(self, keys: Array) -> Any:
        """Choose a child for each row."""
        self._say_whole()
        if not self._is_checked:
            VectorialParameterNodeAtInstant.check_node_vectorisable(self)
            self._is_checked = True
        known = (keys.dtype, getattr(keys, "possible_values", None), keys.tobytes()) if len(keys) <= FEW else None
        if known in self._chosen:
            return fresh(self._chosen[known])
        different, places = unique(keys)
        found = spread(VectorialParameterNodeAtInstant.build_from_node_name(Checked(self), different), places)
        if known is not None:
            self._chosen[known] = found
        return fresh(found)


class Checked:
    """A node whose children are known to be alike: OpenFisca checks them all again at each choice."""

    def __init__(self, node: QuickNode) -> None:
        self._children: Mapping[str, Any] = OneOf(node)
        self._name, self._instant_str, self._node_at = node._name, node._instant_str, node

    def __getitem__(self, key: str) -> Any:
        value = self._node_at.peek(key)
        return self._node_at[key] if value is None else value


class OneOf(Mapping[str, Any]):
    """The children of a node, of which the check sees one, and the choice by date the names."""

    def __init__(self, node: QuickNode) -> None:
        self.node = node

    def items(self) -> Any:
        name = self.node.names()[0]
        return {name: 0}.items()

    def keys(self) -> Any:
        return dict.fromkeys(self.node.names()).keys()

    def __getitem__(self, key: str) -> Any:
        return self.node.peek(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.node.names())

    def __len__(self) -> int:
        return len(self.node.names())


class Spread:
    """Nodes chosen by a vector: those that differ, and which of them each row has."""

    def __init__(self, few: VectorialParameterNodeAtInstant, places: Array) -> None:
        self._few, self._places = few, places

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        return self[key]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return spread(self._few[key], self._places)
        different, seconds = unique(key)
        pairs, places = counted(self._places * len(different) + seconds)
        nodes = [self._few.vector[place] for place in pairs // len(different)]
        few = VectorialParameterNodeAtInstant(nodes, self._few._name, self._few._instant_str)
        return spread(few[different[pairs % len(different)]], places)


def spread(few: Any, places: Array) -> Any:
    return Spread(few, places) if isinstance(few, VectorialParameterNodeAtInstant) else few[places]


def fresh(found: Any) -> Any:
    """Return a copy: a formula may write in what it has chosen."""
    return found.copy() if isinstance(found, np.ndarray) else found


def unique(keys: Array) -> tuple[Array, Array]:
    """Return the different keys, and the place of each row's among them."""
    if keys.strides == (0,):
        return keys[:1], np.zeros(len(keys), dtype=np.intp)
    if keys.dtype == object:
        return keys, np.arange(len(keys))
    values = getattr(keys, "possible_values", None)
    plain = np.asarray(keys)
    different, places = counted(plain) if plain.dtype.kind in "iu" else np.unique(plain, return_inverse=True)
    return (different if values is None else EnumArray(different, values)), places


def counted(keys: Array) -> tuple[Array, Array]:
    """Do as `np.unique` does, without sorting, for whole numbers that are near one another."""
    low, high = int(keys.min()), int(keys.max())
    if high - low > WIDE:
        different, places = np.unique(keys, return_inverse=True)
        return different, places
    shifted = keys.astype(np.intp) - low
    is_there = np.zeros(high - low + 1, dtype=bool)
    is_there[shifted] = True
    different = np.flatnonzero(is_there)
    return (different + low).astype(keys.dtype), (np.cumsum(is_there) - 1)[shifted]


class Roots:
    """The parameters of a system, by day."""

    def __init__(self, root: ParameterNode) -> None:
        self.root = root
        self.days: dict[str, QuickNode] = {}
        self.periods: dict[int, QuickNode] = {}

    def at(self, instant: Any) -> QuickNode:
        """Return the parameters on the first day of what is given, as `get_parameters_at_instant` does."""
        if type(instant) is not WatchedPeriod:
            return self.on(str(instant.start if isinstance(instant, Period) else periods.instant(instant)))
        found = self.periods.get(instant.number)
        if found is None:
            self.periods[instant.number] = found = self.on(str(instant[1]))
        return found

    def on(self, day: str) -> QuickNode:
        found = self.days.get(day)
        if found is None:
            self.days[day] = found = QuickNode("", self.root, day)
        return found

    def leaf(self, path: str, day: str) -> Leaf:
        """Return what a path is worth on a day (« a.b.* »: the whole of a node)."""
        node: Any = self.on(day)
        *names, last = path.split(".")
        for name in names:
            node = node.peek(name) if isinstance(node, QuickNode) else None
        if last == "*":
            return leaf(path, content(node))
        return leaf(path, content(node.peek(last) if isinstance(node, QuickNode) else None))
