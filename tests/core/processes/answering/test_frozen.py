"""What is frozen of a debate follows its answers: corrected, given anew after a contest, dated."""

from datetime import timedelta

import pyarrow.parquet as pq
import pytest

from parvis.core.processes.answering import actions
from parvis.core.processes.exporting import actions as exporting
from parvis.core.processes.models import Contribution
from parvis.participation.registers.debates.evidence import actions as evidence

from .conftest import AT, CLOSED, DURING

LATER = CLOSED + timedelta(days=2)


def corrected(contribution, mandate):
    given = contribution.answers.get()
    actions.correct(given=given, fate="noted", reasons="Vu.", because="Erreur.", at=LATER, mandate=mandate)


def answered_anew(contribution, mandate):
    actions.contest(contribution=contribution, because="Non.", author=contribution.author, at=LATER)
    actions.answer(contributions=[contribution], fate="noted", reasons="Vu.", at=LATER, mandate=mandate)


@pytest.mark.parametrize("changed", [corrected, answered_anew])
def test_an_answer_that_changes_reaches_the_export_and_the_register(rejected, mandate, changed):
    exporting.freeze(process=rejected.process, at=CLOSED)
    (release,) = evidence.refresh(at=CLOSED)
    changed(rejected, mandate())

    assert exporting.freeze_all(at=LATER) == 1
    after = exporting.last_frozen(rejected.process)
    assert pq.read_table(after.parquet).column("fate").to_pylist() == ["noted"]
    (anew,) = evidence.refresh(at=LATER)
    assert [said(one, "contributions", "fate") for one in (release, anew)] == [["rejected"], ["noted"]]
    assert said(anew, "days", "on_day") == [LATER.date()]


def said(release, table, column):
    return pq.read_table(release.folder / f"{table}.parquet").column(column).to_pylist()


def test_a_second_date_below_the_first_reaches_the_export(owed, wording):
    other = wording(owed.process, name="Ali", at=DURING)
    first = exporting.freeze(process=owed.process, at=CLOSED)
    Contribution.objects.filter(pk=other.pk).update(owner=owed.owner, due_at=owed.due_at - timedelta(days=1))

    assert exporting.freeze(process=owed.process, at=CLOSED).folder != first.folder


def test_a_voice_that_changes_sides_reaches_the_export(owed):
    mine = Contribution.objects.filter(pk=owed.pk)
    mine.update(votes_for=1)
    first = exporting.freeze(process=owed.process, at=AT)
    mine.update(votes_for=0, votes_against=1)

    assert exporting.freeze(process=owed.process, at=AT).folder != first.folder
