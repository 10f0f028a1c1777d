"""The acts of imports: receive a draft, accept it, refuse it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.db import transaction

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.processes import subjects
from parvis.core.processes.acts import CONTRIBUTE
from parvis.core.processes.importing import rows
from parvis.core.processes.importing.archives import ARCHIVES, Archive, Progress, untold
from parvis.core.processes.importing.entering import actions as entering
from parvis.core.processes.importing.judging import Judged, Row, Rules, judge, linked
from parvis.core.processes.importing.models import Draft, DraftRow
from parvis.core.processes.kinds import KINDS, fields_of
from parvis.core.processes.models import Process

BLOCK = 2_000  # rows written at once


class AlreadyDecided(ParvisError):
    """A draft is accepted or refused once."""


class NothingGood(ParvisError):
    """A draft without a good row publishes nothing."""


class NoDebate(ParvisError):
    """An import is for nothing."""


class ReasonMissing(ParvisError):
    """A refusal must say why."""


@transaction.atomic
def receive(
    *,
    written: Iterable[rows.Written],
    title: str,
    source_name: str,
    at: datetime,
    process: Process | None = None,
    archive: Archive | None = None,
    mandate: Mandate | None = None,
    compared: Mapping[str, int] | None = None,
    is_fictitious: bool = False,
    progress: Progress = untold,
) -> Draft:
    """Judge the rows of an import and keep them, good and bad, in a draft. The same rows give the draft there is."""
    actors.require(mandate, "import.accept", at=at)
    known_rules = rules(process, archive, is_fictitious=is_fictitious)
    judged = linked(list(judge(written, known_rules)), known_rules)
    draft = Draft(
        process=process,
        archive=archive.slug if archive else "",
        title=title,
        source_name=source_name,
        sha256=rows.digest(one.written.text for one in judged),
        is_fictitious=is_fictitious,
        compared=dict(compared or {}),
        good=sum(one.row is not None for one in judged),
        bad=sum(one.row is None for one in judged),
        received_at=at,
        received_by=mandate,
    )
    # An archive's draft names its debate once it has made it: it is known by the archive.
    where = {"archive": draft.archive} if archive else {"process": process}
    known = Draft.objects.standing().filter(sha256=draft.sha256, **where).first()
    return known or _keep(draft, judged, progress, at=at)


def rules(process: Process | None, archive: Archive | None, *, is_fictitious: bool = False) -> Rules:
    """Return what the rows of an import are judged by: the kinds of the debate, the units of its text."""
    if archive:
        units = _units(archive.about(is_fictitious=is_fictitious), archive.subject_version)
        return Rules(KINDS.filled(), units, asks_all=False)
    if process is None:
        raise NoDebate("Un import est pour un débat ou pour une archive : dites lequel.")
    acts = {act for window in process.timetable().windows for act in window.acts}
    kinds = {
        slug: replace(kind, fields=fields_of(kind, process.metadata))
        for slug, kind in KINDS.filled().items()
        if f"{CONTRIBUTE}{slug}" in acts
    }
    return Rules(kinds, _units(process.subject, process.subject_version))


def _units(subject: str, version: str) -> frozenset[str] | None:
    found = subjects.opened(subject, version)
    return frozenset(unit.uid for unit in found.units()) if found else None


def _keep(draft: Draft, judged: list[Judged], progress: Progress, *, at: datetime) -> Draft:
    draft.save()
    remaining, done = iter(judged), 0
    while block := list(islice(remaining, BLOCK)):
        DraftRow.objects.bulk_create(_row(draft, one) for one in block)
        done += len(block)
        progress(done, len(judged))
    _seal("import.received", draft, at=at, by=draft.received_by)
    return draft


def _row(draft: Draft, one: Judged) -> DraftRow:
    return DraftRow(
        draft=draft,
        position=one.written.position,
        text=_storable(one.written.text),
        reasons=[_storable(reason) for reason in one.reasons],
        is_good=one.row is not None,
    )


def _storable(text: str) -> str:
    """Show the sign NUL by its picture: PostgreSQL keeps none in a text, and what was refused is shown as written."""
    return text.replace("\0", "␀")


@transaction.atomic
def accept(*, draft: Draft, at: datetime, mandate: Mandate | None = None, progress: Progress = untold) -> Process:
    """Publish the good rows of a draft; the bad ones stay listed. An archive's debate is made with its rows."""
    actors.require(mandate, "import.accept", at=at)
    draft = _waiting(draft)
    if not draft.good:
        raise NothingGood("Aucune ligne ne peut entrer : refusez cet import, corrigez le fichier et renvoyez-le.")
    archive = ARCHIVES.filled()[draft.archive] if draft.archive else None
    if archive:
        draft.process = entering.make_archive(archive=archive, draft=draft, at=at)
    good = list(good_rows(draft, archive))
    numbers = entering.enter(process=draft.process, rows=good, title=draft.title, at=at, progress=progress)
    draft.first, draft.last = numbers
    _decide(draft, Draft.State.ACCEPTED, at=at, mandate=mandate, because="")
    _seal("import.accepted", draft, at=at, by=mandate, first=draft.first, last=draft.last)
    draft.process.refresh_from_db()
    return draft.process


def good_rows(draft: Draft, archive: Archive | None) -> Iterator[Row]:
    """Read the good rows again from what was kept of them."""
    kept = draft.rows.filter(is_good=True).order_by("position").values_list("position", "text")
    written = (rows.kept(position, text) for position, text in kept.iterator(chunk_size=BLOCK))
    known = rules(draft.process, archive, is_fictitious=draft.is_fictitious)
    return (one.row for one in judge(written, known) if one.row)


@transaction.atomic
def refuse(*, draft: Draft, because: str, at: datetime, mandate: Mandate | None = None) -> Draft:
    """Refuse a draft, with the reason: nothing of it becomes public but that."""
    actors.require(mandate, "import.accept", at=at)
    draft = _waiting(draft)
    if not because.strip():
        raise ReasonMissing("Un refus se motive : dites en une phrase ce qui doit changer dans le fichier.")
    _decide(draft, Draft.State.REFUSED, at=at, mandate=mandate, because=because.strip())
    _seal("import.refused", draft, at=at, by=mandate, because=draft.because)
    return draft


def _waiting(draft: Draft) -> Draft:
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.state != Draft.State.WAITING:
        raise AlreadyDecided(f"Cet import est déjà {draft.get_state_display().lower()}. Envoyez le fichier à nouveau.")
    return draft


def _decide(draft: Draft, state: str, *, at: datetime, mandate: Mandate | None, because: str) -> None:
    draft.state, draft.decided_at, draft.decided_by, draft.because = state, at, mandate, because
    draft.save()


def _seal(kind: str, draft: Draft, *, at: datetime, by: Mandate | None, **more: object) -> None:
    content = {
        "title": draft.title,
        "rows_sha256": draft.sha256,
        "good": draft.good,
        "bad": draft.bad,
        "fictitious": draft.is_fictitious,
        "by": actors.role_of(by),
        **more,
    }
    ledger.append(kind=kind, stream=draft.stream, key=draft.key, content=content, at=at)
