"""Count what a crosswalk loses, in both directions: a value that has no place on the other side is never silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import duckdb

from parvis.accountability.registers.procurement.crosswalk import terms


@dataclass(frozen=True)
class Loss:
    """What becomes of a field on the way to the other standard. `values` counts the rows where it says something."""

    field: str
    values: int
    becomes: str  # where it goes; "" when it is lost
    because: str  # why it is lost, or what changes on the way; "" when nothing does

    @property
    def is_lost(self) -> bool:
        return not self.becomes


CHANGED: Final[Mapping[str, str]] = {
    "duration_months": "des mois aux jours, à raison de 30,4375 jours par mois",
    "published_on": "une date inconnue devient celle du paquet",
    "is_framework": "un accord-cadre sans montant ne se distingue plus d'un marché sans montant",
    "procedure": "une procédure adaptée n'a pas de méthode OCDS : rien ne dit si elle a été publiée",
    "notified_on": "la notification devient la date de signature",
    "currency": "la monnaie d'un marché sans montant est perdue",
}
"""Field that goes through, not quite as it was -> what changes."""


def to_ocds(connection: duckdb.DuckDBPyConnection) -> tuple[Loss, ...]:
    """Say what becomes of each field of the contracts and suppliers loaded."""
    counted = {**filled(connection, "procurement.versions"), **filled(connection, "procurement.suppliers")}
    kept = [
        Loss(name, counted[name], becomes, CHANGED.get(name, ""))
        for name, becomes in terms.FIELDS.items()
        if name in counted
    ]
    lost = [Loss(name, counted[name], "", because) for name, because in terms.LOST.items() if name in counted]
    return (*kept, *lost)


def filled(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, int]:
    """Count, by column, the rows of a view where it is not null."""
    answered = connection.cursor().execute(f"select count(columns(*)) from {view}")
    names = [column[0] for column in connection.cursor().execute(f"select * from {view} limit 0").description or ()]
    return dict(zip(names, answered.fetchone() or (), strict=True))


HELD: Final = frozenset(
    {
        "id",
        "tag",
        "language",
        "initiationType",
        "parties",
        "tender/id",
        "tender/title",
        "tender/description",
        "tender/procurementMethod",
        "tender/procurementMethodDetails",
        "tender/numberOfTenderers",
        "tender/items",
        "award/id",
        "award/title",
        "award/status",
        "award/date",
        "award/value",
        "award/items",
        "contract/id",
        "contract/title",
        "contract/status",
        "contract/dateSigned",
        "contract/value",
        "contract/items",
    }
)
"""The parts of an OCDS release that have a column here, or that say only what the release is."""

PARTS: Final = ("tender", "award", "contract")


def from_ocds(connection: duckdb.DuckDBPyConnection) -> tuple[Loss, ...]:
    """Say which parts of the OCDS releases loaded have no column: they stand whole in `extra`, and nowhere else."""
    top = "select unnest(json_keys(extra)) as path from documents"
    inner = (f"select '{part}/' || unnest(json_keys(extra, '$.{part}')) from documents" for part in PARTS)
    counted = connection.cursor().execute(f"""
        with documents as (select extra from procurement.versions where json_exists(extra, '$.tag')),
        paths as ({" union all ".join((top, *inner))})
        select path, count(*) from paths group by path order by path
    """)
    because = "gardé tel quel dans « autres champs », sans colonne"
    return tuple(
        Loss(path, count, "", because) for path, count in counted.fetchall() if path not in HELD and path not in PARTS
    )
