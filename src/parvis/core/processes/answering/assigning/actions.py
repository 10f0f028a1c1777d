"""Say what is owed: each contribution that a step promises to answer gets an owner and a date, in the same write."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from parvis.core.clock import Due
from parvis.core.ledger import actions as ledger
from parvis.core.processes.answering.counting.actions import count_in, count_out
from parvis.core.processes.answering.owing import due_date
from parvis.core.processes.models import Contribution, Phase, Process
from parvis.core.processes.procedures import Owed, procedure_named

CHUNK = 500
"""Rows named in one statement: SQLite takes some thousands of parameters at most."""


def assign_all(*, at: datetime) -> int:
    """Say what is owed in every published debate that is no archive; return how many contributions were concerned."""
    return sum(assign_due(process=process, at=at) for process in Process.objects.published().filter(is_archive=False))


@transaction.atomic
def assign_due(*, process: Process, at: datetime) -> int:
    """Give an owner and a date to what each step of a debate promises to answer, once it is due to run.

    A promise « from the closing » starts when the phase closes; « from receipt », at once. Done again, it changes
    nothing. Return how many contributions were given a date.
    """
    # Two at once would seal the same dates twice.
    Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
    return sum(
        _assign(phase, owed, at=at)
        for phase in process.phases.select_related("process__organisation", "answered_by")
        if (owed := procedure_named(process.procedure).step(phase.step).owed) is not None
        and (owed.counted_from == "receipt" or phase.closes_at <= at)
    )


def _assign(phase: Phase, owed: Owed, *, at: datetime) -> int:
    # What was answered before it was owed counts among what was owed: an answer that comes early is no less one.
    undated = Contribution.objects.live().filter(phase=phase, kind__in=owed.kinds, due_at=None)
    dates: dict[datetime, Due] = {}
    concerned: dict[datetime, list[Contribution]] = defaultdict(list)
    for one in undated.order_by("pk"):
        found = due_date(owed, phase.closes_at if owed.counted_from == "closing" else one.received_at)
        dates[found.at] = found
        concerned[found.at].append(one)
    for instant, those in concerned.items():
        _write(phase, dates[instant], those, at=at)
    return sum(len(those) for those in concerned.values())


def _write(phase: Phase, found: Due, those: list[Contribution], *, at: datetime) -> None:
    """Write one date for all who share it, and seal it once with its working."""
    owner = phase.answered_by or phase.process.organisation
    pks = [one.pk for one in those]
    count_out(contributions=those)
    for start in range(0, len(pks), CHUNK):
        Contribution.objects.filter(pk__in=pks[start : start + CHUNK]).update(owner=owner, due_at=found.at)
    for one in those:
        one.owner, one.due_at = owner, found.at
    count_in(contributions=those)
    content = {
        "phase": phase.step,
        "owner": owner.slug,
        "count": len(those),
        "last_day": found.last_day.isoformat(),
        "calendar": found.calendar,
        "explanation": list(found.explanation),
    }
    ledger.append(kind="answer.owed", stream=phase.process.stream, key=f"etape-{phase.step}", content=content, at=at)
