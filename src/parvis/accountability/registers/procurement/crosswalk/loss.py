"""Count what a crosswalk loses, in both directions: a value that has no place on the other side is never silent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

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


def unclassified(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the columns that the crosswalk forgot: neither carried, nor lost for a reason, nor computed."""
    columns = {*filled(connection, "procurement.versions"), *filled(connection, "procurement.suppliers")}
    return frozenset(columns - terms.FIELDS.keys() - terms.LOST.keys() - terms.DERIVED)


def filled(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, int]:
    """Count, by column, the rows of a view where it is not null."""
    answered = connection.cursor().execute(f"select count(columns(*)) from {view}")
    names = [column[0] for column in connection.cursor().execute(f"select * from {view} limit 0").description or ()]
    return dict(zip(names, answered.fetchone() or (), strict=True))


READ: Final = frozenset(
    {
        "ocid",
        "id",
        "date",
        "tag",
        "initiationType",
        "language",
        "buyer/id",
        "buyer/name",
        "parties/id",
        "parties/name",
        "parties/roles",
        "parties/identifier/id",
        "parties/identifier/scheme",
        "tender/id",
        "tender/title",
        "tender/status",
        "tender/procurementMethod",
        "tender/procurementMethodDetails",
        "tender/mainProcurementCategory",
        "tender/additionalProcurementCategories",
        "tender/numberOfTenderers",
        "tender/value/amount",
        "tender/value/currency",
        "awards/id",
        "awards/title",
        "awards/status",
        "awards/date",
        "awards/value/amount",
        "awards/value/currency",
        "awards/suppliers/id",
        "awards/suppliers/name",
        "awards/items/id",
        "awards/items/classification/id",
        "awards/items/classification/scheme",
        "contracts/id",
        "contracts/awardID",
        "contracts/title",
        "contracts/status",
        "contracts/dateSigned",
        "contracts/period/durationInDays",
        "contracts/value/amount",
        "contracts/value/currency",
        "contracts/items/id",
        "contracts/items/classification/id",
        "contracts/items/classification/scheme",
        "contracts/amendments/id",
        "contracts/amendments/date",
        "contracts/amendments/description",
        "contracts/relatedProcesses/id",
        "contracts/relatedProcesses/relationship",
        "contracts/relatedProcesses/scheme",
        "contracts/relatedProcesses/identifier",
    }
)
"""The paths of OCDS that have a place in French essential data."""


def from_ocds(releases: Iterable[Mapping[str, Any]]) -> tuple[Loss, ...]:
    """Say what releases of any publisher hold that French essential data have no place for, by path."""
    counted = Counter(path for release in releases for path in paths(release))
    return tuple(
        Loss(
            path,
            count,
            path if path in READ else "",
            "" if path in READ else "aucune donnée essentielle ne lui correspond",
        )
        for path, count in sorted(counted.items())
    )


def paths(value: object, path: str = "") -> Iterator[str]:
    """Give the path of each value said, whatever its place in lists."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from paths(inner, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, path)
    elif value is not None:
        yield path
