"""What people see of moderation: the statement in the place of what is hidden, the queue, the public register."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from parvis.core.processes.moderating import actions
from parvis.core.processes.moderating.figures import Waited, delays
from parvis.core.processes.moderating.models import Appeal, Decision, Report

from .conftest import AT, DURING, LATE
from .test_acts import HIDE, reported

RULING = {"outcome": "hidden", "rule": "injure-diffamation", "facts": "Injure un maire."}


def page(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def sign_in():
    def make(actor):
        client = Client()
        client.force_login(actor)
        return client

    return make


def test_the_charter_is_public(client, db):
    shown = page(client.get(reverse("moderation-charter")))
    assert "5 jours ouvrés" in shown
    assert "code pénal, article 226-4-1" in shown


def test_what_is_hidden_leaves_its_place_with_the_statement_and_the_way_to_appeal(client, hidden, sign_in, person):
    shown = page(client.get(reverse("contribution", args=["essai", 1])))
    assert "Des cantines de la ville." not in shown
    assert "Traite un maire" in shown
    assert reverse("decision", args=[1]) in shown
    assert "csrf" not in shown
    author = sign_in(person("Jeanne"))
    assert reverse("appeal", args=[1]) in page(author.get(reverse("decision", args=[1])))
    assert reverse("appeal", args=[1]) not in page(client.get(reverse("decision", args=[1])))


def test_a_person_reports_from_the_contribution_s_page(client, proposal, sign_in, person):
    proposal()
    address = reverse("report", args=["essai", 1])
    assert address in page(client.get(reverse("contribution", args=["essai", 1])))
    reader = sign_in(person("Ali"))
    assert "Répétition" in page(reader.get(address))
    reader.post(address, {"rule": "hors-sujet", "text": "Rien à voir."})
    assert Report.objects.get().rule == "hors-sujet"
    assert "déjà signalé" in page(reader.post(address, {"rule": "hors-sujet"}))


def test_several_are_decided_after_a_preview_and_the_queue_empties(proposal, person, sign_in, mandate):
    for name in ("Jeanne", "Zoe"):
        reported(proposal(name), person)
    moderator = sign_in(mandate().actor)
    queue = page(moderator.get(reverse("moderation-queue")))
    assert "2 contributions signalées" in queue
    assert "j de retard" in queue
    keys = "&".join(f"c={report.contribution_id}" for report in Report.objects.all())
    address = f"{reverse('moderation-decide')}?{keys}"
    assert "2 contributions choisies" in page(moderator.get(address))
    preview = page(moderator.post(address, RULING))
    assert "Ce qui sera décidé, 2 fois" in preview
    assert Decision.objects.count() == 0
    moderator.post(address, RULING | {"confirm": "1"})
    assert Decision.objects.count() == 2
    assert "Rien n’attend." in page(moderator.get(reverse("moderation-queue")))


def test_a_second_decision_on_the_same_is_refused_with_its_reason(proposal, sign_in, mandate):
    one = proposal()
    address = f"{reverse('moderation-decide')}?c={one.pk}"
    moderator = sign_in(mandate().actor)
    moderator.post(address, RULING | {"confirm": "1"})
    assert "n&#x27;y changerait rien" in page(moderator.post(address, RULING | {"confirm": "1"}))


def test_an_appeal_goes_from_its_author_to_another_moderator(hidden, sign_in, person, mandate):
    Decision.objects.update(decided_at=datetime.now(UTC))  # an appeal is open for six months
    author = sign_in(person("Jeanne"))
    author.post(reverse("appeal", args=[1]), {"because": "Une citation."})
    assert Appeal.objects.get().because == "Une citation."
    address, told = reverse("appeal-decide", args=[1]), {"outcome": "reversed", "reasons": "Citation en effet."}
    first = sign_in(mandate().actor)
    assert "Décision n° 1" in page(first.get(reverse("moderation-queue")))
    assert "collègue" in page(first.post(address, told))
    assert Appeal.objects.get().outcome == ""
    sign_in(mandate(name="Collegue").actor).post(address, told)
    assert Appeal.objects.get().outcome == "reversed"
    shown = page(author.get(reverse("decision", args=[1])))
    assert "Citation en effet." in shown


def test_the_register_gives_figures_that_its_rows_give_again(client, proposal, person, mandate):
    made = [proposal(f"Auteur{rank}") for rank in range(3)]
    for one in made:
        reported(one, person, at=AT)
    actions.decide(contributions=made[:2], ruling=HIDE, at=DURING, mandate=mandate())
    told = json.loads(client.get(reverse("moderation"), {"format": "json"}).content)
    rows = list(csv.DictReader(io.StringIO(b"".join(
        client.get(reverse("moderation"), {"format": "csv"}).streaming_content
    ).decode())))  # fmt: skip
    assert told["months"][0]["hidden"] == len(rows) == 2
    assert told["months"][0]["rules"] == [["Injure ou diffamation", 2]]
    assert {row["ground"] for row in rows} == {"legal"}
    assert (told["reports"]["received"], told["reports"]["decided"], told["reports"]["in_time"]) == (3, 2, 2)
    assert told["reports"]["overdue"] == 1
    assert told["reports"]["median_days"] == 3
    shown = page(client.get(reverse("moderation"), {"regle": "hors-sujet"}))
    assert "Hors sujet" in shown
    assert "Aucune décision" in shown


def test_what_its_author_withdrew_waits_for_no_decision(client, proposal, person):
    from parvis.core.processes import actions as debates

    one = proposal()
    reported(one, person)
    debates.withdraw(contribution=one, because="Erreur.", author=one.author, at=DURING)
    told = json.loads(client.get(reverse("moderation"), {"format": "json"}).content)
    assert told["reports"]["received"] == 0


def test_a_register_of_twenty_asks_eight_questions_at_most(client, proposal, mandate, django_assert_max_num_queries):
    made = [proposal(f"Auteur{rank}") for rank in range(20)]
    actions.decide(contributions=made, ruling=HIDE, at=DURING, mandate=mandate())
    with django_assert_max_num_queries(8):
        assert client.get(reverse("moderation")).status_code == 200


def test_delays_count_what_still_waits():
    day = lambda rank: datetime(2026, 1, 1 + rank, tzinfo=UTC)  # noqa: E731
    found = delays([Waited(day(0), day(7), day(2)), Waited(day(0), day(7), None)], at=day(10))
    assert (found.received, found.decided, found.overdue, found.median_days) == (2, 1, 1, 2)
    assert delays([], at=LATE).median == "rien à compter"
