"""The forms in which contributions leave: rows in, bytes out, a block at a time, whatever their number."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
import pyarrow as pa

Row = tuple[Any, ...]
Blocks = Iterable[Sequence[Row]]


@dataclass(frozen=True)
class Column:
    """A column of the export."""

    name: str
    type: str  # of the JSON schema: "string", "integer", "date-time", "object"
    help: str  # French


COLUMNS: Final = (
    Column("id", "string", "Débat et numéro : « debat/12 »."),
    Column("number", "integer", "Numéro de la contribution dans le débat, de 1 en 1."),
    Column("kind", "string", "Espèce de contribution."),
    Column("unit", "string", "Unité du texte sur laquelle elle porte ; vide : le débat entier."),
    Column("unit_version", "string", "Version du texte que l'auteur lisait."),
    Column("parent", "integer", "Numéro de la contribution sur laquelle elle porte."),
    Column("side", "string", "for, mixed, against, ou rien."),
    Column("title", "string", "Titre."),
    Column("received_at", "date-time", "Reçue le (UTC) ; vide : la source d'une archive ne le dit pas."),
    Column("changed_at", "date-time", "Dernier changement (UTC) ; vide : la source d'une archive ne le dit pas."),
    Column("edition", "integer", "Rang de la rédaction donnée."),
    Column("state", "string", "published publiée, withdrawn retirée, hidden masquée : ses mots ne sont plus donnés."),
    Column("fate", "string", "adopted, partly, rejected, noted ; vide : sans réponse."),
    Column("owner", "string", "Organisme qui doit la réponse."),
    Column("due_at", "date-time", "Réponse due le (UTC)."),
    Column("answered_at", "date-time", "Répondu le (UTC)."),
    Column("supports", "integer", "Soutiens."),
    Column("votes_for", "integer", "Votes pour."),
    Column("votes_mixed", "integer", "Votes mitigés."),
    Column("votes_against", "integer", "Votes contre."),
    Column("replies", "integer", "Contributions sur elle."),
    Column("fields", "object", "Ce qu'elle dit, selon son espèce : un objet JSON."),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
FIELDS: Final = NAMES.index("fields")

ARROW: Final = {
    "string": pa.string(),
    "object": pa.string(),
    "integer": pa.int64(),
    "date-time": pa.timestamp("us", "UTC"),
}


def schema(licence: str, source: str) -> dict[str, Any]:
    """Return what the rows are, as a JSON schema, with their licence and who counted their votes."""
    types = {
        column.name: {"type": ["string", "null"], "format": "date-time"}
        if column.type == "date-time"
        else {"type": [column.type, "null"]}
        for column in COLUMNS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Contribution",
        "type": "object",
        "properties": {column.name: {**types[column.name], "description": column.help} for column in COLUMNS},
        "required": list(NAMES),
        "license": licence,
        "votes_counted_by": source,
    }


def csv_bytes(blocks: Blocks) -> Iterator[bytes]:
    """Yield CSV: RFC 4180, UTF-8, one header; what a contribution says is JSON in its cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(NAMES)
    for block in blocks:
        writer.writerows([_cells(row) for row in block])
        yield _taken(text)
    yield _taken(text)


def _cells(row: Row) -> list[object]:
    return [value.isoformat() if isinstance(value, datetime) else value for value in row]


def _taken(text: io.StringIO) -> bytes:
    taken = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return taken


def json_lines_bytes(blocks: Blocks) -> Iterator[bytes]:
    """Yield one JSON object a line."""
    for block in blocks:
        yield b"".join(orjson.dumps(_object(row), option=orjson.OPT_APPEND_NEWLINE) for row in block)


def _object(row: Row) -> dict[str, object]:
    return {**dict(zip(NAMES, row, strict=True)), "fields": orjson.Fragment(row[FIELDS])}


class Sink(io.RawIOBase):
    """Where Parquet is written: each piece is taken away as soon as it is whole."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size

    def write(self, piece: Any) -> int:  # noqa: ANN401 -- any buffer
        taken = bytes(piece)
        self.pieces.append(taken)
        self.size += len(taken)
        return len(taken)

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def parquet_bytes(blocks: Blocks) -> Iterator[bytes]:
    """Yield Parquet, one group of rows a block, compressed with zstd."""
    from pyarrow import parquet  # noqa: PLC0415 -- 4 MB and its file systems: where a file is written

    # The pool that Arrow takes by default keeps what was freed: it would double what this export holds.
    sink, pool = Sink(), pa.system_memory_pool()
    kind = pa.schema([pa.field(column.name, ARROW[column.type], metadata={"aide": column.help}) for column in COLUMNS])
    with parquet.ParquetWriter(sink, kind, compression="zstd", memory_pool=pool) as writer:
        for block in blocks:
            arrays = [
                pa.array(values, type_, memory_pool=pool)
                for values, type_ in zip(zip(*block, strict=True), kind.types, strict=True)
            ]
            writer.write_table(pa.table(arrays, schema=kind))
            yield sink.take()
    yield sink.take()


@dataclass(frozen=True)
class Format:
    """A form of the export."""

    slug: str  # the file's extension
    title: str
    media_type: str
    stream: Callable[[Blocks], Iterator[bytes]]


FORMATS: Final[Mapping[str, Format]] = {
    one.slug: one
    for one in (
        Format("csv", "CSV", "text/csv; charset=utf-8", csv_bytes),
        Format("jsonl", "JSON, une contribution par ligne", "application/jsonl; charset=utf-8", json_lines_bytes),
        Format("parquet", "Parquet", "application/vnd.apache.parquet", parquet_bytes),
    )
}
