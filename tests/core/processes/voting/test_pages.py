"""What a voter sees: the vote, the receipt, the refusals; and that a page shown to all holds nothing of one person."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from parvis.core.ledger import actions as ledger
from parvis.core.ledger.receipts import Receipt
from parvis.core.processes.voting.models import Ballot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def now():
    return datetime.now(tz=UTC)


@pytest.fixture
def open_poll(poll, now):
    """Return a function that opens a poll today."""
    return lambda **more: poll(opens_at=now, closes_at=now + timedelta(days=1), **more)


@pytest.fixture
def voter(person):
    client = Client()
    client.force_login(person("Paul"))
    return client


def send(client, poll, choice="vert", key="a", **more):
    return client.post(reverse("vote", args=[poll.slug]), {"choix": choice, "envoi": key}, **more)


def test_a_vote_leads_to_its_receipt_then_to_its_proof(open_poll, voter, now):
    held = open_poll()
    address = send(voter, held)["Location"]
    waiting = Client().get(address).content.decode()
    ledger.sequence(at=now)
    page = Client().get(address)
    proof = Client().get(re.search(r'href="([^"]+tlog-proof)"', page.content.decode())[1]).content.decode()
    ballot = Ballot.objects.get()

    assert "Il attend sa place au journal public" in waiting
    assert "Vert" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert (
        Receipt.from_text(proof).check(bytes(ballot.entry.leaf), ledger.ensure_key().verifier).size
        == ledger.head().size
    )


def test_a_program_is_answered_201_with_its_receipt(open_poll, voter):
    answer = send(voter, open_poll(), **JSON)

    assert (answer.status_code, answer["Location"]) == (201, f"/debats/recus/{answer.json()['receipt']}/")


def test_a_second_vote_is_answered_409_and_leads_to_the_receipt_of_the_first(open_poll, voter):
    held = open_poll()
    first = send(voter, held, key="a")["Location"]
    again, second = send(voter, held, key="a"), send(voter, held, "bleu", key="b")

    assert (again.status_code, again["Location"]) == (302, first)
    assert second.status_code == 409
    assert "Vous avez déjà voté" in second.content.decode()
    assert first in second.content.decode()


@pytest.mark.parametrize(
    ("choice", "status", "sentence"),
    [([], 400, "Ce vote demande une option"), ("rouge", 400, "« rouge » n&#x27;est pas une option"),
     ("x" * 10_000, 400, "n&#x27;est pas une option"), ("\x00\ud7ff", 400, "n&#x27;est pas une option")])  # fmt: skip
def test_a_wrong_ballot_is_a_sentence(open_poll, voter, choice, status, sentence):
    answer = send(voter, open_poll(), choice)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert not Ballot.objects.exists()


def test_a_vote_that_is_over_says_when_it_closed(poll, voter):
    answer = send(voter, poll())

    assert answer.status_code == 409
    assert "Ce vote est clos depuis le 12" in answer.content.decode()


def test_a_visitor_without_account_is_led_to_sign_in_then_back_to_the_vote(open_poll):
    held = open_poll()
    page = Client().get(reverse("poll", args=[held.slug]))

    assert send(Client(), held)["Location"] == "/compte/connexion/?next=%2Fdebats%2Fvotes%2Fcouleur%2F"
    assert "Se connecter pour voter" in page.content.decode()


def test_a_page_shown_to_all_sets_no_cookie_and_holds_no_token(open_poll):
    page = Client().get(reverse("poll", args=[open_poll().slug]))

    assert page.cookies == {}
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_a_vote_counted_in_secret_shows_no_count_and_its_receipt_no_choice(open_poll, voter):
    held = open_poll(mode="secret")
    receipt = voter.get(send(voter, held)["Location"])
    page = Client().get(reverse("poll", args=[held.slug]), **JSON).json()

    assert "Vert" not in receipt.content.decode()
    assert Client().get(receipt.request["PATH_INFO"], **JSON).json()["choice"] is None
    assert [option["count"] for option in page["urn"]["options"]] == [None, None, None]
    assert page["urn"]["ballots"] == 1


@pytest.mark.parametrize("mode", ["public", "secret", "outside"])
def test_the_mode_is_shown(open_poll, mode):
    from parvis.core.processes.voting.ballots import MODES

    page = Client().get(reverse("poll", args=[open_poll(mode=mode).slug]))

    assert MODES[mode].title in page.content.decode()


def test_a_vote_held_elsewhere_gives_its_question_and_how_many_are_called(open_poll, person):
    person("Paul")
    held = open_poll(mode="outside", slug="ailleurs")
    answer = Client().get(reverse("poll-outside", args=[held.slug])).json()

    assert (answer["eligible"], answer["questions"][0]["answers"]) == (1, ["Vert", "Bleu", "Gris"])


def test_the_first_vote_on_a_contribution_opens_its_poll(debate, voter, person, now):
    from parvis.core.processes import actions as processes
    from parvis.core.processes.opening.actions import open_process

    live = open_process(
        procedure="consultation", slug="en-cours", title="En cours", summary="Pour essayer.",
        organisation=debate.organisation, starts_at=now, at=now,
    )  # fmt: skip
    about = processes.contribute(
        process=live, kind="proposal", fields={"title": "Publier", "text": "Tout."}, author=person("Jeanne"), at=now
    )
    for form, choice in (("opinion", "against"), ("support", "support")):
        address = reverse("contribution-vote", args=[live.slug, about.number, form])
        assert voter.post(address, {"choix": choice}).status_code == 302
    about.refresh_from_db()

    assert (about.votes_against, about.supports) == (1, 1)
    assert voter.post(address, {"choix": choice}).status_code == 409


def test_only_the_kinds_declared_votable_show_votes_and_take_them(debate, voter, now):
    from parvis.core.processes.kinds import KINDS
    from parvis.core.processes.models import Contribution
    from parvis.core.processes.opening.actions import open_process
    from parvis.core.processes.voting.views import contribution_panel

    live = open_process(
        procedure="consultation", slug="en-cours", title="En cours", summary="Pour essayer.",
        organisation=debate.organisation, starts_at=now, at=now,
    )  # fmt: skip
    declared = KINDS.filled()
    asked = RequestFactory().get("/")
    asked.user = AnonymousUser()
    shown, taken = set(), set()
    for number, kind in enumerate(declared, 1):
        about = Contribution.objects.create(process=live, kind=kind, number=number, draw=number)
        if contribution_panel(about, asked) is not None:
            shown.add(kind)
        answer = voter.post(reverse("contribution-vote", args=[live.slug, number, "support"]), {"choix": "support"})
        if answer.status_code == 302:
            taken.add(kind)
        else:
            assert (answer.status_code, "ne reçoit ni vote ni soutien" in answer.content.decode()) == (409, True)

    assert shown == taken == {kind for kind, one in declared.items() if one.is_votable}
    assert "comment" not in shown


def test_a_vote_on_words_that_changed_is_shown_both_and_sent_on_those_of_today(debate, voter, person, now):
    from parvis.core.processes import actions as processes
    from parvis.core.processes.opening.actions import open_process

    live = open_process(
        procedure="consultation", slug="en-cours", title="En cours", summary="Pour essayer.",
        organisation=debate.organisation, starts_at=now, at=now,
    )  # fmt: skip
    words, author = {"title": "Publier", "text": "Tout, partout."}, person("Jeanne")
    about = processes.contribute(process=live, kind="proposal", fields=words, author=author, at=now)
    read = voter.get(reverse("contribution", args=[live.slug, 1])).text
    address = reverse("contribution-vote", args=[live.slug, 1, "opinion"])
    sent = {"choix": "for", "envoi": "a", "redaction": re.search(r'name="redaction" value="([0-9]+)"', read)[1]}
    changed = {**words, "text": "Rien, nulle part."}
    processes.edit(contribution=about, fields=changed, basis_edition=1, author=author, at=now)

    page, told = voter.post(address, sent), voter.post(address, sent, **JSON)
    assert (page.status_code, told.status_code, Ballot.objects.count()) == (409, 409, 0)
    assert all(
        said in page.text for said in ("Tout, partout.", "Rien, nulle part.", "Voter « Pour » sur la rédaction 2")
    )
    assert (told.json()["read"]["number"], told.json()["now"]["number"]) == (1, 2)
    again = dict(re.findall(r'<input type="hidden" name="(envoi|redaction|choix)" value="([^"]+)"', page.text))
    assert again == {"choix": "for", "envoi": "a", "redaction": "2"}
    assert voter.post(address, again).status_code == 302
    assert Ballot.objects.get().choice == "for"
