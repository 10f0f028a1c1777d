"""Essential data to OCDS and back: valid releases, equal rows, and every loss counted."""

import json
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import jsonschema_rs
import pytest

from parvis.accountability.registers.procurement import REGISTER
from parvis.accountability.registers.procurement.crosswalk import CROSSWALKS, from_ocds, loss, terms, to_ocds

SPEC = spec_from_file_location("ocds_facts", Path(__file__).with_name("ocds_facts.py"))
facts = module_from_spec(SPEC)
SPEC.loader.exec_module(facts)

AT = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
REAL = ("v1", "pes", "csv", "v2")


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
def test_what_is_mapped_comes_back_equal(name, real):
    rows, package = packaged(real(name))
    back = list(from_ocds.rows(package))

    assert len(back) == len(rows) > 0
    for row, read in zip(rows, back, strict=True):
        sent = {field: row[field] for field in read}
        if row["amount"] is None:  # the loss report says it: no amount, no currency, no maximum
            sent |= {"currency": None, "is_framework": False}
        assert read == sent


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
    assert last["contracts"][0]["amendments"] == [{"date": "2024-05-01T00:00:00Z"}]


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

    assert lines["tender/procuringEntity"] == sum("procuringEntity" in release["tender"] for release in releases)
    assert lines["tender/tenderPeriod"] == sum("tenderPeriod" in release["tender"] for release in releases)
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
    assert {line["Sens"] for line in lines} == {"vers OCDS"}
