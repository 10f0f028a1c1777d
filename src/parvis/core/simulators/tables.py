"""What the platform does with tables, whatever the engine: gather, share out, repeat."""

from collections.abc import Mapping, Sequence

import numpy as np

from parvis.core.simulators.contract import Array, Columns, Membership, Rows, Table


def shape(table: Table) -> tuple[object, ...]:
    """Return what two tables must have in common to be gathered: the same columns, of the same types."""
    return tuple(
        (entity, tuple(sorted((*key, values.dtype.kind) for key, values in rows.columns.items())))
        for entity, rows in sorted(table.entities.items())
    )


def are_alike(tables: Sequence[Table]) -> bool:
    """Say whether tables can be gathered."""
    return len({shape(table) for table in tables}) == 1


def gather(tables: Sequence[Table]) -> Table:
    """Make one population of several of the same shape: their rows follow one another."""
    return Table({entity: _gather_rows(entity, tables) for entity in tables[0].entities})


def _gather_rows(entity: str, tables: Sequence[Table]) -> Rows:
    parts = [table.entities[entity] for table in tables]
    columns = {key: np.concatenate([part.columns[key] for part in parts]) for key in parts[0].columns}
    groups = {group: _gather_members(entity, group, tables) for group in parts[0].groups}
    return Rows(sum(part.count for part in parts), columns, groups)


def _gather_members(entity: str, group: str, tables: Sequence[Table]) -> Membership:
    before, rows = 0, []
    for table in tables:
        rows.append(table.entities[entity].groups[group].rows + np.int32(before))
        before += table.entities[group].count
    return Membership(np.concatenate(rows), np.concatenate([t.entities[entity].groups[group].roles for t in tables]))


def share_out(columns: Columns, entities: Mapping[str, str], tables: Sequence[Table]) -> list[Columns]:
    """Give each of the gathered tables its part of the results; `entities` gives each output's entity."""
    found: list[dict[tuple[str, str], Array]] = [{} for _ in tables]
    for key, values in columns.items():
        start = 0
        for part, table in zip(found, tables, strict=True):
            stop = start + table.entities[entities[key[0]]].count
            part[key] = values[start:stop]
            start = stop
    return list(found)


def repeat(table: Table, times: int) -> Table:
    """Repeat a case: `times` rows in place of each table's own, table after table."""
    return gather([table] * times)
