"""The phase that is open alone opens acts: instants × kinds × roles, the bounds among them."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.core.french import PARIS
from parvis.core.processes import acts, simulating
from parvis.core.processes.acts import ActNotOpen, Allowed, Refused, Timetable
from parvis.core.processes.kinds import KINDS
from parvis.core.processes.procedures import PROCEDURES, proposed
from parvis.core.processes.simulating import EVERYONE, TEAM

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
WRITING = START, datetime(2026, 3, 23, 9, tzinfo=UTC)
# The hour changes on 29 March: answering ends at 10 h in Paris as it began, thus an hour earlier in UTC.
ANSWER = WRITING[1], datetime(2026, 4, 22, 8, tzinfo=UTC)
CONSOLIDATION = ANSWER[1], datetime(2026, 5, 7, 8, tzinfo=UTC)

OPEN = {
    "contribute:wording": [WRITING],
    "contribute:opinion": [WRITING],
    "contribute:argument": [WRITING],
    "vote": [WRITING],
    "support": [WRITING],
    "consolidate": [ANSWER, CONSOLIDATION],
    "contribute:survey-answer": [],
}
WHOSE = {"consolidate": TEAM}
INSTANTS = sorted({bound for phase in (WRITING, ANSWER, CONSOLIDATION) for bound in phase})


def schedule(procedure="cowriting", **more):
    declared = PROCEDURES.filled()[procedure]
    found = simulating.timetable(declared, list(proposed(declared, starts_at=START)))
    return Timetable(found.title, found.windows, **more)


@pytest.mark.parametrize("act", OPEN)
@pytest.mark.parametrize("at", [one + step for one in INSTANTS for step in (-TICK, timedelta(0), TICK)])
def test_an_act_is_open_in_its_phases_the_closing_instant_excluded(act, at):
    is_open = any(opens <= at < closes for opens, closes in OPEN[act])
    answer = acts.may(act, schedule(), at=at)
    assert isinstance(answer, Allowed if is_open else Refused)
    assert (act in schedule().acts(at=at)) is is_open


@pytest.mark.parametrize("at", [WRITING[0], ANSWER[0], CONSOLIDATION[0], CONSOLIDATION[1]])
def test_each_open_act_belongs_to_one_role(at):
    open_acts = schedule().acts(at=at)
    told = dict(simulating.by_whom(open_acts))
    for act in open_acts:
        assert [who for who, names in told.items() if acts.name(act) in names] == [WHOSE.get(act, EVERYONE)]
    assert bool(open_acts) == (at < CONSOLIDATION[1])


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (START - TICK, "n'est pas encore ouvert : l'étape « Co-écriture » commence le 2 mars 2026 à 10 h 00. Revenez"),
        (WRITING[1], "n'est plus ouvert : l'étape « Co-écriture » s'est close le 23 mars 2026 à 10 h 00."),
    ],
)
def test_a_refusal_says_what_when_and_what_next(at, sentence):
    said = acts.may("contribute:wording", schedule(), at=at).sentence.replace("\u00a0", " ")
    assert said.startswith("« Proposer une autre rédaction » ")
    assert sentence in said
    with pytest.raises(ActNotOpen):
        acts.require("contribute:wording", schedule(), at=at)


def test_what_no_step_opens_is_said_to_be_so():
    said = acts.may("contribute:survey-answer", schedule(), at=START).sentence
    assert "« Répondre au questionnaire » n'est ouvert par aucune étape" in said


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"is_archive": True}, "est une archive"), ({"is_published": False}, "n'est pas encore publié")],
)
def test_an_archive_and_a_draft_open_nothing(more, sentence):
    closed = schedule(**more)
    assert sentence in acts.may("contribute:wording", closed, at=START).sentence
    assert closed.acts(at=START) == frozenset()


@pytest.mark.parametrize("procedure", PROCEDURES.filled().values(), ids=lambda one: one.slug)
def test_a_procedure_opens_declared_acts_only_and_promises_to_kinds_it_opens(procedure):
    known = {f"contribute:{slug}" for slug in KINDS.filled()} | acts.NAMES.keys()
    for step in procedure.steps:
        assert step.acts <= known
        assert step.explanation
        if step.owed:
            assert {f"contribute:{kind}" for kind in step.owed.kinds} <= step.acts
            assert step.owed.basis
            assert simulating.owed(step.owed).startswith("Réponse due ")
    assert any(step.owed for step in procedure.steps)


def test_steps_follow_one_another_on_the_clock_of_paris():
    found = list(proposed(PROCEDURES.filled()["cowriting"], starts_at=START))
    assert [(one.opens_at, one.closes_at) for one in found] == [WRITING, ANSWER, CONSOLIDATION]
    assert {one.opens_at.astimezone(PARIS).hour for one in found} == {10}


def test_the_simulation_tells_each_bound_once_and_what_is_open_there():
    told = {one.at: one for one in simulating.instants(schedule())}
    assert "à la clôture de « Co-écriture », à l'ouverture de « Réponses »" in told[WRITING[1]].what
    assert "Voter" in told[WRITING[1] - simulating.SECOND].acts
    assert "Voter" not in told[WRITING[1]].acts
    assert told[CONSOLIDATION[1]].acts == ()
