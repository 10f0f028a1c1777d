"""Answers: who gives them, what they must say, what they change, how they are corrected and contested."""

import pytest
from django.utils.timezone import localtime

from parvis.core.actors.actions import RoleDoesNotOpen
from parvis.core.ledger.models import Entry
from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.core.processes.answering.models import Answered, Notice
from parvis.core.processes.answering.saying import SayingRefused

from .conftest import CLOSED, DURING, LATE

WORDS = [{"contribution": 1, "unit": "article-1", "words": "Les administrations publient tout, sauf exception."}]


def sealed(contribution):
    return list(Entry.objects.filter(stream=contribution.process.stream).values_list("kind", flat=True))


def test_an_adoption_says_which_words_it_changes(owed, mandate):
    given = actions.answer(
        contributions=[owed], fate="adopted", reasons="Juste.", words=WORDS, at=CLOSED, mandate=mandate()
    )
    owed.refresh_from_db()
    assert (owed.fate, owed.answered_at) == ("adopted", CLOSED)
    assert given.words == WORDS
    assert Answered.objects.get(contribution=owed, is_current=True).answer == given
    entry = Entry.objects.get(kind="answer.given")
    assert entry.content["words"] == WORDS
    assert entry.content["contributions"] == [1]
    assert entry.content["by"] == {"role": "agent", "organisation": "ministere"}


@pytest.mark.parametrize(
    ("fate", "more", "fault"),
    [
        ("adopted", {}, "evidence"),
        ("partly", {"evidence": "pas une adresse"}, "evidence"),
        ("rejected", {"reasons": "  "}, "reasons"),
        ("noted", {"reasons": "x" * 20_001}, "reasons"),
        ("perdue", {}, "fate"),
        ("adopted", {"words": [{"contribution": 99, "unit": "article-1", "words": "x"}]}, "words"),
        ("adopted", {"words": [{"contribution": 1, "unit": "article-2", "words": "x"}]}, "words"),
    ],
)
def test_an_answer_that_does_not_say_enough_is_refused_field_by_field(owed, mandate, fate, more, fault):
    given = {"reasons": "Parce que.", **more}
    with pytest.raises(SayingRefused) as refusal:
        actions.answer(contributions=[owed], fate=fate, at=CLOSED, mandate=mandate(), **given)
    assert list(refusal.value.faults) == [fault]
    assert Notice.objects.count() == 0


def test_a_rejection_adopts_no_words(owed, mandate):
    given = actions.answer(
        contributions=[owed], fate="rejected", reasons="Non.", words=WORDS, at=CLOSED, mandate=mandate()
    )
    assert given.words == []


def test_one_answer_serves_several_contributions_and_each_author_is_to_be_told(debate, wording, mandate):
    process = debate()
    several = [wording(process, name=name) for name in ("Jeanne", "Ali", "Zoe")]
    given = actions.answer(contributions=several, fate="noted", reasons="Lu.", at=CLOSED, mandate=mandate())
    assert sorted(given.contributions.values_list("number", flat=True)) == [1, 2, 3]
    notice = Notice.objects.get()
    assert notice.contributions.count() == 3
    assert "n°\u00a01, 2 et 3" in notice.subject
    assert sealed(several[0]).count("answer.given") == 1


def test_only_the_body_that_owes_it_answers(owed, mandate):
    told = {"contributions": [owed], "fate": "noted", "reasons": "Vu.", "at": CLOSED}
    with pytest.raises(actions.NotYourAnswer, match="Ministere"):
        actions.answer(mandate=mandate(organisation="autre", name="Autre"), **told)
    with pytest.raises(RoleDoesNotOpen):
        actions.answer(mandate=mandate("moderator", name="Moderateur"), **told)


def test_contributions_of_two_debates_have_no_answer_in_common(owed, debate, wording, mandate):
    other = wording(debate(slug="autre-loi"), name="Ali")
    with pytest.raises(actions.NothingToAnswer):
        actions.answer(contributions=[owed, other], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())
    with pytest.raises(actions.NothingToAnswer):
        actions.answer(contributions=[], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())


def test_what_is_withdrawn_is_not_answered(debate, wording, mandate):
    contribution = wording(debate())
    debates.withdraw(contribution=contribution, because="Erreur.", author=contribution.author, at=DURING)
    with pytest.raises(actions.NotAnswerable, match="retirée"):
        actions.answer(contributions=[contribution], fate="noted", reasons="Vu.", at=CLOSED, mandate=mandate())


def test_an_answer_may_come_late_and_only_once(owed, mandate):
    told = {"contributions": [owed], "fate": "noted", "reasons": "Vu.", "mandate": mandate()}
    actions.answer(at=LATE, **told)
    owed.refresh_from_db()
    assert owed.due_at < owed.answered_at
    with pytest.raises(actions.AlreadyAnswered, match="Corrigez"):
        actions.answer(at=LATE, **told)


def test_a_correction_is_a_version_and_the_former_ones_stay(rejected, mandate):
    given = rejected.bearings.get().answer
    new = actions.correct(
        given=given, fate="partly", reasons="Une part tient.", words=WORDS, because="Avis du Conseil d'État.",
        at=LATE, mandate=mandate(name="Collegue"),
    )  # fmt: skip
    rejected.refresh_from_db()
    assert rejected.fate == "partly"
    assert [(one.number, one.fate, one.because) for one in new.versions.order_by("number")] == [
        (1, "rejected", ""),
        (2, "partly", "Avis du Conseil d'État."),
    ]
    assert Notice.objects.count() == 2
    same = {"fate": "partly", "reasons": "Une part tient.", "words": WORDS}
    with pytest.raises(actions.NothingChanged):
        actions.correct(given=given, because="Encore.", at=LATE, mandate=None, **same)
    with pytest.raises(SayingRefused):
        actions.correct(given=given, fate="noted", reasons="Vu.", because=" ", at=LATE, mandate=None)


def test_the_author_contests_once_and_the_body_owes_a_reply(rejected, person):
    made = actions.contest(contribution=rejected, because="Ce n'est pas ce motif.", author=rejected.author, at=CLOSED)
    assert (made.state, made.owner.slug) == ("open", "ministere")
    # A month from Tuesday 24 March leads to Friday 24 April, whose midnight is the 25th at 0:00.
    assert f"{localtime(made.due_at):%d/%m %H:%M}" == "25/04 00:00"
    entry = Entry.objects.get(kind="answer.contested")
    assert "motif" not in entry.opening
    with pytest.raises(actions.CannotContest, match="une fois"):
        actions.contest(contribution=rejected, because="Encore.", author=rejected.author, at=LATE)


def test_nobody_else_contests_nor_before_the_answer_nor_without_saying_why(rejected, debate, wording, person):
    with pytest.raises(actions.CannotContest, match="auteur"):
        actions.contest(contribution=rejected, because="Non.", author=person("Zoe"), at=CLOSED)
    with pytest.raises(actions.CannotContest, match="pourquoi"):
        actions.contest(contribution=rejected, because=" ", author=rejected.author, at=CLOSED)
    unanswered = wording(debate(slug="autre-loi"))
    with pytest.raises(actions.CannotContest, match="pas encore"):
        actions.contest(contribution=unanswered, because="Non.", author=unanswered.author, at=CLOSED)


def test_a_contested_answer_is_maintained_with_its_reasons(rejected, mandate):
    made = actions.contest(contribution=rejected, because="Non.", author=rejected.author, at=CLOSED)
    with pytest.raises(actions.CannotContest):
        actions.maintain(contested=made, reply="", at=LATE, mandate=mandate(name="Collegue"))
    with pytest.raises(actions.NotYourAnswer):
        actions.maintain(contested=made, reply="Si.", at=LATE, mandate=mandate(name="Tiers", organisation="autre"))
    settled = actions.maintain(contested=made, reply="Le secret tient.", at=LATE, mandate=None)
    assert (settled.state, settled.reply) == ("upheld", "Le secret tient.")
    with pytest.raises(actions.AlreadySettled):
        actions.maintain(contested=made, reply="Encore.", at=LATE, mandate=None)


def test_a_contested_answer_gives_way_to_another(rejected, mandate):
    made = actions.contest(contribution=rejected, because="Non.", author=rejected.author, at=CLOSED)
    first = rejected.bearings.get().answer
    second = actions.answer(
        contributions=[rejected], fate="adopted", reasons="Vous aviez raison.", words=WORDS, at=LATE, mandate=None
    )
    made.refresh_from_db()
    rejected.refresh_from_db()
    assert (made.state, made.new_answer) == ("revised", second)
    assert rejected.fate == "adopted"
    assert rejected.answered_at == CLOSED  # the delay is that of the first answer
    assert [(one.answer, one.is_current) for one in rejected.bearings.order_by("pk")] == [
        (first, False),
        (second, True),
    ]
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer(contributions=[rejected], fate="noted", reasons="Vu.", at=LATE, mandate=None)


def test_kinds_are_owed_by_the_step_that_received_them(debate, wording):
    """A debate without contributions owes nothing, and says nothing to the log."""
    assert assigning.assign_due(process=debate(), at=CLOSED) == 0
    assert not Entry.objects.filter(kind="answer.owed").exists()
