"""Two people who take one public name at the same instant: the first has it, the second is told, on both databases."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from parvis.core.actors.actions import NameTaken
from parvis.core.actors.models import Actor
from parvis.core.actors.signing import actions
from parvis.core.ledger.models import Entry

BESIDE = 0.3  # seconds that the second is given to reach the write, while the first has not committed


def alone(act):
    """Act on a connection of one's own, as another person does."""
    try:
        return act()
    finally:
        connection.close()


def while_another_signs_up(at, act):
    """Have someone sign up as Camille, and the act begun before they have committed; return what becomes of it."""
    with ThreadPoolExecutor(1) as second:
        with transaction.atomic():
            actions.sign_up(token=token("one", at), public_name="Camille", password="un bon mot", at=at)
            done = second.submit(alone, act)
            assert wait([done], BESIDE).not_done, "the second waits for the first"
        return done.exception() or done.result()


def token(name, at):
    return actions.sign_up_token(f"{name}@parvis.example", at=at)


@pytest.mark.django_db(transaction=True)
def test_two_sign_up_in_one_name(at):
    given = {"token": token("other", at), "public_name": "CAMILLE", "password": "un bon mot", "at": at}
    refusal = while_another_signs_up(at, lambda: actions.sign_up(**given))
    assert isinstance(refusal, NameTaken), refusal
    assert "Le nom « CAMILLE » est pris" in str(refusal)
    assert Actor.objects.get().public_name == "Camille"
    assert Entry.objects.filter(kind="account.opened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_takes_by_renaming_the_name_of_one_who_signs_up(jeanne, at):
    refusal = while_another_signs_up(at, lambda: actions.rename(actor=jeanne, public_name="Camille", at=at))
    assert isinstance(refusal, NameTaken), refusal
    jeanne.refresh_from_db()
    assert jeanne.public_name == "Jeanne"
    assert not Entry.objects.filter(kind="account.renamed").exists()


@pytest.mark.django_db(transaction=True)
def test_the_page_says_it_and_keeps_what_was_typed(client, jeanne, at):
    client.force_login(jeanne)
    said = while_another_signs_up(at, lambda: client.post("/compte/nom/", {"public_name": "Camille"})).content.decode()
    assert "Le nom « Camille » est pris" in said
    assert 'value="Camille"' in said
