"""A later fix of a declared fact reaches installations, each change sealed; what someone corrected there stays."""

from datetime import date

import pytest

from parvis.core.ledger.models import Entry
from parvis.core.undertakings import actions
from parvis.core.undertakings.loading import actions as loading
from parvis.core.undertakings.models import Milestone, Plan


def load_otherwise(plan):
    """Make the tables hold what an older declaration would have said: a title, a text, a date, a number, a reason."""
    Plan.objects.filter(pk=plan.pk).update(title="Un plan")
    plan.undertakings.filter(code="2").update(title="Un titre", ambition="Une ambition")
    plan.undertakings.filter(code="1.3").update(title="Une partie")
    old = {"text": "Un texte", "due": "2014-01", "due_before": date(2014, 2, 1), "due_text": "avant"}
    Milestone.objects.filter(key="E19-J01").update(**old, target=3, target_unit="unités")
    Milestone.objects.filter(key="E10-J01").update(abandoned_because="Un motif")


def facts(plan):
    steps = Milestone.objects.order_by("key").values("key", "text", "due", "due_text", "due_before", "target", "state")
    parts = plan.undertakings.order_by("code").values("code", "slug", "axis", "title", "ambition")
    return Plan.objects.values("title", "starts_on", "ends_on").get(), list(parts), list(steps)


def test_a_plan_declared_otherwise_since_reaches_the_tables_and_each_change_is_sealed(plan, at):
    declared = facts(plan)
    load_otherwise(plan)
    assert facts(plan) != declared
    count = Entry.objects.count()
    loading.load_plan(at=at)
    assert facts(plan) == declared
    sealed = Entry.objects.order_by("pk")[count:]
    assert {entry.kind for entry in sealed} == {"plan.redeclared"}
    changes = {entry.key: entry.content["changes"] for entry in sealed}
    assert changes.keys() == {"france-2015-2017", "E02", "E01.3", "E19-J01", "E10-J01"}
    assert changes["E02"]["title"] == ["Un titre", "Accroître la transparence de la commande publique"]
    assert changes["E19-J01"]["due"] == ["2014-01", "2015-09"]
    assert changes["E19-J01"]["target"] == ["3.00", "5000"]
    assert changes["E10-J01"].keys() == {"abandoned_because"}
    loading.load_plan(at=at)
    assert Entry.objects.count() == count + 5


def test_what_a_steward_corrected_stays_when_the_plan_is_declared_otherwise(plan, mandate, at):
    step = Milestone.objects.get(key="E19-J01")
    actions.edit(thing=step, changes={"due": "2017-01"}, because="Essai.", at=at, mandate=mandate("steward"))
    Milestone.objects.filter(key="E19-J01").update(due_text="avant", text="Un texte")
    loading.load_plan(at=at)
    step.refresh_from_db()
    assert (step.due, step.due_text, step.due_before) == ("2017-01", "avant", date(2017, 2, 1))
    assert step.text != "Un texte"


def test_a_milestone_given_up_by_an_act_keeps_the_acts_reason(plan, mandate, at):
    Milestone.objects.filter(key="E10-J02").update(state="planned", abandoned_on="", abandoned_because="")
    step = Milestone.objects.get(key="E10-J02")
    actions.abandon(milestone=step, on="2016-08", because="Dit autrement.", at=at, mandate=mandate("steward"))
    loading.load_plan(at=at)
    step.refresh_from_db()
    assert (step.abandoned_on, step.abandoned_because) == ("2016-08", "Dit autrement.")


def test_a_milestone_taken_up_again_stays_so_when_the_plan_says_it_was_given_up(plan, mandate, at):
    step = Milestone.objects.get(key="E10-J02")
    actions.resume(milestone=step, because="Repris en 2026.", at=at, mandate=mandate("steward"))
    loading.load_plan(at=at)
    step.refresh_from_db()
    assert (step.state, step.abandoned_on) == ("planned", "")


def test_a_milestone_declared_since_is_added_and_sealed(plan, at):
    former = Milestone.objects.values().get(key="E01-J01")
    Milestone.objects.filter(key="E01-J01").delete()
    loading.load_plan(at=at)
    added = Milestone.objects.values().get(key="E01-J01")
    assert {**added, "id": former["id"]} == former
    (entry,) = Entry.objects.about(stream=plan.stream, key="E01-J01")
    assert (entry.kind, entry.content["changes"]["text"]) == ("plan.redeclared", [None, former["text"]])


def test_a_milestone_no_longer_declared_is_refused_and_nothing_changes(plan, procurement, at):
    load_otherwise(plan)
    before, count = facts(plan), Entry.objects.count()
    Milestone.objects.create(undertaking=procurement, key="E02-J99", position=99, text="Disparu")
    with pytest.raises(loading.MilestoneGone, match="E02-J99"):
        loading.load_plan(at=at)
    Milestone.objects.filter(key="E02-J99").delete()
    assert (facts(plan), Entry.objects.count()) == (before, count)
