"""Write contracts as OCDS 1.1 releases: one for each version of a contract.

Standard: Open Contracting Data Standard 1.1.5, release schema. A contract and its modifications are one contracting
process; so are a framework agreement and the contracts that follow from it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Final

import duckdb

from parvis.accountability.registers.procurement.crosswalk import terms
from parvis.accountability.registers.procurement.flags.procedures import PROCEDURES

Row = Mapping[str, Any]
"""A version of a contract, as in `procurement.versions`, with its `suppliers`."""

Release = dict[str, Any]

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)  # of a package made from files that no release published

BLOCK: Final = 1_000  # rows held at once while streaming

ROWS: Final = """
select versions.*, coalesce(held.suppliers, []) as suppliers
from procurement.versions as versions
semi join procurement.contracts as contracts using (release, source_row, uid)
left join (
    select release, uid, source_row, version, list({
        supplier_id: supplier_id, supplier_id_type: supplier_id_type, supplier_name: supplier_name
    } order by rank) as suppliers
    from procurement_all.suppliers group by all
) as held
    on held.release = versions.release and held.uid = versions.uid and held.source_row = versions.source_row
    and held.version = versions.version
order by versions.uid, versions.release, versions.source_row, versions.version
"""
"""Every version of each current contract."""


def rows(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Give the versions of every current contract, those of one contract in a row."""
    cursor = connection.cursor().execute(ROWS)
    names = [column[0] for column in cursor.description or ()]
    while block := cursor.fetchmany(BLOCK):
        yield from (dict(zip(names, values, strict=True)) for values in block)


def loaded_at(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Return when the last release was loaded: the date of a package is never the clock's."""
    (last,) = connection.cursor().execute("select max(loaded_at) from procurement.releases").fetchone() or (None,)
    return NEVER if last is None else last.replace(tzinfo=UTC)


def releases(versions: Iterable[Row], *, at: datetime) -> Iterator[Release]:
    """Write a release for each version. `at` stands for an unknown date of publication: that of the package."""
    for _, group in groupby(versions, key=lambda row: (row["release"], row["uid"], row["source_row"])):
        history = list(group)
        for row in history:
            yield release(row, history[: history.index(row) + 1], at)


def package(written: Iterable[Release], *, at: datetime, uri: str, publisher: str) -> dict[str, Any]:
    """Wrap releases in a release package."""
    return {
        "uri": uri,
        "version": "1.1",
        "publishedDate": instant(at),
        "publisher": {"name": publisher},
        "license": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "releases": list(written),
    }


def release(row: Row, history: list[Row], at: datetime) -> Release:
    """Write the version of a contract, knowing the versions before it, itself included."""
    number = row["version"]
    buyer = party(row["buyer_id"], "SIRET", row["buyer_name"], "buyer")
    suppliers = [
        party(each["supplier_id"], each["supplier_id_type"], each["supplier_name"], "supplier")
        for each in row["suppliers"]
    ]
    return {
        "ocid": ocid(row),
        "id": f"{row['uid']}-{number}",
        "date": max(released(each, at) for each in history),
        "tag": ["contractAmendment"] if number else ["award", "contract"],
        "initiationType": "tender",
        "language": "fr",
        "parties": merged([buyer, *suppliers]),
        "buyer": reference(buyer),
        "tender": tender(row),
        "awards": [award(history[0], suppliers)],
        "contracts": [contract(row, history)],
    }


def released(row: Row, at: datetime) -> str:
    """Date what a version says. Its release is dated after those that it follows: compilers sort releases by date."""
    return day(row["modification_published_on"] if row["version"] else row["published_on"]) or instant(at)


def ocid(row: Row) -> str:
    """Name the contracting process: that of the framework agreement for the contracts that follow from it."""
    return f"{terms.PREFIX}-{row['buyer_id'] or ''}{row['framework_id'] or row['id']}"


def tender(row: Row) -> Release:
    """Write what is known of the procedure. The amount of a framework agreement is a maximum: it goes here, alone."""
    procedure = PROCEDURES.get(row["procedure"])
    return without_nothing(
        {
            "id": row["framework_id"] or row["id"],
            "title": row["object"],
            "status": "complete",
            "procurementMethod": procedure.method if procedure else None,
            "procurementMethodDetails": row["procedure"],
            "mainProcurementCategory": terms.category(row["cpv"]),
            "additionalProcurementCategories": [row["nature"]] if row["nature"] else None,
            "numberOfTenderers": row["bids_received"],
            "value": value(row) if row["is_framework"] else None,
        }
    )


def award(first: Row, suppliers: list[Release]) -> Release:
    """Write the award: the first amount, and today's suppliers, several of whom make a consortium."""
    return without_nothing(
        {
            "id": first["id"],
            "title": first["object"],
            "status": "active",
            "date": day(first["notified_on"]),
            "value": None if first["is_framework"] else value(first),
            "suppliers": [reference(supplier) for supplier in merged(suppliers)] or None,
            "items": items(first),
        }
    )


def contract(row: Row, history: list[Row]) -> Release:
    """Write the contract as it stands after this version, with the amendments so far."""
    months = row["duration_months"]
    return without_nothing(
        {
            "id": row["id"],
            "awardID": row["id"],
            "title": row["object"],
            "status": "active",
            "period": {"durationInDays": round(months * terms.DAYS_A_MONTH)} if months is not None else None,
            "value": None if row["is_framework"] else value(row),
            "items": items(row),
            "dateSigned": day(row["notified_on"]),
            "amendments": amendments(history[1:]) or None,
            "relatedProcesses": framework(row),
        }
    )


def amendments(modified: list[Row]) -> list[Release]:
    """Write modifications. One without a number of its own takes its rank: a compiler tells amendments by their id."""
    numbers = [row["modification_id"] for row in modified]
    return [
        without_nothing(
            {
                "id": number if number and numbers.count(number) == 1 else f"v{row['version']}",
                "date": day(row["modified_on"]),
                "description": row["modification_object"],
            }
        )
        for number, row in zip(numbers, modified, strict=True)
    ]


def framework(row: Row) -> list[Release] | None:
    """Link a contract to the framework agreement from which it follows."""
    if row["framework_id"] is None:
        return None
    return [{"id": "1", "relationship": ["framework"], "scheme": "ocid", "identifier": ocid(row)}]


def items(row: Row) -> list[Release] | None:
    """Write the one thing bought, by its CPV code."""
    return [{"id": "1", "classification": {"scheme": "CPV", "id": row["cpv"]}}] if row["cpv"] else None


def value(row: Row) -> Release | None:
    """Write an amount in its currency. OCDS amounts are JSON numbers."""
    return None if row["amount"] is None else {"amount": float(row["amount"]), "currency": row["currency"]}


def party(identifier: str | None, kind: str | None, name: str | None, role: str) -> Release:
    """Write an organization. One without identifier is known by its name only."""
    named = without_nothing({"scheme": kind and terms.scheme(kind), "id": identifier})
    return without_nothing(
        {
            "id": "-".join(named.values()) or f"{role}-{name}",
            "name": name,
            "identifier": named or None,
            "roles": [role],
        }
    )


def merged(parties: Iterable[Release]) -> list[Release]:
    """Keep each organization once, with all its roles."""
    known: dict[str, Release] = {}
    for each in parties:
        held = known.setdefault(each["id"], {**each, "roles": []})
        held["roles"] += [role for role in each["roles"] if role not in held["roles"]]
    return list(known.values())


def reference(organization: Release) -> Release:
    """Refer to an organization of `parties`."""
    return {name: organization[name] for name in ("id", "name") if name in organization}


def without_nothing(fields: Release) -> Release:
    """Leave out what is unknown: OCDS writes an absent value by the field's absence."""
    return {name: content for name, content in fields.items() if content is not None}


def day(value: date | None) -> str | None:
    """Write a day as the instant that OCDS asks for."""
    return None if value is None else f"{value.isoformat()}T00:00:00Z"


def instant(at: datetime) -> str:
    """Write an instant."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
