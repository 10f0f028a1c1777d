"""Someone replies to a contribution while its answer is being given: both are kept."""

import pytest

from core.processes.meanwhile import meanwhile
from parvis.core.actors.rights import actions as rights
from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.answering.models import Contest
from parvis.core.processes.models import Contribution

from .conftest import CLOSED, DURING


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_reply_at_once_do_not_wait_for_each_other(debate, wording, person):
    contribution, ali = wording(debate()), person("Ali")

    def reply():
        debates.contribute(
            process=contribution.process, kind="comment", fields={"text": "Très bien."}, author=ali,
            parent=contribution, at=DURING,
        )  # fmt: skip

    with meanwhile(reply, after='FROM "answering_contest"'):
        actions.answer(contributions=[contribution], fate="noted", reasons="Vu.", at=CLOSED, mandate=None)
    found = Contribution.objects.get(pk=contribution.pk)
    assert (found.fate, found.replies) == ("noted", 1)


@pytest.mark.django_db(transaction=True)
def test_an_author_who_leaves_and_the_answer_that_settles_their_contest_do_not_wait_for_each_other(rejected, mandate):
    agent = mandate()
    actions.contest(contribution=rejected, because="Non.", author=rejected.author, at=CLOSED)

    def answer_anew():
        actions.answer(contributions=[rejected], fate="noted", reasons="Vu.", at=CLOSED, mandate=agent)

    with meanwhile(answer_anew, after='UPDATE "answering_contest"'):
        rights.erase_account(actor=rejected.author, at=CLOSED)
    found = Contribution.objects.get(pk=rejected.pk)
    contest = Contest.objects.get()
    assert (found.author, found.fate, contest.state, contest.because) == (None, "noted", "revised", "")
