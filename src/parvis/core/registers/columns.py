"""Read the columns of JSON objects that DuckDB made into Arrow structures: their fields, and their lists."""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Array = Any
"""A column of Arrow."""

NO_NUMBERS = pa.array(
    [
        sign + "".join(word)
        for sign in ("", "-")
        for spelt in ("nan", "inf", "infinity")
        for word in product(*((letter, letter.upper()) for letter in spelt))
    ]
)
"""The words that DuckDB takes for numbers, however they are written."""

LIST = re.compile(r"\[\s*(?:[\"\[{\-0-9].*|true.*|false.*|null.*)?\]", re.DOTALL)


def whole(table: pa.Table, name: str) -> Array:
    """Return a column of a table in one piece."""
    column = table[name].combine_chunks()
    return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column


def field(objects: Array, *names: str) -> Array:
    """Return the values of a field of objects, or of a field inside a field."""
    return pc.struct_field(objects, list(names))


def given(objects: Array) -> int:
    """Return how many fields are given by objects, and by all that is inside them."""
    if pa.types.is_struct(objects.type):
        return sum(len(values) - values.null_count + given(values) for values in objects.flatten())
    return given(objects.flatten()) if pa.types.is_list(objects.type) else 0


def gives(objects: Array, names: Sequence[str]) -> Array:
    """Return whether each object gives one of these fields."""
    return reduce(pc.or_, (field(objects, name).is_valid() for name in names))


def are_odd_texts(values: Array) -> bool:
    """Return whether some texts may be a list, or a word for what is no number: then the source has no text there."""
    if values.null_count == len(values):
        return False
    lists = values.filter(pc.starts_with(values, "["))
    return have_no_numbers(values) or any(LIST.fullmatch(value) for value in lists.to_pylist())


def have_no_numbers(values: Array) -> bool:
    """Return whether a text is a word for what is no number."""
    return bool(pc.any(pc.is_in(values, value_set=NO_NUMBERS)).as_py())


def are_empty(objects: Array) -> bool:
    """Return whether an object gives no field: it may be a text, or a list."""
    names = [inner.name for inner in objects.type]
    return bool(pc.any(pc.and_not(objects.is_valid(), gives(objects, names))).as_py())


def texts(objects: Array, whole: frozenset[str] = frozenset()) -> Iterator[Array]:
    """Give the columns of text of objects, and of all that is inside them, but for fields kept whole as JSON."""
    if pa.types.is_struct(objects.type):
        for key, values in zip((inner.name for inner in objects.type), objects.flatten(), strict=True):
            if key not in whole:
                yield from texts(values)
    elif pa.types.is_list(objects.type):
        yield from texts(objects.flatten())
    else:
        yield objects


def ranks(lists: Array) -> tuple[Array, Array]:
    """Return, for each element of lists, the position of its list, and its rank there from 1, as text."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    starts = pc.subtract(pc.cumulative_sum(lengths), lengths)
    parents = pc.list_parent_indices(lists)
    positions = pa.array(range(len(parents)), pa.int64())
    return parents, pc.add(pc.subtract(positions, starts.take(parents)), 1).cast(pa.string())
