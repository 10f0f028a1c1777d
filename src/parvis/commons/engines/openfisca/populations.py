"""A table becomes a population, whole columns at a time; results become columns again."""

from typing import Final

import numpy as np
from openfisca_core.entities import GroupEntity, Role
from openfisca_core.holders import Holder
from openfisca_core.periods import Period, key_period_size
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from parvis.commons.engines.openfisca import asked, values
from parvis.core.simulators.contract import Array, Membership, Rows, Table, UnknownField, WrongValue

NOBODY: Final = Rows(0)


def simulate(system: TaxBenefitSystem, table: Table) -> Simulation:
    """Make OpenFisca's own simulation of a table. Raises RefusedInput."""
    populations = system.instantiate_entities()
    _check_entities(table, set(populations))
    persons = system.person_entity.key
    people = table.entities.get(persons, NOBODY)
    if not people.count:
        raise WrongValue("La table ne contient personne : donnez au moins un individu.")
    populations[persons].count = people.count
    populations[persons].ids = range(people.count)
    for entity in system.group_entities:
        _join(populations[entity.key], people, table.entities.get(entity.key))
    simulation = Simulation(system, populations)
    _give_inputs(simulation, table)
    return simulation


def _check_entities(table: Table, known: set[str]) -> None:
    for key in table.entities:
        if key not in known:
            raise UnknownField(f"Aucune entité ne se nomme « {key} » : il y a {', '.join(sorted(known))}.")


def _join(population: GroupPopulation, people: Rows, rows: Rows | None) -> None:
    """Put each person in her group; where the table says nothing of a kind of group, each person has her own."""
    entity = population.entity
    members = people.groups.get(entity.key)
    if rows is None and members is None:
        rows, members = Rows(people.count), alone(people.count)
    if rows is None or members is None:
        raise WrongValue(f"« {entity.key} » : donnez ses lignes et, pour chaque individu, la sienne et son rôle.")
    _check_members(entity.key, rows.count, people.count, members, len(numbered(entity)))
    population.count = rows.count
    population.ids = range(rows.count)
    population.members_entity_id = members.rows.astype(np.intp)
    flat = np.empty(len(entity.flattened_roles), dtype=object)
    flat[:] = entity.flattened_roles
    # Set past the property, which would make a list of the people.
    population._members_role = flat[flat_roles(entity, members)]  # noqa: SLF001


def alone(count: int) -> Membership:
    return Membership(np.arange(count, dtype=np.int32), np.zeros(count, dtype=np.int8))


def _check_members(key: str, rows: int, people: int, members: Membership, roles: int) -> None:
    if len(members.rows) != people or len(members.roles) != people:
        raise WrongValue(
            f"« {key} » : {people} individus, {len(members.rows)} appartenances ; donnez-en une à chacun."
        )
    if members.rows.min() < 0 or members.rows.max() >= rows:
        raise WrongValue(f"« {key} » : une appartenance désigne une ligne qui n’existe pas (il y en a {rows}).")
    if members.roles.min() < 0 or members.roles.max() >= roles:
        raise WrongValue(f"« {key} » : un rôle n’existe pas (il y en a {roles}).")
    # OpenFisca counts members up to the last group that has some: groups before it may be empty, those after may not.
    last = int(members.rows.max()) + 1
    if last < rows:
        raise WrongValue(f"« {key} » : la ligne {last + 1} n’a aucun membre ; ôtez-la ou donnez-lui une personne.")


def flat_roles(entity: GroupEntity, members: Membership) -> Array:
    """Give each person's place among the roles without sub-roles.

    A table gives either the role whole (of two declarants, the first person is the first) or the sub-role itself,
    numbered after the roles.
    """
    first, found = 0, np.zeros(len(members.roles), dtype=np.intp)
    for number, role in enumerate(entity.roles):
        held = np.flatnonzero(members.roles == number)
        rank = ranks(members.rows[held])
        _check_most(entity, role, members.rows[held], rank)
        found[held] = first + (rank if role.subroles else 0)
        first += len(role.subroles or (role,))
    return _with_subroles(entity, members, found)


def _check_most(entity: GroupEntity, role: Role, rows: Array, rank: Array) -> None:
    if role.max is not None and rank.size and rank.max() >= role.max:
        row = rows[rank.argmax()] + 1
        raise WrongValue(f"« {entity.key} », ligne {row} : le rôle « {role.key} » n’est qu’à {role.max} personne(s).")


def _with_subroles(entity: GroupEntity, members: Membership, found: Array) -> Array:
    for number, part in enumerate(numbered(entity)):
        if number >= len(entity.roles):
            found[members.roles == number] = entity.flattened_roles.index(part)
    for number, role in enumerate(entity.flattened_roles):
        rows = members.rows[found == number]
        _check_most(entity, role, rows, ranks(rows))
    return found


def numbered(entity: GroupEntity) -> list[Role]:
    """Give the roles in the order that tables number them: those of OpenFisca's JSON, then those that divide them."""
    return [*entity.roles, *(part for role in entity.roles for part in role.subroles or ())]


def ranks(rows: Array) -> Array:
    """Give a number to the members of each group, in their order, from 0."""
    order = np.argsort(rows, kind="stable")
    grouped = rows[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if rows.size else np.zeros(0, dtype=np.intp)
    sizes = np.diff(np.r_[starts, rows.size])
    found = np.empty(rows.size, dtype=np.intp)
    found[order] = np.arange(rows.size) - np.repeat(starts, sizes)
    return found


def _give_inputs(simulation: Simulation, table: Table) -> None:
    for key, rows in table.entities.items():
        population = simulation.populations[key]
        given = [(asked.variable(simulation.tax_benefit_system, name), said) for name, said in rows.columns]
        dated = [(variable, asked.given_period(variable, said), said) for variable, said in given]
        # Short periods first: a year's total is then shared out among the months that were not given.
        kept: dict[str, tuple[Array, Array]] = {}
        for variable, period, said in sorted(dated, key=lambda found: key_period_size(found[1])):
            column = rows.columns[variable.name, said]
            _check_column(population, variable, column)
            before = kept.get(variable.name)
            if before is None or not is_equal(before[0], column):
                kept[variable.name] = before = (column, values.encoded(variable, column))
            _give(population.get_holder(variable.name), period, before[1])


def is_equal(one: Array, other: Array) -> bool:
    """Tell whether two columns are the same: a year's months most often are, and are read once."""
    return one is other or (one.dtype == other.dtype and np.array_equal(one, other))


def _check_column(population: Population, variable: Variable, column: Array) -> None:
    if variable.entity.key != population.entity.key:
        raise WrongValue(
            f"« {variable.name} » se donne pour l’entité « {variable.entity.key} », "
            f"et non pour « {population.entity.key} »."
        )
    if len(column) != population.count:
        raise WrongValue(f"« {variable.name} » : {len(column)} valeurs pour {population.count} lignes.")


def _give(holder: Holder, period: Period, column: Array) -> None:
    try:
        holder.set_input(period, column)
    except ValueError:
        # What is left of set_input_divide_by_period: every month was given, and they do not make the year's total.
        raise WrongValue(
            f"« {holder.variable.name} » : le total donné pour {period} n’est pas la somme de ses mois."
        ) from None
