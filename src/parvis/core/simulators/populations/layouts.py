"""What the columns of a file of rows are: identifiers, roles, fields of persons and of groups."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from parvis.core.simulators import given
from parvis.core.simulators.contract import Card, Entity, Field, UnknownField, WrongValue

ROLE: Final = ".role"
NUMBERED: Final = re.compile(r"(?P<person>[1-9]\d?)\.(?P<name>.+)")


@dataclass(frozen=True)
class Column:
    """A column that gives a field."""

    name: str  # as it stands in the file
    field: Field
    period: str
    person: int = 0  # of a row that is a household: the person's number, from 1; 0: the household

    @property
    def key(self) -> tuple[str, str]:
        return self.field.name, self.period


@dataclass(frozen=True)
class Layout:
    """How the rows of a file are read."""

    persons: Entity
    groups: tuple[Entity, ...]
    columns: tuple[Column, ...]
    names: frozenset[str]  # of all columns of the file
    is_of_households: bool

    @property
    def slots(self) -> int:
        """Return how many persons a row may hold."""
        return max((column.person for column in self.columns), default=0)

    def of(self, entity: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field.entity == entity)


def layout(
    card: Card, fields: Mapping[str, Field], names: Iterable[str], period: str, ignored: Iterable[str] = ()
) -> Layout:
    """Read the header of a file. Raises UnknownField, WrongValue or WrongPeriod."""
    persons = next(entity for entity in card.entities if not entity.roles)
    groups = tuple(entity for entity in card.entities if entity.roles)
    left = [name for name in names if name not in set(ignored)]
    is_of_households = bool(groups) and any(NUMBERED.fullmatch(name) for name in left)
    known = {persons.key, *(group.key for group in groups), *(f"{group.key}{ROLE}" for group in groups)}
    columns = tuple(_column(name, fields, period) for name in left if name not in known)
    found = Layout(persons, groups, columns, frozenset(left), is_of_households)
    _check(found)
    return found


def _column(name: str, fields: Mapping[str, Field], period: str) -> Column:
    numbered = NUMBERED.fullmatch(name)
    said = numbered["name"] if numbered else name
    field_name, _, when = said.partition(":")
    if field_name not in fields:
        raise UnknownField(
            f"La colonne « {name} » ne nomme pas un champ de ce modèle.{given.nearest(field_name, fields)} "
            "Une colonne qui n'est pas pour lui se passe par --ignore."
        )
    field = fields[field_name]
    if not field.entity:
        raise UnknownField(f"La colonne « {name} » nomme un paramètre de la règle : il se change par --changes.")
    lasting = given.ETERNITY if field.period == given.ETERNITY else given.period_of(when or period)
    return Column(name, field, lasting, int(numbered["person"]) if numbered else 0)


def _check(found: Layout) -> None:
    """Refuse what would leave a row's meaning to guess."""
    keys = [(column.person, *column.key) for column in found.columns]
    twice = next((column for column, key in zip(found.columns, keys, strict=True) if keys.count(key) > 1), None)
    if twice is not None:
        raise WrongValue(f"« {twice.field.name} » est donné deux fois pour {twice.period} : gardez une colonne.")
    if found.is_of_households:
        _check_households(found)
        return
    wanted = [name for group in found.groups for name in (group.key, f"{group.key}{ROLE}")]
    absent = [name for name in wanted if name not in found.names]
    if absent:
        raise WrongValue(
            f"Il manque la colonne « {absent[0]} » : chaque personne dit son groupe et son rôle ({', '.join(wanted)})."
            " Pour une ligne par ménage, écrivez les personnes « 1.date_naissance », « 2.date_naissance »…"
        )


def _check_households(found: Layout) -> None:
    if 1 not in {column.person for column in found.columns}:
        raise WrongValue("Une ligne par ménage a une première personne : donnez une colonne « 1.… ».")
    first, second = ({column.key for column in found.columns if column.person == slot} for slot in (1, 2))
    if second and first != second:
        name, period = min(first ^ second)
        raise WrongValue(
            f"« {name} » ({period}) n'est donné que de l'un des deux adultes : donnez « 1.{name} » et « 2.{name} »."
        )
    _refuse_undated(found)
    for column in found.columns:
        is_of_person = column.field.entity == found.persons.key
        if is_of_person != bool(column.person):
            because = "une personne : écrivez « 1." if is_of_person else "un groupe : écrivez-le sans numéro, « "
            raise WrongValue(
                f"La colonne « {column.name} » est celle d'un champ qui décrit {because}{column.field.name} »."
            )


def _refuse_undated(found: Layout) -> None:
    """Refuse a person without the date that the first one gives: no model's default is a birth date."""
    dated = [column for column in found.columns if column.person == 1 and column.field.type == "date"]
    for slot in sorted({column.person for column in found.columns if column.person}):
        given_here = {column.key for column in found.columns if column.person == slot}
        absent = next((column for column in dated if column.key not in given_here), None)
        if absent is not None:
            said = absent.name.removeprefix("1.")
            raise WrongValue(
                f"« {said} » n'est pas donné de la personne {slot}, quand il l'est de la première : "
                f"donnez une colonne « {slot}.{said} »."
            )
