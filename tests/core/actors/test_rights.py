"""Taking one's data away, and being forgotten; the public log stays valid (LEGAL-1, LEGAL-2, LOG-5)."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import IntegrityError, transaction

from core.ledger.test_erasure import dump, tiles
from parvis.core.actors import actions, leaving
from parvis.core.actors.models import Actor, Mandate, Session
from parvis.core.actors.rights import actions as rights
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.ledger.verifying import verify

NAME, EMAIL, UID, KEY = "Marguerite-Unique", "marguerite.unique@parvis.example", "sub-unique-8274", "telephone-unique"


@pytest.fixture
def marguerite(db, ministry, at):
    """A person of whom each table of this app knows something."""
    actor = actions.open_account(email=EMAIL, public_name=NAME, password="un bon mot", at=at)
    actions.grant_mandate(actor=actor, role="lead", organisation=ministry, starts_on=date(2026, 1, 1), at=at)
    Authenticator.objects.create(user=actor, type="webauthn", data={"name": KEY, "credential": {}})
    SocialAccount.objects.create(user=actor, provider="fournisseur", uid=UID)
    about = ContentType.objects.get_for_model(Actor)
    LogEntry.objects.create(user=actor, content_type=about, object_id=actor.pk, object_repr=NAME, action_flag=CHANGE)
    return actor


@pytest.fixture
def door(client, marguerite):
    client.force_login(marguerite)
    return client


def proved(door):
    """Prove again who one is, as the page asks."""
    return door.post("/compte/verification/?next=/compte/effacer/", {"password": "un bon mot"}, follow=True)


def test_one_takes_away_all_that_is_held(door):
    held = door.get("/compte/donnees/?format=json").json()["held"]
    assert held["Compte"]["adresse électronique"] == EMAIL
    assert held["Mandats"][0]["organisation"] == "Ministère"
    assert held["Clés d'accès"][0]["nom"] == KEY
    assert held["Identités reliées"][0]["identifiant"] == UID
    assert len(held["Sessions"]) == 1
    assert "password" not in str(held)


def test_nobody_takes_away_another_s_data(client, marguerite, jeanne):
    client.force_login(jeanne)
    assert NAME not in client.get("/compte/donnees/?format=json").content.decode()
    assert client.__class__().get("/compte/donnees/").status_code == 302


def test_erasing_asks_again_who_one_is_then_whether_one_is_sure(door, marguerite):
    asked = door.get("/compte/effacer/")
    assert asked.url == "/compte/verification/?next=%2Fcompte%2Feffacer%2F"
    assert "sans retour possible" in proved(door).content.decode()
    assert "Cochez la case" in door.post("/compte/effacer/").content.decode()
    marguerite.refresh_from_db()
    assert not marguerite.is_erased


def test_an_account_is_erased_and_nothing_here_names_its_person(door, marguerite):
    elsewhere = door.__class__()
    elsewhere.force_login(marguerite)
    proved(door)
    assert door.post("/compte/effacer/", {"is_sure": "on"}).url == "/compte/efface/"
    assert elsewhere.get("/compte/").status_code == 302
    assert not Session.objects.filter(account=marguerite.pk).exists()
    marguerite.refresh_from_db()
    assert (str(marguerite), marguerite.email, marguerite.is_active) == ("Compte effacé", None, False)
    assert not marguerite.has_usable_password()
    assert mail.outbox[-1].to == [EMAIL]
    assert "est effacé" in mail.outbox[-1].subject
    assert door.post("/compte/connexion/", {"username": EMAIL, "password": "un bon mot"}).status_code == 200


def test_an_erased_person_s_mandates_end_and_what_was_done_stays(marguerite, at):
    rights.erase_account(actor=marguerite, at=at)
    (mandate,) = Mandate.objects.all()
    assert mandate.ends_on == date(2026, 3, 2)
    assert Entry.objects.filter(kind="mandate.ended").exists()


def test_a_mandate_that_began_today_ends_too(jeanne, ministry, at):
    actions.grant_mandate(actor=jeanne, role="lead", organisation=ministry, starts_on=at.date(), at=at)
    rights.erase_account(actor=jeanne, at=at)
    assert Mandate.objects.get().ends_on == date(2026, 3, 3)


def test_two_people_may_be_forgotten_and_the_name_is_free_again(marguerite, jeanne, at):
    for actor in (marguerite, jeanne):
        rights.erase_account(actor=actor, at=at)
    actions.open_account(email=EMAIL, public_name=NAME, password="un bon mot", at=at)


def test_the_database_refuses_an_erased_account_that_keeps_something(jeanne, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.filter(pk=jeanne.pk).update(erased_at=at)


@pytest.fixture
def said_in_the_log(marguerite, at):
    """A room whose acts bear the person's name in the log, and that forgets it."""

    def forget(*, actor, at):
        for entry in Entry.objects.filter(kind="thing.said", key=f"acteur-{actor.pk}", erased_by=None):
            ledger.erase(entry=entry, because="compte effacé", at=at)

    with transaction.atomic():
        hidden = {"author": NAME, "words": "Mes mots uniques"}
        ledger.append(
            kind="thing.said", stream="things", key=f"acteur-{marguerite.pk}", content={}, hidden=hidden, at=at
        )
    leaving.ERASERS.append(forget)
    yield
    leaving.ERASERS.remove(forget)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_person_is_left_and_the_log_holds(marguerite, said_in_the_log, settings, tmp_path, at):
    settings.PARVIS_HOME = tmp_path
    before = ledger.sequence(at=at)
    searched = [word.encode() for word in (NAME, EMAIL, UID, KEY, "Mes mots uniques")]
    public = tmp_path / "log" / "public"
    assert all(word in dump() for word in searched), "the search finds what is there"
    rights.erase_account(actor=marguerite, at=at)
    ledger.sequence(at=at)
    ledger.sweep()
    kept = dump() + tiles(tmp_path)
    assert [word for word in searched if word in kept] == []
    audit = verify(str(public), since=before.note)
    assert (audit.kinds["entry.erased"], audit.kinds["account.erased"]) == (1, 1)


def test_no_app_that_points_to_a_person_forgets_to_carry_and_to_erase():
    def knows(part, hooks):
        return any(hook.__module__.startswith(part) for hook in hooks)

    pointing = {one.related_model.__module__.removesuffix(".models") for one in Actor._meta.related_objects}
    others = {part for part in pointing if part.startswith("parvis.") and part != "parvis.core.actors"}
    assert others
    assert [part for part in others if not knows(part, leaving.PORTERS)] == []
    assert [part for part in others if not knows(part, leaving.ERASERS)] == []
