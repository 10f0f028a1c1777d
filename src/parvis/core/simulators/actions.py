"""The acts of simulators: publish a calculation, erase it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from parvis.core.actors.actions import require_confirmed
from parvis.core.actors.models import Actor
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.simulators.contract import Card, Columns
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.identity import Asked, changes_said
from parvis.core.simulators.models import STREAM, Run
from parvis.core.simulators.running.files import NotARun, read, results_said, run_file, text_of

PUBLISHED, SIGNED = "run.published", "run.signed"
LONGEST_TITLE, LONGEST_REASON = 200, 300


class TooHeavyToPublish(ParvisError):
    """A calculation holds more than a page may keep."""


class NotTheAuthorOfRun(ParvisError):
    """Someone would erase what another published."""


class NoReasonToErase(ParvisError):
    """A calculation would be erased without saying why."""


@transaction.atomic
def publish_run(
    *,
    asked: Asked,
    card: Card,
    outcome: Outcome,
    title: str,
    author: Actor,
    is_personal: bool,
    at: datetime,
    labels: Sequence[str] = (),
    calculator: str = "",
    baseline: Columns | None = None,
    summary: Mapping[str, Any] | None = None,
) -> Run:
    """Publish a calculation and seal its identity; what is already published is given again, its first author's.

    `outcome` and `baseline` (the same without the changes) are what the site has just computed, never what was sent.
    Raises NotConfirmed, TooHeavyToPublish.
    """
    require_confirmed(author)
    file = run_file(asked, card, outcome)
    _check_replayed(file)
    run, is_new = Run.objects.get_or_create(
        identity=outcome.identity,
        defaults={
            "engine": asked.engine,
            "version": card.version,
            "digest": card.digest,
            "title": title.strip()[:LONGEST_TITLE],
            "calculator": calculator,
            "period": asked.period,
            "changes": changes_said(asked.changes),
            "labels": [str(label)[:LONGEST_TITLE] for label in labels],
            "results_hash": outcome.results,
            "baseline": None if baseline is None else results_said(baseline, "")["columns"],
            "summary": None if summary is None else dict(summary),
            "is_personal": is_personal,
            "author": author,
            "published_at": at,
            "asked": file["asked"],
            "results": file["results"],
        },
    )
    if is_new:
        _seal(run, at=at)
    return run


def _check_replayed(file: Mapping[str, Any]) -> None:
    """Refuse what the page of verification would not read. Raises TooHeavyToPublish."""
    try:
        read(text_of(file).encode())
    except NotARun as error:
        raise TooHeavyToPublish(
            "Ce calcul porte sur trop de lignes pour être publié ici : publiez-en quelques cas, ou l'effet moyen."
        ) from error


def _seal(run: Run, *, at: datetime) -> None:
    """Seal the identity, behind a salt that erasing destroys, and apart from it who signs."""
    rules = {"engine": run.engine, "version": run.version, "digest": run.digest}
    content = {"identity": run.identity, "rules": rules, "results": run.results_hash}
    ledger.append(kind=PUBLISHED, stream=STREAM, key=run.key, content=content, at=at)
    hidden = {"public_name": run.author.public_name}
    ledger.append(kind=SIGNED, stream=STREAM, key=run.key, content={"number": run.number}, at=at, hidden=hidden)


@transaction.atomic
def erase_run(*, run: Run, because: str, author: Actor, at: datetime) -> Run:
    """Erase a calculation at its author's wish: the situation, the results, the identity. Its number stays.

    Raises NotTheAuthorOfRun, NoReasonToErase.
    """
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.author_id is None or run.author_id != author.pk:
        raise NotTheAuthorOfRun("Ce calcul n'est pas de vous : seule la personne qui l'a publié l'efface.")
    if not because.strip():
        raise NoReasonToErase("Dites pourquoi vous effacez ce calcul : ce motif est public. Rien n'a été effacé.")
    return _erase(run, because.strip()[:LONGEST_REASON], at=at)


@transaction.atomic
def erase_sealed(*, entry: Entry, because: str, at: datetime) -> tuple[str, ...]:
    """Erase the calculation that an entry seals: an operator asks it, by the entry's place in the log."""
    _erase(Run.objects.get(pk=int(entry.key.removeprefix("calcul-"))), because[:LONGEST_REASON], at=at)
    return ()


def _erase(run: Run, because: str, *, at: datetime) -> Run:
    if run.is_erased:
        return run
    _erase_entries(run, (PUBLISHED, SIGNED), because, at=at)
    ledger.forget()
    Run.objects.filter(pk=run.pk).update(
        identity=None, title="", calculator="", period="", asked=None, changes=[], labels=[], results=None,
        results_hash="", baseline=None, summary=None, author=None, erased_at=at, erased_because=because,
    )  # fmt: skip
    run.refresh_from_db()
    return run


def _erase_entries(run: Run, kinds: Sequence[str], because: str, *, at: datetime) -> None:
    for entry in Entry.objects.about(stream=STREAM, key=run.key).filter(kind__in=kinds, erased_by=None):
        ledger.erase(entry=entry, because=because, at=at)


@transaction.atomic
def forget_author(*, actor: Actor, at: datetime) -> None:
    """Erase an account's calculations that describe a person; leave the others, unsigned."""
    for run in Run.objects.filter(author=actor).order_by("pk"):
        if run.is_personal:
            _erase(run, "La personne qui l'avait publié a effacé son compte.", at=at)
        else:
            _erase_entries(run, (SIGNED,), "La personne qui l'avait publié a effacé son compte.", at=at)
    Run.objects.filter(author=actor).update(author=None)


@transaction.atomic
def erase_published(*, actor: Actor, at: datetime) -> None:
    """Erase every calculation that an account published, because its person leaves and asks it."""
    for run in Run.objects.filter(author=actor).order_by("pk"):
        _erase(run, "La personne qui l'avait publié a effacé son compte, et ce qu'elle avait écrit.", at=at)


def published_by(*, actor: Actor) -> dict[str, object]:
    """Return the calculations that someone published, whole, to be taken away with their account's data."""
    told = [
        {"number": run.number, "title": run.title, "published_at": run.published_at, "file": run.file()}
        for run in Run.objects.filter(author=actor).order_by("pk")
    ]
    return {"Calculs publiés": told}
