"""Populations as formulas see them: OpenFisca's own, answering from what is already worked out.

Each operation gives, bit for bit, what OpenFisca's does. It also says whether the composition of groups may have
moved its result: the sum of nothing is nothing whoever lives there, the number of children is not.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from openfisca_core.entities import Role
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.populations import ADD, CorePopulation, GroupPopulation, Population
from openfisca_core.projectors import (
    EntityToPersonProjector,
    FirstPersonToEntityProjector,
    Projector,
    UniqueRoleToEntityProjector,
)

from parvis.commons.engines.openfisca.fast.holders import QuickHolder
from parvis.commons.engines.openfisca.fast.structures import Members
from parvis.commons.engines.openfisca.fast.tokens import is_nothing
from parvis.commons.engines.openfisca.fast.watching import WATCH
from parvis.core.simulators.contract import Array

Method = TypeVar("Method", bound=Callable[..., Any])


def projectable(method: Method) -> Method:
    """Mark a method whose result is spread over persons when they ask it of their group, as OpenFisca does."""
    method.projectable = True  # type: ignore[attr-defined]
    return method


class Answering(CorePopulation):
    """A population that asks its simulation."""

    simulation: Any

    def __call__(self, variable_name: str, period: Any, options: Any = None) -> Any:
        if options is None:
            return self.simulation.read(variable_name, period, self)
        if list(options) == [ADD]:
            return self.simulation.read_sum(variable_name, period, self)
        return super().__call__(variable_name, period, options)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        found = super().__getattr__(attribute)
        if isinstance(found, Projector):
            found = quick(found)
            self.__dict__[attribute] = found
        return found

    def get_holder(self, variable_name: str) -> QuickHolder:
        self.entity.check_variable_defined_for_entity(variable_name)
        return QuickHolder(self.simulation, variable_name, self)


class QuickPopulation(Answering, Population):
    """Persons."""

    def __init__(self, stock: Population, simulation: Any) -> None:
        super().__init__(stock.entity)
        self.simulation = simulation
        self.count, self.ids = stock.count, stock.ids
        self.groups: dict[str, QuickGroup] = {}

    @projectable
    def has_role(self, role: Role) -> Array:
        WATCH.now.structure = True
        self.entity.check_role_validity(role)
        return self.groups[role.entity.key].members_of.has_role(role)

    @projectable
    def value_from_partner(self, array: Array, entity: Any, role: Role) -> Array:
        now = WATCH.now
        depends = now.structure or not is_nothing(array)
        found = super().value_from_partner(array, entity, role)
        now.structure = depends
        return found

    @projectable
    def get_rank(self, entity: Any, criteria: Array, condition: Any = True) -> Array:  # noqa: FBT002 (OpenFisca's)
        WATCH.now.structure = True
        return super().get_rank(entity, criteria, condition)


class QuickGroup(Answering, GroupPopulation):
    """Families, households, tax units."""

    def __init__(self, stock: GroupPopulation, simulation: Any, persons: QuickPopulation) -> None:
        super().__init__(stock.entity, persons)
        self.simulation = simulation
        self.count, self.ids = stock.count, stock.ids
        self._members_entity_id = stock.members_entity_id
        self._members_role = stock.members_role
        self.members_of = Members(stock)
        persons.groups[stock.entity.key] = self

    @property
    def members_position(self) -> Array:
        WATCH.now.structure = True
        return self.members_of.positions()

    @property
    def members_entity_id(self) -> Array:
        WATCH.now.structure = True
        return self.members_of.rows

    @property
    def members_role(self) -> Array:
        WATCH.now.structure = True
        return self._members_role

    @property
    def ordered_members_map(self) -> Array:
        WATCH.now.structure = True
        return self.members_of.order()

    @projectable
    def sum(self, array: Array, role: Role | None = None) -> Array:
        self.members.check_array_compatible_with_entity(array)
        now = WATCH.now
        if not now.structure and not is_nothing(array):
            now.structure = True
        if role is None:
            return np.bincount(self.members_of.rows, weights=array)
        self.entity.check_role_validity(role)
        has = self.held(role)
        return np.bincount(self.members_of.rows_of(role, has), weights=array[has], minlength=self.count)

    def held(self, role: Role) -> Array:
        """Say which persons hold a role, of this entity or of another."""
        return self.members.groups[role.entity.key].members_of.has_role(role)

    @projectable
    def nb_persons(self, role: Role | None = None) -> Array:
        WATCH.now.structure = True
        if not role:
            return self.members_of.sizes()
        return np.bincount(self.members_of.rows, weights=self.members_of.has_role(role))

    @projectable
    def reduce(
        self, array: Array, reducer: Callable[..., Array], neutral_element: Any, role: Role | None = None
    ) -> Array:
        self.members.check_array_compatible_with_entity(array)
        self.entity.check_role_validity(role)
        if role is not None or not is_repeated(array):
            WATCH.now.structure = True
        kept = np.where(True if role is None else self.held(role), array, neutral_element)
        result = self.filled_array(neutral_element)
        for rank in range(int(self.members_of.positions().max()) + 1):
            result = reducer(result, self._filled(kept, neutral_element, *self.members_of.nth(rank)))
        return result

    @projectable
    def value_from_person(self, array: Array, role: Role, default: Any = 0) -> Array:
        self.entity.check_role_validity(role)
        if role.max != 1:
            return super().value_from_person(array, role, default)
        self.members.check_array_compatible_with_entity(array)
        self._say_structure(array, default, is_in_all=role is self.members_of.roles[0])
        return self._filled(array, default, *self.members_of.one_with(role, self.held(role)))

    @projectable
    def value_nth_person(self, n: int, array: Array, default: Any = 0) -> Array:
        self.members.check_array_compatible_with_entity(array)
        self._say_structure(array, default, is_in_all=n == 0)
        return self._filled(array, default, *self.members_of.nth(n))

    def _say_structure(self, array: Array, default: Any, *, is_in_all: bool) -> None:
        """Say that the result depends on who is there, unless every person has the value that an absent one has."""
        now = WATCH.now
        if now.structure or (default == 0 and array.dtype.kind in "biuf" and is_nothing(array)):
            return
        if not (is_in_all and is_repeated(array)):
            now.structure = True

    def _filled(self, array: Array, default: Any, groups: Array, persons: Array) -> Array:
        result = self.filled_array(default, dtype=array.dtype)
        result[groups] = array[persons]
        return EnumArray(result, array.possible_values) if isinstance(array, EnumArray) else result

    def project(self, array: Array, role: Role | None = None) -> Array:
        self.check_array_compatible_with_entity(array)
        now = WATCH.now
        if role is None:
            if not now.structure and not is_repeated(array):
                now.structure = True
            return array[self.members_of.rows]
        self.entity.check_role_validity(role)
        if not now.structure and not is_nothing(array):
            now.structure = True
        return np.where(self.held(role), array[self.members_of.rows], 0)


def is_repeated(array: Array) -> bool:
    if array.strides == (0,) or len(array) == 1:
        return True
    values = np.asarray(array)
    return bool(values[0] == values[-1]) and bool((values == values[0]).all())


class Remembering:
    """A projector that keeps those that it leads to."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        found = super().__getattr__(attribute)  # type: ignore[misc]
        if isinstance(found, Projector):
            found = quick(found)
        self.__dict__[attribute] = found
        return found


class ToPersons(Remembering, EntityToPersonProjector):
    """« individu.famille »."""


class FromFirst(Remembering, FirstPersonToEntityProjector):
    """« famille.first_person »."""


class FromRole(Remembering, UniqueRoleToEntityProjector):
    """« famille.demandeur »."""


QUICK = {
    EntityToPersonProjector: ToPersons,
    FirstPersonToEntityProjector: FromFirst,
    UniqueRoleToEntityProjector: FromRole,
}


def quick(projector: Projector) -> Projector:
    """Make a projector one that remembers."""
    projector.__class__ = QUICK.get(type(projector), type(projector))
    return projector
