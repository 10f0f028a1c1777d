"""OpenFisca's own addresses: 200 payloads are answered here as OpenFisca's own web handler answers them.

12 are official cases of the data folder, 188 are synthetic households.
"""

import csv
import subprocess
from itertools import islice
from pathlib import Path

import orjson
import pytest
from django.urls import reverse

from parvis.core.simulators import payloads
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.openfisca import api

JUDGE = Path(__file__).with_name("stock.py")
OFFICIAL, HOUSEHOLDS = 12, 188
IR = "impot_revenu_restant_a_payer"


@pytest.fixture
def calculate(openfisca, client):
    def post(body):
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        return client.post(reverse("api:openfisca-calculate"), raw, content_type="application/json")

    return post


def judged(openfisca, *words, payload=None):
    """Return what OpenFisca's own handler answers, run by the engine's Python."""
    python = installing.installed(openfisca.declared).python
    said = orjson.dumps(payload) if payload else None
    ran = subprocess.run([python, JUDGE, *words], input=said, capture_output=True, check=True, env={"LANG": "C.UTF-8"})
    return [orjson.loads(line) for line in ran.stdout.splitlines()]


def test_official_cases_are_answered_as_openfisca_answers_them(openfisca, calculate, data):
    judgments = judged(openfisca, data / "models/openfisca-france-cases", str(OFFICIAL))
    answers = {one["name"]: calculate(one["payload"]).json() for one in judgments}

    assert len(answers) == OFFICIAL
    assert answers == {one["name"]: one["answer"] for one in judgments}


def households(data, count):
    """Yield synthetic households as payloads, under identifiers that differ from one to another."""
    folder = data / "models/synthetic-households"
    with (folder / "synth_a_households.csv").open() as homes, (folder / "synth_a_persons.csv").open() as people:
        persons = list(csv.DictReader(people))
        for home in islice(csv.DictReader(homes), count):
            yield household(home, [one for one in persons if one["household"] == home["household"]])


def household(home, persons):
    key, wished = home["household"], {name: {"2024": None} for name in (IR, "rfr", "nbptr")}
    ids = [f"{key}-{person['position']}" for person in persons]
    adults = [name for name, person in zip(ids, persons, strict=True) if person["adult"] == "1"]
    children = ids[len(adults) :]
    described = [
        {"date_naissance": {"ETERNITY": one["birth"]}, "salaire_de_base": {"2024": float(one["salaire_de_base_2024"])}}
        for one in persons
    ]
    lives = {"personne_de_reference": adults[:1], "conjoint": adults[1:], "enfants": children}
    return {
        "individus": dict(zip(ids, described, strict=True)),
        "familles": {f"f{key}": {"parents": adults, "enfants": children}},
        "foyers_fiscaux": {f"t{key}": {"declarants": adults, "personnes_a_charge": children, **wished}},
        "menages": {f"m{key}": {**lives, "loyer": {"2024-01": float(home["loyer_mensuel"])}}},
    }


def test_households_are_answered_one_by_one_as_openfisca_answers_all_of_them(openfisca, calculate, data):
    said = list(households(data, HOUSEHOLDS))
    together = {plural: {key: row for one in said for key, row in one[plural].items()} for plural in said[0]}
    answers = [calculate(payload).json()["foyers_fiscaux"] for payload in said]
    (judgment,) = judged(openfisca, payload=together)

    assert {key: row for one in answers for key, row in one.items()} == judgment["answer"]["foyers_fiscaux"]
    assert sum(row[IR]["2024"] < 0 for one in answers for row in one.values()) > HOUSEHOLDS / 5


ERROR = ("error",)


def person(**fields):
    return {"individus": {"Ada": fields}}


def test_it_says_its_package_as_openfisca_does(calculate):
    response = calculate(person(age={"2024-01": None}))

    assert response["Country-Package"] == "openfisca-france"
    assert response["Country-Package-Version"].count(".") == 2
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in response["Cache-Control"]


def test_axes_give_lists_where_openfisca_fails(calculate):
    payload = household_of_one() | {
        "axes": [
            [{"name": "salaire_de_base", "count": 3, "min": 20000, "max": 60000, "period": "2024"}],
            [{"name": "loyer", "count": 2, "min": 0, "max": 900, "period": "2024-01"}],
        ]
    }
    found = calculate(payload).json()["foyers_fiscaux"]["t"][IR]["2024"]

    assert len(found) == 6
    assert found[:3] == found[3:]
    assert found[0] > found[1] > found[2]


def household_of_one():
    return {
        "individus": {"Ada": {"date_naissance": {"ETERNITY": "1985-03-12"}}},
        "menages": {"m": {"personne_de_reference": "Ada"}},
        "familles": {"f": {"parents": ["Ada"]}},
        "foyers_fiscaux": {"t": {"declarants": ["Ada"], IR: {"2024": None}}},
    }


def test_the_order_of_a_list_says_who_is_first_not_the_order_of_persons(openfisca):
    payload = {
        "individus": {"Ada": {}, "Bob": {}},
        "foyers_fiscaux": {"t": {"declarants": ["Bob", "Ada"]}},
        "familles": {"f": {"parents": ["Ada", "Bob"]}},
    }
    table = payloads.read(openfisca.card(), openfisca.fields(), payload).table
    entity = next(one for one in openfisca.card().entities if one.key == "foyer_fiscal")

    members = table.entities["individu"].groups["foyer_fiscal"]
    assert [entity.roles[place].key for place in members.roles] == ["conjoint", "declarant_principal"]


def test_a_group_that_is_null_is_none(calculate):
    said = {**person(age={"2024-01": None}, date_naissance={"ETERNITY": "1985-03-12"}), "menages": None}

    assert calculate(said).json()["individus"]["Ada"]["age"] == {"2024-01": 38}


def test_what_the_law_has_ended_is_passed_over_as_openfisca_does(calculate):
    said = person(chomage_salarie={"2024-01": None}, age={"2024-01": None})

    assert calculate(said).json()["individus"]["Ada"]["chomage_salarie"] == {"2024-01": 0}


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        (person(salairex={"2024": 1}), 404, ("individus", "Ada", "salairex")),
        (b'{"individus": {"Ada": {"salaire_de_base": {"2024": 1%s}}}}' % (b"0" * 20), 400, ("error",)),
        (person(salaire_de_base={"2024": "abc"}), 400, ("individus", "Ada", "salaire_de_base", "2024")),
        (person(salaire_de_base={"2024-13": 1}), 400, ("individus", "Ada", "salaire_de_base")),
        (person(salaire_de_base=2), 400, ("individus", "Ada", "salaire_de_base")),
        ({"chiens": {"a": {}}}, 400, ("chiens",)),
        ({"individus": {"a": {}}, "familles": {"f": {"parents": ["b"]}}}, 400, ("familles", "f", "parents")),
        ({"individus": {}}, 400, ("individus",)),
        (b"{oops", 400, ("error",)),
        (b"[]", 400, ("error",)),
        (b'{"individus": {"a": {}, "a": {}}}', 400, ("error",)),
        (b"[" * 100_000, 400, ("error",)),
        (b" " * 3_000_000, 413, ("error",)),
        ({"individus": {"a": {"age": {"2024": None}}}}, 400, ("error",)),
        (person(age={f"{year}-{month:02}": None for year in range(2000, 2020) for month in range(1, 13)}), 400, ERROR),
    ],
)
def test_a_refusal_stands_at_its_path_as_openfisca_does(calculate, body, status, path):
    response = calculate(body)
    said = response.json()
    for key in path:
        said = said[key]

    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert isinstance(said, str)
    assert len(said) > 20


def test_its_documents_have_openfisca_s_shapes(openfisca, client):
    def get(document, **place):
        return client.get(reverse(f"api:openfisca-{document}", kwargs=place)).json()

    bareme = "impot_revenu/bareme_ir_depuis_1945/bareme"
    assert get("entities")["menage"]["roles"]["conjoint"] == {"plural": None, "description": "Conjoint", "max": 1}
    assert get("variable", name="loyer")["definitionPeriod"] == "MONTH"
    assert get("variable", name="statut_occupation_logement")["possibleValues"]["locataire_hlm"]
    assert get("parameter", name=bareme)["brackets"]["1945-01-01"] == {
        "0.0": 0,
        "40000.0": 0.12,
        "100000.0": 0.3,
        "300000.0": 0.45,
        "500000.0": 0.6,
    }
    assert get("variables")["loyer"]["href"].endswith("/api/openfisca/variable/loyer")
    assert "impot_revenu.bareme_ir_depuis_1945.bareme" in get("parameters")
    assert client.get(reverse("api:openfisca-variable", kwargs={"name": "nope"})).status_code == 404


def test_a_list_of_thousands_is_written_once_a_set_of_rules_and_name_of_the_site(openfisca):
    digest, here, there = openfisca.card().digest, "https://ici.example/", "https://ailleurs.example/"

    assert api.listed(digest, here) is api.listed(digest, here)
    assert b"https://ici.example/loyer" in api.listed(digest, here)
    assert b"https://ailleurs.example/loyer" in api.listed(digest, there)
    assert api.listed(digest, here) is not api.listed("0" * 64, here)
