"""Who lives with whom: what OpenFisca works out again at each sum over a group, worked out once."""

from typing import Any

import numpy as np
from openfisca_core.entities import Role
from openfisca_core.populations import GroupPopulation

from parvis.core.simulators.contract import Array


class Members:
    """How persons belong to the groups of one entity, in one population."""

    def __init__(self, group: GroupPopulation) -> None:
        self.rows: Array = np.asarray(group.members_entity_id)
        self.roles = list(group.entity.flattened_roles)
        self.codes = codes(group, self.roles)
        self.count: int = group.count
        self.kept: dict[Any, Any] = {}

    def key(self) -> tuple[Any, ...]:
        return (self.count, len(self.rows), self.rows.tobytes(), self.codes.tobytes())

    def has_role(self, role: Role) -> Array:
        """Say which persons hold a role, or one of its parts."""
        found = self.kept.get(role)
        if found is None:
            wanted = [self.roles.index(part) for part in (role.subroles or [role]) if part in self.roles]
            found = sealed(np.isin(self.codes, wanted))
            self.kept[role] = found
        result: Array = found
        return result

    def rows_of(self, role: Role, has: Array) -> Array:
        """Return the group of each person that holds a role (perhaps of another entity: `has` tells who)."""
        return self._keep(("rows", role), lambda: self.rows[has])

    def sizes(self) -> Array:
        return self._keep("sizes", lambda: np.bincount(self.rows))

    def positions(self) -> Array:
        """Return the rank of each person among those of the group, from 0, in the order of the table."""
        return self._keep("positions", self._positions)

    def _positions(self) -> Array:
        order = np.argsort(self.rows, kind="stable")
        ordered = self.rows[order]
        sizes = np.bincount(ordered, minlength=int(self.rows.max()) + 1)
        starts = np.concatenate(([0], np.cumsum(sizes[:-1])))
        ranks = np.empty(len(self.rows), dtype=np.int32)
        ranks[order] = np.arange(len(self.rows)) - starts[ordered]
        return ranks

    def order(self) -> Array:
        return self._keep("order", lambda: np.argsort(self.rows))

    def one_with(self, role: Role, has: Array) -> tuple[Array, Array]:
        """Return which groups have a person with this role, and these persons, in the groups' order."""
        groups = self._keep(("groups", role), lambda: np.bincount(self.rows, weights=has) > 0)
        return groups, self._keep(("persons", role), lambda: self.order()[has[self.order()]])

    def nth(self, rank: int) -> tuple[Array, Array]:
        """Return which groups have more than `rank` persons, and the person of that rank in each."""
        groups = self._keep(("larger", rank), lambda: self.sizes() > rank)
        return groups, self._keep(("nth", rank), lambda: self.order()[self.positions()[self.order()] == rank])

    def is_in_all(self, role: Role) -> bool:
        """Say whether every group has one person with this role."""
        kept: bool = self._keep(("all", role), lambda: bool(self.one_with(role, self.has_role(role))[0].all()))
        return kept

    def _keep(self, key: Any, make: Any) -> Any:
        found = self.kept.get(key)
        if found is None:
            self.kept[key] = found = make()
            if isinstance(found, np.ndarray):
                sealed(found)
        return found


def codes(group: GroupPopulation, roles: list[Role]) -> Array:
    """Return the position of each person's role among the entity's."""
    held = group.members_role
    found = np.full(len(held), -1, dtype=np.int8)
    for place, role in enumerate(roles):
        found[held == role] = place
    return found


def sealed(array: Array) -> Array:
    array.flags.writeable = False
    return array
