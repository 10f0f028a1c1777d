"""Essential data to OCDS and back: valid releases, equal rows, and every loss counted."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import jsonschema_rs
import pytest

from accountability.procurement import small
from accountability.procurement.crosswalk import ocds_facts as facts
from parvis.accountability.registers.procurement import REGISTER
from parvis.accountability.registers.procurement.crosswalk import CROSSWALKS, loss, terms, to_ocds
from parvis.core.registers.checking import check

AT = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
LOADED = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
REAL = ("v1", "pes", "csv", "v2")


BACK = """
select versions.*, (
    select coalesce(list({
        supplier_id: supplier_id, supplier_id_type: supplier_id_type, supplier_name: supplier_name
    } order by rank), []) from procurement_all.suppliers where suppliers.source_row = versions.source_row
) as suppliers
from procurement.versions as versions order by source_row
"""


@dataclass(frozen=True)
class Trip:
    """The versions of a file's contracts as they were sent to OCDS, and as the register reads its own export."""

    sent: list
    back: list
    connection: object  # to the release read from the export


@pytest.fixture(scope="module")
def trips(folders, tmp_path_factory):
    """Give a function that exports a real file's release and reads the export back: once a file."""
    into = tmp_path_factory.mktemp("trips")
    return cache(lambda name: trip(small.published(folders[name], into / name, LOADED), into / f"{name}-back"))


def trip(folder, into):
    """Export a release as the site does, a package a line, and read the file as any other of the register."""
    (crosswalk,) = CROSSWALKS
    connection = small.see(folder)
    file = into.with_suffix(".jsonl")
    file.write_text("".join(f"{json.dumps(package)}\n" for package in crosswalk.export(connection)))
    into.mkdir()
    check(REGISTER, file, into)
    returned = small.see(into)
    return Trip(list(to_ocds.rows(connection)), returned.sql(BACK).to_arrow_table().to_pylist(), returned)


def packaged(connection):
    """Return the rows of a connection, and their package as a reader gets it: through JSON."""
    rows = list(to_ocds.rows(connection))
    written = to_ocds.package(to_ocds.releases(rows, at=AT), at=AT, uri="urn:parvis:test", publisher="Essai")
    return rows, json.loads(json.dumps(written))


def contract(uid="C1", **fields):
    return {
        "uid": uid,
        "id": uid,
        "buyer_id": "21690123100011",
        "buyer_name": "Ville",
        "object": "Pavage",
        "cpv": "45233250",
        "procedure": "Appel d'offres ouvert",
        "amount": "100000.10",
        "notified_on": date(2024, 3, 1),
        "published_on": date(2024, 3, 20),
    } | fields


@pytest.mark.parametrize("name", REAL)
def test_releases_of_real_files_follow_the_standard(name, real):
    _, package = packaged(real(name))
    validator = jsonschema_rs.validator_for(facts.PACKAGE)

    assert [f"{list(error.instance_path)} {error.message}" for error in validator.iter_errors(package)][:5] == []


def test_the_schema_of_these_tests_refuses_what_the_standard_does_not_know(real):
    _, package = packaged(real("v2"))
    package["releases"][0]["lieu"] = "Paris"

    assert not jsonschema_rs.validator_for(facts.PACKAGE).is_valid(package)


@pytest.mark.parametrize("name", REAL)
def test_what_is_mapped_comes_back_equal_through_the_registers_own_reader(name, trips):
    same = terms.FIELDS.keys() - terms.UNREAD.keys() - terms.REREAD.keys()
    trip = trips(name)

    assert len(trip.back) == len(trip.sent) > 0
    for row, read in zip(trip.sent, trip.back, strict=True):
        assert {field: read[field] for field in same & read.keys()} == {
            field: row[field] for field in same & row.keys()
        }
        assert [names(each) for each in read["suppliers"]] == [names(each) for each in once(row["suppliers"])]


@pytest.mark.parametrize("name", REAL)
def test_what_comes_back_otherwise_does_as_the_loss_report_says(name, trips):
    trip = trips(name)

    date = None
    for row, read in zip(trip.sent, trip.back, strict=True):
        published = (row["modification_published_on"] if row["version"] else row["published_on"]) or LOADED.date()
        date = max(date, published) if row["version"] else published
        kinds = [each["supplier_id_type"] for each in once(row["suppliers"])]
        assert read["id"] == f"{to_ocds.ocid(row)}-{row['id']}"
        assert read["amount"] == (None if row["is_framework"] else row["amount"])
        assert read["published_on"] == date
        assert read["modification_published_on"] is None
        assert [each["supplier_id_type"] for each in read["suppliers"]] == [
            kind and terms.scheme(kind) for kind in kinds
        ]


@pytest.mark.parametrize("name", REAL)
def test_what_is_not_read_back_has_no_column_and_waits_where_the_loss_report_says(name, trips):
    trip = trips(name)
    kept = {line.field: line.values for line in loss.from_ocds(trip.connection)}

    for field, path in terms.UNREAD.items():
        sent = [row for row in trip.sent if is_carried(row, field)]
        assert not any(row[field] for row in trip.back)
        assert kept.get(path, 0) >= len(sent)
    assert {line.field for line in loss.there_and_back(trip.connection)} == terms.UNREAD.keys() | terms.REREAD.keys()


def once(suppliers):
    """Return the suppliers, one that the contract names twice being under its first name, as the loss report says."""
    known = {}
    for each in suppliers:
        known.setdefault((each["supplier_id"] or each["supplier_name"], each["supplier_id_type"]), each)
    return list(known.values())


def names(supplier):
    return supplier["supplier_id"], supplier["supplier_name"]


def is_carried(row, field):
    """Whether the export of a version says something of a field that the reader leaves in `extra`."""
    if field == "is_framework":
        return row["is_framework"] and row["amount"] is not None
    return row[field] is not None


def test_releases_of_one_contract_share_an_identifier_and_are_one_a_version(real):
    rows, package = packaged(real("v1"))
    modified = [release for release in package["releases"] if release["tag"] == ["contractAmendment"]]

    assert len({release["id"] for release in package["releases"]}) == len(rows)
    assert len(modified) == sum(row["version"] > 0 for row in rows) > 0
    assert all(len(release["contracts"][0]["amendments"]) == int(release["id"][-1]) for release in modified)


def test_the_award_keeps_the_first_amount_and_the_contract_has_the_last(seen):
    versions = [
        contract(version=0, is_current=False, source_row=1),
        contract(version=1, is_current=True, source_row=1, amount="120000", modified_on=date(2024, 5, 1)),
    ]
    _, package = packaged(seen(versions))
    last = package["releases"][-1]

    assert last["awards"][0]["value"]["amount"] == 100_000.10
    assert last["contracts"][0]["value"]["amount"] == 120_000
    assert last["contracts"][0]["amendments"] == [{"id": "v1", "date": "2024-05-01T00:00:00Z"}]


def test_a_framework_maximum_is_never_a_contract_value_and_its_contracts_are_linked(seen):
    _, package = packaged(
        seen([contract("F", is_framework=True, nature="Accord-cadre"), contract("S", framework_id="F", amount="10")])
    )
    framework, subsequent = package["releases"]

    assert framework["tender"]["value"]["amount"] == 100_000.10
    assert "value" not in framework["contracts"][0]
    assert "value" not in framework["awards"][0]
    assert subsequent["contracts"][0]["relatedProcesses"][0]["identifier"] == framework["ocid"] == subsequent["ocid"]


@pytest.mark.parametrize(
    ("procedure", "method"),
    [
        ("Appel d'offres ouvert", "open"),
        ("Dialogue compétitif", "selective"),
        ("Marché passé sans publicité ni mise en concurrence préalable", "limited"),
        ("Procédure adaptée", None),  # open only if it was advertised: unknown
        ("Procédure que nul texte ne connaît", None),
    ],
)
def test_a_procedure_has_a_method_only_where_its_name_tells(seen, procedure, method):
    _, package = packaged(seen([contract(procedure=procedure)]))
    tender = package["releases"][0]["tender"]

    assert tender.get("procurementMethod") == method
    assert tender["procurementMethodDetails"] == procedure


def test_an_organization_that_sells_to_itself_is_one_party_with_two_roles(seen):
    supplier = {"uid": "C1", "supplier_id": "21690123100011", "supplier_name": "Ville"}
    _, package = packaged(seen([contract()], [supplier]))

    assert [party["roles"] for party in package["releases"][0]["parties"]] == [["buyer", "supplier"]]


def test_a_supplier_named_twice_in_a_contract_is_once_in_the_award(seen):
    twice = [{"uid": "C1", "supplier_id": "21690123100011", "supplier_name": name} for name in ("Ville", "La Ville")]
    _, package = packaged(seen([contract()], twice))

    assert [each["name"] for each in package["releases"][0]["awards"][0]["suppliers"]] == ["Ville"]


def test_every_column_of_the_register_is_carried_computed_or_lost_for_a_reason():
    columns = {column.name for table in REGISTER.tables for column in table.columns}

    assert columns == columns & (terms.FIELDS.keys() | terms.LOST.keys() | terms.DERIVED)
    assert not terms.FIELDS.keys() & terms.LOST.keys()


def test_the_loss_report_counts_the_values_that_have_no_place(data, real):
    source = data / "registers" / "procurement" / "decp-v1" / "marches-publics.info_2019-03-07.json"
    records = json.loads(source.read_text())["marches"]
    versions = sum(1 + len(record["modifications"]) for record in records if record["lieuExecution"]["code"])

    lines = {line.field: line for line in loss.to_ocds(real("v1"))}

    assert lines["place_code"].is_lost
    assert lines["place_code"].values == versions
    assert not lines["amount"].is_lost


def test_the_way_back_counts_the_parts_of_others_that_have_no_column(real, data):
    source = data / "registers" / "procurement" / "ocds" / "portugal_base_2019-11-25_release-packages.json"
    releases = [release for package in json.loads(source.read_text()) for release in package["releases"]]
    lines = {line.field: line.values for line in loss.from_ocds(real("portugal"))}
    parties = [party for release in releases for party in release["parties"]]

    assert lines["tender/procuringEntity"] == sum("procuringEntity" in release["tender"] for release in releases)
    assert lines["tender/tenderPeriod"] == sum("tenderPeriod" in release["tender"] for release in releases)
    assert lines["parties/contactPoint"] == sum("contactPoint" in party for party in parties) > 0
    assert lines["award/status"] == len(releases)
    assert "award/value" not in lines


def test_no_ocds_file_loaded_means_nothing_lost_from_it(real):
    assert loss.from_ocds(real("v1", "v2")) == ()


def test_the_export_gives_a_package_a_contract_and_the_page_says_the_losses(real):
    (crosswalk,) = CROSSWALKS
    connection = real("v2")

    packages = list(crosswalk.export(connection))
    lines = list(crosswalk.loss(connection))

    assert len(packages) == connection.execute("select count(*) from procurement.contracts").fetchone()[0]
    assert [len(package["releases"]) for package in packages] == [2, 2]
    assert lines[0]["Devient"] == "perdu"
    assert {line["Sens"] for line in lines} == {"vers OCDS", "vers OCDS et retour"}
