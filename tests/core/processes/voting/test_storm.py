"""The server is killed (-9) again and again while people vote: what was acknowledged is there, once, with its leaf.

`make test` kills it three times; `make crash` (PARVIS_KILLS=30) thirty.
"""

import os
import random
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import sleep as pause

import pytest

from core.processes.voting.crowd import Line, ballot, served, sign_in
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.processes.voting.counting import actions as counting
from parvis.core.processes.voting.models import Ballot, Poll
from parvis.core.processes.voting.recounting import recount

KILLS = int(os.environ.get("PARVIS_KILLS", "3"))
PEOPLE, VOTERS = 400, 8
PATIENCE = 600
CHOICES = ("vert", "bleu", "gris")


class Voter(threading.Thread):
    """Someone who sends ballots in turn, each again and again until it is answered, under one key."""

    def __init__(self, port, ballots):
        super().__init__()
        self.line, self.ballots = Line(port), ballots
        self.receipts, self.refused, self.stop = [], [], threading.Event()

    def run(self):
        for request in self.ballots:
            while not self.stop.is_set():
                answer = self.send(request)
                if answer and answer.status == 201:
                    self.receipts.append(answer.receipt)
                    break
                if answer and answer.status != 503:
                    self.refused.append(answer)
                    break
                pause(0.02)

    def send(self, request):
        try:
            return self.line.ask(request)
        except OSError:
            self.line.close()
            return None


@contextmanager
def voting(voters):
    for voter in voters:
        voter.start()
    try:
        yield
    finally:
        for voter in voters:
            voter.stop.set()
        for voter in voters:
            voter.join(PATIENCE)
            assert not voter.is_alive()
            voter.line.close()


def acknowledged(voters):
    return sum(len(voter.receipts) for voter in voters)


def kill_and_restart(site, voters):
    """Kill the server while it votes: some ballots after it was last started, at an instant drawn at random."""
    draw = random.Random(6962)
    for _ in range(KILLS):
        seen = acknowledged(voters)
        while acknowledged(voters) == seen:
            pause(0.001)
        pause(draw.uniform(0.0, 0.3))
        site.kill()
        site.start()


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_votes_and_kills_loses_no_acknowledged_vote_and_counts_none_twice(home, poll):
    now = datetime.now(tz=UTC)
    polls = [poll(slug=f"vote-{n}", opens_at=now, closes_at=now + timedelta(days=1), at=now) for n in range(20)]
    people = sign_in(PEOPLE)
    requests = [
        ballot(f"/debats/votes/{held.slug}/voter/", session, CHOICES[number % 3], f"{number}")
        for held in polls
        for number, session in enumerate(people)
    ]
    with served(home) as site:
        voters = [Voter(site.port, requests[rank::VOTERS]) for rank in range(VOTERS)]
        with voting(voters):
            kill_and_restart(site, voters)
            pause(0.3)
    ledger.sequence(at=now)
    receipts = [receipt for voter in voters for receipt in voter.receipts]

    assert [answer.status for voter in voters for answer in voter.refused] == []
    assert len(receipts) == len({*receipts}) > KILLS
    assert {*receipts} <= {*Ballot.objects.values_list("receipt", flat=True)}
    assert Entry.objects.filter(kind="vote.cast").count() == Ballot.objects.count()
    assert sum(Poll.objects.values_list("ballots", flat=True)) == Ballot.objects.count()
    assert not Entry.objects.filter(kind="vote.cast", position=None).exists()
    for held in Poll.objects.filter(ballots__gt=0).order_by("pk"):
        found = recount(counting.export(poll=held))
        assert (found.faults, found.ballots, found.tally) == ([], held.ballots, Counter(held.counts))
