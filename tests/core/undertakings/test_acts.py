"""The acts on a plan: who may, when, and what stays written."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from parvis.core.actors.actions import MandateNotValid, RoleDoesNotOpen
from parvis.core.ledger.models import Entry
from parvis.core.undertakings import actions, queries
from parvis.core.undertakings.declared import UnreadableDue, due_before
from parvis.core.undertakings.loading import actions as loading
from parvis.core.undertakings.models import Correction, FrozenRow, Measure, Milestone, Plan, Undertaking, Verdict

ANSWERS = {
    "completion": "substantial",
    "did_it_open_government": "major",
    "is_verifiable": True,
    "is_relevant": True,
    "opened_values": ["access_to_information"],
}


def entries(thing):
    return list(Entry.objects.about(stream=thing.stream, key=thing.key).values_list("kind", flat=True))


def test_loading_stores_the_whole_plan_and_seals_it(plan):
    whole = plan.undertakings.filter(parent=None)
    assert (whole.count(), plan.undertakings.exclude(parent=None).count()) == (26, 5)
    assert Milestone.objects.count() == 114
    assert Milestone.objects.undated().count() == 77
    assert Milestone.objects.exclude(target=None).count() == 13
    assert plan.undertakings.get(code="1.3").milestones.count() == 1
    assert {lead.organisation.name for lead in plan.undertakings.get(code="5").leads.all()} == {"Cour des comptes"}
    assert entries(whole.get(code="2")) == ["undertaking.declared"]
    assert (plan.starts_on, plan.ends_on) == (date(2015, 7, 1), date(2017, 8, 1))


def test_loading_twice_changes_nothing(plan, at):
    count = Entry.objects.count()
    assert loading.load_plan(at=at) == plan
    assert (Plan.objects.count(), Entry.objects.count()) == (1, count)


def test_the_abandoned_part_is_loaded_as_such_with_its_reason(plan):
    given_up = Milestone.objects.filter(state="abandoned")
    assert [one.key for one in given_up.order_by("key")] == ["E10-J01", "E10-J02", "E10-J03"]
    assert {one.abandoned_on for one in given_up} == {"2016-07"}


def test_a_milestone_is_late_from_the_day_after_its_due_date_and_without_a_date_never(plan):
    september = Milestone.objects.get(key="E19-J01")
    assert september.due == "2015-09"
    assert not september.is_late(on=date(2015, 9, 30))
    assert september.is_late(on=date(2015, 10, 1))
    assert september in Milestone.objects.late(on=date(2015, 10, 1))
    assert september not in Milestone.objects.late(on=date(2015, 9, 30))
    assert not Milestone.objects.undated().first().is_late(on=date(2030, 1, 1))


def test_a_correction_keeps_what_was_there_in_the_history_and_in_the_log(procurement, mandate, at):
    step = Milestone.objects.get(key="E02-J04")
    by = mandate("steward")
    actions.edit(thing=step, changes={"due": "2016-07"}, because="L'étude devait durer un an.", at=at, mandate=by)
    step.refresh_from_db()
    assert (step.due, step.due_before) == ("2016-07", date(2016, 8, 1))
    kept = Correction.objects.get(key="E02-J04")
    assert (kept.field, kept.before, kept.after, kept.mandate) == ("due", "", "2016-07", by)
    entry = Entry.objects.about(stream=step.stream, key="E02-J04").get()
    assert entry.content["changes"] == {"due": ["", "2016-07"]}
    assert "Jeanne" not in str(entry.content)


@pytest.mark.parametrize(
    ("changes", "because", "refusal"),
    [
        ({"title": "Autre"}, "  ", actions.ReasonMissing),
        ({"slug": "autre"}, "Parce que.", actions.FieldNotEditable),
        ({"title": "Accroître la transparence de la commande publique"}, "Parce que.", actions.NothingToChange),
    ],
)
def test_a_correction_without_reason_or_without_change_is_refused(procurement, at, changes, because, refusal):
    with pytest.raises(refusal):
        actions.edit(thing=procurement, changes=changes, because=because, at=at, mandate=None)
    assert Correction.objects.count() == 0


def test_a_claim_moves_its_milestone_and_its_withdrawal_moves_it_back(procurement, mandate, at):
    step, by = procurement.milestones.get(key="E02-J03"), mandate("lead")
    said = actions.claim(
        undertaking=procurement, milestone=step, state="done", text="Décret publié.", at=at, mandate=by
    )
    step.refresh_from_db()
    assert (step.state, step.done_on) == ("done", date(2026, 3, 2))
    actions.withdraw_claim(claim=said, because="Décret reporté.", at=at, mandate=by)
    step.refresh_from_db()
    assert (step.state, step.done_on) == ("planned", None)
    said.refresh_from_db()
    assert said.withdrawn_because == "Décret reporté."
    assert entries(procurement)[-2:] == ["claim.made", "claim.withdrawn"]
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw_claim(claim=said, because="Encore.", at=at, mandate=by)


def test_a_lead_does_not_withdraw_what_another_lead_said_and_a_successor_does(procurement, mandate, at):
    said = actions.claim(undertaking=procurement, completion="limited", text="Dit.", at=at, mandate=mandate("lead"))
    other = mandate("lead", name="Ada", organisation="ministere-des-finances-et-des-comptes-publics")
    with pytest.raises(actions.NotTheClaimant, match="seule cette organisation"):
        actions.withdraw_claim(claim=said, because="Non.", at=at, mandate=other)
    other.organisation.succeeds = said.mandate.organisation
    other.organisation.save()
    assert actions.withdraw_claim(claim=said, because="Reporté.", at=at, mandate=other).withdrawn_at == at
    (shown,) = queries.commitment(procurement.plan, 2, on=at.date()).claims
    assert (shown.organisation, shown.withdrawn_by) == ("Premier ministre", other.organisation.name)


def test_a_claim_speaks_of_a_milestone_or_of_the_whole_not_of_both(procurement, mandate, at):
    with pytest.raises(ValidationError):
        actions.claim(undertaking=procurement, text="Fait.", at=at, mandate=mandate("lead"))


def test_only_who_leads_on_that_day_speaks_for_a_commitment(procurement, mandate, at):
    other = mandate("lead", organisation="cour-des-comptes")
    with pytest.raises(actions.NotTheLead, match="Cour des comptes"):
        actions.claim(undertaking=procurement, completion="completed", text="Fait.", at=at, mandate=other)
    actions.change_lead(
        undertaking=procurement,
        leaves=None,
        comes=other.organisation,
        on=date(2026, 3, 2),
        because="Décret d'attribution.",
        at=at,
        mandate=mandate("steward", name="Ali"),
    )
    assert actions.claim(undertaking=procurement, completion="completed", text="Fait.", at=at, mandate=other).pk


def test_a_lead_of_the_whole_speaks_for_its_parts(plan, mandate, at):
    part = plan.undertakings.get(code="1.2")
    by = mandate("lead", organisation="ministere-de-l-interieur")
    step = part.milestones.first()
    assert actions.claim(undertaking=part, milestone=step, state="in_progress", text="En cours.", at=at, mandate=by).pk


def test_giving_up_says_when_and_why_and_happens_once(procurement, mandate, at):
    step, by = procurement.milestones.get(key="E02-J05"), mandate("lead")
    with pytest.raises(actions.ReasonMissing):
        actions.abandon(milestone=step, on="2026-03", because="", at=at, mandate=by)
    actions.abandon(milestone=step, on="2026-03", because="Clause sans effet.", at=at, mandate=by)
    step.refresh_from_db()
    assert (step.state, step.abandoned_on, step.abandoned_because) == ("abandoned", "2026-03", "Clause sans effet.")
    assert entries(step) == ["milestone.abandoned"]
    with pytest.raises(actions.AlreadyAbandoned):
        actions.abandon(milestone=step, on="2026-04", because="Encore.", at=at, mandate=by)


def test_the_page_of_a_milestone_says_which_body_gave_it_up_and_nobody_where_the_text_did(
    client, procurement, mandate, at
):
    step, by = procurement.milestones.get(key="E02-J05"), mandate("lead")
    actions.abandon(milestone=step, on="2026-03", because="Sans effet.", at=at, mandate=by)
    assert "mars 2026, par Premier ministre" in client.get("/plan/jalons/E02-J05/").content.decode().replace(
        "\xa0", " "
    )
    assert client.get("/plan/jalons/E10-J01/?format=json").json()["step"]["abandoned_by"] == ""
    actions.resume(milestone=step, because="Erreur.", at=at, mandate=by)
    assert client.get("/plan/jalons/E02-J05/?format=json").json()["step"]["abandoned_by"] == ""


def test_a_milestone_given_up_is_taken_up_again_as_its_last_claim_says(procurement, mandate, at):
    step, by = procurement.milestones.get(key="E02-J05"), mandate("lead")
    actions.claim(undertaking=procurement, milestone=step, state="in_progress", text="Dit.", at=at, mandate=by)
    step.refresh_from_db()
    actions.abandon(milestone=step, on="2026-03", because="Clause sans effet.", at=at, mandate=by)
    with pytest.raises(actions.ReasonMissing):
        actions.resume(milestone=step, because=" ", at=at, mandate=by)
    actions.resume(milestone=step, because="Mauvais jalon.", at=at, mandate=by)
    step.refresh_from_db()
    assert (step.state, step.abandoned_on, step.abandoned_because) == ("in_progress", "", "")
    sealed = Entry.objects.about(stream=step.stream, key=step.key).get(kind="milestone.resumed").content
    assert (sealed["abandoned_on"], sealed["because"]) == ("2026-03", "Mauvais jalon.")
    with pytest.raises(actions.NotAbandoned):
        actions.resume(milestone=step, because="Encore.", at=at, mandate=by)


def test_who_may_not_give_a_milestone_up_may_not_take_it_up_again(plan, mandate, at):
    step = plan.undertakings.get(code="5").milestones.first()
    actions.abandon(milestone=step, on="2026", because="Trop dur.", at=at, mandate=mandate("steward", name="Ali"))
    with pytest.raises(actions.NotTheLead):
        actions.resume(milestone=step, because="Reprise.", at=at, mandate=mandate("lead"))
    with pytest.raises(RoleDoesNotOpen):
        actions.resume(milestone=step, because="Reprise.", at=at, mandate=mandate("reviewer", name="Ada"))


@pytest.mark.parametrize(
    "on", ["2016-13", "2016-00", "2016-6", "2016-x", "16", "2016-02-31", "9999", "0000", "2016-07-13-01", "²016", ""]
)
def test_what_is_no_date_is_neither_a_day_of_giving_up_nor_a_due_date(procurement, mandate, at, on):
    step, by = Milestone.objects.get(key="E02-J04"), mandate("steward")
    with pytest.raises(UnreadableDue):
        actions.abandon(milestone=step, on=on, because="Budget.", at=at, mandate=by)
    with pytest.raises(UnreadableDue):
        due_before(on)


@pytest.mark.parametrize(
    ("due", "late_from"),
    [
        ("2015", date(2016, 1, 1)),
        ("2016-01", date(2016, 2, 1)),
        ("2016-02", date(2016, 3, 1)),
        ("2016-12", date(2017, 1, 1)),
        ("2016-02-29", date(2016, 3, 1)),
        (None, None),
    ],
)
def test_a_due_date_as_precise_as_its_text_passes_when_its_last_day_has(due, late_from):
    assert due_before(due) == late_from


def test_a_lead_does_not_give_up_what_others_promised(plan, mandate, at):
    step = plan.undertakings.get(code="5").milestones.first()
    with pytest.raises(actions.NotTheLead):
        actions.abandon(milestone=step, on="2026", because="Trop dur.", at=at, mandate=mandate("lead"))


@pytest.fixture
def judge(procurement, at):
    def give(by, **changed):
        return actions.judge(
            undertaking=procurement,
            stage="end",
            answers={**ANSWERS, **changed},
            reasons="J'ai lu les décrets.",
            at=at,
            mandate=by,
        )

    return give


@pytest.fixture
def readers(mandate):
    return [mandate("reviewer", name=name, organisation="universite") for name in ("Ada", "Blaise", "Zoe")]


def test_the_second_reader_does_not_see_the_first_verdict_before_giving_theirs(plan, readers, judge):
    first = judge(readers[0])
    assert list(Verdict.objects.visible_to(readers[0].actor)) == [first]
    assert list(Verdict.objects.visible_to(readers[1].actor)) == []
    assert list(Verdict.objects.visible_to(None)) == []
    shown = queries.commitment(plan, 2, on=date(2026, 3, 2), reader=readers[1].actor)
    assert [(pair.received, pair.readings) for pair in shown.pairs] == [(1, ())]
    second = judge(readers[1])
    for reader in (*(one.actor for one in readers), None):
        assert set(Verdict.objects.visible_to(reader)) == {first, second}


def test_the_log_hides_a_verdict_but_commits_to_it(procurement, readers, judge):
    judge(readers[0])
    entry = Entry.objects.about(stream=procurement.stream, key=procurement.key).last()
    assert entry.content == {
        "stage": "end",
        "reader": 1,
        "by": {"role": "reviewer", "organisation": "universite"},
    }
    assert "décrets" not in entry.opening
    assert "décrets" in entry.hidden


def test_agreement_is_shown_question_by_question(plan, readers, judge):
    judge(readers[0])
    judge(readers[1], is_verifiable=False)
    (pair,) = queries.commitment(plan, 2, on=date(2026, 3, 2)).pairs
    assert pair.agreement == "Les deux lecteurs s'accordent sur 3 questions sur 4."
    assert [one.is_same for one in pair.agreements] == [True, True, False, True]


def test_two_readers_judge_and_neither_twice(readers, judge):
    judge(readers[0])
    with pytest.raises(actions.AlreadyJudged):
        judge(readers[0])
    judge(readers[1])
    with pytest.raises(actions.PairComplete):
        judge(readers[2])


def test_a_reader_does_not_judge_their_own_organisation(judge, mandate):
    with pytest.raises(actions.ReaderIsInvolved):
        judge(mandate("reviewer"))


def test_a_verdict_once_given_is_frozen_by_the_database(readers, judge):
    given = judge(readers[0])
    given.completion = "completed"
    with pytest.raises(DatabaseError, match="figé"), transaction.atomic():
        given.save()
    with pytest.raises(FrozenRow):
        given.delete()
    with pytest.raises(FrozenRow):
        Verdict.objects.update(completion="completed")
    with pytest.raises(FrozenRow):
        Measure.objects.all().delete()


BEFORE, FIRST, LAST, AFTER = (
    datetime(2025, 12, 31, 12, tzinfo=UTC),
    datetime(2026, 1, 1, 12, tzinfo=UTC),
    datetime(2026, 12, 31, 12, tzinfo=UTC),
    datetime(2027, 1, 1, 12, tzinfo=UTC),
)
MAY = {
    "edit": {"steward"},
    "change_lead": {"steward"},
    "abandon": {"steward", "lead"},
    "claim": {"lead"},
    "judge": {"reviewer"},
    "measure": {"steward"},
    "open_review": {"steward"},
    "register_organisation": {"steward"},
    "grant_mandate": {"steward"},
}
"""Act -> the roles that open it: every other role is refused, and every role outside its days."""


def do(act, by, procurement, at):
    from parvis.core.actors import actions as actors
    from parvis.core.undertakings.measures import actions as measures

    step = procurement.milestones.get(key="E02-J01")
    body = by.organisation
    whole = {"undertaking": procurement}
    cases = {
        "edit": lambda: actions.edit(thing=step, changes={"due": "2016"}, because="Lu.", at=at, mandate=by),
        "change_lead": lambda: actions.change_lead(
            leaves=None, comes=other(), on=date(2026, 1, 1), because="Lu.", at=at, mandate=by, **whole
        ),
        "abandon": lambda: actions.abandon(milestone=step, on="2016", because="Lu.", at=at, mandate=by),
        "claim": lambda: actions.claim(completion="limited", text="Dit.", at=at, mandate=by, **whole),
        "judge": lambda: actions.judge(stage="end", answers=ANSWERS, reasons="Lu.", at=at, mandate=by, **whole),
        "measure": lambda: measures.measure(at=at, mandate=by),
        "open_review": lambda: measures.open_review(at=at, mandate=by),
        "register_organisation": lambda: actors.register_organisation(slug="n", name="N", at=at, mandate=by),
        "grant_mandate": lambda: actors.grant_mandate(
            actor=by.actor, role="lead", organisation=body, starts_on=date(2026, 5, 1), at=at, mandate=by
        ),
    }
    return cases[act]()


def other():
    from parvis.core.actors.models import Organisation

    return Organisation.objects.get(slug="cour-des-comptes")


@pytest.mark.parametrize("role", ["steward", "lead", "reviewer"])
@pytest.mark.parametrize("act", MAY)
@pytest.mark.parametrize("instant", [BEFORE, FIRST, LAST, AFTER], ids=["before", "first day", "last day", "after"])
def test_each_role_does_its_acts_on_its_days_and_nothing_else(procurement, mandate, act, role, instant):
    by = mandate(role, organisation="universite" if role == "reviewer" else "premier-ministre")
    if role not in MAY[act]:
        with pytest.raises(RoleDoesNotOpen):
            do(act, by, procurement, instant)
    elif instant in {BEFORE, AFTER}:
        with pytest.raises(MandateNotValid, match="du 01/01/2026 au 01/01/2027 exclu"):
            do(act, by, procurement, instant)
    else:
        do(act, by, procurement, instant)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "abandoned"},
        {"state": "abandoned", "abandoned_on": "2016"},
        {"abandoned_because": "Sans état."},
        {"state": "done"},
        {"done_on": date(2016, 1, 1)},
        {"due": "2016"},
        {"due_before": date(2017, 1, 1)},
        {"target": 5},
        {"target_unit": "communes"},
    ],
    ids=str,
)
def test_the_database_refuses_a_milestone_that_lies(procurement, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(key="E02-J01").update(**change)


def test_the_database_refuses_a_commitment_that_is_its_own_part(procurement):
    with pytest.raises(IntegrityError), transaction.atomic():
        Undertaking.objects.filter(pk=procurement.pk).update(parent=procurement)
