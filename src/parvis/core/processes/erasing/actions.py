"""The acts of erasure: the words of a contribution, the name of whoever signed it."""

from datetime import datetime

from django.db import transaction

from parvis.core.actors.models import Actor
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.processes import joins
from parvis.core.processes.actions import hold, locked, reason, take_away
from parvis.core.processes.models import Contribution, Edition


@transaction.atomic
def erase_words(*, contribution: Contribution, because: str, at: datetime) -> Contribution:
    """Destroy what a contribution said, everywhere: its editions, its search, the log's content and salts.

    For what the law forbids to keep, or for a person who asks it. The tombstone and the leaves stay.
    """
    contribution = locked(contribution)
    because = reason(because)
    if contribution.state == Contribution.State.PUBLISHED:
        take_away(contribution=contribution)
    contribution.state, contribution.withdrawn_because = Contribution.State.WITHDRAWN, because
    contribution.title = contribution.excerpt = contribution.once = ""
    contribution.anchor, contribution.changed_at = None, at
    contribution.save()
    contribution.editions.update(fields={})
    _erase_entries(contribution, WORDED, because, at=at)
    for told in joins.CHANGED:
        told(contribution=contribution, at=at)
    return contribution


WORDED = ("contribution.received", "contribution.edited", "contribution.withdrawn")
"""What holds an author's words behind its salt: what was said, and why it was withdrawn."""


@transaction.atomic
def erase_written(*, actor: Actor, at: datetime) -> None:
    """Destroy the words of all that an account contributed, because its person leaves and asks it."""
    hold(contributions=Contribution.objects.filter(author=actor))  # all at once, in the order of every act
    for one in Contribution.objects.filter(author=actor).order_by("pk"):
        erase_words(contribution=one, because="Mots effacés par leur auteur, avec son compte.", at=at)


@transaction.atomic
def erase_sealed(*, entry: Entry, because: str, at: datetime) -> tuple[str, ...]:
    """Destroy what the contribution of an entry said: an operator asks it, by the entry's place in the log."""
    slug, number = entry.stream.removeprefix("debats/"), entry.key.removeprefix("contribution-")
    one = Contribution.objects.get(process__slug=slug, number=number)
    erase_words(contribution=one, because=because, at=at)
    return ()


def _erase_entries(contribution: Contribution, named: tuple[str, ...], because: str, *, at: datetime) -> None:
    about = Entry.objects.about(stream=contribution.process.stream, key=contribution.key)
    for entry in about.filter(kind__in=named, erased_by=None):
        ledger.erase(entry=entry, because=because, at=at)


@transaction.atomic
def forget_author(*, actor: Actor, at: datetime) -> None:
    """Forget who signed an account's contributions, in the tables and behind the log's salts.

    What was said stays, signed « compte effacé »: others answered it. Its author may erase the words too, before.
    """
    hold(contributions=Contribution.objects.filter(author=actor))
    signed = list(Contribution.objects.filter(author=actor).select_related("process").order_by("pk"))
    for contribution in signed:
        _erase_entries(contribution, ("contribution.signed",), "L'auteur a effacé son compte.", at=at)
    Contribution.objects.filter(author=actor).update(author=None, once="", idempotency_key="", changed_at=at)


def written_by(*, actor: Actor) -> dict[str, object]:
    """Return all that someone contributed, every edition, to be taken away with their account's data."""
    editions = Edition.objects.filter(contribution__author=actor).select_related("contribution__process")
    told = [
        {
            "debate": one.contribution.process.slug,
            "number": one.contribution.number,
            "kind": one.contribution.kind,
            "edition": one.number,
            "written_at": one.made_at,
            "state": one.contribution.state,
            "fields": one.fields,
        }
        for one in editions.order_by("contribution_id", "number")
    ]
    return {"Contributions": told}
