"""Rows of a file become tables, part by part: a part ends where no group is open, so that each is whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from parvis.core.simulators import given
from parvis.core.simulators.contract import Array, Entity, Field, Membership, Rows, Table, WrongValue
from parvis.core.simulators.populations import cells
from parvis.core.simulators.populations.cells import WrongCell
from parvis.core.simulators.populations.layouts import ROLE, Column, Layout
from parvis.core.simulators.populations.sources import LINE, Source, decoded

ROWS: Final = 70_000
MOST_OPEN: Final = 1_000_000  # rows of groups that overlap without end


@dataclass(frozen=True)
class Chunk:
    """A part of a population, and the identifiers of its rows, by entity."""

    table: Table
    ids: Mapping[str, pa.Array]
    rows: int  # of the file


def chunks(source: Source, layout: Layout, rows: int = ROWS) -> Iterator[Chunk]:
    """Yield a population by parts of about so many rows. Raises WrongCell, WrongValue, UnreadableFile, RepeatedRow."""
    _check_identifiers(source, layout)
    read = households if layout.is_of_households else persons if layout.groups else single
    for part in parts(source, layout, rows):
        yield read(part, layout)


def _check_identifiers(source: Source, layout: Layout) -> None:
    for entity in (layout.persons, *layout.groups):
        if entity.key in layout.names:
            is_group = entity.roles and not layout.is_of_households
            (source.check_together if is_group else source.check_once)(entity.key)


def even(count: int, most: int, processes: int) -> int:
    """Return how many rows each part has, so that every process computes as many parts as the others."""
    parts = -(-count // most)
    if count > most // processes:
        parts += -parts % processes
    # A part leaves its last group to the next: without a little more in each, what they leave would be one more.
    return min(most, -(-count // parts) + most // 500)


def parts(source: Source, layout: Layout, rows: int) -> Iterator[pa.Table]:
    """Yield at most so many rows at a time, more only where a group has more: none is parted."""
    left = None
    for batch in source.batches():
        fresh = pa.Table.from_batches([batch])
        left = fresh if left is None else pa.concat_tables([left, fresh])
        while left.num_rows > rows and (end := first_part(left, layout, rows)):
            yield left.slice(0, end).combine_chunks()
            left = left.slice(end)
        if left.num_rows > MOST_OPEN:
            raise WrongValue("Les groupes de ce fichier se tiennent tous : ce n'est pas une population de ménages.")
    if left is not None and left.num_rows:
        yield left.combine_chunks()


def first_part(table: pa.Table, layout: Layout, rows: int) -> int:
    """Return how many of the first rows, about so many, hold whole groups; 0 where the first group may go on."""
    if layout.is_of_households or not layout.groups:
        return rows
    is_first = [starts(decoded(table.column(group.key).combine_chunks())) for group in layout.groups]
    places = np.flatnonzero(np.logical_and.reduce(is_first))
    last = int(np.searchsorted(places, rows, side="right")) - 1
    return int(places[max(last, 1)]) if len(places) > 1 else 0


def starts(names: pa.Array) -> Array:
    """Tell which rows begin a group: the rows of each follow one another. Blanks that do are one."""
    found = np.ones(len(names), dtype=bool)
    found[1:] = ~are_same(names[1:], names[:-1])
    return found


def are_same(one: pa.Array, other: pa.Array) -> Array:
    """Tell which cells say the same; a blank says the same as a blank."""
    both_blank = pc.and_(pc.is_null(one), pc.is_null(other))
    found = pc.or_(pc.coalesce(pc.equal(one, other), pa.scalar(value=False)), both_blank)
    return np.asarray(found.to_numpy(zero_copy_only=False))


def persons(part: pa.Table, layout: Layout) -> Chunk:
    """Read a part that has one row a person."""
    lines = part.column(LINE).combine_chunks()
    ids = {layout.persons.key: _identifiers(part, layout.persons.key, lines)}
    groups, entities = {}, {}
    for group in layout.groups:
        names = _column(part, group.key)
        cells.refuse_blanks(group.key, names, lines)
        is_first = starts(names)
        rows, firsts = np.cumsum(is_first) - 1, np.flatnonzero(is_first)
        groups[group.key] = Membership(rows.astype(np.int32), roles(part, group, rows, lines))
        ids[group.key] = names.take(pa.array(firsts))
        values = {column.key: shared(column, part, rows, firsts, lines) for column in layout.of(group.key)}
        entities[group.key] = Rows(len(firsts), values)
    own = _own(part, layout, layout.persons, lines)
    return Chunk(Table({layout.persons.key: Rows(part.num_rows, own, groups), **entities}), ids, part.num_rows)


def _column(part: pa.Table, name: str) -> pa.Array:
    return decoded(part.column(name).combine_chunks())


def _identifiers(part: pa.Table, name: str, lines: pa.Array) -> pa.Array:
    """Return what names the rows: their column, else the numbers of their lines."""
    if name not in part.column_names:
        return lines
    found = _column(part, name)
    cells.refuse_blanks(name, found, lines)
    return found


def shared(column: Column, part: pa.Table, rows: Array, firsts: Array, lines: pa.Array) -> Array:
    """Read a group's field: each person of the group says the same. Raises WrongCell."""
    said = part.column(column.name).combine_chunks()
    if repeats(said, firsts):
        places = pa.array(firsts)
        return cells.column(column.field, column.name, decoded(said.take(places)), lines.take(places))
    values = cells.column(column.field, column.name, decoded(said), lines)
    found = values[firsts]
    differs = found[rows] != values
    if differs.any():
        place = int(differs.argmax())
        raise WrongCell(
            f"Ligne {lines[place].as_py()}, colonne « {column.name} » : « {values[place]} », quand la première "
            f"personne du groupe ({column.field.entity}) dit « {found[rows[place]]} ». Écrivez-y la même valeur."
        )
    return np.asarray(found)


def repeats(said: pa.Array, firsts: Array) -> bool:
    """Say whether the persons of each group write the same, to the letter."""
    written = said.indices if pa.types.is_dictionary(said.type) else said
    is_same = are_same(written[1:], written[:-1])
    is_same[firsts[1:] - 1] = True
    return bool(is_same.all())


def roles(part: pa.Table, group: Entity, rows: Array, lines: pa.Array) -> Array:
    """Read the roles of persons in a group. Raises WrongCell where one is unknown or held by too many."""
    name = f"{group.key}{ROLE}"
    said = part.column(name).combine_chunks()
    said = said if pa.types.is_dictionary(said.type) else said.dictionary_encode()
    cells.refuse_blanks(name, said, lines)
    known = {key: place for place, role in enumerate(group.roles) for key in (role.plural, role.key) if key}
    held = np.array([known.get(str(role), -1) for role in said.dictionary.to_pylist()], dtype=np.int8)
    places: Array = held[said.indices]
    if (places < 0).any():
        place = int((places < 0).argmax())
        listed = ", ".join(f"« {role.key} »" for role in group.roles)
        raise WrongCell(
            f"Ligne {lines[place].as_py()}, colonne « {name} » : « {said[place]} » n'est pas un rôle ({listed})."
        )
    for number, role in enumerate(group.roles):
        if role.most is not None:
            _refuse_too_many(np.flatnonzero(places == number), rows, role.most, f"« {name} » : {role.key}", lines)
    return places


def _refuse_too_many(held: Array, rows: Array, most: int, what: str, lines: pa.Array) -> None:
    """Refuse the first person by whom a role is held once too many in her group."""
    of = rows[held]
    order = np.argsort(of, kind="stable")
    starts = np.flatnonzero(np.diff(of[order], prepend=-1))
    ranks = np.arange(len(of)) - np.repeat(starts, np.diff(starts, append=len(of)))
    late = held[order][ranks >= most]
    if late.size:
        who = "une seule personne peut" if most == 1 else f"{most} personnes peuvent"
        raise WrongCell(
            f"Ligne {lines[int(late.min())].as_py()}, colonne {what} est un rôle que {who} tenir dans un groupe, et "
            "cette ligne en fait une de plus."
        )


def households(part: pa.Table, layout: Layout) -> Chunk:
    """Read a part that has one row a household."""
    lines = part.column(LINE).combine_chunks()
    is_there = np.stack([_is_there(part, layout, slot, lines) for slot in range(1, layout.slots + 1)], axis=1)
    home, slot = (found.astype(np.int32) for found in np.nonzero(is_there))
    groups = {group.key: Membership(home, role_of_slot(group, layout.slots)[slot]) for group in layout.groups}
    entities = {group.key: Rows(part.num_rows, _own(part, layout, group, lines)) for group in layout.groups}
    persons = Rows(len(home), _slots(part, layout, is_there, lines), groups)
    named = next((group.key for group in layout.groups if group.key in layout.names), "")
    names = _identifiers(part, named, lines)
    numbers = pa.array(slot + 1).cast(pa.string())
    whose = pc.binary_join_element_wise(pc.cast(names, pa.string()).take(pa.array(home)), numbers, ".")
    return Chunk(
        Table({layout.persons.key: persons, **entities}),
        {layout.persons.key: whose, **{group.key: names for group in layout.groups}},
        part.num_rows,
    )


def single(part: pa.Table, layout: Layout) -> Chunk:
    """Read a part of a model that has no groups: one row a row."""
    lines, key = part.column(LINE).combine_chunks(), layout.persons.key
    own = Rows(part.num_rows, _own(part, layout, layout.persons, lines))
    return Chunk(Table({key: own}), {key: _identifiers(part, key, lines)}, part.num_rows)


def _own(part: pa.Table, layout: Layout, entity: Entity, lines: pa.Array) -> dict[tuple[str, str], Array]:
    """Read the columns of an entity's own fields, one row a row of the file."""
    return {
        one.key: cells.column(one.field, one.name, _column(part, one.name), lines) for one in layout.of(entity.key)
    }


def _is_there(part: pa.Table, layout: Layout, slot: int, lines: pa.Array) -> Array:
    """Tell in which rows a person is: all of her cells are written, or none. Raises WrongCell."""
    blank = {one.name: cells.blanks(_column(part, one.name)) for one in layout.columns if one.person == slot}
    if not blank:
        return np.zeros(part.num_rows, dtype=bool)
    nobody = np.logical_and.reduce(list(blank.values()))
    for name, empty in blank.items():
        wrong = empty & ~nobody if slot > 1 else empty
        if wrong.any():
            line = lines[int(wrong.argmax())].as_py()
            raise WrongCell(
                f"Ligne {line}, colonne « {name} » : la case est vide, quand d'autres décrivent la personne {slot}. "
                "Écrivez sa valeur, 0 si c'est zéro."
            )
    return np.asarray(~nobody)


def _slots(part: pa.Table, layout: Layout, is_there: Array, lines: pa.Array) -> dict[tuple[str, str], Array]:
    """Read the fields of persons, in the order of households, then of numbers."""
    present = [np.flatnonzero(there) for there in is_there.T]
    order = np.argsort(np.concatenate(present), kind="stable")
    found: dict[tuple[str, str], Array] = {}
    for key in dict.fromkeys(one.key for one in layout.columns if one.person):
        columns = {one.person: one for one in layout.columns if one.person and one.key == key}
        field = next(iter(columns.values())).field
        values = [_of_slot(columns.get(slot), field, part, rows, lines) for slot, rows in enumerate(present, 1)]
        found[key] = np.concatenate(values)[order]
    return found


def _of_slot(column: Column | None, field: Field, part: pa.Table, rows: Array, lines: pa.Array) -> Array:
    """Read a field of the persons of one number; a child's that the file has no column for is the model's default."""
    if column is None:
        return given.column(field, [None] * len(rows))
    taken = pa.array(rows)
    return cells.column(column.field, column.name, _column(part, column.name).take(taken), lines.take(taken))


def role_of_slot(group: Entity, slots: int) -> Array:
    """Return the role of the first adult, of the second, and of each child: the role that any number may hold."""
    tops = [role for role in group.roles if not role.of]
    flat: Sequence[int] = [
        place
        for top in tops
        for place in ([n for n, part in enumerate(group.roles) if part.of == top.key] or [group.roles.index(top)])
    ]
    child = next((place for place, role in enumerate(group.roles) if role.most is None and not role.of), flat[-1])
    return np.array([*flat[:2], *[child] * max(0, slots - 2)][:slots], dtype=np.int8)
