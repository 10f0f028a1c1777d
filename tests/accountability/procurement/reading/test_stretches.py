"""Records that DuckDB reads many at once say what they say read one by one, and are refused by the same sentences."""

import json

import pytest

from parvis.accountability.registers.procurement import decp, reading
from parvis.core.registers.jsontext import BrokenJson, DuplicateField
from parvis.core.registers.strict import UnreadColumns

PLAIN = {
    "id": "2024-1",
    "acheteur": {"id": "21750001600019", "nom": "Ville fictive"},
    "objet": "Réfection",
    "lieuExecution": {"code": "75056", "typeCode": "Code commune"},
    "montant": 1000.5,
    "uuid": "0A",
    "donneesExecution": [],
    "titulaires": [{"typeIdentifiant": "SIRET", "id": "55204599900869"}],
    "modifications": [],
}


def written(*records: str, many: int = 400) -> str:
    """Return a file of plain records, with these in its middle."""
    plain = [json.dumps(PLAIN | {"id": f"F{number}"}, ensure_ascii=False) for number in range(many)]
    return '{"marches": [' + ",".join([*plain, *records, *plain]) + "]}"


@pytest.fixture
def rows(tmp_path):
    """Give the raw rows of a text."""

    def of(text: str):
        path = tmp_path / "file.json"
        path.write_text(text, encoding="utf-8")
        tables: dict[str, list] = {"contracts": [], "suppliers": []}
        for batch in reading.read(path):
            tables[batch.table] += batch.rows.to_pylist()
        return {name: sorted(map(filled, values), key=repr) for name, values in tables.items()}

    return of


def filled(row: dict) -> dict:
    return {name: value for name, value in row.items() if value not in (None, "")}


@pytest.fixture
def one_by_one(rows, monkeypatch):
    """Read a text without any stretch: by the reader of Python alone."""

    def of(text: str):
        with monkeypatch.context() as patch:
            patch.setattr("parvis.core.registers.stretches.LEAST", 1 << 40)
            return rows(text)

    return of


def changed(**fields: object) -> str:
    return json.dumps(PLAIN | fields, ensure_ascii=False)


RECORDS = [
    changed(),
    changed().replace("1000.5", "1.50"),
    changed().replace("1000.5", "2.4201005600073E13"),
    changed().replace("1000.5", "123456789012345678901234567890"),
    changed().replace("1000.5", "-0"),
    changed().replace("1000.5", "NaN"),
    changed().replace("1000.5", "-Infinity"),
    changed(montant=None),
    changed(montant=[1.50, "x"]),
    changed(montant="NaN"),
    changed(montant={"valeur": 1}),
    changed(sousTraitanceDeclaree=False),
    changed(objet='le "lot":12, et "lot" : 3, [a,] {b,} \\ \\": 1'),
    changed(objet=":12 rue"),
    changed(objet="[lot 1]"),
    changed(objet="[1]"),
    changed(objet="a\u0000b\n\t\u2028é\U0001f600"),
    changed(objet="}, {"),
    changed().replace("Réfection", 'R\\u00e9fection \\ud83d\\ude00 \\"x\\\\'),
    changed().replace(": ", " \n : "),
    changed().replace('"montant"', '"mont\\u0061nt"'),
    changed(acheteur="", autoriteConcedante={"id": "1"}),
    changed(acheteur={}, autoriteConcedante={"id": "1"}),
    changed(acheteur={"id": None}, autoriteConcedante={"id": "1"}),
    changed(**{"acheteur.id": "123", "acheteur.nom": "X"}),
    changed(lieuExecution=None),
    changed(techniques={"technique": ["Accord-cadre", "x"]}),
    changed(techniques="Accord-cadre"),
    changed(techniques=["Accord-cadre"]),
    changed(titulaires=[]),
    changed(titulaires=None, concessionnaires=[{"concessionnaire": {"id": "1"}}]),
    changed(titulaires={"titulaire": [{"id": "1"}, {"id": "2"}]}),
    changed(titulaires={"id": "1"}),
    changed(titulaires=[{"titulaire": {"id": "1"}}, {"titulaire": [{"id": "2"}]}]),
    changed(titulaires=[[{"id": "1"}], [], {}, "nom", {"id": None}]),
    changed(titulaires=[{"titulaire": {}}]),
    changed(modifications=[{"montant": 12.10, "dateNotificationModification": "2024-01-01"}]),
    changed(modifications=[{"modification": {"montant": 3, "titulaires": [{"titulaire": {"id": "9"}}]}}]),
    changed(modifications={"modification": {"id": 1, "titulaires": [{"id": "9"}]}}),
    changed(modifications=[{"dateSignatureModification": "2024-01-02", "concessionnaires": [{"id": 3}]}, {"id": 2}]),
    changed(modifications=""),
    changed(uuid="", donneesExecution=[{"valeur": 1.50, "liste": [1.50]}]),
    changed(considerationsSociales={"considerationSociale": ["Clause", "x,1"]}, marcheInnovant=True, tauxAvance=0.10),
    changed(origineUE=False, tauxAvance=None, typesPrix={"typePrix": []}, ccag='x":y'),
    "{}",
]


@pytest.mark.parametrize("record", RECORDS)
def test_many_at_once_say_what_they_say_one_by_one(rows, one_by_one, record):
    text = written(record)
    assert rows(text) == one_by_one(text)


def test_plain_records_are_read_many_at_once(rows, monkeypatch):
    """Nothing of a file in the usual spelling is read by Python but its last record."""
    read = []
    monkeypatch.setattr(decp, "straight", lambda record, number: read.append(number) or json.dumps(record).encode())
    found = rows(written(changed(titulaires=[{"titulaire": {"id": "1"}}]).replace("1000.5", "1.50")))
    assert read == [801]
    assert len(found["contracts"]) == 801


REFUSED = [
    (changed(inconnu="x"), UnreadColumns, "Enregistrement 401 : champs inconnus « inconnu »"),
    (changed(inconnu=None), UnreadColumns, "Enregistrement 401 : champs inconnus « inconnu »"),
    (changed(lieuExecution={"code": "1", "rue": "x"}), UnreadColumns, "401, lieuExecution : champs inconnus « rue »"),
    (changed(acheteur={"id": "1", "rue": "x"}), UnreadColumns, "401, acheteur : champs inconnus « rue »"),
    (changed(titulaires=[{"id": "1", "rue": "x"}]), UnreadColumns, "401, titulaire : champs inconnus « rue »"),
    (changed(modifications=[{"x": 1}]), UnreadColumns, "401, modification 1 : champs inconnus « x »"),
    (changed(modifications="x"), decp.NotARecord, "401, modification 1 : un objet y est attendu"),
    (changed(acheteur="x"), decp.NotARecord, "401, acheteur : un objet y est attendu"),
    ('"texte"', decp.NotARecord, "Enregistrement 401 : un objet y est attendu"),
    ("[]", decp.NotARecord, "Enregistrement 401 : un objet y est attendu"),
    ("null", decp.NotARecord, "Enregistrement 401 : un objet y est attendu"),
    (changed().replace('"uuid"', '"objet"'), DuplicateField, "deux fois le champ « objet »"),
    (changed().replace('"typeIdentifiant"', '"id"'), DuplicateField, "deux fois le champ « id »"),
    (changed(donneesExecution=[{"a": 1, "b": 2}]).replace('"b"', '"a"'), DuplicateField, "deux fois le champ « a »"),
    (changed()[:-1] + ",}", BrokenJson, "mal formé"),
    (changed().replace("1000.5", "01"), BrokenJson, "mal formé"),
    (changed().replace("1000.5", "nan"), BrokenJson, "mal formé"),
    (changed(uuid="Z").replace('"Z"', "nan"), BrokenJson, "mal formé"),
    (changed(uuid={"a": "Z"}).replace('"Z"', "-inf"), BrokenJson, "mal formé"),
    (changed(uuid="Z").replace('"Z"', "[" * 5000 + "]" * 5000), BrokenJson, "emboîtés"),
]


@pytest.mark.parametrize(("record", "error", "said"), REFUSED)
def test_what_is_refused_one_by_one_is_refused_among_many(rows, one_by_one, record, error, said):
    text = written(record)
    with pytest.raises(error, match=said) as among:
        rows(text)
    with pytest.raises(error) as alone:
        one_by_one(text)
    assert str(among.value) == str(alone.value)


def test_a_field_that_says_no_is_kept(rows):
    [said] = [row for row in rows(written(changed(id="NON", marcheInnovant=False)))["contracts"] if row["id"] == "NON"]
    assert json.loads(said["extra"])["marcheInnovant"] is False
