"""The acts of debates: receive a contribution, edit it, withdraw it, hide it and show it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from parvis.core import analyzer
from parvis.core.actors.actions import require_confirmed
from parvis.core.actors.models import Actor
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.leaves import canonical
from parvis.core.processes import acts, joins, kinds, orders
from parvis.core.processes.checking import Json, check
from parvis.core.processes.kinds import Kind
from parvis.core.processes.models import Contribution, Edition, Lexeme, Phase, Process, UnitCount
from parvis.core.processes.opening.actions import open_process, publish_process, reschedule
from parvis.core.processes.placing import Place, placed, unit_of

__all__ = ["open_process", "publish_process", "reschedule"]


class AlreadyContributed(ParvisError):
    """A person gives twice what each gives once."""


class KeyReused(ParvisError):
    """A sending bears the key of another one that said something else."""


class NotTheAuthor(ParvisError):
    """Someone would change what another wrote."""

    @classmethod
    def of(cls, number: int) -> "NotTheAuthor":
        """Name the contribution."""
        return cls(
            f"La contribution n° {number} n'est pas de vous : seul son auteur la modifie ou la retire. Vous pouvez "
            "lui répondre, ou la signaler."
        )


class CannotChange(ParvisError):
    """A contribution is in a state in which its words no longer change."""


class StaleEdition(ParvisError):
    """An edit was made over words that had changed in between. `theirs` is what they say now."""

    def __init__(self, contribution: Contribution, theirs: Edition) -> None:
        """Keep the edition that came in between, to be shown beside what was typed."""
        self.theirs = theirs
        super().__init__(
            f"La contribution n° {contribution.number} a été modifiée entre-temps (rédaction {theirs.number}). Votre "
            "texte est gardé ci-dessous, à côté de cette rédaction : reprenez ce qui doit l'être, puis envoyez."
        )


class NoReason(ParvisError):
    """Something would be withdrawn or erased without a reason."""


@transaction.atomic
def contribute(
    *,
    process: Process,
    kind: str,
    fields: Mapping[str, object],
    author: Actor,
    at: datetime,
    unit: str = "",
    unit_version: str = "",
    quote: str = "",
    parent: Contribution | None = None,
    idempotency_key: str = "",
) -> Contribution:
    """Receive a contribution and seal it; sent again under the same key, it is the same one.

    Raises NotConfirmed, ActNotOpen, FieldsRefused, AlreadyContributed, KeyReused, and the refusals of `placing`.
    """
    require_confirmed(author)
    # One writer at a time in a debate: numbers follow one another without a hole, counters keep pace.
    process = Process.objects.select_for_update(of=("self",)).get(pk=process.pk)
    declared = kinds.kind_named(kind)
    asked = kinds.fields_of(declared, process.metadata)
    known = _received(author, idempotency_key)
    if known is not None:
        return _same(known, declared, check(asked, fields))
    window = acts.require(f"{acts.CONTRIBUTE}{kind}", process.timetable(), at=at)
    place = placed(process, declared, Place(unit, unit_version, parent=_fresh(parent)), quote)
    values = check(asked, fields)
    writing = _Writing(process, process.phases.get(step=window.step), declared, place, author, idempotency_key)
    contribution = _stored(writing, values, at=at)
    _seal("contribution.received", contribution, values, at=at)
    _sign(contribution, at=at)
    _tell(joins.RECEIVED, contribution, at)
    return contribution


def _fresh(parent: Contribution | None) -> Contribution | None:
    """Read again, under the lock, what is answered: it may have been withdrawn in between."""
    return None if parent is None else Contribution.objects.select_related("process").get(pk=parent.pk)


def _received(author: Actor, key: str) -> Contribution | None:
    if not key:
        return None
    return Contribution.objects.filter(author=author, idempotency_key=key).select_related("process").first()


def _same(known: Contribution, kind: Kind, values: Mapping[str, Json]) -> Contribution:
    """Give again what the first sending made, unless the second says something else."""
    if known.kind != kind.slug or known.editions.get(number=1).fields != values:
        raise KeyReused(
            f"Cet envoi porte la clé d'un envoi déjà reçu (contribution n° {known.number}) avec d'autres mots. "
            "Rouvrez le formulaire pour envoyer une autre contribution, ou modifiez la première."
        )
    return known


@dataclass(frozen=True)
class _Writing:
    """Who contributes what kind, on what, under which key: all checked."""

    process: Process
    phase: Phase
    kind: Kind
    place: Place
    author: Actor
    key: str


def _stored(writing: _Writing, values: Mapping[str, Json], *, at: datetime) -> Contribution:
    process, place = writing.process, writing.place
    once = _once(process, writing.kind, place, writing.author)
    process.received += 1
    process.save(update_fields=["received"])
    contribution = Contribution(
        process=process,
        phase=writing.phase,
        number=process.received,
        kind=writing.kind.slug,
        parent=place.parent,
        unit=place.unit,
        unit_version=place.version,
        anchor=place.anchor,
        author=writing.author,
        draw=orders.draw(process.slug, process.received),
        once=once,
        idempotency_key=writing.key,
        received_at=at,
        changed_at=at,
    )
    _write(contribution, values, at=at)
    if place.parent is not None:
        Contribution.objects.filter(pk=place.parent.pk).update(replies=F("replies") + 1)
    return contribution


def _once(process: Process, kind: Kind, place: Place, author: Actor) -> str:
    """Say on what this contribution is the only one of its author, or refuse a second."""
    if not kind.once_per_person:
        return ""
    parent = place.parent.number if place.parent else ""
    once = f"{kind.slug}/{place.unit}/{parent}"
    known = Contribution.objects.filter(process=process, author=author, once=once).first()
    if known:
        raise AlreadyContributed(
            f"{kind.title} n° {known.number} est déjà de vous, et chacun n’écrit ici qu’une fois. "
            "Modifiez ce que vous avez écrit, ou retirez-le pour écrire autre chose."
        )
    return once


def _write(contribution: Contribution, values: Mapping[str, Json], *, at: datetime) -> None:
    """Store the words as the contribution's last edition, and what lists and searches need of them."""
    _draw_gist(contribution, values)
    contribution.save()
    Edition.objects.create(contribution=contribution, number=contribution.edition, fields=values, made_at=at)
    _show(contribution, values)


def _draw_gist(contribution: Contribution, values: Mapping[str, Json]) -> None:
    found = kinds.gist(_asked(contribution), values)
    contribution.title, contribution.excerpt, contribution.side = found.title, found.excerpt, found.side


def _asked(contribution: Contribution) -> tuple[kinds.Field, ...]:
    return kinds.fields_of(kinds.kind_named(contribution.kind), contribution.process.metadata)


def _show(contribution: Contribution, values: Mapping[str, Json]) -> None:
    """Count the contribution among those that are published, and let it be found."""
    text = kinds.searchable(_asked(contribution), values)
    found = analyzer.found_by(text)
    Lexeme.objects.bulk_create(
        [Lexeme(process=contribution.process, contribution=contribution, word=word) for word in sorted(found)]
    )
    _count(contribution, +1)


def take_away(*, contribution: Contribution) -> None:
    """Take what was written out of lists, counts and searches; the editions stay, and no page shows them."""
    Lexeme.objects.filter(contribution=contribution).delete()
    _count(contribution, -1)
    contribution.title = contribution.excerpt = contribution.side = ""


def _count(contribution: Contribution, step: int) -> None:
    """Keep the count of the contribution's place; a new place is named as its text numbers it."""
    process, place = contribution.process, {"unit": contribution.unit, "kind": contribution.kind}
    counts = UnitCount.objects.filter(process=process, **place, side=contribution.side)
    if not counts.exists():
        label = unit_of(process, contribution.unit).number if contribution.unit else ""
        UnitCount.objects.create(process=process, **place, side=contribution.side, label=label)
    counts.update(count=F("count") + step)


def _seal(kind: str, contribution: Contribution, values: Mapping[str, Json], *, at: datetime) -> None:
    """Seal a writing: its words stay behind a salt of their own, their fingerprint lets anyone compare the page."""
    content = {
        "number": contribution.number,
        "kind": contribution.kind,
        "edition": contribution.edition,
        "unit": contribution.unit,
        "version": contribution.unit_version,
        "about": contribution.parent.number if contribution.parent else None,
        "sha256": sha256(canonical(values)).hexdigest(),
    }
    stream, key = contribution.process.stream, contribution.key
    ledger.append(kind=kind, stream=stream, key=key, content=content, at=at, hidden={"fields": values})


def _sign(contribution: Contribution, *, at: datetime) -> None:
    """Seal who signs in an entry of its own: an account that leaves is forgotten, what was said stays proved."""
    hidden = {"public_name": contribution.author.public_name}
    stream, content = contribution.process.stream, {"number": contribution.number}
    ledger.append(
        kind="contribution.signed", stream=stream, key=contribution.key, content=content, at=at, hidden=hidden
    )


def _tell(told: list[joins.Told], contribution: Contribution, at: datetime) -> None:
    for tell in told:
        tell(contribution=contribution, at=at)


@transaction.atomic
def edit(
    *, contribution: Contribution, fields: Mapping[str, object], basis_edition: int, author: Actor, at: datetime
) -> Contribution:
    """Write a contribution anew, as an edition that follows the one it was made over.

    Raises StaleEdition when another came in between, CannotChange when people have already voted on its words.
    """
    contribution = _mine(contribution, author)
    acts.require(f"{acts.CONTRIBUTE}{contribution.kind}", contribution.process.timetable(), at=at)
    _require_changeable(contribution)
    _tell(joins.CHANGING, contribution, at)
    values = check(_asked(contribution), fields)
    last = contribution.editions.get(number=contribution.edition)
    if last.fields == values:
        return contribution
    if basis_edition != contribution.edition:
        raise StaleEdition(contribution, last)
    take_away(contribution=contribution)
    contribution.edition += 1
    contribution.changed_at = at
    _write(contribution, values, at=at)
    _seal("contribution.edited", contribution, values, at=at)
    _tell(joins.CHANGED, contribution, at)
    return contribution


def _mine(contribution: Contribution, author: Actor) -> Contribution:
    require_confirmed(author)
    found = locked(contribution)
    if found.author_id != author.pk:
        raise NotTheAuthor.of(found.number)
    return found


def hold(*, contributions: Iterable[Contribution]) -> None:
    """Hold the debates of some contributions until the end of the act, before the contributions themselves.

    Every act takes the two in this order: two that crossed would wait for each other for ever.
    """
    debates = {one.process_id for one in contributions}
    list(Process.objects.select_for_update(of=("self",)).filter(pk__in=debates).order_by("pk"))


def locked(contribution: Contribution) -> Contribution:
    """Return a contribution as it is stored; hold its debate, then itself, until the end of the act.

    A vote takes only the second, to count itself: it waits.
    """
    process = Process.objects.select_for_update(of=("self",)).get(pk=contribution.process_id)
    held = Contribution.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("author", "parent").get(pk=contribution.pk)
    found.process = process
    return found


def _require_changeable(contribution: Contribution) -> None:
    if contribution.state != Contribution.State.PUBLISHED:
        raise CannotChange(
            f"La contribution n° {contribution.number} est {contribution.get_state_display().lower()} : ses mots ne "
            "changent plus. Donnez-en une autre."
        )
    if contribution.answered_at:
        raise CannotChange(
            f"La contribution n° {contribution.number} a reçu sa réponse : changer ses mots la ferait mentir. "
            "Donnez-en une autre, ou contestez la réponse."
        )


@transaction.atomic
def withdraw(*, contribution: Contribution, because: str, author: Actor, at: datetime) -> Contribution:
    """Withdraw what one wrote: a tombstone stays with the reason, and what others wrote on it stays too."""
    contribution = _mine(contribution, author)
    if contribution.state == Contribution.State.WITHDRAWN:
        return contribution
    if contribution.state == Contribution.State.HIDDEN:
        raise CannotChange(
            f"La contribution n° {contribution.number} est masquée par la modération : contestez d'abord cette "
            "décision."
        )
    contribution.withdrawn_because = reason(because)
    take_away(contribution=contribution)
    contribution.once = ""
    _change_state(contribution, Contribution.State.WITHDRAWN, "contribution.withdrawn", because, at=at)
    return contribution


def reason(because: str) -> str:
    """Return why something is taken back, as the page and the log say it. Raises NoReason."""
    if not because.strip():
        raise NoReason("Dites pourquoi, en une phrase : ce motif reste à la place de ce qui est retiré.")
    return because.strip()


def _change_state(contribution: Contribution, state: str, sealed: str, because: str, *, at: datetime) -> None:
    contribution.state, contribution.changed_at = state, at
    contribution.save()
    content = {"number": contribution.number, "edition": contribution.edition}
    ledger.append(
        kind=sealed,
        stream=contribution.process.stream,
        key=contribution.key,
        content=content,
        at=at,
        hidden={"because": because},
    )
    _tell(joins.CHANGED, contribution, at)


@transaction.atomic
def hide(*, contribution: Contribution, because: str, at: datetime) -> Contribution:
    """Hide a contribution as a moderation decided: the decision seals its own reasons and redress."""
    contribution = locked(contribution)
    if contribution.state == Contribution.State.PUBLISHED:
        take_away(contribution=contribution)
        _change_state(contribution, Contribution.State.HIDDEN, "contribution.hidden", reason(because), at=at)
    return contribution


@transaction.atomic
def restore(*, contribution: Contribution, because: str, at: datetime) -> Contribution:
    """Show again what a moderation had hidden, in its last edition."""
    contribution = locked(contribution)
    if contribution.state == Contribution.State.HIDDEN:
        values = contribution.editions.get(number=contribution.edition).fields
        _draw_gist(contribution, values)
        _show(contribution, values)
        _change_state(contribution, Contribution.State.PUBLISHED, "contribution.restored", reason(because), at=at)
    return contribution
