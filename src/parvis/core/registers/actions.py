"""The acts of registers: publish a release, withdraw one, reply to a flag."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.erasing import tombstone
from parvis.core.ledger.models import Entry
from parvis.core.registers.catalogue import build, catalogue_path
from parvis.core.registers.checking import Checked, check, untold
from parvis.core.registers.fingerprint import reader_version
from parvis.core.registers.models import FlagReply, Release, shelter
from parvis.core.registers.register import Register
from parvis.core.registers.replying import Addressed
from parvis.core.registers.sources import Progress
from parvis.core.registers.storage import source_hash


class ReasonMissing(ParvisError):
    """An act that must say why does not."""


class NotConcerned(ParvisError):
    """A body would answer a lead that does not name it, or under a mandate that does not hold that day."""


class EmptyReply(ParvisError):
    """A reply without a word."""


class NotTheAuthor(ParvisError):
    """A body would withdraw what another answered, or under a mandate that does not hold that day."""


class AlreadyWithdrawn(ParvisError):
    """A reply would be withdrawn twice."""


def publish(
    *,
    register: Register,
    source: str,
    path: Path,
    at: datetime,
    fictitious: bool = False,
    progress: Progress = untold,
) -> Release:
    """Read one file, check it and publish it; nothing is public until all of it is.

    The same file read by the same rules gives the release that is already there. A failure keeps nothing: the
    last good release is still served. Not atomic by itself: reading may take minutes, and the database is only
    held for the act's last step, `record`. The catalogue follows; until it is built, the former one is served.
    """
    release = _publish(register, source, path, at, fictitious=fictitious, progress=progress)
    refresh_catalogue(register=register)
    return release


def refresh_catalogue(*, register: Register) -> None:
    """Build the catalogue of the current releases, unless it is there already. It may be run again at any time."""
    if register.browse is None:
        return
    place, releases = shelter(register.slug), list(Release.objects.current(register.slug))
    with place.alone():
        path = catalogue_path(place.folder, register, [release.hash for release in releases])
        if not path.exists():
            build(register, register.browse, [release.folder for release in releases], path)


def _publish(
    register: Register, source: str, path: Path, at: datetime, *, fictitious: bool, progress: Progress
) -> Release:
    place = shelter(register.slug)
    with place.alone():
        place.sweep(set(Release.objects.of(register.slug).values_list("hash", flat=True)))
        already = _already(register, source, source_hash(path))
        if already is not None:
            return already
        with place.making() as folder:
            checked = check(register, path, folder, progress)
            content = {
                **_findings(register, checked),
                "source": source,
                "source_name": path.name,
                "loaded_at": at.astimezone(UTC).isoformat(),
                "fictitious": fictitious,
            }
            hash_ = place.place(folder, content, checked.rows)
        release = record(content=content, rows=dict(checked.rows), hash_=hash_, at=at)
        place.confirm(hash_)
        return release


@transaction.atomic
def record(*, content: dict, rows: dict[str, int], hash_: str, at: datetime) -> Release:
    """Make public the release whose folder is in its place, and seal it in the log."""
    release = Release.objects.create(
        **{
            name: content[name]
            for name in ("register", "source", "source_name", "source_hash", "source_size", "reader")
        },
        hash=hash_,
        loaded_at=at,
        fictitious=content["fictitious"],
        rows=rows,
        defects=content["defects"],
    )
    ledger.append(
        kind="release.published",
        stream=release.stream,
        key=hash_,
        content={**content, "release": hash_, "rows": rows},
        at=at,
    )
    return release


@transaction.atomic
def withdraw(*, release: Release, because: str, at: datetime) -> Release:
    """Withdraw a release, with its reason: the one before it in its source, if any, is current again.

    Call `refresh_catalogue` once the withdrawal is committed.
    """
    if not because.strip():
        raise ReasonMissing("Un retrait se motive : dites en une phrase pourquoi cette version n'est plus servie.")
    release.withdrawn_at, release.withdrawn_because = at, because.strip()
    release.save(update_fields=["withdrawn_at", "withdrawn_because"])
    content = {"release": release.hash, "because": release.withdrawn_because}
    ledger.append(kind="release.withdrawn", stream=release.stream, key=release.hash, content=content, at=at)
    return release


@transaction.atomic
def reply_to_flag(*, register: Register, lead: Addressed, text: str, mandate: Mandate, at: datetime) -> FlagReply:
    """Publish what a body answers to a lead that names it, and seal it."""
    body = mandate.organisation
    if not mandate.is_valid(on=localdate(at)) or body.siren not in lead.sirens:
        raise NotConcerned(
            f"Cette piste ne nomme pas {body}, ou votre mandat n'est pas en vigueur : "
            "seul un organisme qu'elle nomme y répond."
        )
    if not text.strip():
        raise EmptyReply("La réponse est vide : écrivez ce que le signal ne dit pas, ou ce qui l'explique.")
    named = {"code": lead.code, "subject": lead.subject, "label": lead.label, "text": text.strip()}
    reply = FlagReply.objects.create(register=register.slug, mandate=mandate, replied_at=at, **named)
    ledger.append(
        kind="flag.replied",
        stream=reply.stream,
        key=reply.key,
        content={"code": lead.code, "subject": lead.subject, "text": reply.text, "by": actors.role_of(mandate)},
        at=at,
    )
    return reply


@transaction.atomic
def withdraw_reply(*, reply: FlagReply, because: str, mandate: Mandate, at: datetime) -> FlagReply:
    """Withdraw what one's own body answered, with the reason: it stays readable, and is said to be withdrawn."""
    reply = FlagReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if not mandate.is_valid(on=localdate(at)) or mandate.organisation_id != reply.mandate.organisation_id:
        raise NotTheAuthor(
            f"Cette réponse est celle de « {reply.organisation} » : seul cet organisme la retire, "
            "par quelqu'un qui a aujourd'hui un mandat pour lui."
        )
    if reply.withdrawn_at:
        raise AlreadyWithdrawn(f"Cette réponse est déjà retirée depuis le {reply.withdrawn_at:%d/%m/%Y}.")
    if not because.strip():
        raise ReasonMissing("Dites en une phrase pourquoi vous la retirez : ce motif est public.")
    reply.withdrawn_at, reply.withdrawn_because = at, because.strip()
    reply.save(update_fields=["withdrawn_at", "withdrawn_because"])
    content = {"reply": reply.key, "because": reply.withdrawn_because, "by": actors.role_of(mandate)}
    ledger.append(kind="reply.withdrawn", stream=reply.stream, key=reply.key, content=content, at=at)
    return reply


@transaction.atomic
def erase_reply(*, entry: Entry, because: str, **_: object) -> list[str]:
    """Destroy what a body answered; the lead's page says that it was erased, and why."""
    reply = FlagReply.objects.keyed(entry.stream.removeprefix("registers/"), entry.key)
    reply.text = tombstone(because)
    reply.save(update_fields=["text"])
    return []


@transaction.atomic
def erase_withdrawal(*, entry: Entry, because: str, **_: object) -> list[str]:
    """Destroy why a reply was withdrawn."""
    reply = FlagReply.objects.keyed(entry.stream.removeprefix("registers/"), entry.key)
    reply.withdrawn_because = tombstone(because)
    reply.save(update_fields=["withdrawn_because"])
    return []


def _already(register: Register, source: str, hash_: str) -> Release | None:
    """Return the current release of this source, if it is this very file read by these very rules."""
    same = {"source": source, "source_hash": hash_, "reader": reader_version(register)}
    return Release.objects.current(register.slug).filter(**same).first()


def _findings(register: Register, checked: Checked) -> dict[str, object]:
    """Say what was read, by what, and what was found in it; the manifest adds the files."""
    return {
        "register": register.slug,
        "reader": reader_version(register),
        "source_hash": checked.source_hash,
        "source_size": checked.source_size,
        "defects": dict(checked.defect_counts),
    }
