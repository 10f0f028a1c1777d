"""One person, one voice: a ballot, its counters, its leaf, its receipt; and what is refused, in a sentence."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from parvis.core.actors.actions import NotConfirmed
from parvis.core.ledger.models import Entry
from parvis.core.processes.acts import ActNotOpen
from parvis.core.processes.voting import actions
from parvis.core.processes.voting.ballots import UnknownChoice
from parvis.core.processes.voting.models import Ballot, Poll

pytestmark = pytest.mark.django_db


def leaves(poll):
    return [json.loads(bytes(entry.leaf)) for entry in Entry.objects.filter(stream=poll.stream, kind="vote.cast")]


def test_a_ballot_is_a_row_two_counters_and_a_leaf_that_says_the_poll_and_the_hour_only(proposal, person, cast, at):
    poll = actions.poll_on(contribution=proposal, form="opinion", at=at)
    voter = person("Paul")
    ballot = cast(poll, voter, "for")
    poll.refresh_from_db()
    proposal.refresh_from_db()

    assert (poll.ballots, poll.counts) == (1, {"for": 1, "mixed": 0, "against": 0})
    assert (proposal.votes_for, proposal.votes_mixed, proposal.votes_against) == (1, 0, 0)
    assert leaves(poll) == [
        {"v": 1, "t": "vote.cast", "s": "votes/essai-1-avis", "c": ballot.entry.commitment, "d": "2026-03-05T09:00Z"}
    ]
    assert ballot.entry.content == {}
    assert "Paul" not in ballot.entry.opening + ballot.entry.hidden


def test_supports_are_a_vote_with_one_option(proposal, people, cast, at):
    poll = actions.poll_on(contribution=proposal, form="support", at=at)
    for voter in people(3):
        cast(poll, voter, "support")
    proposal.refresh_from_db()

    assert (proposal.supports, proposal.votes_for) == (3, 0)


def test_a_contribution_has_one_vote_however_often_it_is_asked_for(proposal, at):
    assert actions.poll_on(contribution=proposal, form="opinion", at=at) == actions.poll_on(
        contribution=proposal, form="opinion", at=at
    )
    assert Entry.objects.filter(kind="poll.opened").count() == 1


def test_a_second_vote_is_refused_whatever_it_says(poll, person, cast):
    held, voter = poll(), person("Paul")
    cast(held, voter, "vert", key="a")

    with pytest.raises(actions.AlreadyVoted, match="Vous avez déjà voté"):
        cast(held, voter, "bleu", key="b")
    with pytest.raises(actions.AlreadyVoted):
        cast(held, voter, "bleu", key="a")
    with pytest.raises(actions.AlreadyVoted):
        cast(held, voter, "vert")
    held.refresh_from_db()
    assert (held.ballots, Ballot.objects.count(), len(leaves(held))) == (1, 1, 1)


def test_the_same_sending_gives_the_same_receipt(poll, person, cast):
    held, voter = poll(), person("Paul")

    assert cast(held, voter, "vert", key="a").receipt == cast(held, voter, "vert", key="a").receipt
    assert len(leaves(held)) == 1


def test_the_same_key_of_another_person_is_another_sending(poll, people, cast):
    held, (one, other) = poll(), people(2)

    assert cast(held, one, "vert", key="a").receipt != cast(held, other, "vert", key="a").receipt


def test_ballots_written_together_have_each_their_outcome(poll, people):
    held, (one, other) = poll(), people(2)
    given = {"poll": held, "idempotency_key": "", "at": held.opens_at}
    votes = [actions.checked(actor=actor, chosen=[choice], **given)
             for actor, choice in ((one, "vert"), (other, "bleu"), (one, "gris"))]  # fmt: skip
    first, second, refused = actions.cast_together(votes=votes, at=held.opens_at)
    held.refresh_from_db()

    assert (first.choice, second.choice) == ("vert", "bleu")
    assert isinstance(refused, actions.AlreadyVoted)
    assert (held.ballots, held.counts) == (2, {"vert": 1, "bleu": 1, "gris": 0})


@pytest.mark.parametrize("after", [timedelta(), timedelta(days=10, microseconds=-1)])
def test_a_vote_is_open_from_its_first_instant_to_just_before_its_last(poll, person, cast, after):
    held = poll()

    assert cast(held, person("Paul"), "vert", at=held.opens_at + after).choice == "vert"


@pytest.mark.parametrize("after", [timedelta(microseconds=-1), timedelta(days=10)])
def test_a_vote_is_closed_before_its_first_instant_and_from_its_last(poll, person, cast, after):
    held = poll()

    with pytest.raises(actions.VoteClosed, match=r"pas encore ouvert|est clos"):
        cast(held, person("Paul"), "vert", at=held.opens_at + after)


def test_a_vote_that_closed_while_the_ballot_was_on_its_way_does_not_take_it(poll, person):
    held = poll()
    given = {"poll": held, "actor": person("Paul"), "chosen": ["vert"], "idempotency_key": ""}
    vote = actions.checked(at=held.closes_at - timedelta(seconds=1), **given)

    assert isinstance(actions.cast_together(votes=[vote], at=held.closes_at)[0], actions.VoteClosed)
    assert not Ballot.objects.exists()


def test_a_contribution_is_voted_while_its_debate_says_so(proposal, person, cast, at):
    poll = actions.poll_on(contribution=proposal, form="opinion", at=at)

    with pytest.raises(ActNotOpen, match="n'est plus ouvert"):
        cast(poll, person("Paul"), "for", at=at + timedelta(days=40))


def test_a_withdrawn_contribution_takes_no_vote(proposal, person, cast, at):
    from parvis.core.processes import actions as processes

    poll = actions.poll_on(contribution=proposal, form="opinion", at=at)
    processes.withdraw(contribution=proposal, because="Doublon.", author=proposal.author, at=at)
    proposal.refresh_from_db()
    poll.contribution = proposal

    with pytest.raises(actions.NotVotable, match="retirée ou masquée"):
        cast(poll, person("Paul"), "for")


def test_an_account_without_a_confirmed_address_does_not_vote(poll, person, cast):
    voter = person("Paul")
    voter.confirmed_at = None

    with pytest.raises(NotConfirmed, match="n'est pas confirmée"):
        cast(poll(), voter, "vert")


@pytest.mark.parametrize(
    ("form", "chosen"), [("one", []), ("one", ["vert", "bleu"]), ("one", ["rouge"]), ("many", []),
                         ("many", ["vert", "vert"]), ("many", ["vert,bleu"])])  # fmt: skip
def test_a_choice_that_the_vote_does_not_offer_is_refused(poll, person, cast, form, chosen):
    with pytest.raises(UnknownChoice, match="option"):
        cast(poll(form=form), person("Paul"), *chosen)


def test_several_choices_count_each(poll, people, cast):
    held = poll(form="many")
    for voter, chosen in zip(people(3), (["gris", "vert"], ["vert"], ["vert", "bleu", "gris"]), strict=True):
        cast(held, voter, *chosen)
    held.refresh_from_db()

    assert (held.ballots, held.counts) == (3, {"vert": 3, "bleu": 1, "gris": 2})


def test_nothing_is_voted_here_in_a_vote_held_outside(poll, person, cast):
    with pytest.raises(actions.VoteElsewhere, match="système de vote extérieur"):
        cast(poll(mode="outside"), person("Paul"), "vert")


@pytest.mark.parametrize("change", [{"mode": "secret"}, {"question": "Autre ?"}, {"options": [["vert", "Bleu"]]},
                                    {"form": "many"}, {"slug": "autre"}])  # fmt: skip
def test_the_database_refuses_that_a_mode_a_question_or_options_change(poll, change):
    held = poll()

    with pytest.raises(IntegrityError, match="ne changent jamais"), transaction.atomic():
        Poll.objects.filter(pk=held.pk).update(**change)


def test_the_database_refuses_a_second_voice(poll, person, cast):
    ballot = cast(poll(), person("Paul"), "vert")
    entry = Entry.objects.filter(kind="poll.opened").first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            receipt="f" * 32, poll=ballot.poll, nullifier=ballot.nullifier, choice="bleu", entry=entry
        )


def test_a_ballot_costs_as_many_queries_however_many_come_together(poll, people, django_assert_num_queries):
    held, voters = poll(), people(20)
    given = {"poll": held, "chosen": ["vert"], "idempotency_key": "", "at": held.opens_at}
    votes = [actions.checked(actor=voter, **given) for voter in voters]

    with django_assert_num_queries(7):
        actions.cast_together(votes=votes, at=held.opens_at)
