"""Works that come together are written together; each is answered after the write that holds it, and never before."""

import threading
import time

import pytest

from parvis.core.processes.voting.grouping import Gate, NotWritten, Overloaded, Together

PATIENCE = 60
"""Seconds that nothing takes: after them something is stuck, however busy the machine."""


class Slow:
    """A write that stops until it is let go, and remembers what it was given."""

    def __init__(self):
        self.batches, self.let_go, self.fails = [], threading.Semaphore(0), False

    def __call__(self, works):
        self.batches.append(list(works))
        assert self.let_go.acquire(timeout=PATIENCE)
        if self.fails:
            raise OSError("disk")
        return [work * 10 for work in works]


class People:
    """Threads that each send a work, and what came of it."""

    def __init__(self, urn):
        self.urn, self.outcomes, self.threads = urn, {}, []

    def send(self, work):
        def run():
            try:
                self.outcomes[work] = self.urn.do(work)
            except (NotWritten, OSError) as refusal:
                self.outcomes[work] = type(refusal)

        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()

    def leave(self):
        for thread in self.threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def crowd(slow):
    """One work being written, and three that wait, sent in order."""
    people = People(Together(slow, together=2))
    people.send(0)
    until(lambda: slow.batches == [[0]])
    for work in (1, 2, 3):
        people.send(work)
        until(lambda count=work: len(people.urn._turns) == count)
    return people


def test_what_comes_during_a_write_is_in_the_next_ones_in_order_and_bounded(slow, crowd):
    for _ in range(3):
        slow.let_go.release()
    crowd.leave()

    assert slow.batches == [[0], [1, 2], [3]]
    assert crowd.outcomes == {0: 0, 1: 10, 2: 20, 3: 30}


def test_nobody_is_answered_before_the_write_that_holds_their_work(slow, crowd):
    slow.let_go.release()
    until(lambda: len(slow.batches) == 2)
    until(lambda: crowd.outcomes == {0: 0})
    for _ in range(2):
        slow.let_go.release()
    crowd.leave()


def test_a_gate_refuses_one_too_many_at_once_and_opens_again():
    gate = Gate(2)
    with gate, gate, pytest.raises(Overloaded, match="Attendez quelques secondes"), gate:
        pass
    with gate, gate:
        pass


def test_a_write_that_fails_is_told_to_all_whom_it_held_and_the_others_go_on(slow, crowd):
    slow.let_go.release()
    until(lambda: len(slow.batches) == 2)
    slow.fails = True
    slow.let_go.release()
    until(lambda: len(slow.batches) == 3)
    slow.fails = False
    slow.let_go.release()
    crowd.leave()

    assert crowd.outcomes == {0: 0, 1: OSError, 2: NotWritten, 3: 30}


def test_an_urn_is_ready_again_once_empty(slow, crowd):
    for _ in range(4):
        slow.let_go.release()
    crowd.leave()

    assert crowd.urn.do(7) == 70
