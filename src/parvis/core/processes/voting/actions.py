"""The acts of votes: open, receive ballots together, close, count for good, destroy the key."""

import fcntl
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from parvis.core import french
from parvis.core.actors import actions as actors
from parvis.core.actors.models import Actor, Mandate
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.processes import acts
from parvis.core.processes.actions import CannotChange
from parvis.core.processes.kinds import SIDES, kind_named
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.voting import ballots
from parvis.core.processes.voting.ballots import SUPPORT, Form, Mode
from parvis.core.processes.voting.models import Ballot, Poll
from parvis.core.processes.voting.recounting import CAST

COUNTERS = {"support": "supports", "for": "votes_for", "mixed": "votes_mixed", "against": "votes_against"}
"""The counter of a contribution that each option of its polls moves."""

NAMES = {Form.OPINION: "avis", Form.SUPPORT: "soutiens"}
QUESTIONS = {
    Form.OPINION: "Êtes-vous pour, mitigé ou contre la contribution n° {number} ({debate}) ?",
    Form.SUPPORT: "Soutenez-vous la contribution n° {number} ({debate}) ?",
}
"""A question never changes, and is sealed for all to read: it names a contribution without its author's words."""


class AlreadyVoted(ParvisError):
    """A person sends a second ballot in a poll."""


class VoteClosed(ParvisError):
    """A ballot comes before the poll opens or after it closes."""


class VoteElsewhere(ParvisError):
    """A ballot is sent here to a poll that an outside system holds."""


class NotVotable(ParvisError):
    """A vote would be held on what is not voted, or no longer, or under a question that another has."""


class WordsChanged(ParvisError):
    """A ballot bears on words that have changed since they were read."""

    def __init__(self, read: int, now: int) -> None:
        """Keep the edition that was voted on, and the one that stands, to be shown side by side."""
        self.read, self.now = read, now
        super().__init__(
            f"Vous avez voté sur la rédaction {read} de cette contribution, et elle en est à la rédaction {now}. "
            "Votre voix n'est ni comptée ni perdue : lisez les deux, puis dites si elle vaut pour celle d'aujourd'hui."
        )


@dataclass(frozen=True, eq=False)
class Vote:
    """A ballot that was checked, on its way to the urn. Two sendings are two votes, even of the same words.

    It is not kept with its edition: words on which a ballot bears no longer change, so all bear on the same.
    """

    poll: int
    nullifier: str
    choice: str
    attempt: str
    edition: int | None = None  # of the contribution, as the page that showed its words sends it


Outcome: TypeAlias = Ballot | ParvisError


@transaction.atomic
def open_poll(
    *,
    process: Process,
    slug: str,
    question: str,
    options: Mapping[str, str],
    form: str,
    mode: str,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
    mandate: Mandate | None = None,
) -> Poll:
    """Put a question of its own to the vote in a debate: its mode, question and options are fixed from now on."""
    actors.require(mandate, "process.open", at=at)
    if process.is_archive or not process.is_published:
        raise NotVotable(
            f"« {process.title} » est un brouillon, ou une archive : personne n'y vote. Publiez le débat, puis ouvrez "
            "le vote."
        )
    poll = Poll(process=process, slug=slug, question=question, form=form, mode=mode, **_fresh(options))
    poll.opens_at, poll.closes_at = opens_at, closes_at
    poll.full_clean()
    poll.save()
    _seal_opening(poll, at=at, by=mandate)
    return poll


@transaction.atomic
def poll_on(*, contribution: Contribution, form: str, at: datetime) -> Poll:
    """Return the vote, or the supports, of a contribution; opened when first asked for, in the mode of its debate."""
    fresh = unopened(contribution, form)
    given = {
        name: getattr(fresh, name) for name in ("process", "slug", "question", "mode", "options", "counts", "key")
    }
    poll, is_new = Poll.objects.get_or_create(contribution=contribution, form=form, defaults=given)
    if is_new:
        _seal_opening(poll, at=at, by=None)
    return poll


def unopened(contribution: Contribution, form: str) -> Poll:
    """Return the vote that a contribution will have, as it is before anyone votes. Nothing is stored."""
    process = contribution.process
    return Poll(
        process=process,
        contribution=contribution,
        form=form,
        slug=f"{process.slug}-{contribution.number}-{NAMES[Form(form)]}",
        question=QUESTIONS[Form(form)].format(number=contribution.number, debate=process.title)[:500],
        mode=process.vote_mode,
        **_fresh(SIDES if form == Form.OPINION else SUPPORT),
    )


def _fresh(options: Mapping[str, str]) -> dict[str, object]:
    return {
        "options": [[slug, title] for slug, title in options.items()],
        "counts": dict.fromkeys(options, 0),
        "key": secrets.token_bytes(ballots.KEY_BYTES),
    }


def _seal_opening(poll: Poll, *, at: datetime, by: Mandate | None) -> None:
    content = {
        "poll": poll.slug, "question": poll.question, "options": poll.options, "form": poll.form, "mode": poll.mode,
        "opens_at": poll.opens_at and poll.opens_at.isoformat(),
        "closes_at": poll.closes_at and poll.closes_at.isoformat(),
        "by": actors.role_of(by) if poll.contribution_id is None else {"role": "procedure"},
    }  # fmt: skip
    ledger.append(kind="poll.opened", stream=poll.stream, content=content, at=at)


def checked(
    *,
    poll: Poll,
    actor: Actor,
    chosen: Sequence[str],
    idempotency_key: str,
    at: datetime,
    edition: int | None = None,
) -> Vote:
    """Return the ballot that this person may send now, without their name.

    Raises NotConfirmed, ActNotOpen, VoteClosed, VoteElsewhere, NotVotable, UnknownChoice.
    """
    actors.require_confirmed(actor)
    require_open(poll, at=at)
    kept = ballots.choice(poll.form, poll.choices, chosen)
    attempt = ballots.attempt(bytes(poll.key), actor.pk, idempotency_key)
    return Vote(poll.pk, ballots.nullifier(bytes(poll.key), actor.pk), kept, attempt, edition)


def require_open(poll: Poll, *, at: datetime) -> None:
    """Refuse a poll that takes no ballot at that instant, with the sentence that says why."""
    if poll.mode == Mode.OUTSIDE:
        raise VoteElsewhere(
            "Ce vote se tient dans un système de vote extérieur : aucun bulletin n'est reçu ici. Son adresse et la "
            "façon de le vérifier sont données par l'organisme qui le tient."
        )
    if (said := _not_open(poll, at)) is not None:
        raise VoteClosed(said)
    if poll.contribution is not None:
        acts.require(poll.act, poll.process.timetable(), at=at)
        _require_votable(poll.contribution)


def _require_votable(contribution: Contribution) -> None:
    kind = kind_named(contribution.kind)
    if not kind.is_votable:
        raise NotVotable(
            f"« {kind.title} » : cette espèce ne reçoit ni vote ni soutien. Votez sur ce dont elle parle."
        )
    if contribution.state != Contribution.State.PUBLISHED:
        raise NotVotable(
            "Cette contribution est retirée ou masquée : elle ne reçoit plus de voix. Celles qu'elle a reçues "
            "restent comptées."
        )


def require_unvoted(*, contribution: Contribution, at: datetime) -> None:  # noqa: ARG001 -- called as every joint is
    """Refuse to change words that ballots bear on, whatever their mode: those of a secret poll move no counter yet."""
    voices = Ballot.objects.filter(poll__contribution=contribution).count()
    if voices:
        raise CannotChange(
            f"{voices} voix portent déjà sur les mots de la contribution n° {contribution.number} : ils ne changent "
            "plus. Retirez-la et donnez-en une autre, ou répondez-lui par une précision."
        )


def _not_open(poll: Poll, at: datetime) -> str | None:
    if poll.opens_at is not None and at < poll.opens_at:
        return f"Ce vote n'est pas encore ouvert : il commence le {french.moment(poll.opens_at)}. Revenez alors."
    ends = poll.closed_at if poll.closes_at is None else poll.closes_at
    if poll.closed_at is not None or (ends is not None and at >= ends):
        return (
            f"Ce vote est clos depuis le {french.moment(ends)} : votre voix n'a pas été enregistrée. "
            "Le décompte et sa vérification sont sur la page du vote."
        )
    return None


def cast(
    *,
    poll: Poll,
    actor: Actor,
    choice: Sequence[str],
    idempotency_key: str,
    at: datetime,
    edition: int | None = None,
) -> Ballot:
    """Receive one ballot by itself. Raises AlreadyVoted, WordsChanged and the refusals of `checked`."""
    sent = {"actor": actor, "chosen": choice, "idempotency_key": idempotency_key, "edition": edition}
    vote = checked(poll=poll, at=at, **sent)
    return kept(cast_together(votes=[vote], at=at)[0])


def kept(outcome: Outcome) -> Ballot:
    """Return the ballot, or raise its refusal."""
    if isinstance(outcome, ParvisError):
        raise outcome
    return outcome


def cast_in_turn(*, votes: Sequence[Vote], at: datetime) -> list[Outcome]:
    """Receive ballots, waiting for the server's other processes: SQLite has no queue of its own (see `ledger`)."""
    with _turn():
        return cast_together(votes=votes, at=at)


@contextmanager
def _turn() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    Path(settings.PARVIS_HOME).mkdir(parents=True, exist_ok=True)
    with (Path(settings.PARVIS_HOME) / "votes.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@transaction.atomic
def cast_together(*, votes: Sequence[Vote], at: datetime) -> list[Outcome]:
    """Receive ballots in one transaction: rows, counters and leaves, or nothing. One outcome for each, in order.

    The polls are locked first: two processes never count the same one at once, and a poll that closes closes between
    two writes, never within one. Then their contributions, whose words do not change until the ballots are there.
    """
    polls = _locked({vote.poll for vote in votes})
    editions = _editions(polls.values())
    there = _there(votes)
    refusals = [_refusal(vote, polls[vote.poll], editions, at) for vote in votes]
    fresh: dict[tuple[int, str], Vote] = {}
    for vote, refusal in zip(votes, refusals, strict=True):
        if (vote.poll, vote.nullifier) not in there and refusal is None:
            fresh.setdefault((vote.poll, vote.nullifier), vote)
    made = dict(zip(fresh.values(), _stored(polls, list(fresh.values()), at=at), strict=True))
    there |= {(ballot.poll_id, ballot.nullifier): ballot for ballot in made.values()}
    _count(polls, list(fresh.values()))
    return [
        made.get(vote) or _outcome(vote, there.get((vote.poll, vote.nullifier)), refusal)
        for vote, refusal in zip(votes, refusals, strict=True)
    ]


def _locked(numbers: Iterable[int]) -> dict[int, Poll]:
    # In one order for all, so that two writes that share polls never wait for each other.
    asked = Poll.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    return {poll.pk: poll for poll in asked}


def _editions(polls: Iterable[Poll]) -> dict[int | None, int]:
    """Return the last edition of the contributions that polls are on, held until the end of the act."""
    held = Contribution.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return dict(held.filter(pk__in={poll.contribution_id for poll in polls}).values_list("pk", "edition"))


def _refusal(vote: Vote, poll: Poll, editions: Mapping[int | None, int], at: datetime) -> ParvisError | None:
    """Return why a first ballot is not received, None where it is."""
    if (said := _not_open(poll, at)) is not None:
        return VoteClosed(said)
    now = editions.get(poll.contribution_id)
    if vote.edition is not None and now is not None and vote.edition != now:
        return WordsChanged(vote.edition, now)
    return None


def _there(votes: Sequence[Vote]) -> dict[tuple[int, str], Ballot]:
    names = [vote.nullifier for vote in votes]
    found = Ballot.objects.filter(poll__in={vote.poll for vote in votes}, nullifier__in=names)
    return {(ballot.poll_id, ballot.nullifier): ballot for ballot in found}


def _stored(polls: Mapping[int, Poll], votes: Sequence[Vote], *, at: datetime) -> list[Ballot]:
    """Seal and store ballots: the leaf says the poll and the hour; name and choice are hidden behind a salt."""
    if not votes:
        return []
    sealed = [
        ledger.Act(CAST, polls[vote.poll].stream, {}, hidden={"choice": vote.choice, "nullifier": vote.nullifier})
        for vote in votes
    ]
    entries = ledger.append_all(acts=sealed, at=at)
    made = [
        Ballot(
            receipt=secrets.token_hex(16), poll_id=vote.poll, nullifier=vote.nullifier, choice=vote.choice,
            attempt=vote.attempt, entry=entry,
        )
        for vote, entry in zip(votes, entries, strict=True)
    ]  # fmt: skip
    return Ballot.objects.bulk_create(made)


def _count(polls: Mapping[int, Poll], votes: Sequence[Vote]) -> None:
    """Keep the counters of the polls, and of the contributions that they are on, with the write."""
    for number, poll in polls.items():
        chosen = [vote.choice for vote in votes if vote.poll == number]
        if chosen:
            poll.counts, poll.ballots = ballots.add(poll.counts, chosen), poll.ballots + len(chosen)
            poll.save(update_fields=["counts", "ballots"])
            if poll.contribution_id is not None and poll.shows_counts:
                Contribution.objects.filter(pk=poll.contribution_id).update(**moved_by(Counter(chosen)))


def moved_by(moved: Mapping[str, int]) -> dict[str, F]:
    """Return how the public counters of a contribution move with these voices."""
    return {COUNTERS[slug]: F(COUNTERS[slug]) + count for slug, count in moved.items()}


def _outcome(vote: Vote, found: Ballot | None, refusal: ParvisError | None) -> Outcome:
    """Tell an earlier sending of the same form, whose receipt is given again, from a second ballot or a late one."""
    if found is None:
        assert refusal is not None  # else it was made
        return refusal
    if vote.attempt and (found.attempt, found.choice) == (vote.attempt, vote.choice):
        return found
    return AlreadyVoted(
        "Vous avez déjà voté : chacun a une voix, et elle ne se change pas. Votre premier vote est compté, et votre "
        "reçu permet de le vérifier."
    )
