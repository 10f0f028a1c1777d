"""Write a stream of rows as CSV, JSON lines or Parquet, batch after batch, in memory that does not grow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import orjson
import pyarrow as pa


@dataclass(frozen=True)
class Format:
    """A format in which rows are downloaded."""

    slug: str
    title: str
    media_type: str
    write: Callable[[pa.RecordBatchReader], Iterator[bytes]]


class Chunks(BytesIO):
    """A file whose bytes are taken away as they are written; its position goes on, as a writer expects."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._before = 0

    def tell(self) -> int:
        return self._before + super().tell()

    def taken(self) -> bytes:
        """Return what was written since the last time, and forget it."""
        written = self.getvalue()
        self._before += len(written)
        self.seek(0)
        self.truncate()
        return written


def as_csv(reader: pa.RecordBatchReader) -> Iterator[bytes]:
    """Write CSV as RFC 4180 has it: UTF-8, comma, quotes where needed; nothing is an empty cell, a list is JSON."""
    from pyarrow import csv  # noqa: PLC0415 -- loaded where a file is written, not at the start of every command

    yield (",".join(reader.schema.names) + "\n").encode()
    options = csv.WriteOptions(include_header=False, quoting_style="needed")
    for batch in reader:
        chunks = Chunks()
        csv.write_csv(flat(batch), chunks, options)
        yield chunks.taken()


def flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Write as JSON the values that are lists or structures, which CSV has no place for."""
    for place, field in enumerate(batch.schema):
        if pa.types.is_nested(field.type):
            written = [None if value is None else json_text(value) for value in batch.column(place).to_pylist()]
            batch = batch.set_column(place, field.name, pa.array(written, pa.string()))
    return batch


def json_text(value: object) -> str:
    return orjson.dumps(value, default=str).decode()


def as_json_lines(reader: pa.RecordBatchReader) -> Iterator[bytes]:
    """Write one JSON object a line; a decimal is a text, so that no cent is lost in a float."""
    for batch in reader:
        yield b"".join(map(json_line, batch.to_pylist()))


def json_line(row: dict[str, object]) -> bytes:
    return orjson.dumps(row, default=str, option=orjson.OPT_APPEND_NEWLINE)


def as_parquet(reader: pa.RecordBatchReader) -> Iterator[bytes]:
    """Write Parquet, one group of rows a batch."""
    from pyarrow import parquet  # noqa: PLC0415 -- 4 MB and its file systems: where a file is written

    chunks = Chunks()
    with parquet.ParquetWriter(chunks, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
            yield chunks.taken()
    yield chunks.taken()


FORMATS = {
    known.slug: known
    for known in (
        Format("csv", "CSV", "text/csv; charset=utf-8", as_csv),
        Format("jsonl", "JSON, une ligne par objet", "application/jsonl; charset=utf-8", as_json_lines),
        Format("parquet", "Parquet", "application/vnd.apache.parquet", as_parquet),
    )
}
"""What a list can be downloaded as, by the name it has in an address."""
