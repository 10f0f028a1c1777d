"""The back office: an agent works alone, in French, and every write is an action with its reason."""

from datetime import date

import pytest

from parvis.core import french
from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.ledger.models import Entry
from parvis.core.registers.models import Release
from parvis.core.undertakings.models import Correction, Lead, Measure, Milestone, Review

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


@pytest.fixture
def wrong(procurement, mandate):
    """Return ordinary mistakes: where each is posted, what is typed, and what is answered."""
    lead = procurement.leads.order_by("pk").first()
    given = mandate("reviewer", name="Ada")
    step = Milestone.objects.get(key="E02-J04")
    words = {"text": step.text, "due": "2016-02-31", "due_text": "", "target": "", "target_unit": ""}
    again = {"undertaking": procurement.pk, "organisation": lead.organisation_id, "starts_on": "2016-01-01"}
    account = {"email": "ADA@parvis.example", "public_name": "Autre", "password": "un bon mot de passe"}
    return {
        "lead ends first": (f"undertakings/lead/{lead.pk}/change", {"ends_on": "2010-01-01"}, "suit le début"),
        "lead twice": ("undertakings/lead/add", again, "porte déjà"),
        "mandate ends first": (f"actors/mandate/{given.pk}/change", {"ends_on": "2010-01-01"}, "suit le début"),
        "no such day": (f"undertakings/milestone/{step.pk}/change", words, "pas une date"),
        "body ends first": (
            f"actors/organisation/{lead.organisation_id}/change",
            {"name": "M", "slug": "m", "starts_on": "2016-01-01", "ends_on": "2015-01-01"},
            "suit le début",
        ),
        "known address": ("actors/actor/add", account, "existe déjà"),
        "name taken": ("actors/actor/add", account | {"email": "x@parvis.example", "public_name": "Ada"}, "est pris"),
        "poor password": ("actors/actor/add", account | {"email": "x@parvis.example", "password": "a"}, "trop court"),
    }


@pytest.mark.parametrize(
    "mistake",
    [
        "lead ends first",
        "lead twice",
        "mandate ends first",
        "no such day",
        "body ends first",
        "known address",
        "name taken",
        "poor password",
    ],
)
def test_an_ordinary_mistake_is_said_on_the_form_with_everything_typed(desk, wrong, mistake):
    address, words, said = wrong[mistake]
    count = Entry.objects.count()
    page = desk.post(f"/gestion/{address}/", words | {"because": "Une longue raison."}).content.decode()
    assert said in page
    assert "actors/actor" in address or "Une longue raison." in page
    assert Entry.objects.count() == count


def test_the_day_when_a_lead_left_is_corrected(desk, procurement):
    lead = procurement.leads.order_by("pk").first()
    for day in ("2017-01-01", "2017-02-01"):
        desk.post(f"/gestion/undertakings/lead/{lead.pk}/change/", {"ends_on": day, "because": "Décret."})
    lead.refresh_from_db()
    assert lead.ends_on == date(2017, 2, 1)
    assert Entry.objects.filter(kind="lead.changed").count() == 2


def test_an_account_opened_at_the_desk_has_no_voice_until_its_person_proves_the_address(desk, plan):
    words = {"email": "ada@parvis.example", "public_name": "Ada", "password": "un bon mot de passe"}
    desk.post("/gestion/actors/actor/add/", words)
    ada = Actor.objects.get(email="ada@parvis.example")
    assert not ada.is_confirmed
    by = Entry.objects.get(key=f"acteur-{ada.pk}").content["by"]
    assert by == {"role": "steward", "organisation": "premier-ministre"}


def test_nobody_renews_the_password_of_another(desk, mandate):
    ada = mandate("lead", name="Ada").actor
    desk.post("/gestion/actors/actor/", {"action": "renew_passwords", "_selected_action": [ada.pk]})
    ada.refresh_from_db()
    assert ada.check_password("un bon mot de passe")


def test_an_agent_opens_a_review(desk, plan):
    desk.post("/gestion/undertakings/review/add/", {"title": "Revue à un an"})
    assert Review.objects.get().title == "Revue à un an"


def test_an_agent_takes_the_first_measure_and_what_the_site_says_of_itself_is_read_anew(
    desk, plan, settings, tmp_path
):
    settings.PARVIS_HOME = tmp_path
    address = "/gestion/undertakings/measure/"
    assert 'action="/gestion/undertakings/measure/mesurer/"' in desk.get(address).content.decode()

    told = desk.post(f"{address}mesurer/", follow=True).content.decode()

    assert french.count(Measure.objects.count(), "nombre figé,nombres figés") in told
    assert Release.objects.filter(register="models").exists()
    runnable = Measure.objects.get(indicator="modeles-executables")
    assert [release["source"] for release in runnable.releases["models"]] == ["parvis"]


def test_nobody_measures_without_the_mandate_nor_by_following_a_link(desk, client, plan):
    address = "/gestion/undertakings/measure/mesurer/"
    assert desk.get(address).status_code == 403
    Mandate.objects.all().delete()
    assert client.post(address).status_code == 403
    assert "mesurer/" not in client.get("/gestion/undertakings/measure/").content.decode()
    assert not Measure.objects.exists()


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
    assert client.get(f"/gestion/{table}/").status_code == (403 if table == "actors/actor" else 200)
    assert client.get(f"/gestion/{table}/add/").status_code == 403


def test_a_citizen_does_not_enter(client, mandate):
    client.force_login(mandate("lead").actor)
    assert client.get("/gestion/").status_code == 302
