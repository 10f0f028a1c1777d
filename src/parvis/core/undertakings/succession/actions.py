"""The acts that a plan's text lives by: publish it, put a review to comments, publish the version that follows."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate, Organisation
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.processes.answering.models import Answered
from parvis.core.processes.models import Process
from parvis.core.processes.opening.actions import open_process
from parvis.core.texts import actions as texts
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Edit, Source, alternative
from parvis.core.texts.keeping import kept
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.texts.models import Text, Version
from parvis.core.undertakings import declared, queries
from parvis.core.undertakings.measures import actions as measures
from parvis.core.undertakings.models import Plan, Review
from parvis.core.undertakings.succession import drafting, pledging
from parvis.core.undertakings.succession.pledging import Cited, Draft, Pledge

PROCEDURE = "review"


class NotAnswered(ParvisError):
    """A change of the plan would come from a contribution that nobody answered."""


class NothingKnown(ParvisError):
    """No fact names a commitment of the plan that follows."""


@transaction.atomic
def publish_plan(*, plan: Plan, at: datetime, mandate: Mandate | None) -> Text:
    """Publish the plan's text, its first version as adopted; once it is there, it stays as it is."""
    actors.require(mandate, "text.publish", at=at)
    said = declared.PLANS.filled()[plan.slug]
    slug = drafting.slug_of(plan.slug)
    known = Text.objects.filter(slug=slug, versions__slug=drafting.ADOPTED).first()
    return known or texts.publish_text(read=_read(slug, said), at=at, mandate=mandate)


def _read(slug: str, said: declared.Plan) -> ReadText:
    draft = drafting.adopted(said)
    version = ReadVersion(draft.slug, draft.title, draft.document(), draft.dated, draft.author, draft.basis)
    return ReadText(
        kind="plan",
        slug=slug,
        title=said.title,
        short_title=said.short_title,
        source=drafting.SOURCE,
        licence=said.licence,
        versions=(version,),
    )


# A review put to comments


def open_review(*, at: datetime, title: str = "", plan: Plan | None = None, mandate: Mandate | None = None) -> Review:
    """Open a review and put it to comments, commitment by commitment, in one transaction."""
    return measures.open_review(
        at=at,
        title=title,
        plan=plan,
        mandate=mandate,
        then=lambda review: put_to_comments(review=review, at=at, mandate=mandate),
    )


@transaction.atomic
def put_to_comments(*, review: Review, at: datetime, mandate: Mandate | None) -> Process:
    """Publish the review as the next version of the plan's text, and open the debate on it, once."""
    actors.require(mandate, "review.open", at=at)
    text = publish_plan(plan=review.plan, at=at, mandate=mandate)
    known = Process.objects.filter(slug=review.slug, subject=text.stream).first()
    if known is not None:
        return known
    version = _publish_review(review, text, at=at, mandate=mandate)
    debate = open_process(
        procedure=PROCEDURE,
        slug=review.slug,
        title=f"{review.title} : commentaires"[:300],
        summary=(
            "Engagement par engagement, le plan et ce que la revue en a mesuré, entendu et jugé. Chaque commentaire "
            "appelle une réponse ; ce qui en est retenu prépare la version suivante du plan."
        ),
        organisation=Organisation.objects.get(slug=declared.PLANS.filled()[review.plan.slug].held_by),
        subject=text.stream,
        subject_version=version.slug,
        starts_at=at,
        at=at,
        mandate=mandate,
    )
    content = {"text": text.slug, "version": version.slug, "debate": debate.slug, "by": actors.role_of(mandate)}
    ledger.append(kind="review.submitted", stream=review.plan.stream, key=review.slug, content=content, at=at)
    return debate


def _publish_review(review: Review, text: Text, *, at: datetime, mandate: Mandate | None) -> Version:
    before = _reviewable(text, review)
    return texts.publish_version(
        text=text,
        document=drafting.reviewed(before.document(), review.report),
        slug=review.slug,
        title=review.title,
        dated=localdate(at),
        author=Organisation.objects.get(slug=declared.PLANS.filled()[review.plan.slug].held_by).name,
        basis="Rapport figé de la revue",
        parents=[before],
        at=at,
        mandate=mandate,
    )


def _reviewable(text: Text, review: Review) -> Version:
    """Return the newest version that has commitments of the report: the plan that follows may have others only."""
    units = [drafting.unit_of(one) for one in review.report["commitments"]]
    having = text.versions.filter(passages__unit__uid__in=units).distinct()
    return having.order_by("number").last()


# The version that follows


def known_next(*, plan: Plan) -> Draft:
    """Return the next plan as far as the declared facts name it. Raises NothingKnown."""
    draft = drafting.known_next(declared.PLANS.filled()[plan.slug])
    if draft is None:
        raise NothingKnown(
            "Aucun fait connu ne nomme un engagement du plan suivant : donnez le fichier qui le déclare, "
            "« parvis review next FICHIER »."
        )
    return draft


@transaction.atomic
def publish_next(*, draft: Draft, at: datetime, plan: Plan | None = None, mandate: Mandate | None = None) -> Version:
    """Publish the version that follows the newest of the plan's text; the same draft again gives the same version.

    Raises what `pledging.followed` refuses, and NotAnswered.
    """
    actors.require(mandate, "text.publish", at=at)
    plan = plan or queries.current_plan()
    text = publish_plan(plan=plan, at=at, mandate=mandate)
    before = text.versions.exclude(slug=draft.slug).order_by("number").last()
    document = pledging.followed(draft, before.document())
    is_known = text.versions.filter(slug=draft.slug).exists()
    version = texts.publish_version(
        text=text,
        document=document,
        slug=draft.slug,
        title=draft.title,
        dated=draft.dated,
        author=draft.author,
        basis=draft.basis,
        parents=[before],
        edits=kept(_edits(draft, before.document())),
        at=at,
        mandate=mandate,
    )
    if not is_known:
        links = {one.unit: {link.bond.value: list(link.parents) for link in one.links} for one in draft.pledges}
        content = {"text": text.slug, "version": version.slug, "links": links, "by": actors.role_of(mandate)}
        ledger.append(kind="plan.followed", stream=plan.stream, key=version.slug, content=content, at=at)
    return version


def _edits(draft: Draft, before: Document) -> Iterator[Edit]:
    """Yield what each cited answer changed of the commitments carried on; a new one has no words to change."""
    for pledge in draft.pledges:
        sources = [_source(pledge, cited) for cited in pledge.cites]
        if pledge.unit in before:
            words = before.words(pledge.unit)
            yield from (edit for source in sources for edit in alternative(pledge.unit, words, pledge.whole, source))


def _source(pledge: Pledge, cited: Cited) -> Source:
    found = Answered.objects.filter(
        is_current=True, contribution__process__slug=cited.debate, contribution__number=cited.contribution
    ).select_related("answer__organisation")
    bearing = found.first()
    if bearing is None:
        raise NotAnswered(
            f"{pledge.code} cite la contribution n° {cited.contribution} du débat « {cited.debate} », qui n'a pas de "
            "réponse ici. Répondez-y d'abord, ou corrigez la référence : rien n'est publié."
        )
    return Source(
        "contribution",
        f"contribution n° {cited.contribution}",
        reverse("contribution", args=[cited.debate, cited.contribution]),
        bearing.answer.organisation.name,
        localdate(bearing.answer.given_at),
    )
