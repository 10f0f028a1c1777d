"""What is answered is counted in one way, on every public page: what was answered, though withdrawn since, was."""

from datetime import timedelta

import pytest

from core.processes.answering.conftest import CLOSED, debate, mandate, wording
from core.processes.conftest import AT, body, essay, grant, person
from parvis.core.processes import actions as debates
from parvis.core.processes.answering import actions
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.core.processes.exporting import actions as exporting
from parvis.core.processes.exporting import asking as statistics
from parvis.core.registers.asking import questions_of
from parvis.core.registers.questions import ask, connect
from parvis.core.undertakings.measuring import measure
from parvis.participation.registers.debates import REGISTER
from parvis.participation.registers.debates.evidence import actions as evidence
from parvis.plan.commitments.c12_law_and_cowriting.indicators import INDICATORS as LAW
from parvis.plan.commitments.c13_consultations.indicators import INDICATORS as CONSULTATIONS

__all__ = ["body", "debate", "essay", "grant", "mandate", "person", "wording"]

LATE = AT + timedelta(days=300)
SAME = {"dues": 3, "donnees": 2, "en_retard": 1, "taux_de_reponse": 66.7}


@pytest.fixture
def lived(debate, wording):
    """Return a debate with four wordings: answered; answered, then withdrawn; silent; silent, then withdrawn."""
    process = debate()
    kept, taken, _, gone = (wording(process, name=name) for name in ("Jeanne", "Ali", "Zoe", "Max"))
    assigning.assign_due(process=process, at=CLOSED)
    actions.answer(contributions=[kept, taken], fate="noted", reasons="Vu.", at=CLOSED, mandate=None)
    for one in (taken, gone):
        debates.withdraw(contribution=one, because="Je change d'avis.", author=one.author, at=CLOSED)
    return process


@pytest.fixture
def release(lived):
    return evidence.refresh(at=LATE)[0]


def test_the_page_of_answers_owed(client, lived):
    (told,) = client.get("/debats/reponses/?format=json").json()["authorities"]
    assert [told["owed"], told["answered"], told["overdue"], round(told["rate"], 1)] == list(SAME.values())


def test_the_register_s_questions(release):
    asked = questions_of(REGISTER)
    with connect({"debates": [release.folder]}) as connection:
        (row,) = ask(connection, asked["qui-doit-repondre"].sql).records()
        sorts = list(ask(connection, asked["ce-que-deviennent-les-contributions"].sql).records())
    assert {name: row[name] for name in SAME} == SAME
    assert {one["sort"]: one["contributions"] for one in sorts} == {"notée": 2, "sans réponse": 1}


def test_the_statistics_of_the_debate(lived):
    parquet = exporting.freeze(process=lived, at=LATE).parquet
    (found,) = [one for one in statistics.answer(parquet, statistics.questions()) if one.question.slug == "5-sorts"]
    assert {one["sort"]: one["contributions"] for one in found.records()} == {"notée": 2, "sans réponse": 1}


@pytest.mark.parametrize("slug", ["contributions-avec-un-sort", "taux-de-reponse", "redactions-avec-un-sort"])
def test_the_commitments(release, slug):
    indicator = next(one for one in (*LAW, *CONSULTATIONS) if one.slug == slug)
    assert measure(indicator, {"debates": [release.folder]}).value == pytest.approx(200 / 3)
