"""A calculator's form and result: what it asks, what it tells, and what it keeps of a person, which is nothing."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.core.simulators.identity import Asked, identity

ADDRESS = "/simulateurs/tiny/calculer/aide-fictive/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client, aide):
    """Send a form to the calculator."""
    return lambda accept="text/html", **said: client.post(ADDRESS, said, headers={"Accept": accept})


def names(text):
    """Return the names of the questions that a page asks, models that scripts copy left out."""
    shown = re.sub(r"<template>.*?</template>", "", text, flags=re.DOTALL)
    return list(dict.fromkeys(re.findall(r'data-question="(\w+)"', shown)))


def test_only_what_may_move_the_result_is_asked(client, aide):
    text = client.get(ADDRESS).content.decode()

    assert names(text) == ["enfants", "effort", "salaire"]
    assert "1 question n’est pas posée" in text.replace("\u00a0", " ")
    assert "Sans réponse : 0 € par an. Exemple : 12\u202f000 € par an." in text.replace("\u00a0", " ")


def test_a_typical_case_fills_the_form(client, aide):
    text = client.get(ADDRESS, {"exemple": "Une personne seule"}).content.decode()

    assert 'name="salaire" value="1000"' in text
    assert "Rempli avec un cas fictif : Une personne seule" in text


def test_a_result_is_a_sentence_a_table_and_its_law(post):
    text = post(salaire="24 000 €").content.decode().replace("\u00a0", " ")

    assert "Vous recevez 12\u202f000 € pour 2024." in text
    assert "Règlement fictif, article 2" in text
    assert "Cette aide n&#x27;existe pas." in text
    assert "Tout le reste." in text


def test_nothing_to_receive_has_its_own_sentence(post):
    assert "Vous ne recevez rien pour 2024." in post().content.decode()


def test_what_the_sentence_says_is_not_said_again_above_the_page(post):
    for said in ({"salaire": "24000"}, {}):
        head = post(**said).content.decode().partition("<h2")[0]
        assert "Vous " in head
        assert "12\u202f000" not in head.replace("Vous recevez 12\u202f000", "")
        assert 'class="number-value"' not in head


def test_children_are_asked_for_one_by_one_without_any_script(post):
    asked = post(enfants="2", salaire="100")

    assert asked.status_code == 422
    assert names(asked.content.decode()) == ["enfants", "argent_1", "argent_2", "effort", "salaire"]
    assert "Répondez à cette question, par exemple « 100" in asked.content.decode()
    assert "recevez 65" in post(enfants="2", argent_1="10", argent_2="20", salaire="100").content.decode()


def test_a_wrong_answer_is_said_beside_its_question_and_nothing_is_lost(post):
    response = post(salaire="beaucoup", enfants="0")
    text = response.content.decode()

    assert response.status_code == 422
    assert "« beaucoup » n&#x27;est pas un nombre" in text
    assert 'value="beaucoup"' in text
    assert re.search(r'<input id="q-salaire"[^>]*aria-invalid="true"', text)


def test_a_refusal_of_the_calculator_names_its_question(post):
    text = post(salaire="10", logement="rue").content.decode()

    assert re.search(r'data-question="salaire".*?class="errorlist">Ce cas n&#x27;existe pas', text, re.DOTALL)


def test_the_engines_refusal_is_said_above_the_form(post):
    response = post(enfants="1", argent_1="-5", salaire="10")

    assert response.status_code == 422
    assert "Le revenu -5.0 est négatif" in response.content.decode()
    assert 'name="argent_1" value="-5"' in response.content.decode()


def test_json_of_a_post_gives_the_same(post, tiny, aide):
    said = post("application/json", salaire="24000").json()
    asked = Asked("tiny", aide.table({"salaire": 24_000.0}), ("benefit",), "2024")

    assert said["figures"][0]["value"] == 12_000
    assert said["explained"]["steps"][0]["refs"] == [
        {"title": "Règlement fictif, article 2", "href": "https://parvis.example/reglement", "valid_from": None}
    ]
    assert said["run"]["identity"] == identity(asked, tiny.card().version, tiny.card().digest)


def test_an_output_is_drawn_along_an_answer(post):
    curve = post("application/json", salaire="100", _axe="salaire").json()["curve"]

    assert len(curve["rows"]) == 100
    assert curve["rows"][-1] == {"x": 990.0, "y": 495.0}


def test_the_run_file_is_downloaded_and_replays(client, post):
    response = post(salaire="100", _fichier="oui")
    file = json.loads(response.content)

    assert response["Content-Disposition"] == f'attachment; filename="calcul-{file["identity"][:12]}.json"'
    verified = client.post("/simulateurs/verifier/", {"calcul": response.content.decode()})
    assert verified.status_code == 200
    assert file["identity"] in verified.content.decode()


def test_a_shared_run_is_recognised_or_what_differs_is_said(post):
    run = post("application/json", salaire="100").json()["run"]
    link = {"_identite": run["identity"], "_resultats": run["results"], "_version": run["version"]}

    assert "C’est bien le calcul partagé" in post(salaire="100", **link).content.decode()
    assert "Ce n’est pas exactement" in post(salaire="101", **link).content.decode()
    older = post(salaire="100", **{**link, "_identite": "0" * 64, "_version": "0.9"}).content.decode()
    assert "version 0.9 du modèle" in older


def test_a_situation_is_kept_nowhere(post, capfd):
    """No session, no cookie, no row, no file, no log; and no cache may keep the answer."""
    post(salaire="1")
    before = {path for path in settings.PARVIS_HOME.rglob("*") if path.is_file()}

    with CaptureQueriesContext(connection) as queries:
        response = post(salaire="87654", _axe="salaire")

    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert "87654" not in str(list(queries))
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    made = {path for path in settings.PARVIS_HOME.rglob("*") if path.is_file()} - before
    assert made == set()
    kept = [path for path in before if path.suffix in {".log", ".svg", ".json"} and "87654" in path.read_text()]
    assert kept == []
    assert "87654" not in "".join(capfd.readouterr())


def test_an_unknown_calculator_is_a_404_that_says_where_to_look(client, aide):
    assert client.get("/simulateurs/tiny/calculer/rien/").status_code == 404
    assert client.get("/simulateurs/openfisca/calculer/aide-fictive/").status_code == 404


def test_what_is_asked_follows_the_sums_of_this_person_not_of_the_one_before(post):
    """The fictitious model needs the dwelling of whoever earns less than 2 € only."""
    rich, poor = (names(post(salaire=wage).content.decode()) for wage in ("5000", "1"))

    assert "logement" not in rich
    assert "logement" in poor


def test_a_slider_moved_without_scripts_is_an_answer_and_its_box_says_it(client, post):
    asked = client.get(ADDRESS).content.decode()
    text = post(salaire="100", effort="", **{"_avant-effort": "", "_curseur-effort": "45"}).content.decode()

    assert '<input type="range" name="_curseur-effort" min="-100" max="100" step="5" value="10"' in asked
    assert '<input id="q-effort" name="effort" value="45"' in text
    assert 'step="5" value="45"' in text
