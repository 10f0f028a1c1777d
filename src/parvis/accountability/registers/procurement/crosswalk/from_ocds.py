"""Read back contracts from the OCDS releases that `to_ocds` writes, so that the round trip can be checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from parvis.accountability.registers.procurement.crosswalk import terms

Json = Mapping[str, Any]

CENT: Final = Decimal("0.01")


def rows(package: Json) -> Iterator[dict[str, Any]]:
    """Give a row for each release: the fields of `terms.FIELDS`, with `version` and `suppliers`.

    A release dated like its package has no known date of publication. The releases of a contract follow one another.
    """
    first: date | None = None
    for release in package["releases"]:
        read = row(release, unknown=package["publishedDate"])
        first = first if read["version"] else read["published_on"]
        yield {**read, "published_on": first}


def row(release: Json, *, unknown: str) -> dict[str, Any]:
    """Read one release."""
    parties = {party["id"]: party for party in release["parties"]}
    contract, tender = release["contracts"][0], release["tender"]
    version = int(release["id"].rpartition("-")[2])
    published = None if release["date"] == unknown else day(release["date"])
    is_framework = "value" in tender
    amount = tender.get("value") if is_framework else contract.get("value")
    last = contract["amendments"][-1] if version else {}
    return {
        "version": version,
        "id": contract["id"],
        "nature": tender.get("additionalProcurementCategories", [None])[0],
        "framework_id": tender["id"] if "relatedProcesses" in contract else None,
        "is_framework": is_framework,
        "object": contract.get("title"),
        "cpv": contract["items"][0]["classification"]["id"] if "items" in contract else None,
        "procedure": tender.get("procurementMethodDetails"),
        "buyer_id": identifier(parties[release["buyer"]["id"]])[0],
        "buyer_name": release["buyer"].get("name"),
        "amount": None if amount is None else Decimal(repr(amount["amount"])).quantize(CENT),
        "currency": None if amount is None else amount["currency"],
        "duration_months": months(contract.get("period")),
        "notified_on": day(contract.get("dateSigned")),
        "published_on": published,
        "bids_received": tender.get("numberOfTenderers"),
        "modification_id": last.get("id"),
        "modified_on": day(last.get("date")),
        "modification_object": last.get("description"),
        "modification_published_on": published if version else None,
        "suppliers": [supplier(each, parties[each["id"]]) for each in release["awards"][0].get("suppliers", [])],
    }


def supplier(reference: Json, party: Json) -> dict[str, str | None]:
    """Read a supplier. The reference has the name of this contract, where the same number bears several."""
    number, kind = identifier(party)
    return {"supplier_id": number, "supplier_id_type": kind, "supplier_name": reference.get("name")}


def identifier(party: Json) -> tuple[str | None, str | None]:
    """Return an organization's number and the type of that number."""
    named = party.get("identifier", {})
    return named.get("id"), terms.kind(named["scheme"]) if "scheme" in named else None


def months(period: Json | None) -> int | None:
    """Return a duration in months."""
    return None if period is None else round(period["durationInDays"] / terms.DAYS_A_MONTH)


def day(text: str | None) -> date | None:
    """Return the day of an instant."""
    return None if text is None else date.fromisoformat(text[:10])
