"""Every defect that real files hold has its rule, its sentence and its fate; the original is always beside."""

import json
from pathlib import Path

import duckdb
import pytest

from parvis.accountability.registers.procurement import REGISTER
from parvis.accountability.registers.procurement.sample import siret
from parvis.core.identifiers import InvalidIdentifier
from parvis.core.identifiers import siret as parsed
from parvis.core.registers.checking import check
from parvis.core.registers.register import Status

BUYER, SUPPLIER = siret(1), siret(40_000)
CONTRACT = {
    "id": "F01",
    "acheteur": {"id": BUYER, "nom": "Commune fictive"},
    "nature": "Marché",
    "objet": "Achat fictif",
    "codeCPV": "45261910",
    "procedure": "Procédure adaptée",
    "dureeMois": 12,
    "dateNotification": "2024-01-15",
    "datePublicationDonnees": "2024-02-01",
    "montant": 1000,
    "offresRecues": 2,
    "titulaires": [{"typeIdentifiant": "SIRET", "id": SUPPLIER, "denominationSociale": "Entreprise fictive"}],
}
POSTE = "35600000049837"


@pytest.fixture
def judged(tmp_path):
    """Check one contract, changed as asked; return what is said of it and its published row."""

    def of(**changes):
        path = tmp_path / "fictif.json"
        path.write_text(json.dumps({"marches": [CONTRACT | changes]}), encoding="utf-8")
        checked = check(REGISTER, path, tmp_path / "release")
        said = (
            duckdb.connect()
            .execute(f"SELECT rule, status, original, value FROM '{checked.tables['defects']}' ORDER BY ALL")
            .fetchall()
        )
        row = duckdb.connect().execute(
            f"SELECT * FROM '{checked.tables['contracts']}' JOIN '{checked.tables['suppliers']}' USING (uid, version)"
        )
        names = [column[0] for column in row.description]
        return said, [dict(zip(names, values, strict=True)) for values in row.fetchall()]

    return of


def supplier(id: str, type: str = "SIRET") -> dict:  # noqa: A002
    return {"titulaires": [{"typeIdentifiant": type, "id": id, "denominationSociale": "Entreprise fictive"}]}


def test_a_sound_contract_leaves_no_defect(judged):
    assert judged()[0] == []


FATES = [
    ({"dateNotification": "2024-01-15+01:00"}, "date-avec-fuseau", "repaired", "2024-01-15"),
    ({"dateNotification": "2024-01-15T00:00:00Z"}, "date-avec-fuseau", "repaired", "2024-01-15"),
    ({"dateNotification": "15/01/2024"}, "date-francaise", "repaired", "2024-01-15"),
    ({"dateNotification": "0218-10-29"}, "annee-hors-bornes", "refused", None),
    ({"dateNotification": "2024-01-32"}, "illisible", "refused", None),
    ({"montant": "$1,870.00 "}, "montant-en-dollars", "refused", None),
    ({"montant": "1,870.00 "}, "montant-mis-en-forme", "repaired", "1870.00"),
    ({"montant": "(1 870,50 €)"}, "montant-mis-en-forme", "repaired", "-1870.50"),
    ({"montant": "1,870"}, "illisible", "refused", None),
    ({"montant": 0}, "montant-nul", "noted", None),
    ({"montant": 1}, "montant-symbolique", "noted", None),
    ({"montant": 999999999}, "montant-tres-grand", "noted", None),
    ({"dureeMois": "NC"}, "absence-ecrite", "refused", None),
    ({"offresRecues": 0}, "aucune-offre", "noted", None),
    ({"codeCPV": "45261910-7"}, "cpv-avec-cle", "repaired", "45261910"),
    ({"codeCPV": " 45261910 "}, "cpv-espaces", "repaired", "45261910"),
    ({"codeCPV": "INX 28213700-5"}, "cpv-prefixe", "repaired", "28213700"),
    ({"codeCPV": "3111000"}, "cpv-mal-forme", "refused", None),
    (supplier(f"{SUPPLIER[:3]} {SUPPLIER[3:9]} {SUPPLIER[9:]}"), "siret-espaces", "repaired", SUPPLIER),
    (supplier(f"{SUPPLIER}.0"), "siret-decimal", "repaired", SUPPLIER),
    (supplier("4,24E+13"), "siret-chiffres-perdus", "refused", None),
    (supplier(SUPPLIER[:9]), "siren-au-lieu-du-siret", "noted", None),
    (supplier("DE243659508"), "identifiant-etranger-dit-siret", "proposed", "TVA"),
]


@pytest.mark.parametrize(("changes", "rule", "status", "value"), FATES, ids=lambda it: str(it)[:40])
def test_a_defect_is_said_once_with_its_fate(judged, changes, rule, status, value):
    said, _ = judged(**changes)
    assert [(each[0], each[1], each[3]) for each in said] == [(rule, status, value)]


def test_lost_zeros_come_back_only_when_the_keys_prove_it(judged, data):
    """The SIRETs of real suppliers that begin with zeros, less these zeros; with another digit nothing is proved."""
    known = duckdb.connect().execute(
        f"SELECT siret FROM read_csv('{data}/registers/procurement/sirene/etablissements_8264.csv', all_varchar = "
        "true)"
    )
    real = next(
        number for (number,) in sorted(known.fetchall()) if parsed_or_none(number) and number[0] == "0" != number[2]
    )
    short = real.lstrip("0")
    said, (row,) = judged(**supplier(short))
    assert (said, row["supplier_id"]) == ([("siret-zeros-perdus", "repaired", short, real)], real)
    wrong = short[:-1] + str((int(short[-1]) + 1) % 10)
    said, (row,) = judged(**supplier(wrong))
    assert ([each[0] for each in said], row["supplier_id"]) == (["siret-mal-forme"], wrong)


def parsed_or_none(text: str) -> str | None:
    try:
        return parsed(text)
    except InvalidIdentifier:
        return None


@pytest.mark.parametrize("kind", ["TVA", "TAHITI", "RIDET", "FRWF", "IREP", "HORS-UE"])
def test_foreign_and_overseas_identifiers_are_kept_as_they_are(judged, kind):
    said, (row,) = judged(**supplier("0456272657", kind))
    assert (said, row["supplier_id"], row["supplier_id_type"], row["supplier_siren"]) == ([], "0456272657", kind, None)


def test_la_poste_has_its_own_key(judged):
    """SIREN 356000000: the digits sum to a multiple of five, Luhn's test fails, and the SIRET is right."""
    assert sum(map(int, POSTE)) % 5 == 0
    assert judged(**supplier(POSTE))[0] == []


def test_sql_and_stdnum_agree_on_every_supplier_of_a_real_file(data, tmp_path):
    checked = check(REGISTER, data / "registers/procurement/decp-v1/marches-publics.info_2019-03-07.json", tmp_path)
    sirets = (
        duckdb.connect()
        .execute(
            f"SELECT DISTINCT supplier_id FROM '{checked.tables['suppliers']}' WHERE regexp_full_match(supplier_id, "
            f"'[0-9]{{14}}')"
        )
        .fetchall()
    )
    said = (
        duckdb.connect()
        .execute(
            f"SELECT DISTINCT original FROM '{checked.tables['defects']}' WHERE rule = 'siret-cle-fausse' AND "
            "\"table\" = 'suppliers'"
        )
        .fetchall()
    )
    assert {number for (number,) in sirets if parsed_or_none(number) is None} == {number for (number,) in said}


def test_a_refused_record_is_downloadable_as_it_was_written(tmp_path):
    path = tmp_path / "fictif.json"
    text = '{ "id": "F01",  "objet": "Sans acheteur, fictif", "montant": 12.500 }'
    path.write_text('{"marches": [' + text + "]}", encoding="utf-8")
    checked = check(REGISTER, path, tmp_path / "release")
    ((row, reasons, record),) = duckdb.connect().execute(f"SELECT * FROM '{checked.tables['refused']}'").fetchall()
    assert (row, record, checked.rows["contracts"]) == (1, text, 0)
    assert [reason.partition(" :")[0] for reason in reasons] == ["L'enregistrement n'a pas d'acheteur"]


def test_a_repeated_line_of_a_table_counts_once_and_is_said(tmp_path):
    path = tmp_path / "fictif.csv"
    line = f"{BUYER}1,1,{BUYER},Commune fictive,{SUPPLIER},Entreprise fictive,100"
    path.write_text(
        "uid,id,acheteur_id,acheteur_nom,titulaire_id,titulaire_nom,montant\n" + f"{line}\n{line}\n", encoding="utf-8"
    )
    checked = check(REGISTER, path, tmp_path / "release")
    assert (checked.rows["contracts"], checked.rows["suppliers"], checked.defect_counts["ligne-repetee"]) == (1, 1, 1)


def test_nothing_typed_is_lost_in_silence(data, tmp_path):
    """Every typed cell that is empty was empty in the source, or a defect keeps its original."""
    source = data / "registers/procurement/decp-v1/marches-publics.info_2019-03-07.json"
    checked = check(REGISTER, source, tmp_path)
    raw = json.loads(source.read_text(encoding="utf-8"))["marches"]
    for column, field in (
        ("amount", "montant"),
        ("notified_on", "dateNotification"),
        ("published_on", "datePublicationDonnees"),
        ("duration_months", "dureeMois"),
    ):
        missing = sum(field not in record for record in raw if "autoriteConcedante" not in record)
        empty, refused = (
            duckdb.connect()
            .execute(
                f"SELECT (SELECT count(*) FROM '{checked.tables['contracts']}' WHERE version = 0 AND kind = "
                f"'contract' AND {column} IS NULL), "
                f"(SELECT count(*) FROM '{checked.tables['defects']}' WHERE \"column\" = '{column}' AND status = "
                "'refused')"
            )
            .fetchall()[0]
        )
        assert empty == missing + refused, column


def test_the_sums_of_a_real_file_are_exact(data, tmp_path):
    """No amount is rounded, doubled or dropped between the file and the tables."""
    from decimal import Decimal

    source = data / "registers/procurement/decp-v1/data.gouv.fr_pes_2019-04-05.json"
    raw = json.loads(source.read_text(encoding="utf-8"), parse_float=Decimal)["marches"]
    checked = check(REGISTER, source, tmp_path)
    assert duckdb.connect().execute(
        f"SELECT sum(amount) FROM '{checked.tables['contracts']}' WHERE version = 0"
    ).fetchall() == [(sum(record["montant"] for record in raw),)]


@pytest.mark.parametrize("rule", REGISTER.rules, ids=lambda rule: f"{rule.slug}:{rule.column}")
def test_every_rule_speaks_and_can_be_acted_on(rule):
    assert (rule.sentence[-1], rule.why[-1]) == (".", ".")
    assert (rule.value is not None) == (rule.status in (Status.REPAIRED, Status.PROPOSED))


def test_every_declared_rule_is_met_by_the_sample_or_a_test(tmp_path):
    checked = check(REGISTER, Path(REGISTER.folder) / "sample.json", tmp_path)
    elsewhere = {"ligne-repetee", "sans-attribution", "montant-autre-monnaie"}  # of tables and of OCDS, tested apart
    assert {rule.slug for rule in REGISTER.rules} - set(checked.defect_counts) == elsewhere


def test_the_generator_is_deterministic_and_says_that_it_is_fiction(tmp_path):
    from parvis.accountability.registers.procurement import sample

    once, twice = (sample.write(tmp_path / name, 300).read_bytes() for name in ("a.json", "b.json"))
    assert once == twice
    checked = check(REGISTER, tmp_path / "a.json", tmp_path / "release")
    names = (
        duckdb.connect()
        .execute(
            f"SELECT buyer_name FROM '{checked.tables['contracts']}' UNION SELECT supplier_name FROM "
            f"'{checked.tables['suppliers']}'"
        )
        .fetchall()
    )
    assert all("ficti" in name.lower() for (name,) in names)
    assert len(checked.defect_counts) >= 5
