"""The pages of models: what they say of OpenFisca-France, and of one that is not installed."""

import csv
import io
import time
from dataclasses import replace

import pytest

from parvis.core.simulators.catalogue import field as fields
from parvis.core.simulators.catalogue.searching import Filters
from parvis.core.simulators.catalogue.views import index_of
from parvis.core.simulators.contract import Ref
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import host

pytestmark = pytest.mark.django_db
BAREME = "impot_revenu.bareme_ir_depuis_1945.bareme"
LIST = "/simulateurs/openfisca/champs/"
BAR = 0.015
"""Seconds of processor that a page of fields may take, once its words are known."""


@pytest.fixture
def absent(tiny, tmp_path):
    """A model that is declared, and whose libraries are not here."""
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("absent==1\n")
    ENGINES.filled()["absent"] = replace(tiny.declared, slug="absent", title="Modèle absent", requirements=wanted)
    yield ENGINES["absent"]
    del ENGINES["absent"]


def text(response):
    return response.content.decode()


def test_the_directory_leads_to_questions_and_says_the_state_of_models(client, openfisca, absent) -> None:
    page = text(client.get("/simulateurs/"))

    assert "Que voulez-vous savoir" in page
    assert '<a href="/simulateurs/openfisca/calculer/impot-sur-le-revenu/">' in page
    assert "Pas installé" in page
    assert "parvis engine install absent" in page
    assert "csrfmiddlewaretoken" not in page


def test_a_model_that_is_not_installed_says_what_to_do(client, absent) -> None:
    card = client.get("/simulateurs/absent/")

    assert (card.status_code, "parvis engine install absent" in text(card)) == (200, True)
    for place in ("champs/", "champs/rate/"):
        assert client.get(f"/simulateurs/absent/{place}").status_code == 503
    assert client.get("/simulateurs/nothing/").status_code == 404


def test_a_card_says_what_a_model_is_and_is_not(client, openfisca) -> None:
    card, page = openfisca.card(), text(client.get("/simulateurs/openfisca/"))
    said = client.get("/simulateurs/openfisca/?format=json").json()

    assert card.not_modelled[0] in page
    assert card.digest in page
    assert "parvis engine cases openfisca" in page
    assert (said["version"], said["licence"], said["owner"]) == (card.version, "AGPL-3.0-or-later", card.owner)
    assert sum(said["counts"].values()) == len(openfisca.fields())


def test_fields_are_found_filtered_and_downloaded_whole(client, openfisca) -> None:
    page = client.get(LIST, {"q": "allocations familiales", "format": "json"}).json()
    filtered = client.get(LIST, {"q": "allocations familiales", "nature": "parameter", "format": "json"}).json()
    whole = b"".join(client.get(LIST, {"q": "allocations familiales", "nature": "parameter", "format": "csv"}))

    assert page["lines"][0]["name"].startswith("af")
    assert 30 < filtered["total"] < page["total"]
    rows = list(csv.DictReader(io.StringIO(whole.decode())))
    assert len(rows) == filtered["total"]
    assert {row["kind"] for row in rows} == {"parameter"}


def test_pages_of_the_list_follow_one_another_and_none_is_beyond_the_last(client, openfisca) -> None:
    first, second = (
        client.get(LIST, {"q": "revenu", "apres": after, "format": "json"}).json() for after in ("", "30")
    )
    last = client.get(LIST, {"q": "revenu", "apres": "99999", "format": "json"}).json()

    assert first["pages"]["next_url"] == "?q=revenu&apres=30"
    assert {line["name"] for line in first["lines"]} & {line["name"] for line in second["lines"]} == set()
    assert last["lines"]
    assert last["pages"]["next_url"] is None


@pytest.mark.parametrize(
    "asked", [{"apres": "-1"}, {"apres": "9" * 40}, {"nature": "x"}, {"sous": "[" * 300}, {"q": "\x00"}]
)
def test_a_hostile_address_is_answered(client, openfisca, asked) -> None:
    assert client.get(LIST, asked).status_code == 200


def test_parameters_are_walked_through_by_their_tree(client, openfisca) -> None:
    root = client.get(LIST, {"nature": "parameter", "format": "json"}).json()
    scale = client.get(LIST, {"nature": "parameter", "sous": BAREME, "format": "json"}).json()

    assert "impot revenu" in [folder["label"] for folder in root["folders"]]
    assert [step["label"] for step in scale["path"]] == [
        "Paramètres",
        "impot revenu",
        "bareme ir depuis 1945",
        "bareme",
    ]
    assert scale["lines"][0]["name"] == BAREME
    assert scale["lines"][3]["name"] == f"{BAREME}[1].rate"


def test_a_parameter_shows_its_history_with_its_laws_and_leads_to_the_reform(client, openfisca) -> None:
    address = f"{LIST}{BAREME}[1].rate/"
    page, said = text(client.get(address)), client.get(f"{address}?format=json").json()

    assert "0,11 (11\u202f%)" in page
    assert "<svg" in page
    assert f"/simulateurs/openfisca/reforme/?parametre={BAREME}%5B1%5D.rate" in page
    past = {one["since"]: one for one in said["history"]}
    assert past["2014-01-01"]["value"] == 0.14
    assert past["2014-01-01"]["until"] == "2020-01-01"
    assert past["2014-01-01"]["sources"][0]["url"].startswith("https://www.legifrance.gouv.fr/")


def test_a_scale_is_read_by_brackets_and_leads_to_them(client, openfisca) -> None:
    said = client.get(f"{LIST}{BAREME}/?format=json").json()

    assert len(said["current"]) == 5
    assert f"sous={BAREME}" in said["change_url"]


def test_an_output_shows_its_formulas_under_their_licence_and_who_uses_it(client, openfisca) -> None:
    page = text(client.get(f"{LIST}impot_revenu_restant_a_payer/"))

    assert "def formula" in page
    assert "sous licence AGPL-3.0-or-later" in page
    assert "/simulateurs/openfisca/calculer/impot-sur-le-revenu/" in page


def test_every_field_has_a_page(client, openfisca) -> None:
    """Every shape of name and value: one field in a hundred, and those that have choices, bounds or no history."""
    entries = index_of(host("openfisca")).entries
    known = openfisca.fields()
    odd = [one.name for one in entries if known[one.name].choices][:5]
    names = [*(one.name for one in entries[::100]), *odd]

    assert [name for name in names if client.get(f"{LIST}{name}/").status_code != 200] == []


def test_a_field_that_does_not_exist_names_the_nearest(client, openfisca) -> None:
    response = client.get(f"{LIST}salaire_de_bas/")

    assert response.status_code == 404
    assert "« salaire_de_base »" in text(response)


def test_an_address_that_a_page_must_not_follow_is_no_link() -> None:
    sources = fields.sources((Ref("Loi", "javascript:alert(1)"), Ref("Loi", "https://parvis.example/")))

    assert [one.url for one in sources] == ["", "https://parvis.example/"]


def test_a_search_is_answered_within_its_bar(client, openfisca) -> None:
    client.get(LIST)
    index = index_of(host("openfisca"))

    began = time.process_time()
    for words in ("", "impôt sur le revenu", "prime activité", "salaire"):
        index.find(Filters(words))

    assert (time.process_time() - began) / 4 < BAR
