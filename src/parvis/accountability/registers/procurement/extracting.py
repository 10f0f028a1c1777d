"""Extract the raw contracts and suppliers of DECP records: DuckDB reads the fields that `decp` declares, as columns.

A stretch of records is read at once, and that all of it was read is proved: as many fields are seen as its text gives.
If not (an unknown or repeated field, a null, another spelling), the records are read again one by one by `decp`, which
refuses them with a sentence, or gives them the shape that is read here.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from parvis.accountability.registers.procurement import decp
from parvis.core.registers import columns
from parvis.core.registers.columns import Array
from parvis.core.registers.register import Batch
from parvis.core.registers.sql import text
from parvis.core.registers.stretches import QUOTED, Stretch

RECORDS = f"SELECT from_json({{text}}, {text(json.dumps([decp.SHAPE]))}) AS found FROM piece"
MODIFICATIONS = f"SELECT from_json(t, {text(json.dumps(decp.MODIFICATIONS))}) AS found FROM piece"
INSIDE = r"""
SELECT len(flatten(json_keys(t, '$..*'))) - len(flatten(json_keys(t, '$[*]'))), list_distinct(json_keys(t, '$..*')),
    regexp_matches(t, '\[\[|(?:[\[,]|":)-?(?i:[0-9]|nan|inf)')
FROM (SELECT '[' || string_agg(t, ',') || ']' AS t FROM piece)
"""
"""SQL of how many fields JSON objects have inside their values, of what they are, and of whether they list numbers."""

NO_TEXTS = frozenset({*decp.KEPT, "modifications"})
SAYING_NOTHING = pa.array(["[]", "{}", '""'])


@dataclass
class Pieces:
    """Some records in a row, as texts of JSON lists, each with where it stands."""

    first: int  # the number of the first record
    texts: list[bytes] = field(default_factory=list)
    containers: list[str] = field(default_factory=list)
    sources: list[str | None] = field(default_factory=list)
    stretch: Stretch | None = None  # whose reading is to be proved; None once read one by one

    def add(self, record: bytes, container: str, source: str | None) -> None:
        """Add a record, read one by one."""
        self.texts.append(b"[" + record + b"]")
        self.containers.append(container)
        self.sources.append(source)

    def straightened(self, stretch: Stretch) -> "Pieces":
        """Return the same records, read one by one."""
        pieces = Pieces(self.first)
        for number, record in enumerate(stretch.elements(), self.first):
            pieces.add(decp.straight(record, number), self.containers[0], self.sources[0])
        return pieces


@dataclass(frozen=True)
class Extracted:
    """The raw columns of some records, and whether all that these give was seen."""

    contracts: pa.Table
    changes: pa.Table
    suppliers: pa.Table
    fields: int  # seen
    is_odd: bool  # some values may not be what they seem

    def batches(self) -> Iterator[Batch]:
        for table, rows in (("contracts", self.contracts), ("contracts", self.changes), ("suppliers", self.suppliers)):
            if rows.num_rows:
                yield Batch(table, rows)


def extracted(connection: duckdb.DuckDBPyConnection, pieces: Pieces) -> Extracted:
    """Read the pieces at once if that is proved to read all of them, else one by one."""
    if pieces.stretch is not None:
        found = proved(connection, pieces, pieces.stretch)
        if found is not None:
            return found
        pieces = pieces.straightened(pieces.stretch)
    return read(connection, pieces, "t")


def proved(connection: duckdb.DuckDBPyConnection, pieces: Pieces, stretch: Stretch) -> Extracted | None:
    """Return what DuckDB reads of a stretch, or None if it may have read less than all."""
    try:
        found = read(connection, pieces, QUOTED)
    except duckdb.InvalidInputException:
        return None
    inside, is_odd = look_inside(connection, found.contracts["extra"])
    return None if found.is_odd or is_odd or not stretch.gives(found.fields + inside) else found


def look_inside(connection: duckdb.DuckDBPyConnection, extra: Array) -> tuple[int, bool]:
    """Return how many fields the values kept whole have inside, and whether one is repeated or not sure."""
    deep = extra.filter(pc.match_substring_regex(extra, r".[\[{]"))
    if not len(deep):
        return 0, False
    connection.register("piece", pa.table({"t": deep}))
    ((count, keys, lists_numbers),) = connection.execute(INSIDE).fetchall()
    return count, lists_numbers or any(len(set(names)) < len(names) for names in keys)


def read(connection: duckdb.DuckDBPyConnection, pieces: Pieces, value: str) -> Extracted:
    """Return the raw rows of pieces whose text this SQL gives."""
    found = parsed(connection, pa.array(pieces.texts, pa.binary()).cast(pa.string()), RECORDS.replace("{text}", value))
    records, parents = found.flatten(), pc.list_parent_indices(found)
    numbers = pa.array(range(pieces.first, pieces.first + len(records)), pa.int64())
    containers, sources = (
        pa.array(values, pa.string()).take(parents) for values in (pieces.containers, pieces.sources)
    )
    modifications = columns.field(records, "modifications").cast(pa.string())
    changed = pc.not_equal(pc.coalesce(modifications, "[]"), "[]")
    lists = parsed(connection, modifications.filter(changed), MODIFICATIONS)
    changes = lists.flatten()
    places, versions = columns.ranks(lists)
    change_numbers = numbers.filter(changed).take(places)
    firsts = pa.array(["0"] * len(records))
    held = [
        *held_by(records, numbers, firsts),
        *held_by(changes, change_numbers, versions),
        *held_by(columns.field(changes, "modification"), change_numbers, versions),
    ]
    return Extracted(
        contracts(records, numbers, containers, sources),
        modified(changes, change_numbers, versions),
        pa.concat_tables(suppliers(*lists) for lists in held),
        columns.given(records) + columns.given(changes),
        lists.null_count > 0 or is_odd(records, changes),
    )


def parsed(connection: duckdb.DuckDBPyConnection, texts: Array, query: str) -> Array:
    """Return the lists of objects that some texts of JSON give."""
    connection.register("piece", pa.table({"t": texts}))
    return columns.whole(connection.sql(query).to_arrow_table(), "found")


def first(*values: Array) -> Array:
    """Return the first of some texts that is not empty."""
    filled = (value for value in values if value.null_count < len(value))
    return reduce(
        lambda one, other: pc.if_else(pc.not_equal(pc.fill_null(one, ""), ""), one, other), filled, values[0]
    )


def contracts(records: Array, numbers: Array, containers: Array, sources: Array) -> pa.Table:
    """Return the raw columns of the first version of records."""
    buyer, authority = (columns.gives(columns.field(records, name), list(decp.PARTY)) for name in decp.PARTIES)
    is_grant = pc.or_(pc.and_not(authority, buyer), pc.ends_with(containers, "concession"))
    return pa.table(
        {
            "source_row": numbers,
            **constant(len(records), version="0", part="1"),
            "container": containers,
            "kind": pc.if_else(is_grant, "concession", "contract"),
            **{name: columns.field(records, key) for name, key in decp.CONTRACT.items()},
            **{name: columns.field(records, "lieuExecution", key) for name, key in decp.PLACE.items()},
            **{name: first(*(columns.field(records, *path) for path in paths)) for name, paths in decp.BUYER.items()},
            "techniques": columns.field(records, "techniques", "technique"),
            "source": first(columns.field(records, "source"), sources),
            "extra": extra(records),
        }
    )


def constant(rows: int, **values: str) -> dict[str, Array]:
    return {name: pa.array([value] * rows, pa.string()) for name, value in values.items()}


def extra(records: Array) -> Array:
    """Return the fields kept whole that say something, as a JSON object; None if there are none."""
    parts = []
    for name in decp.KEPT:
        values = columns.field(records, name).cast(pa.string())
        if values.null_count < len(values):
            said = pc.if_else(pc.is_in(values, value_set=SAYING_NOTHING), None, values)
            named = pc.binary_join_element_wise(f",{json.dumps(name)}:", said, "")
            parts.append(pc.fill_null(named, ""))
    if not parts:
        return pa.nulls(len(records), pa.string())
    joined = pc.binary_join_element_wise(*parts, "")
    full = pc.binary_join_element_wise("{", pc.utf8_slice_codeunits(joined, 1), "}", "")
    return pc.if_else(pc.equal(joined, ""), None, full)


def modified(changes: Array, numbers: Array, versions: Array) -> pa.Table:
    """Return the raw columns of modifications."""

    def either(key: str) -> Array:
        return pc.coalesce(columns.field(changes, key), columns.field(changes, "modification", key))

    return pa.table(
        {
            "source_row": numbers,
            "version": versions,
            **constant(len(changes), part="1"),
            **{name: either(key) for name, key in decp.CHANGE.items()},
            "modified_on": first(*map(either, decp.CHANGED_ON)),
        }
    )


def held_by(objects: Array, numbers: Array, versions: Array) -> Iterator[tuple[Array, Array, Array]]:
    """Give the lists of holders of objects, each with the number and the version of its record."""
    for name in decp.HOLDERS:
        yield columns.field(objects, name), numbers, versions


def suppliers(lists: Array, numbers: Array, versions: Array) -> pa.Table:
    """Return the raw columns of holders."""
    holders = lists.flatten()
    parents, ranks = columns.ranks(lists)
    return pa.table(
        {
            "source_row": numbers.take(parents),
            "version": versions.take(parents),
            **constant(len(holders), part="1"),
            "rank": ranks,
            **{
                name: pc.coalesce(
                    columns.field(holders, key), *(columns.field(holders, wrapper, key) for wrapper in decp.WRAPPERS)
                )
                for name, key in decp.SUPPLIER.items()
            },
        }
    )


def is_odd(records: Array, changes: Array) -> bool:
    """Return whether some values of records or modifications may not be what they seem."""
    wrapped = columns.field(changes, "modification")
    holders = [
        columns.field(objects, name).flatten() for objects in (records, changes, wrapped) for name in decp.HOLDERS
    ]
    return (
        any(columns.are_odd_texts(values) for values in columns.texts(records, NO_TEXTS))
        or any(columns.are_odd_texts(values) for values in columns.texts(changes))
        or any(columns.have_no_numbers(columns.field(records, name).cast(pa.string())) for name in decp.KEPT)
        or any(columns.are_empty(columns.field(records, name)) for name in decp.OBJECTS)
        or not any(pc.all(columns.gives(records, names)).as_py() for names in (["id"], list(decp.SHAPE)))
        or mixed(changes, list(decp.MODIFICATION), "modification")
        or any(mixed(alone, list(decp.ALONE), *decp.WRAPPERS) for alone in holders)
        or any(has_both(objects) for objects in (records, changes, wrapped))
    )


def mixed(objects: Array, names: Sequence[str], *wrappers: str) -> bool:
    """Return whether an object is neither its fields alone, nor a wrapper around them alone."""
    ways = [objects, *(columns.field(objects, wrapper) for wrapper in wrappers)]
    counts = reduce(pc.add, (columns.gives(way, names).cast(pa.int8()) for way in ways))
    return pc.any(pc.not_equal(counts, 1)).as_py() or False


def has_both(objects: Array) -> bool:
    """Return whether an object has holders under both names."""
    lengths = [pc.coalesce(pc.list_value_length(columns.field(objects, name)), 0) for name in decp.HOLDERS]
    return pc.any(pc.greater(pc.min_element_wise(*lengths), 0)).as_py() or False
