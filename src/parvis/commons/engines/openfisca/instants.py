"""The parameters of one day, read as they are asked: stock reads all 3,421 for each of the days that rules name."""

from typing import Any

from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.parameters import Parameter, ParameterNode, ParameterNodeAtInstant, ParameterScale


class NodeAtInstant(ParameterNodeAtInstant):
    """A node whose children are read when the first of them is asked, or taken from the same day without changes.

    `before` is the node of the same name in the law in force: what a change leaves as it was is shared with it.
    """

    def __init__(self, node: ParameterNode, instant: str, before: "NodeAtInstant | None" = None) -> None:
        """Remember what to read; nothing is read yet."""
        self._name = node.name
        self._instant_str = instant
        self._node = node
        self._before = before

    def __getattr__(self, key: str) -> Any:  # noqa: ANN401 (a scale, a value or a node)
        # Called for what is not there yet: children are filled once, then found as plain attributes.
        if "_children" not in self.__dict__:
            self._fill()
            return getattr(self, key)
        raise ParameterNotFoundError(f"{self._name}.{key}" if self._name else key, self._instant_str)

    def _fill(self) -> None:
        self._children: dict[str, object] = {}
        for name, child in self._node.children.items():
            found = self._read(name, child)
            if found is not None:
                self.add_child(name, found)

    def _read(self, name: str, child: ParameterNode | ParameterScale | Parameter) -> object:
        before = None if self._before is None else self._before._children.get(name)  # noqa: SLF001
        if self._before is not None and self._before._node.children.get(name) is child:  # noqa: SLF001
            return before
        if isinstance(child, ParameterNode):
            return NodeAtInstant(child, self._instant_str, before if isinstance(before, NodeAtInstant) else None)
        return child._get_at_instant(self._instant_str)  # noqa: SLF001
