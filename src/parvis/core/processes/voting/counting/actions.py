"""The end of a vote: closing, the count for good, the destruction of the key; and the export that all may recount."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.leaves import Json, canonical
from parvis.core.ledger.models import Entry
from parvis.core.ledger.tiles import nodes
from parvis.core.ledger.trees import Node
from parvis.core.processes.models import Contribution
from parvis.core.processes.voting.actions import moved_by
from parvis.core.processes.voting.ballots import Mode
from parvis.core.processes.voting.models import Ballot, Poll
from parvis.core.processes.voting.recounting import CAST, TALLIED, VERSION, proof_of, tree_root

CHUNK = 2_000
"""Ballots read at once."""

LICENCE = "Licence Ouverte 2.0"


class NothingPublished(ParvisError):
    """An export is asked before the log has a head: nothing could be proved."""


class KeyStillDue(ParvisError):
    """A key would be destroyed before its day."""


@transaction.atomic
def close(*, poll: Poll, at: datetime) -> Poll:
    """Close a poll: no ballot enters any more. Done twice, it changes nothing."""
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if poll.closed_at is None:
        poll.closed_at = at
        poll.save(update_fields=["closed_at"])
        if poll.mode == Mode.SECRET and poll.contribution_id is not None:
            Contribution.objects.filter(pk=poll.contribution_id).update(**moved_by(poll.counts))
        content = {"poll": poll.slug, "counts": poll.counts, "ballots": poll.ballots}
        ledger.append(kind="poll.closed", stream=poll.stream, content=content, at=at)
    return poll


@transaction.atomic
def tally(*, poll: Poll, at: datetime) -> bool:
    """Count a closed poll for good; return whether it could be done.

    Waits until its last ballot is in the published log: what is sealed is the root of their leaves, in its order. A
    poll whose ballots and counters disagree is not counted: `api.contradicted` names it.
    """
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    head = ledger.head()
    size = 0 if head is None else head.size
    late = Ballot.objects.filter(poll=poll).filter(Q(entry__position=None) | Q(entry__position__gte=size))
    if poll.closed_at is None or poll.tally_id is not None or late.exists():
        return False
    if poll.counted() != (poll.ballots, poll.counts):
        return False
    node = nodes(ledger.folder().read, size)
    places = _votes(poll, size).values_list("position", flat=True)
    root = tree_root([node(0, position) for position in places])
    content = {"poll": poll.slug, "counts": poll.counts, "ballots": poll.ballots, "root": root.hex()}
    poll.tally = ledger.append(kind=TALLIED, stream=poll.stream, content=content, at=at)
    poll.save(update_fields=["tally"])
    return True


@transaction.atomic
def destroy_key(*, poll: Poll, at: datetime) -> Poll:
    """Destroy the key of a poll: from now on nobody tells who voted, nor joins two polls. Raises KeyStillDue."""
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if poll.closed_at is None or at < poll.closed_at + timedelta(days=poll.key_days):
        raise KeyStillDue(
            f"La clé de « {poll.slug} » se garde {poll.key_days} jours après la clôture : attendez ce jour."
        )
    ledger.forget()
    poll.key, poll.key_destroyed_at = None, at
    poll.save(update_fields=["key", "key_destroyed_at"])
    ledger.append(kind="poll.key_destroyed", stream=poll.stream, content={"poll": poll.slug}, at=at)
    return poll


def close_due(*, at: datetime) -> int:
    """Close the polls whose time is over; return how many."""
    return len([close(poll=poll, at=at) for poll in list(_to_close(at=at))])


def tally_due(*, at: datetime) -> int:
    """Count for good the closed polls whose ballots are all published; return how many."""
    return sum(tally(poll=poll, at=at) for poll in Poll.objects.to_tally().order_by("pk"))


def destroy_due_keys(*, at: datetime) -> int:
    """Destroy the keys whose day has come; return how many."""
    kept = Poll.objects.filter(closed_at__isnull=False, key_destroyed_at=None).order_by("pk")
    return len([destroy_key(poll=one, at=at) for one in kept if at >= one.closed_at + timedelta(days=one.key_days)])


def _to_close(*, at: datetime) -> Iterator[Poll]:
    """Yield the polls whose time is over: their own dates, or the last phase of their debate that opens them."""
    running = Poll.objects.filter(closed_at=None).select_related("process").order_by("process_id", "pk")
    yield from running.filter(closes_at__lte=at)
    for poll in running.filter(closes_at=None).prefetch_related("process__phases").iterator(chunk_size=CHUNK):
        windows = [window for window in poll.process.timetable().windows if poll.act in window.acts]
        if all(window.closes_at <= at for window in windows):
            yield poll


def export(*, poll: Poll, is_opened: bool = False) -> Iterator[bytes]:
    """Yield the lines of a poll's export, as of the last published head: what anyone recounts it from.

    `is_opened` gives an auditor the choices of a poll counted in secret; the public never gets them. Raises
    NothingPublished.
    """
    head = ledger.head()
    if head is None:
        raise NothingPublished("Le journal n'a pas encore de tête : revenez dans une seconde.")
    node = nodes(ledger.folder().read, head.size)
    poll = Poll.objects.select_related("process").get(pk=poll.pk)
    sealed = Entry.objects.placed(end=head.size).filter(stream=poll.stream).exclude(kind=CAST)
    yield _line(_header(poll, head, [_act(entry, node) for entry in sealed]))
    shows_choices = is_opened or poll.mode == Mode.PUBLIC
    positions = [entry.position for entry in sealed]
    for entry in _votes(poll, head.size).select_related("ballot").iterator(chunk_size=CHUNK):
        positions.append(entry.position)
        yield _line(_ballot(entry, node, shows_choices=shows_choices))
    yield from (_line(line) for line in _strays(poll))
    yield _line({"proof": [step.hex() for step in proof_of(sorted(positions), head.size, node)]})


def _votes(poll: Poll, size: int) -> "Iterable[Entry]":
    return Entry.objects.placed(end=size).filter(stream=poll.stream, kind=CAST)


def _line(content: Json) -> bytes:
    return canonical(content) + b"\n"


def _header(poll: Poll, head: ledger.Head, sealed: Sequence[Json]) -> Json:
    return {
        "version": VERSION, "poll": poll.slug, "stream": poll.stream, "question": poll.question, "form": poll.form,
        "options": poll.options, "mode": poll.mode, "licence": LICENCE,
        "closed_at": poll.closed_at and poll.closed_at.isoformat(),
        "announced": {"ballots": poll.ballots, "counts": poll.counts if poll.shows_counts else {}},
        "log": {"checkpoint": head.note, "key": ledger.public_key()},
        "acts": sealed,
    }  # fmt: skip


def _act(entry: Entry, node: Node) -> Json:
    return {
        "position": entry.position, "kind": entry.kind, "hour": entry.hour, "salt": bytes(entry.salt).hex(),
        "content": entry.content, "leaf": node(0, entry.position).hex(),
    }  # fmt: skip


def _ballot(entry: Entry, node: Node, *, shows_choices: bool) -> Json:
    """Return a ballot's line; its leaf is read from the published tiles, not from the database."""
    line = {"position": entry.position, "leaf": node(0, entry.position).hex()}
    if not hasattr(entry, "ballot"):
        return line
    if not shows_choices:
        return {**line, "hour": entry.hour, "commitment": entry.commitment}
    salts = {"salt": bytes(entry.salt).hex(), "hidden_salt": bytes(entry.hidden_salt).hex()}
    ballot = entry.ballot
    return {**line, "hour": entry.hour, **salts, "nullifier": ballot.nullifier, "choice": ballot.choice}


def _strays(poll: Poll) -> Iterator[Json]:
    """Yield the ballots that are not tied to a vote of this poll in the log: someone put them there."""
    tied = Q(entry__stream=poll.stream, entry__kind=CAST)
    for ballot in Ballot.objects.filter(poll=poll).exclude(tied).select_related("entry").order_by("receipt"):
        yield {"position": None, "leaf": "", "choice": ballot.choice}
