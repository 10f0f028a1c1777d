"""An engine is asked in a process of its own: what it gives, what it refuses, and what happens when it fails."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from core.simulators.conftest import TINY, running, started
from core.simulators.hosting.asking import asked, at_once, becomes_true, count, gathered, held, pid, values
from core.simulators.hosting.engines.tiny import ENDLESS_CASE, LAW, UNLUCKY, Tiny
from parvis.core.simulators.contract import Change, Rows, Step, Table, UnknownField, WrongValue
from parvis.core.simulators.hosting import keeping
from parvis.core.simulators.hosting.calling import (
    EngineBusy,
    EngineStopped,
    Host,
    NotAnswered,
    TooLarge,
    TooLong,
    UnknownEngine,
    host,
)
from parvis.core.simulators.hosting.hands import Hand
from parvis.core.simulators.hosting.queueing import MOST_WAITING
from parvis.core.simulators.identity import Asked, columns_hash, identity


def test_a_calculation_gives_its_values_its_identity_and_the_hash_of_its_results(tiny: Host) -> None:
    question = asked("benefit", 10, 20)
    outcome = tiny.evaluate(question)

    assert outcome.columns[("benefit", "2024")].tolist() == [5, 10]
    assert outcome.identity == identity(question, Tiny.card.version, Tiny.card.digest)
    assert outcome.results == columns_hash(outcome.columns)


def test_the_same_calculation_is_given_from_memory_unless_it_is_asked_anew(tiny: Host) -> None:
    question = asked("benefit", 11, 21)

    stored = []
    for anew in (False, False, True):
        tiny.evaluate(question, anew=anew)
        stored.append(keeping.status(tiny)["stored"])
    assert [now - stored[0] for now in stored] == [0, 1, 1]


def test_changes_cross(tiny: Host) -> None:
    question = asked("benefit", 10)
    changed = Asked(
        question.engine, question.table, question.outputs, "2024", (Change("rate", 0.1, date(2020, 1, 1)),)
    )

    assert tiny.evaluate(changed).columns[("benefit", "2024")].tolist() == pytest.approx([1])
    assert tiny.evaluate(changed).identity != tiny.evaluate(question).identity


@pytest.mark.parametrize(
    ("question", "refusal", "sentence"),
    [
        (asked("nothing"), UnknownField, "vouliez-vous dire « benefit »"),
        (asked("benefit", -1.0), WrongValue, "donnez-le positif"),
    ],
)
def test_a_refusal_of_the_engine_crosses_as_it_is(tiny: Host, question: Asked, refusal: type, sentence: str) -> None:
    before = pid(tiny)

    with pytest.raises(refusal, match=sentence):
        tiny.evaluate(question)
    assert pid(tiny) == before


@pytest.fixture(scope="module")
def hurried_once() -> Iterator[Host]:
    yield from running(Host(replace(TINY, slug="hurried", processes=1, seconds=5)))


@pytest.fixture
def hurried(hurried_once: Host) -> Host:
    """Nothing may take it more than five seconds: what is asked of it never ends, or takes no time."""
    return started(hurried_once)


@pytest.mark.parametrize(
    ("output", "refusal"),
    [("killed", EngineStopped), ("crash", EngineStopped), ("endless", TooLong), ("large", TooLarge)],
)
def test_a_hand_that_fails_says_so_and_the_next_call_works(hurried: Host, output: str, refusal: type) -> None:
    before = keeping.status(hurried)

    with pytest.raises(refusal):
        hurried.evaluate(asked(output, 10, said="rien"))
    assert values(hurried, 4.0) == [2.0]
    after = keeping.status(hurried)
    assert after["pid"] == before["pid"]
    assert set(after["hands"]) != set(before["hands"])


def test_a_hand_is_warm_before_its_first_question(tiny: Host) -> None:
    assert values(tiny, 1.0, output="warmth") == [True]


@pytest.fixture
def sleepy() -> Iterator[Host]:
    yield from running(Host(replace(TINY, slug="sleepy", module="core.simulators.hosting.engines.sleepy", seconds=5)))


def test_the_time_a_hand_takes_to_be_ready_is_not_of_the_calculation(sleepy: Host) -> None:
    assert values(sleepy, 1.0, output="warmth") == [True]


BESIDE_THOSE_HELD = MOST_WAITING - 2
TOGETHER = 3
"""Calculations when two are held, and all others are made as one."""


def test_callers_at_once_are_gathered_and_each_gets_its_own_rows(tiny: Host, tmp_path: Path) -> None:
    before = count(tiny, "calculations")
    sizes = range(1, BESIDE_THOSE_HELD + 1)
    given = gathered(tiny, tmp_path, lambda size: values(tiny, *range(size, 2 * size)), sizes)

    assert given == {size: [earned / 2 for earned in range(size, 2 * size)] for size in sizes}
    assert count(tiny, "calculations") == before + TOGETHER


def test_one_that_is_refused_does_not_refuse_those_gathered_with_it(tiny: Host, tmp_path: Path) -> None:
    before = count(tiny, "calculations")
    given = gathered(tiny, tmp_path, lambda earned: values(tiny, earned), [-1.0, *map(float, range(20, 40))])

    assert isinstance(given.pop(-1.0), WrongValue)
    assert given == {float(earned): [earned / 2] for earned in range(20, 40)}
    assert count(tiny, "calculations") == before + TOGETHER


def test_one_that_kills_its_hand_does_not_stop_those_gathered_with_it(tiny: Host, tmp_path: Path) -> None:
    before, others = count(tiny, "calculations"), (20.0, 21.0, 22.0, 23.0)
    all_of_them = [float(UNLUCKY), *others]
    given = gathered(tiny, tmp_path, lambda earned: values(tiny, earned, output="fragile"), all_of_them)

    assert isinstance(given.pop(float(UNLUCKY)), EngineStopped)
    assert given == {earned: [earned / 2] for earned in others}
    assert count(tiny, "calculations") == before + TOGETHER + len(all_of_them)


def test_one_too_many_is_told_to_come_back(tiny: Host, tmp_path: Path) -> None:
    with held(tiny, tmp_path) as let_go:

        def one_too_many() -> None:
            assert becomes_true(lambda: count(tiny, "waiting") == BESIDE_THOSE_HELD)
            with pytest.raises(EngineBusy, match="Trop de calculs attendent"):
                values(tiny, 8.0)
            let_go()

        given = at_once(lambda earned: values(tiny, earned), range(BESIDE_THOSE_HELD), meanwhile=one_too_many)

    assert given == {earned: [earned / 2] for earned in range(BESIDE_THOSE_HELD)}
    assert values(tiny, 8.0) == [4.0]


def test_who_waits_too_long_is_told_to_come_back(hurried: Host) -> None:
    """No two are alike, and none ends: each takes the only hand until its time."""
    questions = [replace(asked("endless", earned), period=str(2000 + earned)) for earned in range(12)]
    given = at_once(lambda place: hurried.evaluate(questions[place]), range(12))

    assert {type(refusal) for refusal in given.values()} == {TooLong, EngineBusy}
    assert any("pas pu prendre ce calcul à temps" in str(refusal) for refusal in given.values())
    assert values(hurried, 8.0) == [4.0]


def test_nothing_of_what_is_asked_is_written_anywhere(tiny: Host, capfd: pytest.CaptureFixture[str]) -> None:
    secret = "Situation-de-Mme-Imaginaire"
    for output in ("benefit", "talk", "crash"):
        at_once(lambda output: tiny.evaluate(asked(output, 77.0, said=secret)), [output])

    folder = tiny.address.parent
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"ValueError" in written
    assert secret.encode() not in written
    assert secret not in "".join(capfd.readouterr())


def test_a_table_too_large_is_refused_before_it_is_sent(tiny: Host) -> None:
    wide = np.broadcast_to(np.float32(1), 200_000_000)  # takes no memory until it is copied

    with pytest.raises(TooLarge, match="« parvis simulate »"):
        tiny.evaluate(
            Asked("tiny", Table({"person": Rows(len(wide), {("said", "2024"): wide})}), ("benefit",), "2024")
        )


def test_values_of_every_kind_cross_unchanged(tiny: Host) -> None:
    kinds = (
        np.array([True, False]),
        np.array([1, -2]),
        np.array(["1990-02-03", "NaT"], dtype="M8[D]"),
        np.array(["é", "ab"]),
    )
    for values_ in (*kinds, np.array(["mot", None], dtype=object)):
        table = Table({"person": Rows(2, {("earned", "2024"): np.ones(2, "f4"), ("said", "eternity"): values_})})
        assert tiny.evaluate(Asked("tiny", table, ("benefit",), "2024")).columns[("benefit", "2024")].tolist() == [
            0.5,
            0.5,
        ]


def test_an_explanation_crosses_with_its_law_and_what_is_missing_too(tiny: Host) -> None:
    assert tiny.explain(asked("benefit", 10), "benefit") == (
        Step("benefit", "Aide", "2024", 5.0, "EUR", (LAW,), -1, "La moitié du revenu."),
        Step("earned", "Revenu", "2024", 10.0, "EUR", (), 0, is_given=True),
    )
    assert tiny.missing(asked("benefit", 10)) == ()
    assert tiny.missing(Asked("tiny", Table({"person": Rows(1)}), ("benefit",), "2024")) == ("earned",)


@pytest.fixture
def plain() -> Iterator[Host]:
    yield from running(Host(replace(TINY, slug="plain", module="core.simulators.hosting.engines.plain")))


def test_an_engine_that_only_computes_says_so(plain: Host) -> None:
    assert values(plain, 3.0) == [3.0]
    for ask in (
        lambda: plain.explain(asked(), "benefit"),
        lambda: plain.missing(asked()),
        lambda: list(plain.cases()),
    ):
        with pytest.raises(NotAnswered):
            ask()


def test_cards_and_fields_are_read_without_a_process(tiny: Host) -> None:
    assert tiny.card() == Tiny.card
    assert [tiny.fields()[name] for name in tiny.fields()] == Tiny().fields()


def test_cases_come_one_at_a_time_and_are_counted(tiny: Host) -> None:
    score = tiny.count_cases(None)

    assert [case.name for case in tiny.cases(2)] == ["cas 0", "cas 1"]
    assert (score.passed, score.total, score.is_whole) == (4, 5, True)
    assert [case.name for case in score.failed] == ["cas 3"]
    assert tiny.score() == score


@pytest.fixture
def single() -> Iterator[Host]:
    yield from running(Host(replace(TINY, slug="single", processes=1)))


def test_who_leaves_while_cases_run_frees_the_only_hand(single: Host) -> None:
    running_cases = single.cases(ENDLESS_CASE)
    next(running_cases)
    running_cases.close()

    assert becomes_true(lambda: count(single, "ended") == 1)
    assert values(single, 6.0) == [3.0]


def test_a_hand_that_was_killed_is_given_nothing_more() -> None:
    """Its last word may come after: whoever asks next is not for it."""
    ours, theirs = socket.socketpair()
    with ours, theirs, subprocess.Popen(["sleep", "60"]) as process:
        hand = Hand(ours, process.pid)
        hand.kill()
        hand.rest()

    assert not hand.is_free()


def test_a_process_killed_outright_is_followed_by_another(tiny: Host) -> None:
    before = pid(tiny)
    os.kill(before, signal.SIGKILL)

    assert values(tiny, 2.0) == [1.0]
    assert pid(tiny) != before


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UnknownEngine, match="« boule-de-cristal »"):
        host("boule-de-cristal")
