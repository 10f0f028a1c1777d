"""While the key lives, a person takes their receipts away and supporters hear of an answer; afterwards, nobody can."""

from datetime import timedelta

import pytest

from parvis.core.actors import leaving
from parvis.core.processes import actions as processes
from parvis.core.processes.answering import telling
from parvis.core.processes.voting import actions
from parvis.core.processes.voting.counting import actions as counting

pytestmark = pytest.mark.django_db


def told(contribution):
    return {account for audience in telling.AUDIENCES for account in audience([contribution])}


def end(poll, at):
    counting.close(poll=poll, at=at)
    counting.destroy_key(poll=poll, at=at + timedelta(days=poll.key_days))


@pytest.mark.parametrize("is_over", [False, True])
def test_a_person_takes_their_receipts_away_until_the_key_is_destroyed(poll, people, cast, is_over):
    held, (voter, other) = poll(), people(2)
    ballot = cast(held, voter, "vert")
    cast(held, other, "bleu")
    if is_over:
        end(held, held.closes_at)

    carried = [] if is_over else [{"vote": held.question, "recu": f"/debats/recus/{ballot.receipt}/"}]
    assert leaving.carried(voter)["Votes et soutiens"] == carried


@pytest.mark.parametrize("is_over", [False, True])
def test_supporters_are_told_of_an_answer_until_the_key_is_destroyed(proposal, people, cast, at, is_over):
    poll = actions.poll_on(contribution=proposal, form="support", at=at)
    supporter, _other = people(2)
    cast(poll, supporter, "support")
    before = told(proposal)
    if is_over:
        end(poll, at)

    assert supporter.pk in before
    assert (supporter.pk in told(proposal)) is not is_over


def test_each_poll_is_read_once_whatever_the_number_of_accounts(proposal, people, cast, at, django_assert_num_queries):
    poll = actions.poll_on(contribution=proposal, form="support", at=at)
    voters = people(12)
    for voter in voters[:5]:
        cast(poll, voter, "support")
    with django_assert_num_queries(3):
        assert told(proposal) == {voter.pk for voter in voters[:5]}


def test_a_key_is_not_destroyed_before_its_day(poll):
    held = counting.close(poll=poll(), at=poll(slug="autre").closes_at)

    with pytest.raises(counting.KeyStillDue, match="30 jours après la clôture"):
        counting.destroy_key(poll=held, at=held.closed_at + timedelta(days=30, microseconds=-1))
    counting.destroy_key(poll=held, at=held.closed_at + timedelta(days=30))


def test_what_is_due_is_done_once_and_each_in_its_time(poll, keep, publish):
    held = poll()
    day = held.closes_at
    publish(day)

    assert keep(day - timedelta(seconds=1)) == (0, 0, 0)
    assert keep(day) == (1, 1, 0)
    assert keep(day) == (0, 0, 0)
    assert keep(day + timedelta(days=30)) == (0, 0, 1)


def test_the_vote_of_a_contribution_closes_with_the_last_phase_that_opens_it(proposal, keep, at):
    poll = actions.poll_on(contribution=proposal, form="opinion", at=at)
    phase = proposal.process.phases.get(step="contribution")

    assert keep(phase.closes_at - timedelta(seconds=1))[0] == 0
    assert keep(phase.closes_at)[0] == 1
    poll.refresh_from_db()
    assert poll.closed_at == phase.closes_at


@pytest.mark.parametrize("mode", ["public", "secret"])
def test_an_author_changes_no_word_that_ballots_bear_on_counted_in_the_open_or_not(proposal, people, cast, mode, at):
    proposal.process.metadata["vote_mode"] = mode
    proposal.process.save()
    poll = actions.poll_on(contribution=proposal, form="support", at=at)
    (voter,) = people(1)
    words = {"title": "Fermer les menus", "text": "Tous."}
    given = {"contribution": proposal, "fields": words, "author": proposal.author, "at": at}
    processes.edit(**given, basis_edition=1)
    cast(poll, voter, "support")

    with pytest.raises(processes.CannotChange, match="1 voix portent déjà"):
        processes.edit(**given | {"fields": {**words, "text": "Aucun."}}, basis_edition=2)


def test_a_contribution_voted_in_secret_shows_its_counts_once_the_vote_is_closed(proposal, people, cast, at):
    proposal.process.metadata["vote_mode"] = "secret"
    poll = actions.poll_on(contribution=proposal, form="opinion", at=at)
    for voter, choice in zip(people(3), ("for", "for", "against"), strict=True):
        cast(poll, voter, choice)
    proposal.refresh_from_db()
    before = (proposal.votes_for, proposal.votes_against)
    counting.close(poll=poll, at=at)
    proposal.refresh_from_db()

    assert (before, (proposal.votes_for, proposal.votes_against)) == ((0, 0), (2, 1))
