"""Situations as OpenFisca's web API writes them in JSON: read into a table; `answering` answers in the same shape.

`{"individus": {"Ada": {"salaire_de_base": {"2024": 24000}, "revenu_imposable": {"2024": null}}}, "menages": {…}}`: the
entities by their plural, persons in the roles of groups, null for what is wished. `axes` makes copies along which a
value varies; OpenFisca's own server fails on them (HTTP 500, openfisca/openfisca-core#1326).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

import numpy as np

from parvis.core import french
from parvis.core.simulators import given, tables
from parvis.core.simulators.contract import (
    Array,
    Card,
    Columns,
    Entity,
    Field,
    Membership,
    RefusedInput,
    Role,
    Rows,
    Table,
    UnknownField,
    Value,
    WrongPeriod,
)

AXES: Final = "axes"
MOST_ROWS: Final = 100_000  # persons of a situation, its copies along axes included
MOST_CELLS: Final = 5_000_000  # of 8 bytes, of the columns given or computed
MOST_AXES: Final = 50  # of all lists; NumPy has 64 dimensions
AXIS: Final = frozenset({"name", "count", "min", "max", "period", "index"})

Fields: TypeAlias = Mapping[str, Field]
Path: TypeAlias = tuple[str, ...]
Object: TypeAlias = dict[str, Any]


class WrongPayload(RefusedInput):
    """Something of a situation cannot be read: the path says where."""

    def __init__(self, path: Path, because: str, *, is_unknown: bool = False) -> None:
        """Say where and why; `is_unknown` where the model has no such field."""
        super().__init__(f"{' / '.join(path)} : {because}" if path else because)
        self.path, self.because, self.is_unknown = path, because, is_unknown


@dataclass(frozen=True)
class Wish:
    """A null of the payload: an output of one row for one period."""

    path: Path  # plural, identifier, field, period as it was written
    entity: str
    row: int
    field: str
    period: str


@dataclass(frozen=True)
class Situation:
    """A payload as a table, and what is needed to answer in its shape."""

    table: Table
    ids: Mapping[str, Sequence[str]]  # of each entity's rows, by its key
    wishes: tuple[Wish, ...]
    settled: tuple[tuple[Path, Value], ...] = ()  # wishes that need no calculation, with their value
    copies: int = 1  # along axes: each entity has its rows this many times

    def values(self, columns: Columns, entity: str, row: int, key: tuple[str, str]) -> Array:
        """Return what one row is worth, copy after copy."""
        return columns[key][row :: len(self.ids[entity])]


def read(card: Card, fields: Fields, said: object, *, period: str = "", is_stock: bool = False) -> Situation:
    """Read a situation. A value given bare is for `period`, or for ever where the field does not change.

    As stock: what is given of a variable after the law ended it is passed over, and what is wished is its default.

    Raises WrongPayload.
    """
    whole = _object(said, ())
    persons = _persons(card)
    known = {entity.plural: entity for entity in card.entities}
    for name in whole:
        if name != AXES and name not in known:
            listed = ", ".join(f"« {plural} »" for plural in known)
            raise WrongPayload((name,), f"le modèle n'a pas cette entité. Il connaît {listed}, et « {AXES} ».")
    if not whole.get(persons.plural):
        raise WrongPayload((persons.plural,), "il faut au moins une personne (ou une ligne) pour calculer.")
    reading = _Reading(card, fields, period, is_stock=is_stock)
    reading.add(persons, whole[persons.plural])
    for entity in card.entities:
        if entity is not persons:
            reading.add_group(entity, whole.get(entity.plural))
    situation = Situation(reading.table(), reading.ids, tuple(reading.wishes), tuple(reading.settled))
    return _varied(situation, fields, whole[AXES], period) if AXES in whole else situation


def _persons(card: Card) -> Entity:
    return next(entity for entity in card.entities if not entity.roles)


def _object(said: object, path: Path) -> Object:
    if not isinstance(said, dict):
        raise WrongPayload(path, f"il faut un objet JSON, et non « {given.quoted(said)} ».")
    return said


class _Known(dict[str, Field]):
    """The fields met so far: an engine's own are built each time that they are looked at."""

    def __init__(self, fields: Fields) -> None:
        """Take all of them."""
        super().__init__()
        self.fields = fields

    def __missing__(self, name: str) -> Field:
        """Look at one for the first time."""
        self[name] = given.field_named(name, self.fields)
        return self[name]


class _Reading:
    """What is read so far."""

    def __init__(self, card: Card, fields: Fields, period: str, *, is_stock: bool) -> None:
        self.persons, self.fields, self.period = _persons(card).key, _Known(fields), period
        self.is_stock = is_stock
        self.ids: dict[str, list[str]] = {}
        self.values: dict[str, dict[tuple[str, str], dict[int, Value]]] = defaultdict(lambda: defaultdict(dict))
        self.groups: dict[str, Membership] = {}
        self.wishes: list[Wish] = []
        self.settled: list[tuple[Path, Value]] = []

    def add(self, entity: Entity, said: object) -> None:
        """Read an entity's rows and their values."""
        rows = _object(said, (entity.plural,))
        if len(rows) > MOST_ROWS:
            raise WrongPayload((entity.plural,), too_many(len(rows)))
        self.ids[entity.key] = list(rows)
        for row, (name, values) in enumerate(rows.items()):
            self._add_values(entity, row, name, _object(values, (entity.plural, name)))

    def _add_values(self, entity: Entity, row: int, name: str, values: Object) -> None:
        for key, said in values.items():
            path = (entity.plural, name, key)
            field = _field(entity, key, self.fields, path)
            for period, value in self._dated(field, said, path).items():
                self._add_value(entity, row, field, (*path, str(period)), value)

    def _dated(self, field: Field, said: object, path: Path) -> Object:
        if isinstance(said, dict):
            return said
        if not self.period:
            because = (
                f"il faut un objet qui dise la période, {{« 2024 » : {given.quoted(said)}}}, et non une valeur nue."
            )
            raise WrongPayload(path, because)
        return {given.ETERNITY if field.period == given.ETERNITY else self.period: said}

    def _add_value(self, entity: Entity, row: int, field: Field, path: Path, said: object) -> None:
        try:
            period = given.ETERNITY if field.period == given.ETERNITY else given.period_of(path[-1])
            value = None if said is None else given.value_of(field, said)
        except WrongPeriod as error:
            raise WrongPayload(path[:-1], str(error)) from error
        except RefusedInput as error:
            raise WrongPayload(path, str(error)) from error
        if self.is_stock and has_ended(field, period):
            self.settled += [(path, given.default(field))] if said is None else []
        elif said is None:
            self.wishes.append(Wish(path, entity.key, row, field.name, period))
        else:
            self.values[entity.key][field.name, period][row] = value

    def add_group(self, entity: Entity, said: object) -> None:
        """Read a group entity: who is in which row and role. Whoever is in none has one alone, as in OpenFisca."""
        rows = {} if said is None else _object(said, (entity.plural,))
        plurals = {role.plural: role for role in entity.roles if role.plural}
        whole = {name: _object(values, (entity.plural, name)) for name, values in rows.items()}
        self.add(entity, {name: _without(values, plurals) for name, values in whole.items()})
        places = {name: place for place, name in enumerate(self.ids[self.persons])}
        found: dict[int, tuple[int, int]] = {}
        for row, (name, values) in enumerate(whole.items()):
            for plural, role in plurals.items():
                members = _Members(entity, role, (entity.plural, name, plural))
                members.place(values.get(plural, []), row, places, found)
        for name, place in places.items():
            if place not in found:
                found[place] = (len(self.ids[entity.key]), _first_role(entity))
                self.ids[entity.key].append(name)
        rows_and_roles = [found[place] for place in range(len(places))]
        self.groups[entity.key] = Membership(
            np.array([row for row, _ in rows_and_roles], dtype=np.int32),
            np.array([role for _, role in rows_and_roles], dtype=np.int8),
        )

    def table(self) -> Table:
        """Make the table. Raises WrongPayload, before it takes memory, where it would be too large."""
        widths = {key: sum(map(_width, columns.values())) for key, columns in self.values.items()}
        check_cells(sum(len(ids) * widths.get(key, 0) for key, ids in self.ids.items()))
        entities = {}
        for key, ids in self.ids.items():
            columns = {
                (name, period): given.column(self.fields[name], [rows.get(row) for row in range(len(ids))])
                for (name, period), rows in self.values[key].items()
            }
            entities[key] = Rows(len(ids), columns, self.groups if key == self.persons else {})
        return Table(entities)


@dataclass(frozen=True)
class _Members:
    """The persons of one role in one row of a group."""

    entity: Entity
    role: Role
    path: Path

    def place(self, said: object, row: int, places: Mapping[str, int], found: dict[int, tuple[int, int]]) -> None:
        """Give each its row and role."""
        names = self._names(said)
        roles = _parts(self.entity, self.role) or [self.entity.roles.index(self.role)] * len(names)
        for name, role in zip(names, roles, strict=False):
            if name not in places:
                raise WrongPayload(self.path, f"« {given.quoted(name)} » n'est pas l'une des personnes décrites.")
            if places[name] in found:
                raise WrongPayload(
                    self.path, f"« {given.quoted(name)} » est déjà dans l'entité « {self.entity.key} »."
                )
            found[places[name]] = (row, role)

    def _names(self, said: object) -> list[str]:
        names = said if isinstance(said, list) else [said]
        if not all(isinstance(name, str | int) for name in names):
            raise WrongPayload(self.path, "il faut l'identifiant d'une personne, ou une liste d'identifiants.")
        if self.role.most is not None and len(names) > self.role.most:
            because = f"{self.role.most} personnes au plus y ont place, et non {len(names)}."
            raise WrongPayload(self.path, because.replace("1 personnes au plus y ont", "une personne au plus y a"))
        return [str(name) for name in names]


def has_ended(field: Field, period: str) -> bool:
    """Whether a period starts once the law has ended a field: its last formula is then empty."""
    last = field.formulas[-1] if field.formulas else None
    return last is not None and not last.text and given.start_of(period) >= last.start.isoformat()


def _without(values: Object, roles: Iterable[str]) -> Object:
    return {key: value for key, value in values.items() if key not in roles}


def _parts(entity: Entity, role: Role) -> list[int]:
    """Return the places of the roles that divide one, in their order."""
    return [place for place, part in enumerate(entity.roles) if part.of == role.key]


def _first_role(entity: Entity) -> int:
    return (_parts(entity, entity.roles[0]) or [0])[0]


def _field(entity: Entity, name: str, fields: Fields, path: Path) -> Field:
    try:
        field = fields[name]
    except UnknownField as error:
        raise WrongPayload(path, str(error), is_unknown=True) from error
    if field.entity != entity.key:
        whose = f"se donne pour « {field.entity} »" if field.entity else "est un paramètre"
        raise WrongPayload(path, f"« {name} » {whose}, et non pour « {entity.key} ».")
    return field


def too_many(rows: int) -> str:
    return (
        f"{french.number(rows)} lignes sont demandées, et une requête en porte {french.number(MOST_ROWS)} au plus. "
        "Pour une population, « parvis simulate » lit un fichier."
    )


def _width(values: Mapping[int, Value]) -> int:
    """Return how many cells of 8 bytes a row of a column takes: a text has 4 bytes a character."""
    return max(len(value) // 2 + 1 if isinstance(value, str) else 1 for value in values.values())


def cells(table: Table) -> int:
    """Return how many cells of 8 bytes the columns of a table take."""
    return sum(column.nbytes for rows in table.entities.values() for column in rows.columns.values()) // 8


def check_cells(count: int) -> None:
    """Refuse what would take too much memory: rows are bounded, and so is what each holds. Raises WrongPayload."""
    if count > MOST_CELLS:
        most = french.number(MOST_CELLS)
        because = (
            f"{french.number(count)} cases sont demandées, et une requête en porte {most} au plus : faites-en moins."
        )
        raise WrongPayload((), because)


@dataclass(frozen=True)
class Axis:
    """What varies along the copies of a situation: one input of one row, between two values."""

    field: Field
    period: str
    index: int
    values: Array


def _varied(situation: Situation, fields: Fields, said: object, period: str) -> Situation:
    """Copy a situation along its axes: those of one list vary together, each further list crosses the former."""
    if not isinstance(said, list) or not said or not all(isinstance(axes, list) and axes for axes in said):
        raise WrongPayload((AXES,), "les axes sont une liste de listes d'objets name, count, min, max, period.")
    if sum(len(axes) for axes in said) > MOST_AXES:
        raise WrongPayload((AXES,), f"{MOST_AXES} axes au plus varient dans une requête.")
    counts = [_count(axes[0]) for axes in said]
    _check_copies(situation, math.prod(counts), sum(len(axes) for axes in said))
    places = np.meshgrid(*[np.arange(count) for count in counts])
    whole = tables.repeat(situation.table, math.prod(counts))
    for axes, count, place in zip(said, counts, places, strict=True):
        for one in axes:
            axis = _axis(one, count, situation, fields, period)
            whole = _set(whole, axis, len(situation.ids[axis.field.entity]), axis.values[place.reshape(-1)])
    return replace(situation, table=whole, copies=math.prod(counts))


def _check_copies(situation: Situation, copies: int, axes: int) -> None:
    most = max(len(ids) for ids in situation.ids.values())
    if copies * most > MOST_ROWS:
        raise WrongPayload((AXES,), too_many(copies * most))
    check_cells(copies * (cells(situation.table) + axes * most))
    check_cells(copies * (len(situation.wishes) + len(situation.settled)))


def _count(said: object) -> int:
    count = said.get("count") if isinstance(said, dict) else None
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise WrongPayload((AXES, "count"), "un axe dit par « count » combien de valeurs il prend, une au moins.")
    if count > MOST_ROWS:
        raise WrongPayload((AXES, "count"), too_many(count))
    return count


def _axis(said: object, count: int, situation: Situation, fields: Fields, period: str) -> Axis:
    axis = _object(said, (AXES,))
    if not {"name", "count", "min", "max"} <= set(axis) <= AXIS or axis["count"] != count:
        raise WrongPayload(
            (AXES,),
            "un axe a name, count, min, max, et period et index s'il le faut ; ceux d'une liste, autant de valeurs.",
        )
    path = (AXES, str(axis["name"]))
    try:
        field = given.field_named(str(axis["name"]), fields)
        when = given.ETERNITY if field.period == given.ETERNITY else given.period_of(axis.get("period", period))
        low, high = (given.value_of(field, axis[bound]) for bound in ("min", "max"))
    except RefusedInput as error:
        raise WrongPayload(path, str(error), is_unknown=isinstance(error, UnknownField)) from error
    index = axis.get("index", 0)
    if field.entity not in situation.ids or not isinstance(low, int | float) or not isinstance(high, int | float):
        raise WrongPayload(path, "un axe varie un champ numérique d'une entité.")
    if type(index) is not int or index not in range(len(situation.ids[field.entity])):
        raise WrongPayload(path, f"« {field.entity} » n'a pas de ligne {given.quoted(index)} : la première est 0.")
    values = np.linspace(low, high, count)
    bent = values[values != np.trunc(values)] if field.type != "number" else values[:0]
    if bent.size:
        because = f"« {field.name} » ne prend pas {bent[0]:g}, que l'axe lui donne : changez min, max ou count."
        raise WrongPayload(path, because)
    return Axis(field, when, index, values)


def _set(table: Table, axis: Axis, size: int, values: Array) -> Table:
    rows = table.entities[axis.field.entity]
    key = (axis.field.name, axis.period)
    column = rows.columns.get(key)
    varied = given.column(axis.field, [None] * rows.count) if column is None else column.copy()
    varied[axis.index :: size] = values
    return Table({**table.entities, axis.field.entity: replace(rows, columns={**rows.columns, key: varied})})
