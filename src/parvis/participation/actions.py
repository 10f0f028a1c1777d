"""The acts that join debates and texts: consolidate what a debate adopted into the next version of its text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core import french
from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.processes import acts
from parvis.core.processes.answering.models import Answered
from parvis.core.processes.models import Contribution, Process
from parvis.core.texts import actions as texts
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Source
from parvis.core.texts.keeping import kept
from parvis.core.texts.models import Version
from parvis.participation.consolidating.gathering import Adopted, Gathered, contributions, gather
from parvis.participation.joining import SCHEME

PUBLISHED = "consolidation.published"
CHANGING = (Contribution.Fate.ADOPTED, Contribution.Fate.PARTLY)


class NoTextToConsolidate(ParvisError):
    """A debate that is not about a text would be consolidated."""


class NothingAdopted(ParvisError):
    """No answer adopts words that change the text."""


class ConflictsRemain(ParvisError):
    """Adopted wordings touch the same words, or a text that changed since: a person chooses first."""


@dataclass(frozen=True)
class Consolidation:
    """What a debate's answers make of its text, before it is published; `published` where it already is."""

    base: Version
    document: Document
    adopted: tuple[Adopted, ...]
    gathered: Gathered
    published: Version | None


def prepared(*, process: Process) -> Consolidation:
    """Return what the answers in force make of the text under debate. Raises NoTextToConsolidate."""
    base = _base(process)
    document = base.document()
    adopted = tuple(_adopted(process))
    read = {one.version for one in adopted} - {base.slug}
    versions = {one.slug: one.document() for one in base.text.versions.filter(slug__in=read)}
    gathered = gather(adopted, document, {**versions, base.slug: document})
    return Consolidation(base, document, adopted, gathered, _published(process, base, document, gathered))


def _base(process: Process) -> Version:
    """Return the version that was put to debate."""
    scheme, _, slug = process.subject.partition("/")
    versions = Version.objects.filter(text__slug=slug).select_related("text")
    found = versions.filter(slug=process.subject_version).first() if scheme == SCHEME else None
    if found is None:
        raise NoTextToConsolidate(
            f"« {process.title} » ne porte pas sur une version d'un texte publié ici : il n'y a rien à consolider. "
            "Rattachez le débat à la version qu'il met en discussion."
        )
    return found


def _adopted(process: Process) -> Iterator[Adopted]:
    """Yield the words that the answers in force adopt, by the contributions' numbers."""
    bearings = (
        Answered.objects.filter(is_current=True, answer__process=process, answer__fate__in=CHANGING)
        .select_related("answer__organisation", "contribution")
        .order_by("contribution__number")
    )
    for bearing in bearings:
        answer, contribution = bearing.answer, bearing.contribution
        source = Source(
            "contribution",
            f"contribution n° {contribution.number}",
            reverse("contribution", args=[process.slug, contribution.number]),
            answer.organisation.name,
            localdate(answer.given_at),
        )
        url = reverse("answer", args=[process.slug, answer.number])
        for said in answer.words:
            if said["contribution"] == contribution.number:
                version = contribution.unit_version or process.subject_version
                yield Adopted(contribution.number, said["unit"], said["words"], version, source, url)


def _published(process: Process, base: Version, document: Document, gathered: Gathered) -> Version | None:
    """Return the version that holds these very words, adopted by this debate, if it is published."""
    if gathered.conflicts or not gathered.edits:
        return None
    sha256 = gathered.consolidated(document).document.sha256
    return consolidations(process).filter(text=base.text, sha256=sha256).first()


def consolidations(process: Process) -> QuerySet[Version]:
    """Return the versions that a debate published, by what the log sealed: a name may begin like another's."""
    sealed = Entry.objects.filter(stream=process.stream, kind=PUBLISHED).values("key")
    return Version.objects.filter(slug__in=sealed, text__slug=process.subject.partition("/")[2]).order_by("number")


@transaction.atomic
def consolidate(*, process: Process, at: datetime, mandate: Mandate | None) -> Version:
    """Publish the text that the adopted wordings make, as the version that follows the one put to debate.

    Mechanical: the same answers give the same version, done again it is the one that is there. Raises ActNotOpen,
    NothingAdopted, ConflictsRemain, NoTextToConsolidate.
    """
    actors.require(mandate, "text.publish", at=at)
    found = prepared(process=process)
    refusal = refused(process=process, found=found, at=at)
    if refusal is not None:
        raise refusal
    if found.published is not None:
        return found.published
    version = texts.publish_version(
        text=found.base.text,
        document=found.gathered.consolidated(found.document).document,
        slug=_free_slug(process, found.base),
        title=f"Texte consolidé après « {process.title} »"[:300],
        dated=localdate(at),
        author=process.organisation.name,
        basis=f"Réponses adoptées du débat « {process.title} »"[:500],
        parents=[found.base],
        edits=kept(found.gathered.edits),
        at=at,
        mandate=mandate,
    )
    content = {
        "version": version.slug,
        "text": version.text.slug,
        "contributions": contributions(found.gathered.edits, found.adopted),
        "sha256": version.sha256,
        "by": actors.role_of(mandate),
    }
    ledger.append(kind=PUBLISHED, stream=process.stream, key=version.slug, content=content, at=at)
    return version


def refused(*, process: Process, found: Consolidation, at: datetime) -> ParvisError | None:
    """Return why the consolidation cannot be published now, if it cannot."""
    opening = acts.may("consolidate", process.timetable(), at=at)
    if isinstance(opening, acts.Refused):
        return acts.ActNotOpen(opening.sentence)
    if found.gathered.conflicts:
        return ConflictsRemain(
            f"{french.count(len(found.gathered.conflicts), 'conflit reste,conflits restent')} entre mots adoptés : la "
            "consolidation est mécanique, elle ne choisit pas. Corrigez l'une des réponses en cause, avec un motif."
        )
    if not found.gathered.edits:
        return NothingAdopted(
            "Aucune réponse n'adopte de mots qui changent le texte : il n'y a rien à consolider. Une réponse "
            "« adoptée » donne les mots de l'article tels qu'ils deviennent."
        )
    return None


def _free_slug(process: Process, base: Version) -> str:
    """Return the next name: a corrected answer makes a second consolidation, the first stays to be read."""
    first = f"consolidation-{process.slug}"[:110]
    taken = set(base.text.versions.filter(slug__startswith=first).values_list("slug", flat=True))
    return next(name for name in chain([first], (f"{first}-{rank}" for rank in count(2))) if name not in taken)
