"""A debate is drafted, simulated, published, and its dates move with a reason; the guide proposes a procedure."""

import html
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from core.processes.conftest import AT
from parvis.core.actors.actions import RoleDoesNotOpen, grant_mandate
from parvis.core.ledger.models import Entry
from parvis.core.processes import guiding, subjects
from parvis.core.processes.models import Process
from parvis.core.processes.opening import actions
from parvis.core.processes.opening.actions import (
    AlreadyPublished,
    DatesRefused,
    SlugRefused,
    SubjectMissing,
)
from parvis.core.processes.procedures import PROCEDURES, Dates, UnknownProcedure, UnknownStep

DAY = timedelta(days=1)
NOW = datetime.now(tz=UTC)


def dates(process):
    return [Dates(one.step, one.opens_at, one.closes_at) for one in process.phases.order_by("position")]


def kinds(process):
    return [entry.kind for entry in Entry.objects.about(stream=process.stream, key=process.slug)]


def test_a_debate_opens_under_its_procedure_on_the_version_of_that_day(debate, ministry):
    process = debate(subject_version="")
    assert (process.subject_version, process.opens_at, process.closes_at) == ("v1", AT, dates(process)[-1].closes_at)
    assert [one.step for one in dates(process)] == ["writing", "answer", "consolidation"]
    assert [one.answered_by for one in process.phases.order_by("position")] == [ministry, None, None]
    assert kinds(process) == ["process.drafted", "process.published"]


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"slug": "guide"}, SlugRefused, "pas un mot réservé"),
        ({"slug": "Été"}, SlugRefused, "des minuscules sans accent"),
        ({"slug": "a" * 121}, SlugRefused, "120 signes au plus"),
        ({"procedure": "referendum"}, UnknownProcedure, "Procédures connues : consultation"),
        ({"subject": ""}, SubjectMissing, "choisissez lequel"),
        ({"subject": "essai/lune"}, subjects.UnknownSubject, "qui n'est pas sur ce site"),
        ({"subject": "lune/essai"}, subjects.UnknownSubject, "qui n'est pas sur ce site"),
        ({"phases": []}, DatesRefused, "se suivent dans son ordre"),
        ({"phases": [Dates("writing", AT, AT)]}, DatesRefused, "doit ouvrir avant de fermer"),
        ({"phases": [Dates("collecte", AT, AT + DAY)]}, UnknownStep, "n'est pas une étape"),
        (
            {"phases": [Dates("answer", AT, AT + DAY), Dates("writing", AT + DAY, AT + 2 * DAY)]},
            DatesRefused,
            "dans son ordre",
        ),
        (
            {"phases": [Dates("writing", AT, AT + 2 * DAY), Dates("answer", AT + DAY, AT + 3 * DAY)]},
            DatesRefused,
            "commence avant la fin de la précédente",
        ),
    ],
)
def test_a_debate_that_cannot_be_held_is_refused(debate, given, error, sentence):
    with pytest.raises(error, match=sentence):
        debate(**given)
    assert (Process.objects.count(), Entry.objects.filter(stream__startswith="debats/").count()) == (0, 0)


def test_an_address_is_taken_once_and_a_debate_published_once(debate):
    process = debate()
    with pytest.raises(SlugRefused, match="Un débat a déjà l'adresse"):
        debate()
    with pytest.raises(AlreadyPublished):
        actions.publish_process(process=process, at=AT)


def test_only_the_team_opens(debate, ministry, person):
    mandate = grant_mandate(actor=person(), role="agent", organisation=ministry, starts_on=AT.date(), at=AT)
    with pytest.raises(RoleDoesNotOpen, match="ouvrir un débat"):
        debate(mandate=mandate)


def test_dates_to_come_move_with_a_reason_and_the_log_says_so(debate):
    process = debate()
    first, *others = dates(process)
    moved = [Dates("writing", first.opens_at, first.closes_at - DAY), *others]
    actions.reschedule(process=process, dates=moved, because="La loi passe plus tôt.", at=AT + DAY)
    process.refresh_from_db()
    assert dates(process)[0].closes_at == first.closes_at - DAY
    assert (process.dates_changed_at, process.dates_changed_because) == (AT + DAY, "La loi passe plus tôt.")
    assert kinds(process)[-1] == "process.rescheduled"


@pytest.mark.parametrize(
    ("at", "change"),
    [
        (AT + DAY, lambda one: Dates(one.step, one.opens_at + DAY, one.closes_at)),
        (AT + DAY, lambda one: Dates(one.step, one.opens_at, AT + DAY / 2)),
        (AT + 25 * DAY, lambda one: Dates(one.step, one.opens_at, one.closes_at - DAY)),
    ],
)
def test_what_is_past_does_not_move(debate, at, change):
    process = debate()
    first, *others = dates(process)
    with pytest.raises(DatesRefused, match="une date passée ne change plus"):
        actions.reschedule(process=process, dates=[change(first), *others], because="Essai.", at=at)
    assert dates(process) == [first, *others]


@pytest.fixture
def steward(person, ministry):
    actor, client = person("Equipe"), Client()
    grant_mandate(actor=actor, role="steward", organisation=ministry, starts_on=NOW.date(), at=NOW)
    client.force_login(actor)
    return client


WRITTEN = {"subjects": ["essai", "lois"], "scale": "nationale", "vote_mode": "secret"}


def test_the_team_drafts_reads_the_simulation_publishes_and_moves_dates_by_the_pages(steward, client, ministry):
    form = steward.get("/debats/ouvrir/?procedure=cowriting&subject=essai/loi").context["page"].form
    given = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    written = given | {
        "title": "Une loi d'essai",
        "slug": "loi-d-essai",
        "summary": "Essayer.",
        "starts_at": f"{NOW - DAY:%Y-%m-%dT%H:%M}",
        "subjects": "essai, lois",
        "scale": "nationale",
        "vote_mode": "secret",
    }
    refused = steward.post("/debats/ouvrir/", written | {"slug": "guide"})
    assert (refused.status_code, "pas un mot réservé" in html.unescape(refused.text)) == (422, True)
    assert steward.post("/debats/ouvrir/", written).headers["location"] == "/debats/loi-d-essai/"
    process = Process.objects.get()
    assert (process.is_published, process.metadata) == (False, WRITTEN)
    assert client.get("/debats/loi-d-essai/").status_code == HTTPStatus.NOT_FOUND
    told = html.unescape(steward.get("/debats/loi-d-essai/publier/").text)
    for word in ("Co-écriture", "Proposer une autre rédaction", "L'équipe qui publie les textes", "À toute heure"):
        assert word in told
    assert steward.post("/debats/loi-d-essai/publier/", {}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert steward.post("/debats/loi-d-essai/publier/", {"is_read": "on"}).status_code == HTTPStatus.FOUND
    assert client.get("/debats/loi-d-essai/").status_code == HTTPStatus.OK
    given = {
        name: f"{value.astimezone():%Y-%m-%dT%H:%M}"
        for name, value in (
            (name, field.initial)
            for name, field in steward.get("/debats/loi-d-essai/dates/").context["page"].form.fields.items()
        )
        if value is not None
    }
    moved = given | {"because": "On presse.", "writing-closes": f"{NOW + 2 * DAY:%Y-%m-%dT%H:%M}"}
    assert steward.post("/debats/loi-d-essai/dates/", moved).status_code == HTTPStatus.FOUND
    assert "On presse." in client.get("/debats/loi-d-essai/").text
    before = dates(process)[1]
    process.refresh_from_db()
    assert dates(process)[1] == before


def test_an_archive_s_dates_are_its_source_s(steward, debate):
    debate(starts_at=NOW)
    Process.objects.update(is_archive=True, source="Ailleurs")
    assert steward.get("/debats/loi-d-essai/dates/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ("objet=texte&moment=redigee&effet=mots&public=tous&duree=moyen&reponse=chacune", "cowriting"),
        ("objet=bilan&moment=prise&effet=programme&public=concernes&duree=court&reponse=chacune", "review"),
        ("objet=rien&moment=avant&effet=programme&public=tous&duree=long&reponse=chacune", "ideas"),
        ("objet=projet&moment=options&effet=choix&public=tous&duree=moyen&reponse=synthese", "consultation"),
    ],
)
def test_the_guide_proposes_the_procedure_that_suits_with_its_reasons(client, answers, first):
    page = client.get(f"/debats/guide/?{answers}&format=json").json()
    assert page["proposals"][0]["slug"] == first
    assert len(page["proposals"][0]["reasons"]) >= 5
    assert {one["slug"] for one in page["proposals"]} == set(PROCEDURES.filled())


def test_the_guide_warns_against_asking_for_nothing(client):
    page = client.get("/debats/guide/?effet=rien&reponse=personne&objet=lune&format=json").json()
    assert (len(page["warnings"]), page["answers"]) == (2, {"effet": "rien", "reponse": "personne"})
    assert len(client.get("/debats/guide/?format=json").json()["questions"]) == 6


def test_the_guide_opens_the_form_filled_for_the_team_only(steward, client, db):
    address = "/debats/guide/?objet=texte"
    assert "/debats/ouvrir/?procedure=cowriting" in steward.get(address).text
    assert "/debats/ouvrir/" not in client.get(address).text
    filled = steward.get("/debats/ouvrir/?procedure=review").context["page"].form
    assert filled["procedure"].value() == "review"


@pytest.mark.parametrize("procedure", PROCEDURES.filled().values(), ids=lambda one: one.slug)
def test_a_procedure_suits_answers_that_the_guide_asks(procedure):
    asked = {f"{one.slug}/{code}" for one in guiding.QUESTIONS for code in one.answers}
    assert procedure.suits.keys() <= asked
    assert len(procedure.suits) >= 5
    assert all(reason.endswith(".") for reason in procedure.suits.values())
