"""Gather raw rows as they are read, and give them as columns of text."""

import json
from collections.abc import Iterator, Sequence
from operator import itemgetter

import pyarrow as pa

from parvis.core.registers.jsontext import Json
from parvis.core.registers.register import Batch

SIZE = 4_000
"""Rows gathered before they are given on."""


class Sheet:
    """The rows of one raw table that are being read."""

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        """Name the table and its text columns; each row also says its `source_row`."""
        self.table, self.columns = table, columns
        self.rows: list[dict[str, Json]] = []
        self.blank: dict[str, Json] = dict.fromkeys(columns)
        self._in_order = itemgetter("source_row", *columns)

    def add(self, fields: dict[str, Json]) -> None:
        """Add a row; the columns that it does not name hold nothing."""
        self.rows.append(self.blank | fields)

    def full(self) -> Iterator[Batch]:
        """Give the rows if there are many."""
        if len(self.rows) >= SIZE:
            yield from self.rest()

    def rest(self) -> Iterator[Batch]:
        """Give the rows gathered, and forget them."""
        if self.rows:
            numbers, *texts = zip(*map(self._in_order, self.rows), strict=True)
            columns = {name: column(values) for name, values in zip(self.columns, texts, strict=True)}
            self.rows.clear()
            yield Batch(self.table, pa.table({"source_row": pa.array(numbers, pa.int64()), **columns}))


def column(values: Sequence[Json]) -> pa.Array:
    """Return values as an Arrow column of text; those that are no text are written as JSON."""
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([text(value) for value in values], pa.string())


def text(value: Json) -> str | None:
    """Return a value as text: None if there is none, JSON if it is not a plain one."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
