"""A new site gets its plan and the first who may act, by the command of its operator."""

import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.test import Client

from parvis.config.commands import account, plan
from parvis.core.actors.actions import NoWayIn, UnknownRole, open_account
from parvis.core.actors.models import Actor
from parvis.core.ledger.models import Entry

CLAIRE = ("claire@mairie.example", "--name", "Claire Martin", "--role", "steward", "--for", "Ville de Brest")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PASSWORD = "un bon mot, assez long"

pytestmark = pytest.mark.django_db


def told(command, *words: str) -> str:
    return CliRunner().invoke(command, words, catch_exceptions=False).stdout


def test_the_declared_plan_is_loaded_once_and_without_any_account() -> None:
    first = told(plan.command, "load")

    assert "26 engagements" in first
    assert told(plan.command, "load") == first
    assert not Actor.objects.exists()


def test_the_first_account_chooses_its_password_and_enters_the_back_office() -> None:
    said = told(account.command, "open", *CLAIRE)
    link = re.search(r"http://\S+?(/compte/mot-de-passe/nouveau/\S+)", said)[1]
    browser = Client()
    browser.post(link, {"password": PASSWORD})

    assert "Claire Martin : Équipe gouvernement ouvert, pour Ville de Brest." in said
    assert browser.login(email="claire@mairie.example", password=PASSWORD)
    assert browser.get("/gestion/actors/mandate/add/").status_code == 200
    assert "plus valable" in browser.get(link).content.decode()


def test_it_is_sealed_as_the_operators_act_and_done_again_gives_another_link_only() -> None:
    first, again = told(account.command, "open", *CLAIRE), told(account.command, "open", *CLAIRE)
    given = Entry.objects.get(kind="mandate.granted")

    assert first != again
    assert Entry.objects.filter(kind="account.opened").count() == 1
    assert given.content["by"] == {"role": "operator"}


def test_what_cannot_be_opened_is_refused_with_a_sentence_and_opens_nothing() -> None:
    with pytest.raises(account.WrongAddress, match="« claire » n'est pas une adresse électronique"):
        told(account.command, "open", "claire", *CLAIRE[1:])
    with pytest.raises(UnknownRole, match="« reine » n'existe pas"):
        told(account.command, "open", *CLAIRE[:4], "reine", *CLAIRE[5:])

    assert not Actor.objects.exists()
    assert not Entry.objects.filter(stream="organisations").exists()


def test_a_citizens_account_is_not_silently_given_a_mandate_that_it_could_not_exercise() -> None:
    open_account(email="claire@mairie.example", public_name="Claire", password=PASSWORD, at=AT)

    with pytest.raises(NoWayIn, match="sans accès à la gestion"):
        told(account.command, "open", *CLAIRE)
