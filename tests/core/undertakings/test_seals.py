"""What a reader wrote in reserve is checked by a stranger once it is public: their page against the log's entry."""

import json
import subprocess

import pytest
from django.urls import reverse

from house.outside import compared
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.undertakings import actions

REASONS = "J'ai lu les décrets."


@pytest.fixture
def judge(procurement, mandate, at):
    """Give a verdict on commitment 2, under the name of a new reader, and publish its entry; return its place."""

    def give(name, stage="end"):
        answers = {
            "completion": "substantial",
            "did_it_open_government": "major",
            "is_verifiable": True,
            "is_relevant": False,
            "opened_values": ["access_to_information"],
        }
        by = mandate("reviewer", name=name, organisation="universite")
        actions.judge(undertaking=procurement, stage=stage, answers=answers, reasons=REASONS, at=at, mandate=by)
        ledger.sequence(at=at)
        return Entry.objects.filter(kind="verdict.given").latest("pk").position

    return give


@pytest.fixture
def page(client, procurement):
    """Return the commitment's page as JSON."""
    return lambda: client.get(reverse("commitment", args=[procurement.slug]), {"format": "json"}).json()


def entry(client, position):
    return client.get(f"/journal/{position}/", {"format": "json"}).json()


def test_a_verdict_stays_in_reserve_until_the_pair_of_its_stage_is_complete(client, judge, page, tmp_path):
    first = judge("Ada")
    judge("Blaise", stage="midterm")

    alone = entry(client, first)

    assert (alone["has_hidden"], alone["unveiled"]) == (True, None)
    assert client.get(f"/journal/{first}/reserve.json").status_code == 404
    assert "décrets" not in client.get(f"/journal/{first}/").content.decode()
    assert compared(alone, page(), tmp_path) == (1, "Le contenu réservé n'est pas encore public.\n")


def test_a_published_verdict_is_checked_against_its_seal_without_our_code(client, judge, page, tmp_path):
    places = [judge("Ada"), judge("Blaise")]

    for place in places:
        assert compared(entry(client, place), page(), tmp_path)[0] == 0
    shown = client.get(f"/journal/{places[0]}/").content.decode()
    assert "décrets" in shown
    assert entry(client, places[0])["unveiled"]["salt"] in shown


@pytest.mark.parametrize("change", [{"reasons": "Rien à dire."}, {"given": {"completion": "not_started"}}], ids=str)
def test_a_verdict_changed_after_it_was_given_is_seen_by_a_stranger(client, judge, page, tmp_path, change):
    place = judge("Ada")
    judge("Blaise")
    shown = page()
    (pair,) = shown["commitment"]["pairs"]
    for reading in pair["readings"]:
        reading.update(change)

    status, words = compared(entry(client, place), shown, tmp_path)

    assert (status, words.partition(" :")[0]) == (1, "La page n'affiche pas ce qui a été scellé")


def test_a_content_that_was_not_the_one_sealed_is_seen_by_a_stranger(client, judge, page, tmp_path):
    place = judge("Ada")
    judge("Blaise")
    forged = entry(client, place)
    held = json.loads(forged["unveiled"]["opening"])
    forged["unveiled"]["opening"] = json.dumps({**held, "reasons": "Rien à dire."})

    answer = compared(forged, page(), tmp_path)

    assert answer == (1, "Le contenu réservé n'est pas celui qui a été scellé.\n")


def test_the_commands_that_an_entry_shows_make_the_reserved_commitment_again(client, judge, tmp_path):
    place = judge("Ada")
    judge("Blaise")
    unveiled = entry(client, place)["unveiled"]
    (tmp_path / "reserve.json").write_bytes(client.get(f"/journal/{place}/reserve.json").content)

    made = subprocess.run(unveiled["commands"], shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)

    assert made.stdout.split()[-1] == unveiled["commitment"]
