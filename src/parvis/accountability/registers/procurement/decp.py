"""The fields of the essential data of public procurement: orders of 2017, 2019 and 2022, and how they are spelt.

The same fields come in several shapes: `marches` as a list (2017, 2019) or `{marche: [], contrat-concession: []}`
(2022), holders as objects, lists, or wrapped in `titulaire`, the buyer as an object or as `acheteur.id`. SHAPE is what
`extracting` reads with SQL; `straight` gives that shape to a record that has another.
"""

from collections.abc import Iterator

import orjson

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json
from parvis.core.registers.sheets import text
from parvis.core.registers.strict import Row

TEXT, WHOLE = "VARCHAR", "JSON"
"""A field read as text; a field kept whole, as JSON."""

CONTRACT = {
    "declared_kind": "_type",
    "id": "id",
    "declared_uid": "uid",
    "nature": "nature",
    "framework_id": "idAccordCadre",
    "object": "objet",
    "cpv": "codeCPV",
    "procedure": "procedure",
    "amount": "montant",
    "duration_months": "dureeMois",
    "notified_on": "dateNotification",
    "signed_on": "dateSignature",
    "started_on": "dateDebutExecution",
    "published_on": "datePublicationDonnees",
    "price_form": "formePrix",
    "bids_received": "offresRecues",
    "group_type": "typeGroupementOperateurs",
    "subcontracting_declared": "sousTraitanceDeclaree",
    "global_value": "valeurGlobale",
    "public_subsidy": "montantSubventionPublique",
}
"""Raw column -> field of a contract or concession as it was first published."""

PLACE = {"place_code": "code", "place_code_type": "typeCode", "place_name": "nom"}
"""Raw column -> field of `lieuExecution`."""

CHANGE = {
    "modification_id": "id",
    "modification_object": "objetModification",
    "modification_published_on": "datePublicationDonneesModification",
    "duration_months": "dureeMois",
    "amount": "montant",
    "global_value": "valeurGlobale",
}
"""Raw column -> field of a modification: only those that change are there."""

CHANGED_ON = ("dateNotificationModification", "dateSignatureModification")
SUPPLIER = {
    "supplier_id": "id",
    "supplier_id_type": "typeIdentifiant",
    "supplier_name": "denominationSociale",
}
"""Raw column -> field of a supplier."""

KEPT = (
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
"""Fields kept whole in `extra`, as they are written."""

Fields = dict[str, Json]


def texts(*names: str) -> Fields:
    return dict.fromkeys(names, TEXT)


PARTY = texts("id", "nom")
PARTIES = ("acheteur", "autoriteConcedante")
BUYER = {
    "buyer_id": (("acheteur.id",), ("acheteur", "id"), ("autoriteConcedante", "id")),
    "buyer_name": (("acheteur.nom",), ("acheteur", "nom"), ("autoriteConcedante", "nom")),
}
"""Raw column -> where the buyer stands, the first that says something."""

OBJECTS = (*PARTIES, "lieuExecution", "techniques")
ALONE = texts(*SUPPLIER.values())
WRAPPERS = ("titulaire", "concessionnaire")
HOLDER = {**ALONE, **dict.fromkeys(WRAPPERS, ALONE)}
HOLDERS = {"titulaires": [HOLDER], "concessionnaires": [HOLDER]}
MODIFICATION = {**texts(*CHANGE.values(), *CHANGED_ON), **HOLDERS}
MODIFICATIONS = [{**MODIFICATION, "modification": MODIFICATION}]
SHAPE = {
    **texts(*CONTRACT.values(), "acheteur.id", "acheteur.nom", "source"),
    **dict.fromkeys(KEPT, WHOLE),
    **HOLDERS,
    **dict.fromkeys(PARTIES, PARTY),
    "lieuExecution": texts(*PLACE.values()),
    "techniques": texts("technique"),
    "modifications": WHOLE,
}
"""The fields of a record, as they are most often spelt; modifications have a shape of their own, for few have any."""


class NotARecord(ParvisError):
    """Something stands where an object of fields should."""


def straight(record: Json, number: int) -> bytes:
    """Return a record as JSON of the shape SHAPE, its holders and modifications out of their wrappers."""
    where = f"Enregistrement {number}"
    row = Row(whole(record, where))
    techniques = _inner(row.take("techniques", None), "technique")
    straightened = {
        **_texts(row, *CONTRACT.values(), "acheteur.id", "acheteur.nom", "source"),
        **_holders(row, number),
        "modifications": [
            _modification(change, number, version)
            for version, change in enumerate(unwrapped(row.take("modifications", None), "modification"), start=1)
        ],
        **{name: _party(row.take(name, None), f"{where}, {name}") for name in PARTIES},
        "lieuExecution": _place(row.take("lieuExecution", None), f"{where}, lieuExecution"),
        "techniques": {"technique": orjson.dumps(techniques).decode() if techniques else None},
        **{name: value for name, value in row.rest(frozenset(KEPT), where).items() if value},
    }
    return orjson.dumps(straightened)


def _texts(row: Row, *names: str) -> Fields:
    return {name: text(value) for name in names if (value := row.take(name, None)) is not None}


def _inner(value: Json, name: str) -> Json:
    return value[name] if isinstance(value, dict) and value.keys() == {name} else value


def _holders(row: Row, number: int) -> Fields:
    """Take the holders of a contract, else the grantees of a concession."""
    holders, grantees = row.take("titulaires", None), row.take("concessionnaires", None)
    found = unwrapped(holders or grantees, *WRAPPERS)
    return {"titulaires": [_supplier(holder, number) for holder in found]}


def _supplier(holder: Json, number: int) -> Fields:
    """Take a supplier; a bare text is the name of a field that some software wrote instead of its value."""
    if not isinstance(holder, dict):
        return {"id": text(holder)}
    row = Row(holder)
    fields = _texts(row, *SUPPLIER.values())
    row.finish(f"Enregistrement {number}, titulaire")
    return fields or {"id": ""}


def _modification(change: Json, number: int, version: int) -> Fields:
    where = f"Enregistrement {number}, modification {version}"
    row = Row(whole(change, where))
    fields = {**_holders(row, number), **_texts(row, *CHANGE.values(), *CHANGED_ON)}
    row.finish(where)
    return fields


def _party(value: Json, where: str) -> Fields:
    """Return the buyer's fields; an empty text stands for no buyer."""
    if not value:
        return {}
    row = Row(whole(value, where))
    fields = _texts(row, *PARTY)
    row.finish(where)
    return fields or {"id": ""}


def _place(value: Json, where: str) -> Fields:
    row = Row(whole(value or {}, where))
    fields = _texts(row, *PLACE.values())
    row.finish(where)
    return fields


def whole(value: Json, where: str) -> Fields:
    """Return the fields of an object."""
    if not isinstance(value, dict):
        raise NotARecord(
            f"{where} : un objet y est attendu, avec ses champs. Rien n'a été gardé : corrigez le fichier."
        )
    return value


def unwrapped(value: Json, *names: str) -> Iterator[Json]:
    """Give the objects of a list, out of the lists and wrappers around each."""
    if isinstance(value, list):
        for inner in value:
            yield from unwrapped(inner, *names)
    elif isinstance(value, dict) and len(value) == 1 and (name := next(iter(value))) in names:
        yield from unwrapped(value[name], *names)
    elif value:
        yield value
