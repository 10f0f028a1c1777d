"""Populations in parts: a large table is computed a few thousand households at a time, in bounded memory."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from parvis.core.simulators.contract import Array, Columns, Membership, Rows, Table

PERSONS: Final = 75_000  # of a part: fewer cost more of Python, more cost more memory
SAMPLE: Final = 8  # households on which what is the same for all is learned first
FEW: Final = 1_000  # persons: up to there, a table is computed whole
MOST_MET: Final = 64  # kinds of tables and questions remembered


class Parts:
    """Computes tables in parts, and remembers which it met: a sample of another like one of them teaches nothing."""

    def __init__(self) -> None:
        self.met: set[Hashable] = set()

    def evaluate(self, table: Table, of: Callable[[Table], Columns], persons: str, question: Hashable) -> Columns:
        """Compute a table in parts, after a sample of it where none was like it, and join the results."""
        people = table.entities.get(persons)
        if people is None or people.count <= FEW:
            return of(table)
        places = breaks(people)
        if len(places) <= SAMPLE:
            return of(table)
        likeness = (question, *(frozenset(rows.columns) for rows in table.entities.values()))
        if likeness not in self.met:
            of(taken(table, persons, sampled(places)))
            if len(self.met) >= MOST_MET:
                self.met.clear()
            self.met.add(likeness)
        parts = [of(part) for part in split(table, persons, places)]
        return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


def breaks(people: Rows) -> Array:
    """Return where the table may be cut: persons before whom no group is left open; and its end."""
    is_free = np.ones(people.count, dtype=bool)
    for members in people.groups.values():
        highest = np.maximum.accumulate(members.rows)
        is_free[1:] &= (members.rows[1:] == highest[:-1] + 1) & is_sorted_up_to(members.rows, highest)
    return np.append(np.flatnonzero(is_free), people.count)


def is_sorted_up_to(rows: Array, highest: Array) -> Array:
    """Say, for each person but the first, that no later one belongs to a group met before her."""
    lowest = np.minimum.accumulate(rows[::-1])[::-1]
    found: Array = lowest[1:] > highest[:-1]
    return found


def split(table: Table, persons: str, places: Array) -> Iterator[Table]:
    """Yield consecutive parts of at most PERSONS persons, or of one block that cannot be cut."""
    start = 0
    while start < len(places) - 1:
        stop = int(np.searchsorted(places, places[start] + PERSONS, side="right")) - 1
        stop = max(stop, start + 1)
        yield taken(table, persons, [(int(places[start]), int(places[stop]))])
        start = stop


def sampled(places: Array) -> list[tuple[int, int]]:
    """Return a few blocks of persons, spread over the table."""
    chosen = np.unique(np.linspace(0, len(places) - 2, SAMPLE).astype(int))
    return [(int(places[place]), int(places[place + 1])) for place in chosen]


def taken(table: Table, persons: str, blocks: list[tuple[int, int]]) -> Table:
    """Return the table of some blocks of persons, and of their groups."""
    people = table.entities[persons]
    entities = {}
    groups: dict[str, Membership] = {}
    for key, members in people.groups.items():
        ranges = [groups_of(members.rows, table.entities[key].count, block) for block in blocks]
        entities[key] = rows_of(table.entities[key], ranges)
        groups[key] = renumbered(members, blocks, ranges)
    entities[persons] = replace(rows_of(people, blocks), groups=groups)
    return Table(entities)


def groups_of(rows: Array, count: int, block: tuple[int, int]) -> tuple[int, int]:
    """Return which groups a block of persons has, from the first to after the last: its persons may mix them."""
    first, last = block
    mine = rows[first:last]
    return int(mine.min()) if first else 0, int(mine.max()) + 1 if last < len(rows) else count


def rows_of(rows: Rows, ranges: list[tuple[int, int]]) -> Rows:
    count = sum(stop - start for start, stop in ranges)
    return Rows(count, {key: joined(values, ranges) for key, values in rows.columns.items()})


def joined(values: Array, ranges: list[tuple[int, int]]) -> Array:
    parts = [values[start:stop] for start, stop in ranges]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def renumbered(members: Membership, blocks: list[tuple[int, int]], ranges: list[tuple[int, int]]) -> Membership:
    """Give numbers from 0 to the groups of the blocks."""
    before, rows = 0, []
    for (first, last), (start, stop) in zip(blocks, ranges, strict=True):
        rows.append(members.rows[first:last] - np.int32(start - before))
        before += stop - start
    return Membership(np.concatenate(rows), joined(members.roles, blocks))
