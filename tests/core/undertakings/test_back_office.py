"""The back office: an agent works alone, in French, and every write is an action with its reason."""

from datetime import date

import pytest

from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.ledger.models import Entry
from parvis.core.undertakings.models import Correction, Lead, Milestone, Review

pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def desk(client, mandate):
    """Return a client for a steward whose mandate lasts."""
    by = mandate("steward", ends_on=date(2099, 1, 1))
    Actor.objects.filter(pk=by.actor_id).update(is_staff=True)
    client.force_login(Actor.objects.get(pk=by.actor_id))
    return client


def test_an_agent_corrects_a_milestone_with_a_reason(desk, plan):
    step = Milestone.objects.get(key="E02-J04")
    address = f"/gestion/undertakings/milestone/{step.pk}/change/"
    words = {"text": step.text, "due": "2016-07", "due_text": step.due_text, "target": "", "target_unit": ""}
    assert "obligatoire" in desk.post(address, words).content.decode()
    desk.post(address, words | {"because": "L'étude dure un an."})
    step.refresh_from_db()
    assert (step.due, step.due_before) == ("2016-07", date(2016, 8, 1))
    kept = Correction.objects.get()
    assert (kept.because, kept.mandate.role) == ("L'étude dure un an.", "steward")
    assert "devait" not in desk.get(address).content.decode()
    assert "L&#x27;étude dure un an." in desk.get(address).content.decode()


def test_a_correction_that_changes_nothing_is_said_and_not_kept(desk, plan):
    step = Milestone.objects.get(key="E02-J04")
    words = {
        "text": step.text,
        "due": "",
        "due_text": step.due_text,
        "target": "",
        "target_unit": "",
        "because": "Lu.",
    }
    page = desk.post(f"/gestion/undertakings/milestone/{step.pk}/change/", words, follow=True)
    assert "Rien ne change" in page.content.decode()
    assert not Correction.objects.exists()


def test_an_agent_lets_a_lead_come_and_another_leave(desk, procurement):
    body = Organisation.objects.get(slug="cour-des-comptes")
    desk.post(
        "/gestion/undertakings/lead/add/",
        {"undertaking": procurement.pk, "organisation": body.pk, "starts_on": "2026-01-01", "because": "Décret."},
    )
    lead = Lead.objects.get(undertaking=procurement, organisation=body)
    desk.post(f"/gestion/undertakings/lead/{lead.pk}/change/", {"ends_on": "2026-02-01", "because": "Décret."})
    lead.refresh_from_db()
    assert (lead.starts_on, lead.ends_on) == (date(2026, 1, 1), date(2026, 2, 1))
    assert Entry.objects.filter(kind="lead.changed").count() == 2


def test_an_agent_opens_an_account_registers_a_body_and_gives_and_ends_a_mandate(desk, plan):
    desk.post("/gestion/actors/organisation/add/", {"name": "Université", "slug": "universite"})
    body = Organisation.objects.get(slug="universite")
    desk.post(
        "/gestion/actors/actor/add/",
        {"email": "ada@parvis.example", "public_name": "Ada", "password": "un bon mot de passe"},
    )
    ada = Actor.objects.get(email="ada@parvis.example")
    assert ada.check_password("un bon mot de passe")
    desk.post(
        "/gestion/actors/mandate/add/",
        {"actor": ada.pk, "role": "reviewer", "organisation": body.pk, "starts_on": "2026-01-01"},
    )
    given = Mandate.objects.get(actor=ada)
    assert given.granted_by.role == "steward"
    desk.post(f"/gestion/actors/mandate/{given.pk}/change/", {"ends_on": "2026-06-01", "because": "Fin."})
    given.refresh_from_db()
    assert given.ends_on == date(2026, 6, 1)


def test_an_agent_opens_a_review(desk, plan):
    desk.post("/gestion/undertakings/review/add/", {"title": "Revue à un an"})
    assert Review.objects.get().title == "Revue à un an"


@pytest.mark.parametrize(
    "table",
    [
        "actors/actor",
        "actors/mandate",
        "actors/organisation",
        "undertakings/undertaking",
        "undertakings/milestone",
        "undertakings/lead",
        "undertakings/review",
        "undertakings/measure",
        "undertakings/correction",
    ],
)
def test_every_list_opens_for_the_agent_and_writes_nothing_for_staff_without_mandate(desk, client, plan, table):
    assert desk.get(f"/gestion/{table}/").status_code == 200
    Mandate.objects.all().delete()
    assert client.get(f"/gestion/{table}/").status_code == 200
    assert client.get(f"/gestion/{table}/add/").status_code == 403


def test_a_citizen_does_not_enter(client, mandate):
    client.force_login(mandate("lead").actor)
    assert client.get("/gestion/").status_code == 302
