"""Count what a crosswalk loses, there, back and both ways: what has no place on the other side is never silent."""

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
    "modification_id": "une modification sans numéro, ou dont le numéro revient, est nommée par son rang",
    "modification_published_on": "une modification publiée avant ce qu'elle modifie en prend la date",
    "is_framework": "un accord-cadre sans montant ne se distingue plus d'un marché sans montant",
    "procedure": "une procédure adaptée n'a pas de méthode OCDS : rien ne dit si elle a été publiée",
    "notified_on": "la notification devient la date de signature",
    "supplier_name": "un titulaire nommé deux fois dans un marché n'y est qu'une fois, sous son premier nom",
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


def there_and_back(connection: duckdb.DuckDBPyConnection) -> tuple[Loss, ...]:
    """Say which fields carried to OCDS do not come back as they were, when the register reads its own export."""
    counted = {**filled(connection, "procurement.versions"), **filled(connection, "procurement.suppliers")}
    unread = [
        Loss(name, counted[name], f"extra ({path})", WHOLE) for name, path in terms.UNREAD.items() if name in counted
    ]
    reread = [Loss(name, counted[name], name, how) for name, how in terms.REREAD.items() if name in counted]
    return (*unread, *reread)


def filled(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, int]:
    """Count, by column, the rows of a view where it is not null."""
    answered = connection.cursor().execute(f"select count(columns(*)) from {view}")
    names = [column[0] for column in connection.cursor().execute(f"select * from {view} limit 0").description or ()]
    return dict(zip(names, answered.fetchone() or (), strict=True))


WHOLE: Final = "pas de colonne : gardé tel quel dans « autres champs »"

HELD: Final = frozenset(
    {
        "id",
        "tag",
        "language",
        "initiationType",
        "buyer/id",
        "buyer/identifier",
        "parties/id",
        "parties/name",
        "parties/identifier",
        "parties/roles",
        "tender/id",
        "tender/title",
        "tender/description",
        "tender/procurementMethod",
        "tender/procurementMethodDetails",
        "tender/numberOfTenderers",
        "tender/items",
        "award/id",
        "award/title",
        "award/date",
        "award/value",
        "award/items",
        "contract/id",
        "contract/title",
        "contract/dateSigned",
        "contract/value",
        "contract/items",
    }
)
"""The parts of an OCDS release that have a column here, or that say only what the release is."""

PARTS: Final = ("buyer", "tender", "award", "contract", "parties")

PATHS: Final = """
with documents as (select extra from procurement.versions where json_exists(extra, '$.tag')),
keys as (
    select '' as part, json_keys(extra) as names from documents
    union all select 'buyer/', json_keys(extra, '$.buyer') from documents
    union all select 'tender/', json_keys(extra, '$.tender') from documents
    union all select 'award/', json_keys(extra, '$.award') from documents
    union all select 'contract/', json_keys(extra, '$.contract') from documents
    union all select 'parties/', flatten(json_keys(extra, '$.parties[*]')) from documents
),
paths as (select part || unnest(names) as path from keys)
select path, count(*) from paths group by path order by path
"""
"""The parts of the OCDS releases loaded, each with how many times it is there."""


def from_ocds(connection: duckdb.DuckDBPyConnection) -> tuple[Loss, ...]:
    """Say which parts of the OCDS releases loaded have no column: they stand whole in `extra`, and nowhere else."""
    counted = connection.cursor().execute(PATHS).fetchall()
    return tuple(
        Loss(path, count, "extra", WHOLE) for path, count in counted if path not in HELD and path not in PARTS
    )
