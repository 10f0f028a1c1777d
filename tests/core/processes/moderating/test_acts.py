"""Moderation: reports once a person, decisions with reasons, appeals decided by someone else, nothing in silence."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from parvis.core.actors.actions import NotConfirmed, RoleDoesNotOpen
from parvis.core.actors.models import Actor
from parvis.core.ledger.models import Entry
from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions as answering
from parvis.core.processes.answering.models import Notice
from parvis.core.processes.answering.sending import actions as sending
from parvis.core.processes.moderating import actions, api
from parvis.core.processes.moderating.charter import RULES, UnknownRule
from parvis.core.processes.moderating.models import Appeal, Decision, Report

from .conftest import DURING, LATE

HIDE = actions.Ruling("hidden", "injure-diffamation", "Traite un maire d'un nom injurieux.")
KEEP = actions.Ruling("kept", "hors-sujet", "Parle bien des cantines.")


def reported(contribution, person, name="Ali", at=DURING):
    return actions.report(
        contribution=contribution, rule="injure-diffamation", text="Ligne 2.", reporter=person(name), at=at
    )


def test_a_report_opens_a_clock_and_says_nothing_of_who_reports(proposal, person):
    """Thursday 5 March 2026 and five working days: Thursday 12, midnight."""
    made = reported(proposal(), person)
    assert f"{localtime(made.due_at):%d/%m %H:%M}" == "13/03 00:00"
    entry = Entry.objects.get(kind="contribution.reported")
    assert entry.content["rule"] == "injure-diffamation"
    assert "Ligne 2." not in entry.opening
    assert "Ligne 2." in entry.hidden


def test_a_person_reports_once_and_not_their_own_words_nor_what_is_hidden(proposal, person, mandate):
    contribution = proposal()
    reported(contribution, person)
    with pytest.raises(actions.CannotReport, match="déjà"):
        reported(contribution, person)
    with pytest.raises(actions.CannotReport, match="vôtre"):
        reported(contribution, person, name="Jeanne")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            contribution=contribution, rule="hors-sujet", reporter=person("Ali"), made_at=DURING, due_at=LATE
        )
    actions.decide(contributions=[contribution], ruling=HIDE, at=DURING, mandate=mandate())
    contribution.refresh_from_db()
    with pytest.raises(actions.CannotReport, match="plus montrée"):
        reported(contribution, person, name="Zoe")


def test_one_reports_and_answers_after_the_last_phase_which_opens_neither(proposal, person):
    contribution = proposal()
    timetable = contribution.process.timetable()
    assert timetable.current(at=LATE + timedelta(days=30)) is None
    assert not {"report", "answer"} & frozenset().union(*(window.acts for window in timetable.windows))
    assert reported(contribution, person, at=LATE + timedelta(days=30)).pk
    given = {"fate": "noted", "reasons": "Vu.", "mandate": None, "at": LATE + timedelta(days=30)}
    assert answering.answer(contributions=[contribution], **given).number == 1


def test_a_report_names_a_rule_of_the_charter_and_a_confirmed_account(proposal, person):
    contribution = proposal()
    with pytest.raises(UnknownRule, match="hors-sujet"):
        actions.report(contribution=contribution, rule="deplait", text="", reporter=person("Ali"), at=DURING)
    Actor.objects.filter(pk=person("Ali").pk).update(confirmed_at=None)
    with pytest.raises(NotConfirmed):
        reported(contribution, person)


def test_a_decision_hides_with_its_whole_statement_of_reasons(proposal, person, mandate):
    contribution = proposal()
    report = reported(contribution, person)
    (made,) = actions.decide(contributions=[contribution], ruling=HIDE, at=DURING, mandate=mandate())
    contribution.refresh_from_db()
    report.refresh_from_db()
    assert contribution.state == "hidden"
    assert report.decision == made
    sealed = Entry.objects.get(kind="moderation.decided").content
    assert sealed == {
        "decision": 1,
        "debate": "essai",
        "contribution": 1,
        "outcome": "hidden",
        "ground": "legal",
        "rule": "injure-diffamation",
        "basis": "loi du 29 juillet 1881, articles 29 à 33",
        "charter": "2026-11",
        "facts": "Traite un maire d'un nom injurieux.",
        "automated_decision": False,
        "automated_detection": False,
        "territory": "partout où le site se lit",
        "until": None,
        "redress": sealed["redress"],
        "by": {"role": "moderator", "organisation": "ministere"},
    }
    assert "six mois" in sealed["redress"]


def test_the_author_and_those_who_reported_are_told_each_in_their_words(proposal, person, mandate):
    contribution = proposal()
    for name in ("Ali", "Zoe"):
        reported(contribution, person, name)
    actions.decide(contributions=[contribution], ruling=HIDE, at=DURING, mandate=mandate())
    assert sending.send_all(address="https://parvis.example", at=DURING) == 3
    told = {one.to[0]: one for one in mail.outbox}
    assert told["ali@parvis.example"].subject.startswith("Votre signalement")
    assert told["jeanne@parvis.example"].subject.startswith("Contribution n° 1 masquée")
    assert "quelqu’un d’autre revoie" in told["jeanne@parvis.example"].body
    assert "/debats/moderation/1/" in told["jeanne@parvis.example"].body
    assert [notice.accounts.count() for notice in Notice.objects.all()] == [0, 0]


def test_what_is_kept_is_said_to_whoever_reported_and_to_nobody_else(proposal, person, mandate):
    contribution = proposal()
    reported(contribution, person)
    actions.decide(contributions=[contribution], ruling=KEEP, at=DURING, mandate=mandate())
    contribution.refresh_from_db()
    assert contribution.state == "published"
    sending.send_all(address="https://parvis.example", at=DURING)
    assert [one.to for one in mail.outbox] == [["ali@parvis.example"]]


@pytest.mark.parametrize(
    ("ruling", "says"),
    [
        (actions.Ruling("hidden", "injure-diffamation", "  "), "faits"),
        (actions.Ruling("effacée", "injure-diffamation", "Oui."), "masque"),
        (actions.Ruling("restored", "injure-diffamation", "Oui."), "n'y changerait rien"),
        (actions.Ruling("hidden", "injure-diffamation", "Oui.", ends_on=date(2026, 3, 5)), "après aujourd'hui"),
    ],
)
def test_a_decision_without_reasons_or_without_effect_is_refused(proposal, mandate, ruling, says):
    with pytest.raises(actions.CannotDecide, match=says):
        actions.decide(contributions=[proposal()], ruling=ruling, at=DURING, mandate=mandate())
    assert Decision.objects.count() == 0


def test_nobody_moderates_their_own_words_nor_without_the_mandate(proposal, mandate):
    mine = proposal("Moderatrice")
    with pytest.raises(actions.CannotDecide, match="la vôtre"):
        actions.decide(contributions=[mine], ruling=HIDE, at=DURING, mandate=mandate())
    with pytest.raises(RoleDoesNotOpen):
        actions.decide(contributions=[mine], ruling=HIDE, at=DURING, mandate=mandate("agent", name="Agent"))


def test_several_are_decided_together_or_none_is(proposal, mandate):
    several = [proposal(name) for name in ("Jeanne", "Ali", "Moderatrice")]
    with pytest.raises(actions.CannotDecide):
        actions.decide(contributions=several, ruling=HIDE, at=DURING, mandate=mandate())
    assert Decision.objects.count() == 0
    made = actions.decide(contributions=several[:2], ruling=HIDE, at=DURING, mandate=mandate())
    assert [one.number for one in made] == [1, 2]
    assert Entry.objects.filter(kind="moderation.decided").count() == 2


def test_an_appeal_is_decided_by_someone_else(hidden, mandate, person):
    made = actions.appeal(decision=hidden, because="C'est une citation.", author=person("Jeanne"), at=DURING)
    again = {"appealed": made, "outcome": "reversed", "reasons": "Citation d'un jugement.", "at": LATE}
    with pytest.raises(actions.SamePersonDecides, match="collègue"):
        actions.decide_appeal(mandate=mandate(), **again)
    with pytest.raises(actions.SamePersonDecides, match="collègue"):
        # The same person under another mandate is the same person.
        actions.decide_appeal(mandate=mandate(organisation="autre"), **again)
    with pytest.raises(actions.SamePersonDecides, match="vôtre"):
        actions.decide_appeal(mandate=mandate(name="Jeanne"), **again)
    decided = actions.decide_appeal(mandate=mandate(name="Collegue"), **again)
    hidden.contribution.refresh_from_db()
    assert decided.outcome == "reversed"
    assert hidden.contribution.state == "published"
    assert hidden.contribution.title == "Ouvrir les menus"
    with pytest.raises(actions.CannotDecide, match="tranché"):
        actions.decide_appeal(mandate=mandate(name="Collegue"), **again)


def test_the_operator_decides_one_of_the_two_only(proposal, person):
    made = actions.decide(contributions=[proposal()], ruling=HIDE, at=DURING, mandate=None)[0]
    asked = actions.appeal(decision=made, because="Non.", author=person("Jeanne"), at=DURING)
    with pytest.raises(actions.SamePersonDecides):
        actions.decide_appeal(appealed=asked, outcome="upheld", reasons="Si.", at=LATE, mandate=None)


def test_an_upheld_decision_stays_with_both_reasons(hidden, mandate, person):
    made = actions.appeal(decision=hidden, because="Non.", author=person("Jeanne"), at=DURING)
    with pytest.raises(actions.CannotDecide, match="pourquoi"):
        actions.decide_appeal(appealed=made, outcome="upheld", reasons=" ", at=LATE, mandate=mandate(name="Collegue"))
    actions.decide_appeal(
        appealed=made, outcome="upheld", reasons="L'injure y est.", at=LATE, mandate=mandate(name="Collegue")
    )
    hidden.contribution.refresh_from_db()
    assert hidden.contribution.state == "hidden"


def test_only_the_author_appeals_once_within_six_months(hidden, person):
    with pytest.raises(actions.CannotAppeal, match="Seul l'auteur"):
        actions.appeal(decision=hidden, because="Non.", author=person("Ali"), at=DURING)
    with pytest.raises(actions.CannotAppeal, match="pourquoi"):
        actions.appeal(decision=hidden, because=" ", author=person("Jeanne"), at=DURING)
    # From 5 March, six months end on Saturday 5 September: carried to Monday 7.
    with pytest.raises(actions.CannotAppeal, match="07/09/2026"):
        actions.appeal(decision=hidden, because="Non.", author=person("Jeanne"), at=DURING + timedelta(days=187))
    actions.appeal(decision=hidden, because="Non.", author=person("Jeanne"), at=DURING + timedelta(days=186))
    with pytest.raises(actions.CannotAppeal, match="déjà"):
        actions.appeal(decision=hidden, because="Non.", author=person("Jeanne"), at=DURING + timedelta(days=186))


def test_what_is_hidden_for_a_time_comes_back_with_a_statement_of_its_own(proposal, mandate):
    ruling = actions.Ruling("hidden", "publicite", "Vend un logiciel.", ends_on=date(2026, 3, 20))
    contribution = proposal()
    actions.decide(contributions=[contribution], ruling=ruling, at=DURING, mandate=mandate())
    assert actions.end_hidings(at=DURING + timedelta(days=14)) == 0
    assert actions.end_hidings(at=DURING + timedelta(days=15)) == 1
    assert actions.end_hidings(at=DURING + timedelta(days=15)) == 0
    contribution.refresh_from_db()
    assert contribution.state == "published"
    last = Decision.objects.get(number=2)
    assert (last.outcome, last.is_automated) == ("restored", True)
    assert "décision n° 1" in last.facts


FOR_A_TIME = actions.Ruling("hidden", "publicite", "Vend un logiciel.", ends_on=date(2026, 3, 20))
ENDED = DURING + timedelta(days=15)


@pytest.fixture
def hidden_again(proposal, mandate):
    """Return the two decisions on a contribution hidden for a time, shown again, then hidden for good."""
    contribution = proposal()
    (first,) = actions.decide(contributions=[contribution], ruling=FOR_A_TIME, at=DURING, mandate=mandate())
    actions.end_hidings(at=ENDED)
    (last,) = actions.decide(contributions=[contribution], ruling=HIDE, at=ENDED, mandate=mandate())
    return first, last


def test_what_was_hidden_for_a_time_once_can_be_hidden_for_good(hidden_again):
    _, last = hidden_again
    assert actions.end_hidings(at=ENDED + timedelta(minutes=1)) == 0
    last.contribution.refresh_from_db()
    assert (last.contribution.state, Decision.objects.count()) == ("hidden", 3)


def test_an_appeal_won_against_a_former_decision_leaves_what_a_later_one_hides(hidden_again, mandate, person):
    first, last = hidden_again
    asked = actions.appeal(decision=first, because="Rien n'est à vendre.", author=person("Jeanne"), at=ENDED)
    actions.decide_appeal(
        appealed=asked, outcome="reversed", reasons="Logiciel libre.", at=LATE, mandate=mandate(name="Collegue")
    )
    last.contribution.refresh_from_db()
    sending.send_all(address="https://parvis.example", at=LATE)
    assert last.contribution.state == "hidden"
    assert "La contribution reste masquée par la décision n° 3" in mail.outbox[-1].body


def test_vote_7_every_hidden_contribution_has_a_sealed_statement(proposal, hidden, mandate, person):
    assert list(api.unexplained()) == []
    # What only an insider could do: hide without deciding, or decide without sealing.
    bare = proposal("Ali", title="Autre")
    debates.hide(contribution=bare, because="Sans décision.", at=DURING)
    assert list(api.unexplained()) == ["essai n° 2 est masquée sans décision motivée."]
    Decision.objects.create(
        number=9, contribution=bare, outcome="hidden", rule="publicite", charter="x", facts="x", decided_at=DURING
    )
    assert list(api.unexplained()) == [
        "essai n° 2 est masquée par la décision n° 9, qui n'est pas scellée au journal."
    ]


def test_an_erased_account_leaves_no_word_in_reports_and_appeals(proposal, hidden, person):
    other = proposal("Ali", title="Autre")
    reported(other, person, "Jeanne")
    actions.appeal(decision=hidden, because="Je m'appelle Jeanne.", author=person("Jeanne"), at=DURING)
    with transaction.atomic():
        actions.forget(actor=person("Jeanne"), at=LATE)
    assert Report.objects.get().text == ""
    assert Report.objects.get().reporter is None
    assert Appeal.objects.get().because == ""
    kept = Entry.objects.filter(kind__in=("contribution.reported", "appeal.made"))
    assert [entry.is_erased for entry in kept] == [True, True]
    assert list(api.unexplained()) == []


def test_every_rule_of_the_charter_says_its_ground():
    assert len({rule.slug for rule in RULES}) == len(RULES)
    assert all(rule.title and rule.text and rule.basis and rule.ground in {"legal", "charter"} for rule in RULES)
