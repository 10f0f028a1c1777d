"""Read the essential data of public procurement: contracts and concessions of the 2017, 2019 and 2022 orders.

The same fields come in several shapes: `marches` as a list (2017, 2019) or `{marche: [], contrat-concession: []}`
(2022), holders as objects, lists, or wrapped in `titulaire`, the buyer as an object or as `acheteur.id`.
"""

from collections.abc import Iterator

import orjson

from parvis.core.registers.jsontext import Json
from parvis.core.registers.sheets import Sheet
from parvis.core.registers.strict import Row

KEPT = frozenset(
    (
        "uuid",
        "ccag",
        "marcheInnovant",
        "attributionAvance",
        "tauxAvance",
        "origineUE",
        "origineFrance",
        "typesPrix",
        "modalitesExecution",
        "considerationsSociales",
        "considerationsEnvironnementales",
        "actesSousTraitance",
        "modificationsActesSousTraitance",
        "donneesExecution",
    )
)
"""Fields kept whole in `extra`, as they are written."""

Fields = dict[str, Json]


class Reading:
    """The raw contracts and suppliers of one file, record by record."""

    def __init__(self, contracts: Sheet, suppliers: Sheet) -> None:
        """Write to these sheets."""
        self.contracts, self.suppliers = contracts, suppliers

    def record(self, fields: Fields, number: int, container: str, source: str | None) -> None:
        """Add a record's rows: its first version, one a modification, and the suppliers of each."""
        row = Row(fields)
        changes, holders = row.take("modifications", None), row.take("titulaires", None)
        grantees = row.take("concessionnaires", None)
        self.contracts.add(contract(row, number, container, source))
        self._suppliers(holders or grantees, number, 0)
        if changes:
            for version, change in enumerate(unwrapped(changes, "modification"), start=1):
                self._change(change, number, version)

    def _change(self, fields: Json, number: int, version: int) -> None:
        row = Row(fields)
        holders = row.take("titulaires", None) or row.take("concessionnaires", None)
        self.contracts.add(modification(row, number, version))
        self._suppliers(holders, number, version)
        row.finish(f"Enregistrement {number}, modification {version}")

    def _suppliers(self, holders: Json, number: int, version: int) -> None:
        if not holders:
            return
        for rank, holder in enumerate(unwrapped(holders, "titulaire", "concessionnaire"), start=1):
            self.suppliers.add(
                {
                    "source_row": number,
                    "version": str(version),
                    "part": "1",
                    "rank": str(rank),
                    **supplier(holder, number),
                }
            )


def contract(row: Row, number: int, container: str, source: str | None) -> Fields:
    """Take the fields of a contract or concession as it was first published."""
    take = row.take
    buyer, authority = party(take("acheteur", None)), party(take("autoriteConcedante", None))
    place = Row(take("lieuExecution", None) or {})
    declared = take("_type", None)
    fields = {
        "source_row": number,
        "version": "0",
        "part": "1",
        "container": container,
        "kind": "concession" if (authority and not buyer) or container.endswith("concession") else "contract",
        "declared_kind": declared,
        "id": take("id", None),
        "declared_uid": take("uid", None),
        "nature": take("nature", None),
        "framework_id": take("idAccordCadre", None),
        "object": take("objet", None),
        "cpv": take("codeCPV", None),
        "procedure": take("procedure", None),
        "buyer_id": take("acheteur.id", None) or buyer.get("id") or authority.get("id"),
        "buyer_name": take("acheteur.nom", None) or buyer.get("nom") or authority.get("nom"),
        "amount": take("montant", None),
        "duration_months": take("dureeMois", None),
        "notified_on": take("dateNotification", None),
        "signed_on": take("dateSignature", None),
        "started_on": take("dateDebutExecution", None),
        "published_on": take("datePublicationDonnees", None),
        "place_code": place.take("code", None),
        "place_code_type": place.take("typeCode", None),
        "place_name": place.take("nom", None),
        "price_form": take("formePrix", None),
        "bids_received": take("offresRecues", None),
        "group_type": take("typeGroupementOperateurs", None),
        "subcontracting_declared": take("sousTraitanceDeclaree", None),
        "techniques": take("techniques", None),
        "global_value": take("valeurGlobale", None),
        "public_subsidy": take("montantSubventionPublique", None),
        "source": take("source", None) or source,
        "extra": extra(row, f"Enregistrement {number}"),
    }
    place.finish(f"Enregistrement {number}, lieuExecution")
    return fields


def modification(row: Row, number: int, version: int) -> Fields:
    """Take the fields of a modification: only those that change are there."""
    take = row.take
    return {
        "source_row": number,
        "version": str(version),
        "part": "1",
        "modification_id": take("id", None),
        "modification_object": take("objetModification", None),
        "modified_on": take("dateNotificationModification", None) or take("dateSignatureModification", None),
        "modification_published_on": take("datePublicationDonneesModification", None),
        "duration_months": take("dureeMois", None),
        "amount": take("montant", None),
        "global_value": take("valeurGlobale", None),
    }


def supplier(holder: Json, number: int) -> Fields:
    """Take a supplier; a bare text is the name of a field that some software wrote instead of its value."""
    if not isinstance(holder, dict):
        return {"supplier_id": holder}
    row = Row(holder)
    fields = {
        "supplier_id": row.take("id", None),
        "supplier_id_type": row.take("typeIdentifiant", None),
        "supplier_name": row.take("denominationSociale", None),
    }
    row.finish(f"Enregistrement {number}, titulaire")
    return fields


def party(value: Json) -> Fields:
    """Return the buyer's fields; an empty text stands for no buyer."""
    return value if isinstance(value, dict) else {}


def extra(row: Row, where: str) -> str | None:
    """Take what remains, all of it fields that are kept whole, as a JSON object; None if there is nothing."""
    kept = {name: value for name, value in row.rest(KEPT, where).items() if value}
    return orjson.dumps(kept).decode() if kept else None


def unwrapped(value: Json, *names: str) -> Iterator[Json]:
    """Give the objects of a list, out of the lists and wrappers around each."""
    if isinstance(value, list):
        for inner in value:
            yield from unwrapped(inner, *names)
    elif isinstance(value, dict) and len(value) == 1 and (name := next(iter(value))) in names:
        yield from unwrapped(value[name], *names)
    elif value:
        yield value
