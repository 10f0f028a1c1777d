"""Read OCDS 1.1: one raw contract an award, with the contract signed for it; a release without award is refused.

Standard: Open Contracting Data Standard 1.1.5. Of an instant, the day is read and the hour is left: the register's
dates are days.
"""

from typing import Final

import orjson

from parvis.core.errors import ParvisError
from parvis.core.registers.jsontext import Json
from parvis.core.registers.sheets import Sheet

Fields = dict[str, Json]


class InvalidRelease(ParvisError):
    """A release or record that the standard does not allow, so that nothing can be read of it."""


class OldStandard(ParvisError):
    """A package of OCDS 1.0, or that does not say its version."""


def check_version(version: Json, name: str) -> None:
    if not str(version).startswith("1.1"):
        raise OldStandard(
            f"« {name} » suit OCDS {version or '1.0 (version non dite)'} : Parvis lit OCDS 1.1. Rien n'a été gardé : "
            "convertissez le fichier (« ocdskit upgrade 1.0:1.1 ») et recommencez."
        )


class Reading:
    """The raw contracts and suppliers of the releases of one file."""

    def __init__(self, contracts: Sheet, suppliers: Sheet) -> None:
        """Write to these sheets."""
        self.contracts, self.suppliers = contracts, suppliers

    def record(self, fields: Json, number: int, container: str, source: str | None) -> None:
        """Add the rows of a release, or of a record by its compiled release, else by the releases that it holds."""
        where = f"Enregistrement {number}"
        held = _object(fields, where)
        for release in _releases(held, where) if container == "records" else [held]:
            self._release(release, number, source)

    def _release(self, release: Fields, number: int, source: str | None) -> None:
        where = f"Enregistrement {number}"
        if not isinstance(release.get("ocid"), str):
            raise InvalidRelease(
                f"{where} : une publication OCDS doit porter un « ocid ». Rien n'a été gardé : corrigez le fichier."
            )
        parties = {str(party.get("id")): party for party in _list(release, "parties", where)}
        shared = _shared(release, parties, where)
        shared |= {"source_row": number, "version": "0", "container": "ocds", "source": source}
        pairs = _pairs(_list(release, "awards", where), _list(release, "contracts", where))
        rest = _rest(release, RELEASE_READ) | {"buyer": _unread(release.get("buyer") or {}, parties, where)}
        for part, ((award, contract), name) in enumerate(zip(pairs, _names(pairs), strict=True), start=1):
            named = {**shared, "part": str(part), "id": f"{release['ocid']}-{name}"}
            self._award(award, contract, named, parties, rest if part == 1 else {})
        if not pairs:
            self.contracts.add({**shared, "part": "1", "kind": "notice", "id": release["ocid"], "extra": _json(rest)})

    def _award(
        self, award: Fields, contract: Fields, shared: Fields, parties: dict[str, Fields], extra: Fields
    ) -> None:
        where = f"Enregistrement {shared['source_row']}, part {shared['part']}"
        value = _object(contract.get("value", award.get("value")) or {}, f"{where}, value")
        suppliers = _list(award, "suppliers", where)
        unread = [_unread(supplier, parties, where) for supplier in suppliers]
        kept = {
            **extra,
            "award": _rest(award, AWARD_READ) | ({"suppliers": unread} if any(unread) else {}),
            "contract": _rest(contract, CONTRACT_READ if award else frozenset()),
        }
        self.contracts.add(
            {
                **shared,
                "kind": "contract",
                "object": contract.get("title") or award.get("title") or shared["object"],
                "cpv": _cpv(contract, where) or _cpv(award, where) or shared["cpv"],
                "amount": value.get("amount"),
                "currency": value.get("currency"),
                "notified_on": _day(contract.get("dateSigned") or award.get("date")),
                "extra": _json(kept),
            }
        )
        for rank, supplier in enumerate(suppliers, start=1):
            identifier = _identifier(supplier, parties, where)
            self.suppliers.add(
                {
                    "source_row": shared["source_row"],
                    "version": "0",
                    "rank": str(rank),
                    "part": shared["part"],
                    "supplier_id": identifier.get("id") or supplier.get("id"),
                    "supplier_id_type": identifier.get("scheme"),
                    "supplier_name": supplier.get("name"),
                }
            )


RELEASE_READ = frozenset({"ocid", "date", "awards", "contracts", "buyer"})
AWARD_READ = frozenset({"suppliers"})
CONTRACT_READ = frozenset({"awardID"})


def _pairs(awards: list[Fields], contracts: list[Fields]) -> list[tuple[Fields, Fields]]:
    """Pair each award with each contract signed for it, then give the contracts whose award the release does not say.

    The value of an award with several contracts is that of none of them: each has its own, so that no sum doubles.
    """
    signed: dict[str, list[Fields]] = {}
    for contract in contracts:
        signed.setdefault(str(contract.get("awardID")), []).append(_rest(contract, frozenset()))
    pairs = []
    for award in awards:
        its = signed.pop(str(award.get("id")), [{}])
        if len(its) > 1:
            its = [{"value": {}, **contract} for contract in its]
        pairs += [(award, contract) for contract in its]
    return pairs + [({}, contract) for left in signed.values() for contract in left]


def _names(pairs: list[tuple[Fields, Fields]]) -> list[str]:
    """Return the number of each contract; where one comes again, it is another contract, and says its rank."""
    first: dict[str, int] = {}
    said = [str(contract.get("id") or award.get("id")) for award, contract in pairs]
    return [name if first.setdefault(name, rank) == rank else f"{name}-{rank}" for rank, name in enumerate(said, 1)]


def _releases(record: Fields, where: str) -> list[Fields]:
    """Return what a record says: its compiled release, else its whole releases, else its links alone."""
    compiled = record.get("compiledRelease")
    if compiled is not None:
        return [_object(compiled, f"{where}, compiledRelease")]
    held = _list(record, "releases", where)
    whole = [release for release in held if "ocid" in release]
    return whole or [{"ocid": record.get("ocid"), "releases": held}]


def _shared(release: Fields, parties: dict[str, Fields], where: str) -> Fields:
    """Return what all the contracts of a release share."""
    tender = _object(release.get("tender") or {}, f"{where}, tender")
    buyer = _object(release.get("buyer") or {}, f"{where}, buyer")
    return {
        "id": release["ocid"],
        "object": tender.get("title") or tender.get("description"),
        "cpv": _cpv(tender, f"{where}, tender"),
        "procedure": tender.get("procurementMethodDetails") or tender.get("procurementMethod"),
        "bids_received": tender.get("numberOfTenderers"),
        "buyer_id": _identifier(buyer, parties, where).get("id") or buyer.get("id"),
        "buyer_name": buyer.get("name"),
        "published_on": _day(release.get("date")),
    }


def _identifier(party: Fields, parties: dict[str, Fields], where: str) -> Fields:
    """Return the identifier of a party, which the release may give apart."""
    found = party.get("identifier") or parties.get(str(party.get("id")), {}).get("identifier") or {}
    return _object(found, f"{where}, identifier")


def _unread(party: Fields, parties: dict[str, Fields], where: str) -> Fields:
    """Return what no column holds of a buyer or supplier: its own name in the release, once its identifier is read."""
    read = {"name"} if _identifier(party, parties, where).get("id") else {"id", "name"}
    return _rest(party, frozenset(read))


def _cpv(part: Fields, where: str) -> str | None:
    """Return the first CPV code of the items bought."""
    for item in _list(part, "items", where):
        first = _object(item.get("classification") or {}, f"{where}, classification")
        for classification in (first, *_list(item, "additionalClassifications", where)):
            if classification.get("scheme") == "CPV":
                return str(classification.get("id"))
    return None


def _day(instant: Json) -> Json:
    return instant[:10] if isinstance(instant, str) and instant[10:11] == "T" else instant


def _object(value: Json, where: str) -> Fields:
    if not isinstance(value, dict):
        raise InvalidRelease(f"{where} : un objet est attendu. Rien n'a été gardé : corrigez le fichier.")
    return value


def _list(fields: Fields, name: str, where: str) -> list[Fields]:
    value = fields.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidRelease(
            f"{where}, {name} : une liste d'objets est attendue. Rien n'a été gardé : corrigez le fichier."
        )
    return value


NOTHING: Final[tuple[Json, ...]] = (None, "", [], {})
"""What says nothing; false and zero say something."""


def _rest(fields: Fields, read: frozenset[str]) -> Fields:
    return {name: value for name, value in fields.items() if name not in read and value not in NOTHING}


def _json(fields: Fields) -> str:
    return orjson.dumps(_rest(fields, frozenset())).decode()
