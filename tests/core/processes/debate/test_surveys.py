"""A survey is written in the form that opens a debate, seen as it will be asked, offered only where there is one."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus

import duckdb
import pytest
from django.test import Client

from core.processes.conftest import AT, DURING
from parvis.core.actors.actions import grant_mandate
from parvis.core.processes import actions
from parvis.core.processes.acts import ActNotOpen
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.opening.actions import UnknownMode

NOW = datetime.now(tz=UTC)
OFFER = "Répondre au questionnaire"
OPENING = {
    "procedure": "consultation", "title": "Les bus du soir", "slug": "bus", "summary": "Jusqu'à quelle heure ?",
    "starts_at": f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M}", "vote_mode": "secret",
    "organisation": "ministere-d-essai",
}  # fmt: skip
ROW = {"type": "choice", "lowest": "1", "highest": "5", "is_required": "on"}
SURVEY = (
    {"title": "Prenez-vous le bus ?", "choices": "Oui\nNon"},
    {"title": "Quels jours ?", "type": "choices", "choices": "En semaine\nLe dimanche", "after": "1", "answer": "oui"},
    {"title": "Votre note", "type": "scale", "highest": "4", "is_required": ""},
    {"title": "Que changer ?", "type": "text", "is_required": "", "after": "3", "answer": "1"},
)
WRITTEN = [
    {"name": "q1", "title": "Prenez-vous le bus ?", "type": "choice", "is_required": True,
     "choices": [["oui", "Oui"], ["non", "Non"]]},
    {"name": "q2", "title": "Quels jours ?", "type": "choices", "is_required": True,
     "choices": [["en-semaine", "En semaine"], ["le-dimanche", "Le dimanche"]], "shown_if": ["q1", "oui"]},
    {"name": "q3", "title": "Votre note", "type": "scale", "is_required": False, "lowest": 1, "highest": 4},
    {"name": "q4", "title": "Que changer ?", "type": "text", "is_required": False, "shown_if": ["q3", "1"]},
]  # fmt: skip


def sent(*rows):
    told = {f"question-{rank}-{name}": value for rank, row in enumerate(rows) for name, value in (ROW | row).items()}
    return OPENING | told | {"question-TOTAL_FORMS": str(len(rows)), "question-INITIAL_FORMS": "0"}


@pytest.fixture
def steward(person, ministry):
    actor, client = person("Equipe"), Client()
    grant_mandate(actor=actor, role="steward", organisation=ministry, starts_on=NOW.date(), at=NOW)
    client.force_login(actor)
    return client


def test_the_team_writes_a_survey_sees_it_as_it_will_be_asked_then_drafts_it(steward):
    given = sent(*SURVEY)
    preview = steward.post("/debats/ouvrir/", given)
    told, seen = html.unescape(preview.text), preview.context["page"].form.data["seen"]
    changed = steward.post("/debats/ouvrir/", given | {"seen": seen, "question-0-title": "Et le train ?"})

    assert (preview.status_code, changed.status_code, Process.objects.count()) == (200, 200, 0)
    assert "Seulement si vous avez répondu « Oui » à « Prenez-vous le bus ? »" in told
    assert steward.post("/debats/ouvrir/", given | {"seen": seen})["location"] == "/debats/bus/"
    process = Process.objects.get()
    assert process.metadata == {"vote_mode": "secret", "questions": WRITTEN}
    publishing = html.unescape(steward.get("/debats/bus/publier/").text)
    assert "Compté en secret" in publishing
    assert all(one["title"] in publishing for one in SURVEY)


def test_a_question_more_keeps_all_that_was_typed_sound_or_not(steward):
    page = steward.post("/debats/ouvrir/", sent({"title": "", "choices": "Un seul"}) | {"more": "1", "title": ""})
    shown = page.context["page"]

    assert page.status_code == HTTPStatus.OK
    assert (shown.form["summary"].value(), shown.form["vote_mode"].value()) == (OPENING["summary"], "secret")
    assert [one["choices"].value() or "" for one in shown.survey] == ["Un seul", ""]
    assert 'name="question-TOTAL_FORMS" value="2"' in page.text


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"title": "Quoi ?", "choices": "Un seul"}], "il en faut de deux à 20"),
        ([{"title": "Quoi ?", "type": "text", "choices": "a\nb"}], "n'a pas de choix"),
        ([{"title": "Quoi ?", "type": "scale", "lowest": "5"}], "L'échelle doit monter"),
        ([{"title": "", "choices": "a\nb"}], "Ce champ est obligatoire"),
        ([{"title": "Quoi ?", "type": "text", "after": "1"}], "ou laissez les deux vides"),
        ([{"title": "Quoi ?", "type": "text", "after": "1", "answer": "oui"}], "n'est pas avant celle-ci"),
        ([SURVEY[0], {"title": "Et ?", "type": "text", "after": "1", "answer": "peut-être"}], "n'a pas cette réponse"),
        ([{"title": "?" * (rank + 1), "type": "text"} for rank in range(31)], "30 questions au plus"),
    ],
)
def test_a_question_that_cannot_be_asked_is_said_and_nothing_is_lost(steward, rows, sentence):
    answer = steward.post("/debats/ouvrir/", sent(*rows))

    assert (answer.status_code, Process.objects.count()) == (HTTPStatus.UNPROCESSABLE_ENTITY, 0)
    assert sentence in html.unescape(answer.text)
    assert OPENING["summary"] in html.unescape(answer.text)


def test_a_question_left_empty_or_taken_away_is_not_asked(steward):
    rows = [SURVEY[0], {}, {"title": "Quoi ?", "type": "text", "DELETE": "on"}]
    seen = steward.post("/debats/ouvrir/", sent(*rows)).context["page"].form.data["seen"]
    steward.post("/debats/ouvrir/", sent(*rows) | {"seen": seen})

    assert Process.objects.get().metadata["questions"] == WRITTEN[:1]


def test_a_survey_is_offered_only_where_there_is_one(debate, client):
    debate("consultation", slug="sans", starts_at=NOW - timedelta(days=1))
    debate("consultation", slug="avec", starts_at=NOW - timedelta(days=1), metadata={"questions": WRITTEN})

    assert OFFER not in client.get("/debats/sans/").text
    assert OFFER in client.get("/debats/avec/").text
    assert client.get("/debats/sans/contribuer/survey-answer/").status_code == HTTPStatus.FORBIDDEN


def test_an_answer_is_refused_where_nothing_is_asked(debate, person):
    silent, asking = debate("consultation"), debate("consultation", slug="avec", metadata={"questions": WRITTEN})
    given = {"kind": "survey-answer", "author": person(), "at": DURING}
    with pytest.raises(ActNotOpen):
        actions.contribute(process=silent, fields={}, **given)
    actions.contribute(process=asking, fields={"q1": "non"}, **given)

    assert Contribution.objects.get().process == asking


def test_the_mode_of_votes_is_said_on_the_debate_s_page(debate, client):
    debate("ideas", starts_at=NOW, metadata={"vote_mode": "secret"})
    page = client.get("/debats/loi-d-essai/?format=json").json()

    assert "Compté en secret par la plateforme" in client.get("/debats/loi-d-essai/").text
    assert [one["content"]["mode"]["title"] for one in page["panels"] if one["slug"] == "votes"] == [
        "Compté en secret par la plateforme"
    ]


def test_questions_that_no_step_asks_are_refused_and_the_form_says_so(steward):
    given = sent(SURVEY[0]) | {"procedure": "ideas"}
    seen = steward.post("/debats/ouvrir/", given).context["page"].form.data["seen"]
    answer = steward.post("/debats/ouvrir/", given | {"seen": seen})
    taken_away = steward.post("/debats/ouvrir/", given | {"seen": seen, "question-0-DELETE": "on"})

    assert (answer.status_code, taken_away.status_code) == (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.FOUND)
    assert "n'ouvre aucun questionnaire" in html.unescape(answer.text)
    assert "questions" not in Process.objects.get().metadata


def test_a_mode_that_does_not_exist_opens_nothing(debate):
    with pytest.raises(UnknownMode, match="Modes connus : public, secret, outside"):
        debate(metadata={"vote_mode": "à main levée"}, starts_at=AT)
    assert not Process.objects.exists()


def test_where_votes_are_held_elsewhere_a_contribution_says_so_and_leads_nowhere_wrong(debate, person, client):
    process = debate("consultation", starts_at=NOW - timedelta(days=1), metadata={"vote_mode": "outside"})
    fields = {"title": "Publier", "text": "Tout."}
    made = actions.contribute(process=process, kind="proposal", fields=fields, author=person(), at=NOW)
    page = client.get(f"/debats/loi-d-essai/contributions/{made.number}/").text

    assert "se tient dans un système de vote extérieur" in page
    assert not re.search(r'href="(None)?"', page)


GIVEN = (
    {"q1": "oui", "q2": ["en-semaine", "le-dimanche"], "q3": "1", "q4": "Des bus à l'heure.\nEt des abris."},
    {"q1": "oui", "q2": ["en-semaine"], "q3": "4"},
    {"q1": "non"},
    {"q1": "non", "q3": "2"},
)


@pytest.fixture
def surveyed(debate, person, settings, tmp_path):
    """Answer a survey four times; take the last answer back."""
    settings.PARVIS_HOME = tmp_path
    process = debate("consultation", metadata={"questions": WRITTEN})
    given = {"process": process, "kind": "survey-answer", "at": DURING}
    made = [
        actions.contribute(fields=fields, author=person(f"Personne{rank}"), **given)
        for rank, fields in enumerate(GIVEN)
    ]
    actions.withdraw(contribution=made[-1], because="Je me suis trompée.", author=made[-1].author, at=DURING)
    return process


def test_what_was_answered_is_counted_question_by_question_without_what_was_taken_back(surveyed, client):
    page = client.get("/debats/loi-d-essai/questionnaire/?format=json").json()
    counted = [dict(one["counts"]["values"]) for one in page["results"][:3]]

    assert page["people"] == 3
    assert counted[0] == {"Oui": 2, "Non": 1}
    assert counted[1] == {"En semaine": 2, "Le dimanche": 1}
    assert counted[2] == {"1": 1, "2": 0, "3": 0, "4": 1}
    assert [(one["people"], one["mean"]) for one in page["results"]] == [(3, None), (2, None), (2, 2.5), (1, None)]
    assert [one["text"] for one in page["results"][3]["texts"]] == ["Des bus à l'heure.\nEt des abris."]


def test_the_survey_s_page_draws_and_lists_what_its_table_gives(surveyed, client):
    page = html.unescape(client.get("/debats/loi-d-essai/questionnaire/").text)
    table = client.get("/debats/loi-d-essai/questionnaire/?format=csv").getvalue().decode()
    lines = list(csv.DictReader(io.StringIO(table)))

    assert (page.count('<figure class="chart">'), page.count("Voir les chiffres en tableau")) == (3, 3)
    assert "Posée à qui a répondu « Oui » à « Prenez-vous le bus ? »" in page
    assert "Des bus à l'heure." in page
    assert 'href="/debats/loi-d-essai/questionnaire/"' in client.get("/debats/loi-d-essai/").text
    assert [one["personnes"] for one in lines if one["question"] == "Prenez-vous le bus ?"] == ["2", "1"]
    assert [one["contribution"] for one in lines if one["question"] == "Que changer ?"] == ["1"]


def test_anyone_finds_the_survey_s_numbers_again_from_the_export(surveyed, client, tmp_path):
    page = client.get("/debats/loi-d-essai/questionnaire/?format=json").json()
    file = client.get(page["exports"]["url"])
    (tmp_path / "contributions.parquet").write_bytes(b"".join(file.streaming_content))
    connect = partial(duckdb.connect, config={"file_search_path": str(tmp_path)})

    for one in page["results"]:
        found = connect().execute(one["counts"]["program"]).fetchall()
        assert [list(row) for row in found] == one["counts"]["values"]


def test_a_question_with_any_signs_is_counted(debate, person, client, settings, tmp_path):
    settings.PARVIS_HOME = tmp_path
    choices = {"l'un": "L'un ; « ou » l'autre -- '); drop table x", "b": "{b} %s"}
    asked = {"name": "a'b/~c", "title": "D'où ?", "type": "choice", "choices": choices}
    process = debate("consultation", metadata={"questions": [asked]})
    given = {"process": process, "kind": "survey-answer", "author": person(), "at": DURING}
    actions.contribute(fields={"a'b/~c": "l'un"}, **given)
    (found,) = client.get("/debats/loi-d-essai/questionnaire/?format=json").json()["results"]

    assert found["counts"]["values"] == [[choices["l'un"], 1], ["{b} %s", 0]]


def test_a_debate_without_a_survey_has_no_results(debate, client):
    debate("consultation")

    assert client.get("/debats/loi-d-essai/questionnaire/").status_code == HTTPStatus.NOT_FOUND
