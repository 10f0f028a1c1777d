"""What a reform changes of the parameters, and which facts it leaves true."""

from collections.abc import Iterator
from typing import Any

from openfisca_core.parameters import ParameterNode

from parvis.commons.engines.openfisca.fast.facts import Fact
from parvis.commons.engines.openfisca.fast.parameters import Leaf, Roots


class Reform:
    """A system whose parameters differ from another's: nodes that are the same object did not change."""

    def __init__(self, before: Roots, after: Roots) -> None:
        self.before, self.after = before, after
        self.paths = tuple(changed(before.root, after.root))
        self.touched: dict[Leaf, bool] = {}

    def touches(self, leaf: Leaf) -> bool:
        """Say whether a parameter that was read may have changed on some day."""
        found = self.touched.get(leaf)
        if found is None:
            whole = leaf.path.removesuffix("*") if leaf.path.endswith(".*") else None
            found = any(path == leaf.path or (whole is not None and path.startswith(whole)) for path in self.paths)
            self.touched[leaf] = found
        return found

    def keeps(self, fact: Fact) -> bool:
        """Say whether a fact of the rules before holds after: what it read is worth the same on these days."""
        return fact.system is None and self._agrees(fact, self.after)

    def mark(self, fact: Fact) -> None:
        """Note whether a fact found after the reform holds before too."""
        fact.system = None if self._agrees(fact, self.before) else self

    def _agrees(self, fact: Fact, roots: Roots) -> bool:
        touched = self.touched
        for leaf, day in zip(fact.leaves, fact.instants, strict=True):
            is_touched = touched.get(leaf)
            if is_touched is None:
                is_touched = self.touches(leaf)
            if is_touched and roots.leaf(leaf.path, day) is not leaf:
                return False
        return True


def changed(before: Any, after: Any, name: str = "") -> Iterator[str]:
    """Yield the paths of the parameters that are not the same object in both trees."""
    if before is after:
        return
    if not (isinstance(before, ParameterNode) and isinstance(after, ParameterNode)):
        yield name
        return
    for key in {**before.children, **after.children}:
        path = f"{name}.{key}" if name else key
        yield from changed(before.children.get(key), after.children.get(key), path)
