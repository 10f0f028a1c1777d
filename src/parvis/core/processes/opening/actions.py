"""The acts that open a debate: make its draft, publish it, move its dates."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.db import transaction

from parvis.core import analyzer
from parvis.core.actors.actions import require, role_of
from parvis.core.actors.models import Mandate, Organisation
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.leaves import canonical
from parvis.core.processes import kinds, subjects
from parvis.core.processes.acts import CONTRIBUTE
from parvis.core.processes.models import Phase, Process
from parvis.core.processes.procedures import Dates, Procedure, procedure_named, proposed
from parvis.core.processes.voting.ballots import MODES, Mode

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 120
RESERVED = frozenset(
    {
        "archives",
        "brouillons",
        "guide",
        "imports",
        "moderation",
        "ouvrir",
        "recus",
        "reponses",
        "statistiques",
        "votes",
    }
)
"""Words that are other pages under /debats/."""


class SlugRefused(ParvisError):
    """A debate would have an address that is taken, or that cannot be one."""


class SubjectMissing(ParvisError):
    """A procedure that bears on a text was opened without one."""


class DatesRefused(ParvisError):
    """The phases of a debate cannot follow one another with these dates."""


class NothingAsks(ParvisError):
    """A survey is given to a debate of which no step opens one."""


class UnknownMode(ParvisError):
    """The votes of a debate would be counted in a way that does not exist."""


class AlreadyPublished(ParvisError):
    """A debate is published once."""


@transaction.atomic
def open_process(
    *,
    procedure: str,
    slug: str,
    title: str,
    summary: str,
    organisation: Organisation,
    starts_at: datetime,
    at: datetime,
    subject: str = "",
    subject_version: str = "",
    phases: Sequence[Dates] | None = None,
    metadata: Mapping[str, object] | None = None,
    mandate: Mandate | None = None,
    is_published: bool = True,
    is_fictitious: bool = False,
) -> Process:
    """Open a debate under a procedure, with the dates given or those that it proposes. The team alone sees a draft.

    Its survey (`questions`) and the mode of its votes (`vote_mode`), in the metadata, are fixed from then on.
    Raises NothingAsks, SlugRefused, SubjectMissing, DatesRefused, UnknownMode, UnreadableQuestion, UnknownProcedure,
    UnknownSubject.
    """
    require(mandate, "process.open", at=at)
    declared = procedure_named(procedure)
    metadata = _in_order(metadata or {})
    _check_slug(slug)
    version = _version_debated(declared, subject, subject_version)
    asked = _asked(declared, metadata)
    dates = list(phases) if phases is not None else list(proposed(declared, starts_at=starts_at))
    _check_dates(declared, dates)
    process = Process.objects.create(
        slug=slug,
        procedure=procedure,
        title=title,
        summary=summary,
        subject=subject,
        subject_version=version,
        organisation=organisation,
        metadata=metadata,
        opened_by=mandate,
        created_at=at,
        opens_at=dates[0].opens_at,
        closes_at=dates[-1].closes_at,
        is_fictitious=is_fictitious,
        words=_lexemes(title, summary, *(text for text in metadata.values() if isinstance(text, str))),
    )
    Phase.objects.bulk_create(_phases(process, declared, dates))
    _seal(
        "process.drafted",
        process,
        {"procedure": procedure, "subject": subject, "title": title, **asked},
        mandate,
        at=at,
    )
    return publish_process(process=process, at=at, mandate=mandate) if is_published else process


def _check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in RESERVED:
        raise SlugRefused(
            f"« {slug} » ne peut pas être l'adresse d'un débat : des minuscules sans accent, des chiffres et des "
            f"traits d'union, {LONGEST_SLUG} signes au plus, et pas un mot réservé."
        )
    if Process.objects.filter(slug=slug).exists():
        raise SlugRefused(f"Un débat a déjà l'adresse « {slug} » : donnez-en une autre.")


def _in_order(metadata: Mapping[str, Any]) -> dict[str, Any]:
    questions = [kinds.in_order(one) for one in metadata.get("questions", [])]
    return {**metadata, **({"questions": questions} if questions else {})}


def _asked(procedure: Procedure, metadata: Mapping[str, Any]) -> dict[str, str]:
    """Check how a debate counts its votes and what its survey asks; return what the log says of both."""
    questions, mode = list(metadata.get("questions", [])), str(metadata.get("vote_mode", Mode.PUBLIC))
    for written in questions:
        kinds.question(written)
    opened = frozenset().union(*(step.acts for step in procedure.steps))
    surveys = {f"{CONTRIBUTE}{kind.slug}" for kind in kinds.KINDS.filled().values() if kind.asks_process}
    if questions and not opened & surveys:
        raise NothingAsks(
            f"« {procedure.title} » n'ouvre aucun questionnaire : personne ne verrait ces questions. Ôtez-les, ou "
            "choisissez une procédure qui en ouvre un."
        )
    if mode not in MODES:
        raise UnknownMode(f"« {mode} » n'est pas un mode de vote. Modes connus : {', '.join(MODES)}.")
    return {"vote_mode": mode, "questions_sha256": sha256(canonical(questions)).hexdigest() if questions else ""}


def _version_debated(procedure: Procedure, subject: str, version: str) -> str:
    """Return the version under debate, which no later one replaces; the newest where none is asked."""
    if procedure.needs_subject and not subject:
        raise SubjectMissing(f"« {procedure.title} » porte sur un texte : choisissez lequel, puis recommencez.")
    found = subjects.opened(subject, version)
    return found.version if found else ""


def _check_dates(procedure: Procedure, dates: Sequence[Dates]) -> None:
    """Refuse phases out of the procedure, upside down, or that overlap: one phase at a time opens acts."""
    steps = [procedure.step(one.step).slug for one in dates]
    if steps != [one.slug for one in procedure.steps if one.slug in steps] or not steps:
        raise DatesRefused(f"Les étapes de « {procedure.title} » se suivent dans son ordre, une fois chacune.")
    for one in dates:
        if not one.opens_at < one.closes_at:
            raise DatesRefused(f"L'étape « {procedure.step(one.step).title} » doit ouvrir avant de fermer.")
    for before, after in pairwise(dates):
        if after.opens_at < before.closes_at:
            raise DatesRefused(
                f"L'étape « {procedure.step(after.step).title} » commence avant la fin de la précédente : une étape "
                "seule ouvre des actes. Changez l'une des deux dates."
            )


def _phases(process: Process, procedure: Procedure, dates: Sequence[Dates]) -> list[Phase]:
    return [
        Phase(
            process=process,
            step=one.step,
            title=procedure.step(one.step).title,
            position=rank,
            opens_at=one.opens_at,
            closes_at=one.closes_at,
            answered_by=process.organisation if procedure.step(one.step).owed else None,
        )
        for rank, one in enumerate(dates, start=1)
    ]


def _lexemes(*texts: str) -> str:
    """Return the lexemes of a debate's notice, between spaces, so that each is found whole."""
    found = {lexeme for text in texts for word in analyzer.words(text) for lexeme in analyzer.lexemes(word)}
    return f" {' '.join(sorted(found))} "


def _seal(kind: str, process: Process, content: Mapping[str, str], mandate: Mandate | None, *, at: datetime) -> None:
    phases = {
        phase.step: [phase.opens_at.isoformat(), phase.closes_at.isoformat()]
        for phase in process.phases.order_by("position")
    }
    whole = {**content, "phases": phases, "by": role_of(mandate)}
    ledger.append(kind=kind, stream=process.stream, key=process.slug, content=whole, at=at)


@transaction.atomic
def publish_process(*, process: Process, at: datetime, mandate: Mandate | None = None) -> Process:
    """Publish a draft: from then on everyone sees it, and its dates move with a reason only."""
    require(mandate, "process.open", at=at)
    if process.is_published:
        raise AlreadyPublished(
            f"« {process.title} » est déjà publié. Vous pouvez en changer les dates, avec un motif."
        )
    process.is_published = True
    process.save(update_fields=["is_published"])
    _seal("process.published", process, {"title": process.title, "summary": process.summary}, mandate, at=at)
    return process


@transaction.atomic
def reschedule(
    *, process: Process, dates: Sequence[Dates], because: str, at: datetime, mandate: Mandate | None = None
) -> Process:
    """Move the dates of phases that are not over, with a public reason; what is past does not move.

    Raises DatesRefused.
    """
    require(mandate, "process.open", at=at)
    _check_dates(procedure_named(process.procedure), dates)
    stored = {phase.step: phase for phase in process.phases.select_for_update(of=("self",))}
    for one in dates:
        _move(stored[one.step], one, at=at)
    process.opens_at, process.closes_at = dates[0].opens_at, dates[-1].closes_at
    process.dates_changed_at, process.dates_changed_because = at, because
    process.save(update_fields=["opens_at", "closes_at", "dates_changed_at", "dates_changed_because"])
    _seal("process.rescheduled", process, {"because": because}, mandate, at=at)
    return process


def _move(phase: Phase, to: Dates, *, at: datetime) -> None:
    changes_past = (phase.opens_at <= at and to.opens_at != phase.opens_at) or (
        phase.closes_at <= at and to.closes_at != phase.closes_at
    )
    if changes_past or (to.closes_at != phase.closes_at and to.closes_at < at):
        raise DatesRefused(
            f"L'étape « {phase.title} » a commencé ou s'est close : une date passée ne change plus, et une date ne se "
            "déplace pas dans le passé."
        )
    phase.opens_at, phase.closes_at = to.opens_at, to.closes_at
    phase.save(update_fields=["opens_at", "closes_at"])
