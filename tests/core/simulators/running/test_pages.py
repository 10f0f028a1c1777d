"""The pages of published calculations: read, replayed, published with an agreement, erased."""

import json
from dataclasses import replace

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from core.simulators.hosting.engines.tiny import Tiny
from core.simulators.running.sample import DOUBLED, asked, computed, effect, publish, someone
from parvis.core.simulators.contract import WrongPeriod
from parvis.core.simulators.hosting.calling import EngineBusy, Lost, TooLarge, TooLong
from parvis.core.simulators.hosting.installing import InstallationFailed
from parvis.core.simulators.identity import identity
from parvis.core.simulators.models import Run
from parvis.core.simulators.reforming.views import SIGNED_SUMMARY
from parvis.core.simulators.running import joins
from parvis.core.simulators.running.files import LARGEST, read, run_file, text_of
from parvis.core.simulators.statuses import status_of
from parvis.core.web.api import refused
from parvis.core.web.page import public
from parvis.core.web.panels import Panel

pytestmark = pytest.mark.django_db
QUESTION = asked(10, 20, changes=DOUBLED)
REFORM = {"is_personal": False, "labels": ["Une étudiante", "Un artisan"], "title": "Aide doublée"}


def sent(question=QUESTION):
    return text_of(run_file(question, Tiny.card, computed(question)))


@pytest.fixture
def reform(declared, ana, at):
    before = computed(asked(10, 20)).columns
    return publish(ana, question=QUESTION, baseline=before, summary=public(effect()), at=at, **REFORM)


def text(response):
    return response.content.decode()


def test_a_calculation_is_read_in_plain_words(client, reform) -> None:
    page = text(client.get(f"/simulateurs/calculs/{reform.identity}/"))

    assert "Aide doublée" in page
    assert "Une étudiante" in page
    assert "Taux" in page
    assert "+5\u00a0€ ; sans les changements : 5\u00a0€" in page
    assert "Sur 10\u00a0ménages, 3 gagnent au moins 1\u00a0€, 2 perdent" in page
    assert "Décile de « Revenu »" in page
    assert "csrfmiddlewaretoken" not in page


def test_its_page_in_json_holds_the_file_that_the_command_reads(client, reform) -> None:
    said = client.get(f"/simulateurs/calculs/{reform.identity}/?format=json")
    file = client.get(f"/simulateurs/calculs/{reform.identity}/fichier/")

    assert read(said.content).identity == reform.identity
    assert file["Content-Disposition"] == f'attachment; filename="calcul-{reform.identity[:12]}.json"'
    assert text(file) == sent()


def test_it_is_read_where_its_model_is_no_longer_declared(client, ana, at) -> None:
    run = publish(ana, question=replace(asked(1234.5), engine="gone"), at=at)

    page = text(client.get(f"/simulateurs/calculs/{run.identity}/"))

    assert "benefit" in page
    assert "617,25" in page


def test_rooms_hang_panels_on_it_in_their_order(client, reform, monkeypatch) -> None:
    def panel(title, order):
        line = {"url": "/debats/", "title": title, "summary": ""}
        shown = Panel("effet", title, order, "simulators/catalogue/panel.html", {"calculators": [line]})
        return lambda _run, _request: shown

    hung = [panel("Ce qui vient après", 60), lambda _run, _request: None, panel("La proposition qui le porte", 10)]
    monkeypatch.setattr(joins, "PANELS", hung)
    page = text(client.get(f"/simulateurs/calculs/{reform.identity}/"))

    assert 0 < page.index("La proposition qui le porte") < page.index("Ce qui vient après")


@pytest.mark.parametrize("identity", ["0" * 64, "x", "a b", "%00", "A" * 64])
def test_an_unknown_identity_is_answered_404(client, identity) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/simulateurs/calculs/{identity}/")

    is_looked_for = any(Run._meta.db_table in query["sql"] for query in queries)
    assert is_looked_for == (identity == "0" * 64), "PostgreSQL refuses a NUL: what is none is not looked for"
    assert response.status_code == 404
    assert "Aucun calcul publié ne porte cette identité" in text(response)


def test_the_list_keeps_the_number_and_the_reason_of_an_erased_one(client, reform, ana) -> None:
    client.force_login(ana)
    refused = client.post(f"/simulateurs/calculs/{reform.identity}/effacer/", {"motif": ""})
    client.post(f"/simulateurs/calculs/{reform.identity}/effacer/", {"motif": "Mal posé."})
    page = text(client.get("/simulateurs/calculs/"))

    assert refused.status_code == 422
    assert f"Calcul n° {reform.pk}" in page
    assert "effacé : Mal posé." in page
    assert "Aide doublée" not in page
    assert client.get(f"/simulateurs/calculs/{reform.identity}/").status_code == 404


# The replay


def test_a_published_calculation_is_replayed_and_is_the_same(client, reform) -> None:
    page = text(client.post("/simulateurs/verifier/", {"identite": reform.identity}))

    assert "C’est le même calcul" in page


@pytest.mark.parametrize("how", ["pasted", "sent"])
def test_a_file_is_replayed_and_what_differs_is_told(client, declared, how) -> None:
    said = json.loads(sent())
    said["results"]["columns"][0]["values"][1] = 21
    body = json.dumps(said)
    given = {"calcul": body} if how == "pasted" else {"fichier": SimpleUploadedFile("calcul.json", body.encode())}
    response = client.post("/simulateurs/verifier/", given)

    assert "Ce qui diffère : les résultats." in text(response)
    assert "Aide" in text(response)
    assert "csrfmiddlewaretoken" not in text(response)
    assert "no-store" in response["Cache-Control"]
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({}, 422, "Aucun calcul"),
        ({"calcul": "[" * 9000}, 422, "JSON"),
        ({"calcul": "\x00"}, 422, "JSON"),
        ({"calcul": "a" * (LARGEST + 1)}, 422, "1024"),
        ({"calcul": "a" * (2 * LARGEST + 1)}, 413, "trop lourd"),
        ({"identite": "0" * 64}, 404, "Aucun calcul publié"),
    ],
    ids=["nothing", "deep", "nul", "long", "heavy", "unknown"],
)
def test_what_cannot_be_replayed_is_refused_in_a_sentence(client, declared, given, status, said) -> None:
    response = client.post("/simulateurs/verifier/", given)

    assert response.status_code == status
    assert said in text(response)


@pytest.mark.parametrize(
    ("wish", "status", "said"),
    [
        ({"engine": "nothing"}, 404, "Aucun moteur"),
        ({"outputs": ("unknown",)}, 422, "est pas connu"),
        ({"outputs": ("killed",)}, 503, "arrêté pendant ce calcul"),
    ],
    ids=str,
)
def test_a_refusal_of_the_model_is_said_on_the_page(client, declared, wish, status, said) -> None:
    question = replace(asked(1), **wish)
    outcome = replace(computed(asked(1)), identity=identity(question, Tiny.card.version, Tiny.card.digest))
    response = client.post("/simulateurs/verifier/", {"calcul": text_of(run_file(question, Tiny.card, outcome))})

    assert response.status_code == status
    assert said in text(response)


# Publishing


def test_what_would_become_public_is_shown_before_anyone_agrees(client, declared, ana) -> None:
    client.force_login(ana)
    page = text(client.post("/simulateurs/calculs/publier/", {"calcul": sent(asked(1234.5))}))

    assert "Rien n’est encore publié" in page
    assert "1\u202f234,5\u00a0€" in page
    assert "elles décrivent" in page
    assert not Run.objects.exists()


def test_nothing_is_published_without_the_agreement_and_results_are_those_of_this_site(client, declared, ana) -> None:
    client.force_login(ana)
    said = json.loads(sent())
    said["results"]["columns"][0]["values"] = [1e9, 1e9]
    given = {"calcul": json.dumps(said), "publier": "1", "titre": "Mon essai", "lignes": '["Un", "Deux"]'}

    assert client.post("/simulateurs/calculs/publier/", given).status_code == 422
    assert not Run.objects.exists()
    assert client.post("/simulateurs/calculs/publier/", given | {"accord": "on"}).status_code == 302
    run = Run.objects.get()
    assert run.results["columns"][0]["values"] == [10.0, 20.0]
    assert run.baseline[0]["values"] == [5.0, 10.0]
    assert (run.title, run.labels, run.is_personal, run.author) == ("Mon essai", ["Un", "Deux"], True, ana)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(Lost, 503), (InstallationFailed, 503), (EngineBusy, 503), (TooLong, 504), (TooLarge, 413), (WrongPeriod, 422)],
    ids=str,
)
def test_a_refusal_has_the_status_of_what_it_derives_from_on_pages_and_in_the_api(refusal, status) -> None:
    resolve("/")  # once the site's addresses are read, every room has told its refusals

    assert status_of(refusal("")) == status
    assert refused(None, refusal("")).status_code == status


@pytest.mark.usefixtures("declared")
def test_who_publishes_what_another_published_is_told_by_whom(client, ana, at) -> None:
    publish(ana, question=QUESTION, at=at)
    client.force_login(someone("Ben", at=at))
    given = {"calcul": sent(), "publier": "1", "accord": "on"}
    page = text(client.post("/simulateurs/calculs/publier/", given, follow=True))

    assert "était déjà publié" in page
    assert "par Ana" in page
    assert "Votre calcul est publié" not in page


@pytest.mark.parametrize(
    ("about", "salt", "is_kept"),
    [(computed(QUESTION).identity, SIGNED_SUMMARY, True), ("0" * 64, SIGNED_SUMMARY, False), ("", "forged", False)],
)
@pytest.mark.usefixtures("declared")
def test_the_effect_on_a_population_is_published_only_if_this_site_computed_it(
    client, ana, about, salt, is_kept
) -> None:
    client.force_login(ana)
    signed = signing.dumps({"identity": about, "summary": public(effect())}, salt=salt)
    given = {"calcul": sent(), "publier": "1", "accord": "on", "population": signed}

    response = client.post("/simulateurs/calculs/publier/", given)

    assert response.status_code == (302 if is_kept else 422)
    assert Run.objects.exists() == is_kept


def test_names_of_cases_that_are_no_names_are_refused(client, declared, ana) -> None:
    client.force_login(ana)
    for names in ("{", "[1]", '{"a": 1}', "[" * 9000, r'["\ud800"]', '["a", "b", "c"]'):
        response = client.post("/simulateurs/calculs/publier/", {"calcul": sent(), "lignes": names})
        assert response.status_code == 422
