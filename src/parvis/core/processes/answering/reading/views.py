"""Read what is owed and what was answered, for the pages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.models import Mandate, Organisation
from parvis.core.processes.answering.figures import Unreplied, Waiting
from parvis.core.processes.answering.models import Answer, Contest, OwedCount
from parvis.core.processes.answering.pages import Adopted, Asked, Line
from parvis.core.processes.answering.resembling import Resembling
from parvis.core.processes.answering.saying import wording_field
from parvis.core.processes.kinds import KINDS, SIDES, fields_of
from parvis.core.processes.models import Contribution, Edition, Phase, Process
from parvis.core.processes.procedures import PROCEDURES, Owed

DAY = 86_400


def owed() -> QuerySet[Contribution]:
    """Return the contributions that wait for an answer that is due, soonest first."""
    waiting = Contribution.objects.live().filter(answered_at=None, due_at__isnull=False)
    return waiting.select_related("process", "owner", "phase").order_by("due_at", "pk")


def contested() -> QuerySet[Contest]:
    """Return the contests that wait for a reply, soonest first; what says nothing any more awaits none."""
    waiting = Contest.objects.filter(state=Contest.State.OPEN, contribution__state=Contribution.State.PUBLISHED)
    return waiting.select_related("contribution__process", "owner").order_by("due_at", "pk")


def line(one: Contribution, *, at: datetime) -> Line:
    """Tell a contribution whose answer is owed."""
    return Line(
        process=one.process.slug,
        process_title=one.process.title,
        number=one.number,
        title=named(one),
        kind=KINDS.filled()[one.kind].title,
        side=SIDES.get(one.side, ""),
        supports=one.supports,
        owner=one.owner.name,
        due_at=one.due_at,
        days_late=days_late(one.due_at, at),
        url=reverse("contribution", args=[one.process.slug, one.number]),
        due_url=reverse("answer-due", args=[one.process.slug, one.number]),
    )


def contest_line(one: Contest, due_url: str, *, at: datetime) -> Line:
    """Tell a contest whose reply is owed; `due_url` is where the reply is written, or read."""
    contribution = one.contribution
    return Line(
        process=contribution.process.slug,
        process_title=contribution.process.title,
        number=contribution.number,
        title=named(contribution),
        kind=KINDS.filled()[contribution.kind].title,
        side=SIDES.get(contribution.side, ""),
        supports=contribution.supports,
        owner=one.owner.name,
        due_at=one.due_at,
        days_late=days_late(one.due_at, at),
        url=reverse("contribution", args=[contribution.process.slug, contribution.number]),
        due_url=due_url,
        is_contest=True,
    )


def days_late(due_at: datetime | None, at: datetime) -> int:
    """Return the days begun since an instant passed: one second late is the first day of lateness."""
    if due_at is None or at < due_at:
        return 0
    return 1 + int((at - due_at).total_seconds() // DAY)


def named(one: Contribution) -> str:
    """Return what a list calls a contribution."""
    return one.title or one.excerpt or f"{KINDS.filled()[one.kind].title} n° {one.number}"


def promise(one: Contribution) -> Owed | None:
    """Return the promise of the step that received a contribution."""
    if one.phase is None:
        return None
    procedure = PROCEDURES.filled().get(one.process.procedure)
    return next((step.owed for step in procedure.steps if step.slug == one.phase.step), None) if procedure else None


def started(one: Contribution) -> datetime:
    """Return the instant from which the delay of its answer runs."""
    owed_ = promise(one)
    return one.phase.closes_at if owed_ and owed_.counted_from == "closing" else one.received_at


def waiting(**concerned: object) -> list[Waiting]:
    """Read the answers due as they are counted, by body and history: the figures need no more, however many they are.

    Those that share a date and are counted « from receipt » came the same day, or on days off that led to the same
    end: the first one stands.
    """
    found = OwedCount.objects.filter(due_at__isnull=False, **concerned).select_related("owner")
    groups = list(found)
    starts = _starts({one.phase_id for one in groups})
    return [
        Waiting(
            owner=one.owner.slug,
            name=one.owner.name,
            starts_at=starts.get(one.phase_id) or one.received_at,
            due_at=one.due_at,
            answered_at=one.answered_at,
            count=one.count,
        )
        for one in groups
    ]


def unreplied(*, at: datetime, **concerned: object) -> list[Unreplied]:
    """Count, by body, the contests whose reply is overdue."""
    late = contested().filter(due_at__lte=at, **concerned).order_by("owner__slug")
    counted = late.values_list("owner__slug", "owner__name").annotate(n=Count("pk"))
    return [Unreplied(*one) for one in counted]


def _starts(phases: set[int]) -> dict[int, datetime]:
    """Return the closing of the phases whose promises run from there."""
    found = {}
    for phase in Phase.objects.filter(pk__in=phases).select_related("process"):
        procedure = PROCEDURES.filled().get(phase.process.procedure)
        owed_ = procedure.step(phase.step).owed if procedure else None
        if owed_ and owed_.counted_from == "closing":
            found[phase.pk] = phase.closes_at
    return found


def every_row(found: QuerySet[Contribution], *, at: datetime) -> Iterator[Mapping[str, object]]:
    """Yield one row for each answer due or contested: the figures are recomputed from them."""
    concerned = found.filter(Q(due_at__isnull=False) | Q(contest__isnull=False))
    contest = {"contest_state": F("contest__state"), "reply_due_at": F("contest__due_at")}
    contest |= {"replied_at": F("contest__settled_at"), "contest_owner": F("contest__owner__slug")}
    rows = concerned.annotate(**contest).select_related("process", "phase", "owner").order_by("due_at", "pk")
    for one in rows.iterator(chunk_size=2000):
        yield {
            "organisme": one.owner.slug if one.owner else one.contest_owner,
            "debat": one.process.slug,
            "contribution": one.number,
            "etat": one.state,
            "depart": started(one),
            "due_le": one.due_at,
            "repondue_le": one.answered_at,
            "sort": one.fate,
            "jours_de_retard": 0 if one.answered_at else days_late(one.due_at, at),
            "contestation": one.contest_state,
            "replique_due_le": one.reply_due_at,
            "repliquee_le": one.replied_at,
        }


def asked(found: Iterable[Contribution], near: Mapping[int, Resembling] | None = None) -> tuple[Asked, ...]:
    """Tell contributions whole, as the one who answers reads them."""
    contributions = list(found)
    written = _last_editions(contributions)
    return tuple(_asked(one, written[one.pk], (near or {}).get(one.number)) for one in contributions)


def _last_editions(contributions: list[Contribution]) -> dict[int, dict[str, object]]:
    editions = Edition.objects.filter(contribution__in=contributions).order_by("number")
    return {edition.contribution_id: edition.fields for edition in editions}


def _asked(one: Contribution, values: Mapping[str, object], near: Resembling | None) -> Asked:
    fields = fields_of(KINDS.filled()[one.kind], one.process.metadata)
    wording = wording_field(one.kind)
    return Asked(
        number=one.number,
        title=one.title,
        kind=KINDS.filled()[one.kind].title,
        author=one.signature,
        unit=one.unit,
        side=SIDES.get(one.side, ""),
        supports=one.supports,
        fields=tuple(
            (field.told or field.title, str((field.choices or {}).get(str(values[field.name]), values[field.name])))
            for field in fields
            if field.name in values and field.name != "title"
        ),
        url=reverse("contribution", args=[one.process.slug, one.number]),
        due_at=one.due_at,
        near=near,
        wording=str(values[wording]) if wording and wording in values else "",
    )


def adopted(given: Answer) -> tuple[Adopted, ...]:
    """Tell the words that an answer adopts."""
    return tuple(adopted_word(given.process.slug, one) for one in given.words)


def adopted_word(slug: str, one: Mapping[str, object]) -> Adopted:
    number = one["contribution"]
    return Adopted(number, reverse("contribution", args=[slug, number]), one["unit"], one["words"])


def mandates(request: HttpRequest) -> list[Mandate]:
    """Return the mandates under which this person answers today."""
    found = Mandate.objects.filter(actor=request.user.pk).opening("answer.give").valid(on=timezone.localdate())
    return list(found.select_related("organisation").order_by("pk"))


def mandate_for(request: HttpRequest, body: Organisation) -> Mandate | None:
    return next((one for one in mandates(request) if one.organisation_id == body.pk), None)


def mandate_or_refuse(request: HttpRequest, body: Organisation) -> Mandate:
    """Return the mandate to answer for a body. Raises PermissionDenied."""
    found = mandate_for(request, body)
    if found is None:
        raise PermissionDenied(f"Répondre ici demande un mandat en vigueur pour « {body} ».")
    return found


def owner_of(one: Contribution, process: Process) -> Organisation:
    return one.owner or process.organisation
