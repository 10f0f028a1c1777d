"""The page of a reform: a rule is found, changed, kept in the address; what it does is shown before and after."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from house.people import people

ADDRESS = "/simulateurs/tiny/reforme/"
HALF_TO_ONE = "rate~1~2024-01-01"
pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, aide):
    return lambda **said: client.get(ADDRESS, said)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def test_a_calculators_own_parameters_are_proposed_with_their_value(get):
    text = text_of(get())

    assert re.search(r'Taux</a> <span class="step-value">50 %</span>', text)
    assert "Seuil" in text


def test_any_parameter_is_found_by_its_words(get):
    found = text_of(get(q="seuils")).partition("Les plus souvent changés")[0]

    assert "levels[0].threshold" in found
    assert "simulateurs/tiny/champs/rate/" not in found


def test_the_value_in_force_and_its_law_stand_beside_the_new_one(get):
    text = text_of(get(parametre="rate"))

    assert "50 %" in text
    assert "Règlement fictif, article 2" in text
    assert 'name="debut" type="date" value="2024-01-01"' in text


def test_a_change_goes_to_the_address_and_comes_out_of_it(get):
    made = get(parametre="rate", valeur="100 %", debut="2024-01-01", _ajouter="oui")

    assert made.status_code == 302
    assert made["Location"].endswith("?calculateur=aide-fictive&changes=rate~1~2024-01-01")
    left = get(calculateur="aide-fictive", changes=HALF_TO_ONE, _retirer="0")
    assert left["Location"].endswith("?calculateur=aide-fictive")


def test_a_wrong_value_is_said_in_its_box_and_kept(get):
    response = get(parametre="rate", valeur="beaucoup", debut="2024-01-01", _ajouter="oui")

    assert "n&#x27;est pas un nombre" in text_of(response)
    assert 'value="beaucoup"' in text_of(response)


def test_typical_cases_are_told_before_and_after(get):
    said = get(changes=HALF_TO_ONE, format="json").json()

    assert [(case["name"], case["lines"][0]["before"], case["lines"][0]["after"]) for case in said["cases"]] == [
        ("Une personne seule", 500.0, 1_000.0),
        ("Sans revenu", 0.0, 0.0),
    ]
    assert "+500 €" in text_of(get(changes=HALF_TO_ONE))


def test_one_case_is_told_step_by_step(get):
    detail = get(changes=HALF_TO_ONE, cas="Une personne seule", format="json").json()["detail"]

    assert detail["is_fictitious"]
    assert [(step["label"], step["before"], step["after"]) for step in detail["steps"]] == [("Aide", 500.0, 1_000.0)]


def test_a_household_travels_in_the_body_never_in_an_address(client, aide):
    first = client.post(f"{ADDRESS}?calculateur=aide-fictive", {"salaire": "4321"})
    carried = json.loads(re.search(r'name="_foyer" value="([^"]*)"', first.content.decode())[1].replace("&quot;", '"'))
    added = client.post(
        f"{ADDRESS}?calculateur=aide-fictive",
        {"_foyer": json.dumps(carried), "parametre": "rate", "valeur": "1", "debut": "2024-01-01", "_ajouter": "oui"},
    )

    assert carried == {"salaire": "4321"}
    assert "Pour votre foyer" in text_of(added)
    assert "+2\u202f160,50 €" in text_of(added)
    assert added["Cache-Control"] == "no-store"
    addresses = re.findall(r'(?:href|action)="([^"]*)"', added.content.decode())
    assert any("changes=rate" in address for address in addresses)
    assert not any("4321" in address for address in addresses)


def test_a_reform_is_a_table_in_csv(get):
    lines = b"".join(get(changes=HALF_TO_ONE, format="csv").streaming_content).decode().splitlines()

    assert lines[1] == "Une personne seule,benefit,Aide,500.0,1000.0,500.0,EUR"


@pytest.mark.parametrize("changes", ["rate", "nothing~1~2024-01-01", "rate~NaN~2024-01-01"])
def test_a_link_that_is_no_reform_says_so(get, changes):
    response = get(changes=changes)

    assert response.status_code == 422
    assert "Tout n’a pas pu être calculé" in text_of(response)


def test_whoever_is_signed_in_may_publish_the_typical_cases(client, aide):
    client.force_login(people(at=datetime(2026, 11, 23, 9, tzinfo=UTC))["citizen"])
    form = (
        client.get(ADDRESS, {"changes": HALF_TO_ONE})
        .content.decode()
        .partition('action="/simulateurs/calculs/publier/"')
    )
    said = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[2])}

    preview = client.post("/simulateurs/calculs/publier/", said)

    assert json.loads(said["lignes"]) == ["Une personne seule", "Sans revenu"]
    assert preview.status_code == 200
    assert "Une personne seule" in text_of(preview)


def test_a_model_without_calculators_has_no_reform(client, aide):
    assert client.get("/simulateurs/rien/reforme/").status_code == 404


@pytest.mark.parametrize(
    ("salary", "said"),
    [("24 OOO", "« Combien gagnez-vous par an ? » « 24 OOO » n'est pas un nombre"), ("-1", "Écrivez au moins 0")],
)
def test_a_household_that_is_not_understood_is_refused_and_never_counted_as_nothing(client, aide, salary, said):
    response = client.post(f"{ADDRESS}?changes={HALF_TO_ONE}", {"_foyer": json.dumps({"salaire": salary})})

    assert response.status_code == 422
    assert said in unescape(text_of(response))
    assert "Pour votre foyer" not in text_of(response)


@pytest.mark.parametrize("household", ["[" * 30_000, "{", "[1]", '{"salaire": "\\ud800"}', " " * 50_000])
def test_a_household_that_is_no_longer_one_is_said_so(client, aide, household):
    response = client.post(f"{ADDRESS}?changes={HALF_TO_ONE}", {"_foyer": household})

    assert response.status_code == 422
    assert "repartez du calculateur" in text_of(response)


@pytest.mark.parametrize("rank", ["9" * 5_000, "7", "-1", "²", ""])
def test_a_change_that_is_not_there_is_not_taken_away(get, rank):
    assert "changes=rate" in get(changes=HALF_TO_ONE, _retirer=rank)["Location"]


def test_what_is_read_of_a_link_is_kept_beside_what_is_not(client, aide):
    response = client.get(ADDRESS, {"changes": ["nothing~1~2024-01-01", HALF_TO_ONE]})

    assert response.status_code == 422
    assert 'name="changes" value="rate~1~2024-01-01"' in text_of(response)
    assert "« nothing »" in text_of(response)
    assert "Sur des cas fictifs" not in text_of(response)


def test_a_twenty_first_change_is_refused_and_the_twenty_are_kept(client, aide):
    twenty = [f"rate~0.{rank}~2024-01-01" for rank in range(10, 30)]
    one_more = {"parametre": "rate", "valeur": "1", "debut": "2024-01-01", "_ajouter": "oui"}

    response = client.get(ADDRESS, {"changes": twenty, **one_more})

    assert response.status_code == 422
    assert "20 changements au plus" in text_of(response)
    assert text_of(response).count('class="link" name="_retirer"') == 20
    assert "20 changements au plus" in text_of(client.get(ADDRESS, {"changes": [*twenty, HALF_TO_ONE]}))


def test_a_parameter_that_the_model_does_not_have_is_said(get):
    response = get(parametre="rien-de-tel")

    assert response.status_code == 422
    assert "« rien-de-tel »" in text_of(response)
