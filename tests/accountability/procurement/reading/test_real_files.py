"""Every real file of procurement is read, or refused with a sentence; its counts are those that it holds."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from parvis.accountability.registers.procurement import REGISTER, sample
from parvis.accountability.registers.procurement.ocds import InvalidRelease, OldStandard
from parvis.accountability.registers.procurement.reading import UnknownShape
from parvis.core.registers.checking import Checked, check

FOLDER = "registers/procurement"


@pytest.fixture(scope="session")
def read(data, tmp_path_factory):
    """Check a real file once a session."""
    known: dict[str, Checked] = {}

    def of(name: str) -> Checked:
        if name not in known:
            known[name] = check(REGISTER, data / FOLDER / name, tmp_path_factory.mktemp("release"))
        return known[name]

    return of


def rows(checked: Checked, table: str, sql: str = "SELECT * FROM it") -> list[tuple]:
    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW it AS SELECT * FROM '{checked.tables[table]}'")
    return connection.execute(sql).fetchall()


AWS = "decp-v1/marches-publics.info_2019-03-07.json"
PES = "decp-v1/data.gouv.fr_pes_2019-04-05.json"
DAYS = "decp-v1/pes-one-file-per-buyer-day_2019-02-01.zip"
AIFE = "decp-v1/malformed/data.gouv.fr_aife_2019-04-04_first500.json"
TABULAR = "decp-2024/decp_2024H2_travaux_cpv4521_hors84_93.csv"


@pytest.mark.parametrize(
    ("name", "records", "versions", "suppliers"),
    [
        (AWS, 4509, 88, 5182),
        (PES, 1148, 8, 1288),
        (DAYS, 233, 0, 252),
        (AIFE, 500, 0, 562),
        ("decp-v2-2022/exemples/json/concessions.json", 2, 0, 4),
        ("decp-v2-2022/exemples/json/concessions_avec_modifications.json", 2, 2, 8),
        ("decp-v2-2022/exemples/json/marches_avec_modifications.json", 2, 2, 4),
        ("decp-v2-2022/exemples/json/marches_concessions.json", 4, 4, 12),
        ("decp-v2-2022/exemples/xml/Marche.xml", 2, 0, 2),
        ("decp-v2-2022/exemples/xml/Contrat-concession.xml", 2, 0, 4),
        ("decp-v2-2022/exemples/xml/Contrat-concession-modification.xml", 2, 2, 8),
        ("decp-processing/tests/data/decp_test_2019.json", 2, 2, 6),
        ("decp-processing/tests/data/decp_test_2022.json", 5, 12, 35),
    ],
)
def test_a_file_gives_all_its_records_and_modifications(read, name, records, versions, suppliers):
    checked = read(name)
    assert rows(checked, "contracts", "SELECT count(DISTINCT source_row), count(*) FILTER (version > 0) FROM it") == [
        (records, versions)
    ]
    assert (checked.rows["suppliers"], checked.rows["refused"]) == (suppliers, 0)


def test_the_counts_of_marches_publics_info(read):
    checked = read(AWS)
    said = checked.defect_counts
    assert said["concession-parmi-les-marches"] == 10
    assert said["montant-nul"] + said["montant-symbolique"] == 59
    assert said["date-avec-fuseau"] == 2 * 173
    assert said["annee-hors-bornes"] == 2
    assert said["cpv-mal-forme"] == 7
    assert said["numero-repete"] == 13
    assert rows(checked, "contracts", "SELECT count(DISTINCT source_row) FROM it WHERE version > 0") == [(81,)]


def test_the_identifiers_of_marches_publics_info(read):
    """117 supplier ids are not 14 digits and 24 fail Luhn among holders; the 10 concessions add one and two."""
    checked = read(AWS)
    sirets = "SELECT count(*) FROM it WHERE \"column\" = '{}' AND rule = 'siret-cle-fausse'"
    assert rows(checked, "defects", sirets.format("buyer_id")) == [(8,)]
    assert rows(checked, "defects", sirets.format("supplier_id")) == [(24 + 2,)]
    other_types = "SELECT count(*) FROM it WHERE supplier_id_type <> 'SIRET' AND version = 0"
    misshapen = (
        "SELECT count(*) FROM it WHERE rule IN "
        "('siret-espaces', 'siren-au-lieu-du-siret', 'siret-mal-forme', 'identifiant-etranger-dit-siret')"
    )
    assert rows(checked, "suppliers", other_types)[0][0] + rows(checked, "defects", misshapen)[0][0] == 117 + 1


def test_the_counts_of_pes(read):
    said = read(PES).defect_counts
    assert said["date-avec-fuseau"] == 2 * 1148 + 2 * 8
    assert said["numero-repete"] == 8
    assert (
        rows(read(PES), "contracts", "SELECT min(notified_on)::VARCHAR, count(notified_on) FROM it WHERE version = 0")[
            0
        ][1]
        == 1148
    )


def test_the_counts_of_aife(read):
    checked = read(AIFE)
    said = checked.defect_counts
    assert (said["sans-date-de-notification"], said["sans-date-de-publication"], said["cpv-mal-forme"]) == (
        251,
        490,
        9,
    )
    lost = (
        "SELECT \"column\", count(*) FROM it WHERE rule = 'signes-perdus' AND \"column\" IN ('object', "
        "'buyer_name') GROUP BY 1 ORDER BY 1"
    )
    assert rows(checked, "defects", lost) == [("buyer_name", 85), ("object", 365)]


def test_the_tabular_file_counts_a_contract_once(read):
    checked = read(TABULAR)
    assert rows(checked, "contracts", "SELECT count(DISTINCT uid), count(*) FILTER (is_current) FROM it") == [
        (3856, 3856)
    ]
    assert checked.rows["suppliers"] + checked.defect_counts["sans-titulaire"] == 6391


def test_the_amounts_of_the_tabular_file_do_not_double(read, data):
    """A contract of three holders takes three lines of the same amount: it counts once for each distinct content."""
    source = data / FOLDER / TABULAR
    (once,) = (
        duckdb.connect()
        .execute(
            "SELECT sum(montant::DECIMAL(18,2)) FROM (SELECT DISTINCT uid, codeCPV, montant, dateNotification, "
            "procedure, dureeMois, offresRecues "
            f"FROM read_csv('{source}', all_varchar = true))"
        )
        .fetchall()[0]
    )
    (by_line,) = (
        duckdb.connect()
        .execute(f"SELECT sum(montant::DECIMAL(18,2)) FROM read_csv('{source}', all_varchar = true)")
        .fetchall()[0]
    )
    (ours,) = rows(read(TABULAR), "contracts", "SELECT sum(amount) FROM it")[0]
    assert ours == once < by_line


def test_single_bids_of_the_tabular_file(read):
    """1,215 lines of a single bid, 1,039 of the 5,733 lines of open and adapted procedures."""
    tables = read(TABULAR).tables
    lines = f"'{tables['contracts']}' LEFT JOIN '{tables['suppliers']}' USING (source_row, version)"
    assert duckdb.connect().execute(f"SELECT count(*) FROM {lines} WHERE bids_received = 1").fetchall() == [(1215,)]
    procedures = "('Appel d''offres ouvert', 'Procédure adaptée')"
    alone = f"SELECT count(*) FILTER (bids_received = 1), count(*) FROM {lines} WHERE procedure IN {procedures}"
    assert duckdb.connect().execute(alone).fetchall() == [(1039, 5733)]


def test_a_modification_makes_a_version_that_keeps_what_it_does_not_change(read):
    versions = rows(
        read("decp-v2-2022/exemples/json/marches_concessions.json"),
        "contracts",
        "SELECT version, amount, duration_months, object, modified_on::VARCHAR, is_current FROM it WHERE id = "
        "'TEST2022' ORDER BY version",
    )
    assert versions == [
        (0, Decimal("575000.00"), 48, "envoi pour Json test 1", None, False),
        (1, Decimal("123457.87"), 12, "envoi pour Json test 1", "2022-10-18", True),
    ]


def test_a_modification_changes_the_suppliers_from_its_version_on(read):
    held = rows(
        read("decp-v2-2022/exemples/json/marches_concessions.json"),
        "suppliers",
        "SELECT version, supplier_id FROM it WHERE uid LIKE '%TEST2022' ORDER BY ALL",
    )
    assert held == [(0, "55204599900869"), (1, "868768687576575")]


def test_a_concession_has_its_own_fields(read):
    found = rows(
        read("decp-v2-2022/exemples/xml/Contrat-concession-modification.xml"),
        "contracts",
        "SELECT kind, amount, global_value, public_subsidy, signed_on::VARCHAR, notified_on::VARCHAR, "
        "duration_months FROM it WHERE source_row = 1 ORDER BY version",
    )
    day = "2024-04-02"
    assert found == [
        ("concession", None, Decimal("10.30"), Decimal("0.50"), day, day, 12),
        ("concession", None, Decimal("25.00"), Decimal("0.50"), day, day, 14),
    ]


def test_xml_and_json_examples_of_the_same_contract_agree(read):
    both = [
        rows(
            read(f"decp-v2-2022/exemples/{name}"),
            "contracts",
            "SELECT amount, cpv, notified_on, place_code, bids_received, is_framework, "
            "subcontracting_declared, framework_id, nature, group_type FROM it WHERE id = 'TEST2022' AND version "
            "= 0 LIMIT 1",
        )
        for name in ("xml/Marche.xml", "json/marches_concessions.json")
    ]
    assert both[0] == both[1]


def test_fields_beyond_the_columns_are_kept_as_written(read):
    ((extra,),) = rows(
        read("decp-v2-2022/exemples/json/marches_concessions.json"),
        "contracts",
        "SELECT extra FROM it WHERE id = 'TEST2022' AND version = 0",
    )
    for value in (
        '"ccag":"Travaux"',
        '"marcheInnovant":true',
        '"montant":"123456.89"',
        '"typePrix":["Définitif ferme"]',
        "modificationActeSousTraitance",
    ):
        assert value in extra


VALID = {
    "portugal_base_2019-11-25_release-packages.json": (100, 0),
    "fictional-example/1.1/ocds-213czf-000-00001.json": (3, 3),
    "fictional-example/1.1/ocds-213czf-000-00001-05-contract.json": (1, 0),
    "fictional-example/1.1/ocds-213czf-000-00001-01-planning.json": (0, 1),
    "fictional-example/1.1/record/ocds-213czf-000-00001.json": (1, 0),
    "fictional-example/1.1/record/ocds-213czf-000-00001-withversions.json": (1, 0),
    "libcoveocds-fixtures/common_checks/releases_no_validation_errors.json": (0, 1),
    "libcoveocds-fixtures/common_checks/records_no_validation_errors.json": (0, 1),
    "libcoveocds-fixtures/common_checks/releases_unique.json": (0, 2),
}


@pytest.mark.parametrize("name", VALID)
def test_ocds_files_give_a_contract_an_award_and_keep_the_rest_as_refused(read, name):
    checked = read(f"ocds/{name}")
    assert (checked.rows["contracts"], checked.rows["refused"]) == VALID[name]


def test_the_portuguese_contracts(read):
    checked = read("ocds/portugal_base_2019-11-25_release-packages.json")
    found = rows(
        checked,
        "contracts",
        "SELECT id, buyer_id, buyer_name, amount, currency, kind FROM it ORDER BY source_row LIMIT 1",
    )
    assert found == [
        ("ocds-px0z7d-5052-5001-1-contract-1", "506804240", "Município de Lagoa", Decimal("775.76"), "EUR", "contract")
    ]
    assert rows(checked, "suppliers", "SELECT supplier_id, supplier_id_type FROM it ORDER BY source_row LIMIT 1") == [
        ("501995978", "PT-NIPPC")
    ]


BROKEN = {
    "lib/badfile.json": InvalidRelease,
    "lib/record_check_ocids.json": InvalidRelease,
    "common_checks/records_non_unique_no_ocid.json": InvalidRelease,
    "common_checks/records_invalid_releases.json": InvalidRelease,
    "lib/tenders_releases_7_releases_check_ocids.json": OldStandard,
    "extensions/unresolvable/extension.json": UnknownShape,
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_ocds_files_are_refused_with_a_sentence(data, tmp_path, name):
    with pytest.raises(BROKEN[name], match="Rien n'a été gardé"):
        check(REGISTER, data / FOLDER / "ocds/libcoveocds-fixtures" / name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_same_file_gives_the_same_bytes(data, tmp_path):
    for name in (AWS, TABULAR):
        once, twice = (check(REGISTER, data / FOLDER / name, tmp_path / turn / Path(name).stem) for turn in "ab")
        assert {table: path.read_bytes() for table, path in once.tables.items()} == {
            table: path.read_bytes() for table, path in twice.tables.items()
        }


def test_the_same_bytes_come_of_many_groups_of_rows(tmp_path):
    """Two threads write several groups each time: neither the order of the rows nor their cut depends on them."""
    source = sample.write(tmp_path / "fictif.json", 40_000)
    once, twice, thrice = (check(REGISTER, source, tmp_path / turn) for turn in "abc")
    groups = (
        duckdb.connect()
        .execute(f"SELECT num_row_groups FROM parquet_file_metadata('{once.tables['contracts']}')")
        .fetchall()
    )
    assert groups[0][0] > 1
    for table, path in once.tables.items():
        assert path.read_bytes() == twice.tables[table].read_bytes() == thrice.tables[table].read_bytes(), table


def test_json_lines_of_releases_read_as_the_package_that_holds_them(data, tmp_path, read):
    name = "ocds/portugal_base_2019-11-25_release-packages.json"
    (package,) = json.loads((data / FOLDER / name).read_text(encoding="utf-8"))
    lines = tmp_path / "releases.jsonl"
    lines.write_text("\n".join(map(json.dumps, package["releases"])), encoding="utf-8")
    one, other = read(name), check(REGISTER, lines, tmp_path / "release")
    assert other.tables["contracts"].read_bytes() == one.tables["contracts"].read_bytes()
