"""The declared plan says what the reference file says: every fact, with its source, and nothing more."""

import json
import re

import pytest

from parvis.core.undertakings import declared
from parvis.core.undertakings.gaps import OfMilestone, gaps_of_step


@pytest.fixture(scope="module")
def plan():
    return declared.plan()


@pytest.fixture(scope="module")
def ours(plan):
    return {one.number: one for one in declared.commitments(plan.slug)}


@pytest.fixture
def reference(data):
    return json.loads((data / "plan-france-2015-2017.json").read_text())


def step(one, plan):
    found = {
        "id": one.key,
        "text": one.text,
        "due": one.due,
        "due_text": one.due_text,
        "tracker_issue": one.tracker,
        "tracker_url": one.tracker and f"{plan.tracker_address}{one.tracker}",
        "verified": one.verified,
        "sources": list(one.sources),
    }
    if one.part:
        found["part"] = one.part
    if one.target:
        found["target"] = {"value": one.target.value, "unit": one.target.unit}
    if one.note:
        found["note"] = one.note
    if one.due_is_deduced:
        found["due_deduced"] = True
    return found


def assessment(one):
    return {**vars(one), "ogp_values": list(one.ogp_values), "sources": list(one.sources)}


def fact(one, name="text"):
    found = {name: one.text, "sources": list(one.sources)}
    return found | ({"date": one.date} if one.date else {}) | ({"from_memory": True} if one.from_memory else {})


def without(mapping, *names):
    return {name: value for name, value in mapping.items() if name not in names}


def test_the_counts_are_those_of_the_plan(plan, ours):
    steps = [one for commitment in ours.values() for one in commitment.milestones]
    assert sorted(ours) == list(range(1, 27))
    assert len(steps) == 114
    assert sum(one.due is not None for one in steps) == 37
    assert sum(one.target is not None for one in steps) == 13
    assert len({one.tracker for one in steps} - {None}) == 91
    assert sum(len(one.assessments) for one in ours.values()) == plan.assessed_units == 29
    assert len(plan.axes) == 5
    assert sum(len(axis.subaxes) for axis in plan.axes) == 10
    assert [len(ours[number].parts) for number in (1, 10)] == [3, 2]


def test_every_commitment_says_what_the_file_says(plan, ours, reference):
    for theirs in reference["commitments"]:
        one = ours[theirs["number"]]
        assert one.slug == theirs["slug"]
        assert f"{plan.text_address}{one.slug}.md" == theirs["plan_url"]
        assert (one.title, one.axis, one.subaxis) == (theirs["title"], theirs["axis"], theirs["subaxis"])
        assert (one.ambition, list(one.leads)) == (theirs["ambition"], theirs["leads"])
        assert list(one.existing_systems) == theirs["existing_systems"]
        assert list(one.reading) == theirs["systems_reading"]
        assert list(one.sources) == theirs["sources"]
        assert [{"id": p.code, "title": p.title, "leads": list(p.leads)} for p in one.parts] == theirs["parts"]


def test_every_milestone_says_what_the_file_says(plan, ours, reference):
    for theirs in reference["commitments"]:
        assert [step(one, plan) for one in ours[theirs["number"]].milestones] == theirs["milestones"]


def test_every_known_outcome_says_what_the_file_says(ours, reference):
    for theirs in reference["commitments"]:
        one, outcome = ours[theirs["number"]], theirs["outcome"]
        assert [assessment(unit) for unit in one.assessments] == outcome["irm"]
        assert [fact(each) for each in one.facts] == [without(each, "verified") for each in outcome["facts"]]
        assert [each.verified for each in one.facts] == [each["verified"] for each in outcome["facts"]]
        for mine, year in zip(one.self_assessments, (2016, 2018), strict=True):
            said = outcome[f"self_assessment_{year}"]
            assert (mine.year, mine.status, mine.note, mine.verified) == (
                year,
                said["status"],
                said["note"],
                said["verified"],
            )
            assert list(mine.sources) == said.get("sources", [])
        assert [
            {"plan": c.plan, "ogp_id": c.ogp_id, "sources": list(c.sources), "verified": c.verified}
            | ({"note": c.note} if c.note else {})
            for c in one.carried_over
        ] == outcome["carried_over"]


def test_the_plan_as_a_whole_says_what_the_file_says(plan, reference):
    theirs = reference["plan"]
    names = ("title", "short_title", "country", "country_code", "framework", "period_note", "coordinator")
    for name in (*names, "political_lead", "licence", "tracking", "assessed_units_note"):
        assert getattr(plan, name) == theirs[name]
    assert {"start": plan.starts, "end": plan.ends} == theirs["period"]
    assert [fact(one, "event") for one in plan.timeline] == theirs["timeline"]
    assert [fact(one) for one in plan.overall] == [without(one, "verified") for one in theirs["overall_assessment"]]
    assert [
        {
            "id": axis.slug,
            "order": axis.order,
            "title": axis.title,
            "numbers": list(axis.numbers),
            "subaxes": [{"id": s.slug, "title": s.title, "numbers": list(s.numbers)} for s in axis.subaxes],
        }
        for axis in plan.axes
    ] == reference["axes"]


def test_the_sources_are_those_of_the_file_and_every_fact_names_one_of_them(plan, ours, reference):
    found = {s.key: {"title": s.title, "url": s.address, "type": s.kind} for s in plan.sources.values()}
    assert found == reference["sources"]
    named = {key for one in ours.values() for fact in one.facts for key in fact.sources}
    named |= {key for one in ours.values() for unit in one.assessments for key in unit.sources}
    named |= {key for one in ours.values() for key in one.sources}
    named |= {key for one in ours.values() for given in one.abandonments for key in given.sources}
    named |= {key for items in plan.process.values() for item in items for key in item.sources}
    assert named <= set(plan.sources)


@pytest.mark.parametrize(
    ("ours_is", "theirs_is"),
    [
        ("cycle", "cycle"),
        ("values", "values"),
        ("commitment_fields", "commitment_fields"),
        ("self_assessment_fields", "self_assessment_fields"),
        ("irm_variables", "irm_variables"),
        ("contrary_to_process", "contrary_to_process"),
        ("co_creation_standards", "co_creation_standards_2022"),
    ],
)
def test_the_ogp_process_says_what_the_file_says_and_what_is_from_memory(plan, reference, ours_is, theirs_is):
    items, theirs = plan.process[ours_is], reference["ogp_process"][theirs_is]
    assert len(items) == len(theirs)
    for item, said in zip(items, theirs, strict=True):
        assert item.verified == said["verified"]
        assert item.key == str(next(said[name] for name in ("stage", "id", "era", "n") if name in said))
        assert list(item.values) == said.get("values", [])
        for name in ("text", "test", "minimum", "note"):
            assert said.get(name, "") in item.text


def test_the_abandoned_part_is_the_one_that_the_facts_name(ours):
    (given_up,) = ours[10].abandonments
    (fact,) = (one for one in ours[10].facts if one.text.startswith("Abandon"))
    assert (given_up.date, given_up.sources) == (fact.date, fact.sources)
    assert given_up.steps == tuple(one.key for one in ours[10].milestones if one.part == "10.1")


def test_only_a_third_of_the_milestones_carry_a_date_and_the_others_lack_one(ours):
    steps = [one for commitment in ours.values() for one in commitment.milestones]
    undated = [one for one in steps if {OfMilestone.NO_DATE, OfMilestone.VAGUE_DATE} & set(gaps_of_step(one))]
    assert len(undated) == 77
    assert sum(OfMilestone.VAGUE_DATE in gaps_of_step(one) for one in steps) == 5
    assert all(one.due is None for one in undated)


def test_each_commitment_has_a_short_text_of_ours(ours):
    for one in ours.values():
        assert list(one.text) == ["Le problème", "Ce que Parvis doit montrer"]
        assert all(len(body) > 60 for body in one.text.values())
        assert not re.search(re.escape(one.ambition), " ".join(one.text.values()))
