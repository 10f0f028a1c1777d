"""Keep the counts of answers owed and given, as parts of acts that seal, never as an act of their own.

Whoever calls is inside its transaction and holds the debate's row: two acts count in turn.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce, Least

from parvis.core.processes.answering.models import OwedCount
from parvis.core.processes.models import Contribution

HISTORY = ("process", "owner", "phase", "due_at", "answered_at", "fate")


def count_in(*, contributions: Iterable[Contribution]) -> None:
    """Count contributions that are owed an answer, or have theirs, where they stand now."""
    for history, alike in _alike(contributions).items():
        dates = [one.received_at for one in alike if one.received_at is not None]
        _add(history=dict(zip(HISTORY, history, strict=True)), count=len(alike), first=min(dates, default=None))


def count_out(*, contributions: Iterable[Contribution]) -> None:
    """Take contributions out of the counts, before what they are counted by changes."""
    for history, alike in _alike(contributions).items():
        kept = OwedCount.objects.filter(**_exactly(dict(zip(HISTORY, history, strict=True))))
        kept.filter(count__lte=len(alike)).delete()
        kept.update(count=F("count") - len(alike))


def _add(*, history: dict[str, object], count: int, first: datetime | None) -> None:
    """Count so many contributions more of one history; `first` is when the first of them came."""
    kept = OwedCount.objects.filter(**_exactly(history))
    earliest = Least(Coalesce("received_at", first), first) if first else F("received_at")
    if not kept.update(count=F("count") + count, received_at=earliest):
        OwedCount.objects.create(**_columns(history), received_at=first, count=count)


def count_again(*, contribution: Contribution, at: datetime) -> None:  # noqa: ARG001 -- joins.CHANGED gives the instant
    """Count anew those that wait with a contribution, once it is withdrawn, hidden or shown again."""
    if contribution.due_at is None or contribution.answered_at is not None:
        return
    history = dict(zip(HISTORY, _history(contribution), strict=True))
    count = Contribution.objects.live().filter(**_exactly(history)).count()
    kept = OwedCount.objects.filter(**_exactly(history))
    if not count:
        kept.delete()
    elif not kept.update(count=count):
        _add(history=history, count=count, first=contribution.received_at)


def _alike(contributions: Iterable[Contribution]) -> dict[tuple[object, ...], list[Contribution]]:
    found = defaultdict(list)
    for one in contributions:
        if one.answered_at or (one.due_at and one.state == Contribution.State.PUBLISHED):
            found[_history(one)].append(one)
    return found


def _history(one: Contribution) -> tuple[object, ...]:
    return one.process_id, one.owner_id, one.phase_id, one.due_at, one.answered_at, one.fate


def _exactly(history: dict[str, object]) -> dict[str, object]:
    """Return what finds a history: an empty column is asked as such, which « = » would never find."""
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in history.items()}


def _columns(history: dict[str, object]) -> dict[str, object]:
    return {f"{name}_id" if name in {"process", "owner", "phase"} else name: value for name, value in history.items()}
