"""A steward puts a question to the vote by its page: seen before it is opened, sealed, and fixed from then on."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from parvis.core.ledger.models import Entry
from parvis.core.processes.voting import actions
from parvis.core.processes.voting.models import Poll

from .conftest import AT

PAGE = "/debats/essai/ouvrir-un-vote/"


@pytest.fixture
def steward(client, person):
    from parvis.core.actors import actions as actors

    team = actors.register_organisation(slug="equipe", name="Équipe", at=AT)
    one = person("Dominique")
    actors.grant_mandate(actor=one, role="steward", organisation=team, starts_on=date(2026, 1, 1), at=AT)
    client.force_login(one)
    return client


@pytest.fixture
def asked():
    """What the steward types."""
    opens = datetime.now(tz=UTC).replace(second=0, microsecond=0)
    return {
        "question": "Où se réunir ?", "options": "À l'école\n\nÀ la mairie\nEn ligne", "form": "many",
        "mode": "secret",
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}", "closes_at": f"{opens + timedelta(days=3):%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def seen(page):
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode()).group(1)


def test_a_vote_is_seen_then_opened_as_it_was_seen(debate, steward, asked):
    assert PAGE in steward.get("/debats/essai/").content.decode()
    assert "Voir l’aperçu" in steward.get(PAGE).content.decode()
    shown = steward.post(PAGE, asked)
    assert "Les choix ne sont pas publiés" in shown.content.decode()
    assert not Poll.objects.exists(), "a preview opens nothing"

    assert steward.post(PAGE, asked | {"seen": seen(shown)}).url == "/debats/votes/essai-question-1/"
    poll = Poll.objects.get()
    assert list(poll.choices.values()) == ["À l'école", "À la mairie", "En ligne"]
    assert (poll.form, poll.mode, poll.question) == ("many", "secret", "Où se réunir ?")
    entry = Entry.objects.get(kind="poll.opened")
    assert entry.content["question"] == "Où se réunir ?"
    assert entry.content["by"] == {"role": "steward", "organisation": "equipe"}
    assert "Où se réunir ?" in steward.get("/debats/essai/").content.decode()


def test_what_changed_since_it_was_seen_is_shown_again(debate, steward, asked):
    shown = steward.post(PAGE, asked)
    again = steward.post(PAGE, asked | {"seen": seen(shown), "mode": "public"})
    assert again.status_code == 200
    assert "Chaque voix est publiée" in again.content.decode()
    assert not Poll.objects.exists()
    steward.post(PAGE, asked | {"seen": seen(again), "mode": "public"})
    assert Poll.objects.get().mode == "public"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"options": "Oui"}, "il en faut de deux à 12"),
        ({"options": "Oui\noui"}, "Deux options commencent de la même façon"),
        ({"options": "\n".join(map(str, range(13)))}, "il en faut de deux à 12"),
        ({"closes_at": "2026-01-01T09:00"}, "fermerait avant d'ouvrir"),
        ({"opens_at": "2025-01-01T09:00", "closes_at": "2025-01-02T09:00"}, "personne ne pourrait voter"),
        ({"form": "support"}, "choix"),
        ({"question": "x" * 501}, "500"),
    ],
)
def test_what_cannot_be_voted_is_said_on_the_form(debate, steward, asked, fault, sentence):
    refused = steward.post(PAGE, asked | fault)
    assert refused.status_code == 422
    assert sentence in refused.content.decode().replace("&#x27;", "'")
    assert not Poll.objects.exists()


def test_options_of_the_longest_kind_hold_in_a_ballot(debate, steward, asked, cast, person):
    names = "\n".join(f"{rank} {'mot ' * 20}" for rank in range(12))
    shown = steward.post(PAGE, asked | {"options": names})
    steward.post(PAGE, asked | {"options": names, "seen": seen(shown)})
    poll = Poll.objects.get()
    ballot = cast(poll, person("Ali"), *poll.choices, at=datetime.now(tz=UTC))
    assert ballot.choice.count(",") == 11
    assert len(ballot.choice) <= 500


def test_nothing_is_voted_in_a_draft(debate, poll):
    debate.is_published = False
    debate.save()
    with pytest.raises(actions.NotVotable, match="brouillon"):
        poll()


def test_the_program_that_recounts_is_served_as_it_is_documented(debate, poll, client):
    from pathlib import Path

    from django.contrib.staticfiles import finders

    page = client.get(reverse("poll", args=[poll().slug])).content.decode()
    served = re.search(r'href="([^"]*voting/recompter[^"]*)" download="recompter.py"', page)
    assert served
    documented = Path(__file__).parents[4] / "docs" / "do" / "recompter.py"
    assert Path(finders.find("voting/recompter.txt")).read_bytes() == documented.read_bytes()
