"""What is owed has an owner and a date in every state of a debate; the date explains itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from parvis.core.ledger.models import Entry
from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.core.processes.models import Contribution, Phase
from parvis.core.processes.procedures import PROCEDURES, Owed, Procedure, Step

from .conftest import AT, CLOSED, DURING, LATE

RECEIPT = Procedure(
    slug="guichet",
    title="Guichet d'essai",
    purpose="Répondre à chaque proposition dès qu'elle est reçue.",
    steps=(
        Step(
            "open",
            "Ouvert",
            days=90,
            acts=frozenset({"contribute:proposal"}),
            owed=Owed(frozenset({"proposal"}), 7, "working", "promesse d'essai", counted_from="receipt"),
        ),
    ),
)


def test_nothing_is_owed_while_the_phase_is_open(debate, wording):
    contribution = wording(debate())
    assert assigning.assign_due(process=contribution.process, at=DURING) == 0
    contribution.refresh_from_db()
    assert contribution.due_at is None


def test_the_closing_of_the_phase_gives_each_contribution_an_owner_and_a_date(owed):
    """The writing closes on 23 March at 10:00 in Paris; 30 days lead to Wednesday 22 April 2026."""
    assert owed.owner.slug == "ministere"
    assert owed.due_at == datetime(2026, 4, 22, 22, tzinfo=UTC)
    entry = Entry.objects.get(kind="answer.owed")
    assert entry.content["count"] == 1
    assert entry.content["explanation"][-1] == "Échéance : mercredi 22\u00a0avril\u00a02026 à minuit."


def test_the_boundary_instant_is_the_closing(debate, wording):
    contribution = wording(debate())
    closing = contribution.phase.closes_at
    assert assigning.assign_due(process=contribution.process, at=closing - timedelta(microseconds=1)) == 0
    assert assigning.assign_due(process=contribution.process, at=closing) == 1


def test_an_answer_that_comes_early_counts_among_what_was_owed(debate, wording):
    contribution = wording(debate())
    actions.answer(contributions=[contribution], fate="noted", reasons="Vu.", at=DURING, mandate=None)
    assert assigning.assign_due(process=contribution.process, at=contribution.phase.closes_at) == 1
    contribution.refresh_from_db()
    assert (contribution.owner.slug, contribution.due_at > contribution.answered_at) == ("ministere", True)


def test_done_again_it_changes_nothing(owed):
    count = Entry.objects.count()
    assert assigning.assign_all(at=LATE) == 0
    assert Entry.objects.count() == count


def test_the_phase_s_own_body_answers_where_there_is_one(debate, wording, body):
    contribution = wording(debate())
    Phase.objects.filter(pk=contribution.phase.pk).update(answered_by=body("autre"))
    assigning.assign_due(process=contribution.process, at=CLOSED)
    contribution.refresh_from_db()
    assert contribution.owner.slug == "autre"


def test_only_the_kinds_that_the_step_promises_to_answer_are_owed_one(debate, person):
    process = debate()
    debates.contribute(
        process=process, kind="opinion", fields={"side": "for"}, author=person(), at=DURING, unit="article-1",
        unit_version="v1",
    )  # fmt: skip
    assert assigning.assign_due(process=process, at=CLOSED) == 0


def test_a_promise_from_receipt_runs_at_once_each_from_its_day(debate, person):
    PROCEDURES["guichet"] = RECEIPT
    try:
        process = debate("guichet", subject="", subject_version="")
        for name, at in (("Jeanne", AT), ("Ali", AT + timedelta(days=4))):
            fields = {"title": name, "text": "Ouvrir les données des cantines."}
            debates.contribute(process=process, kind="proposal", fields=fields, author=person(name), at=at)
        assert assigning.assign_due(process=process, at=AT + timedelta(days=4)) == 2
        days = [f"{localdate(one.due_at):%d/%m}" for one in Contribution.objects.order_by("number")]
    finally:
        del PROCEDURES["guichet"]
    # 7 working days from Monday 2 March: Wednesday 11; from Friday 6: Tuesday 17; due at midnight after.
    assert days == ["12/03", "18/03"]


def test_no_answer_is_due_without_an_owner_in_any_state(owed, wording, debate, mandate, person):
    """The states: open, owed, answered, contested, maintained, revised, withdrawn, hidden: an owner in each."""
    process = debate(slug="autre-loi", title="Autre")
    more = [wording(process, name=f"Auteur{rank}") for rank in range(5)]
    assigning.assign_all(at=CLOSED)
    by = mandate()
    answered, contested, maintained, revised, hidden = more
    told = {"fate": "noted", "reasons": "Vu.", "at": CLOSED, "mandate": by}
    actions.answer(contributions=[answered, contested, maintained, revised], **told)
    for one in (contested, maintained, revised):
        actions.contest(contribution=one, because="Non.", author=one.author, at=CLOSED)
    actions.maintain(contested=maintained.contest, reply="Oui.", at=CLOSED, mandate=by)
    actions.answer(contributions=[revised], fate="rejected", reasons="Non.", at=CLOSED, mandate=by)
    debates.hide(contribution=hidden, because="Injure.", at=CLOSED)

    assert Contribution.objects.exclude(due_at=None).count() == 6
    assert not Contribution.objects.exclude(due_at=None).filter(owner=None).exists()
    with pytest.raises(IntegrityError, match="contribution_due_has_an_owner"), transaction.atomic():
        Contribution.objects.filter(pk=owed.pk).update(owner=None)


def test_what_is_withdrawn_is_owed_nothing(debate, wording):
    contribution = wording(debate())
    debates.withdraw(contribution=contribution, because="Je me trompais.", author=contribution.author, at=DURING)
    assert assigning.assign_due(process=contribution.process, at=CLOSED) == 0
