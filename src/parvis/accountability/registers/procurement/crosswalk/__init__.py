"""French essential data and the Open Contracting Data Standard: there and back, with what is lost on the way."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

import duckdb

from parvis.accountability.registers.procurement.crosswalk import loss, to_ocds
from parvis.core.registers.browsing import Crosswalk


def export(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Give a release package for each contract: its first release, then one for each modification."""
    at = to_ocds.loaded_at(connection)
    for uid, versions in groupby(to_ocds.rows(connection), key=lambda row: row["uid"]):
        uri = f"urn:parvis:procurement:{quote(uid)}"
        yield to_ocds.package(to_ocds.releases(versions, at=at), at=at, uri=uri, publisher="Parvis")


def lost(connection: duckdb.DuckDBPyConnection) -> Iterator[Mapping[str, Any]]:
    """Give a line for each field and direction: how many values, where they go, what is lost or changed."""
    ways = (
        ("vers OCDS", loss.to_ocds(connection)),
        ("vers OCDS et retour", loss.there_and_back(connection)),
        ("depuis OCDS", loss.from_ocds(connection)),
    )
    for way, lines in ways:
        for line in sorted(lines, key=lambda line: (not line.is_lost, not line.because, line.field)):
            yield {
                "Sens": way,
                "Champ": line.field,
                "Valeurs": line.values,
                "Devient": line.becomes or "perdu",
                "Ce qui change": line.because,
            }


CROSSWALKS: Final = (Crosswalk("ocds", "Vers le standard OCDS 1.1", export, lost),)
