"""VOTE-1: sixty-four sendings at once of the same person, to the real server: one voice, whatever the database."""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from core.processes.voting.crowd import Line, ballot, served, sign_in
from parvis.core.ledger.models import Entry
from parvis.core.processes.voting.models import Ballot

ROUNDS, TOGETHER = 50, 64


def race(lines, address, session, number):
    """Send all at once, each under a key of its own; return the statuses, those told to come back sent again."""
    requests = [ballot(address, session, "vert", f"{number}-{rank}") for rank in range(len(lines))]
    for line, request in zip(lines, requests, strict=True):
        line.send(request)
    statuses = [line.read().status for line in lines]
    return [
        line.ask(request).status if status == 503 else status
        for line, request, status in zip(lines, requests, statuses, strict=True)
    ]


@pytest.mark.django_db(transaction=True)
def test_sixty_four_ballots_at_once_of_one_person_are_one_voice(home, poll):
    now = datetime.now(tz=UTC)
    held = poll(opens_at=now, closes_at=now + timedelta(days=1), at=now)
    people = sign_in(ROUNDS)
    with served(home) as site, ExitStack() as lines:
        crowd = [lines.enter_context(Line(site.port)) for _ in range(TOGETHER)]
        rounds = [
            Counter(race(crowd, f"/debats/votes/{held.slug}/voter/", session, number))
            for number, session in enumerate(people)
        ]
    held.refresh_from_db()

    assert rounds == [Counter({409: TOGETHER - 1, 201: 1})] * ROUNDS
    assert Ballot.objects.filter(poll=held).count() == held.ballots == held.counts["vert"] == ROUNDS
    assert Entry.objects.filter(stream=held.stream, kind="vote.cast").count() == ROUNDS
