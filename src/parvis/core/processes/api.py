"""The public API of debates: read-only, the same filters and orders as the pages."""
# ruff: noqa: ARG001 -- Ninja gives its request to every operation, by that name

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from parvis.core.processes import orders, views
from parvis.core.processes.listing import views as lists
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.placing import is_name
from parvis.core.processes.simulating import by_whom
from parvis.core.web.api import REFUSALS
from parvis.core.web.page import public

router = Router()


class PhaseOut(Schema):
    """A phase, its closing instant excluded, and what it opens to whom (in French)."""

    step: str
    title: str
    opens_at: datetime
    closes_at: datetime
    acts: list[str]
    people: dict[str, list[str]]


class DebateOut(Schema):
    """A debate, and its DebatesCore notice."""

    slug: str
    title: str
    summary: str
    when: str
    procedure: str
    procedure_title: str
    organisation: str
    opens_at: datetime | None
    closes_at: datetime | None
    received: int
    is_archive: bool
    is_fictitious: bool
    source: str
    licence: str
    subject: str
    subject_version: str
    metadata: dict[str, Any]
    url: str


class DebateWhole(DebateOut):
    """A debate with its phases."""

    phases: list[PhaseOut]


class ContributionOut(Schema):
    """A contribution, as lists tell it; withdrawn or hidden, it says so and nothing of what it said."""

    number: int
    kind: str
    title: str
    excerpt: str
    side: str
    signature: str
    received_at: datetime | None  # null: the source of an archive does not date it
    state: str
    unit: str
    about: int | None
    supports: int
    votes_for: int
    votes_mixed: int
    votes_against: int
    replies: int
    fate: str
    due_at: datetime | None
    answered_at: datetime | None
    url: str


class ContributionWhole(ContributionOut):
    """A contribution with what it says, every edition, the version read and the words quoted."""

    unit_version: str
    anchor: dict[str, str] | None
    fields: dict[str, Any]
    editions: list[dict[str, Any]]


class ContributionsOut(Schema):
    """A page of contributions: `next` is the value of `apres` for the following page, null on the last."""

    order: str
    because: str
    contributions: list[ContributionOut]
    next: str | None


Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class Asked(Schema):
    """The filters of the list, which are those of the page."""

    espece: str = Field("", description="L'espèce de contribution.")
    article: str = Field("", description="L'identifiant d'une unité du texte.")
    cote: str = Field("", description="for, mixed ou against.")
    etat: str = Field("", description="published (par défaut), withdrawn ou hidden.")
    sort: str = Field("", description="adopted, partly, rejected ou noted.")
    sur: str = Field("", description="Le numéro de la contribution sur laquelle elles portent.")
    q: str = Field("", description="Mots cherchés.", max_length=500)
    tri: str = Field("", description="tour (par défaut), numero, recent ou soutiens.")
    jour: str = Field("", description="Le jour de l'ordre tournant, AAAA-MM-JJ ; aujourd'hui par défaut.")
    apres: str = Field("", description="La place donnée par « next ».")
    limite: int = Field(50, ge=1, le=500, description="Contributions de la page.")


def known(slug: str) -> Process:
    """Return a published debate: drafts do not exist here."""
    found = Process.objects.published().select_related("organisation").prefetch_related("phases")
    process = found.filter(slug=slug).first() if is_name(slug) else None
    if process is None:
        raise Http404(f"Aucun débat publié n'a l'adresse « {slug} ». GET /debates en donne la liste.")
    return process


def debate_out(process: Process) -> dict[str, Any]:
    """Return a debate, its columns and its notice."""
    line = views.debate_line(process, at=timezone.now())
    whole = {"subject": process.subject, "subject_version": process.subject_version, "metadata": process.metadata}
    return {**line.row(), **whole}


@router.get("/debates", response={200: list[DebateOut]}, operation_id="debates", summary="Les débats")
def debates(request: HttpRequest) -> list[Mapping[str, Any]]:
    found = Process.objects.published().select_related("organisation").order_by("pk")
    return [debate_out(one) for one in found]


@router.get("/debates/{slug}", response={200: DebateWhole, **REFUSALS}, operation_id="debate", summary="Un débat")
def debate(request: HttpRequest, slug: str) -> Mapping[str, Any]:
    process = known(slug)
    windows = process.timetable().windows
    phases = [
        {**vars(one), "acts": sorted(one.acts), "people": {who: list(acts) for who, acts in by_whom(one.acts)}}
        for one in windows
    ]
    return {**debate_out(process), "phases": phases}


@router.get(
    "/debates/{slug}/contributions",
    response={200: ContributionsOut, **REFUSALS},
    operation_id="contributions",
    summary="Les contributions d'un débat",
)
def contributions(request: HttpRequest, slug: str, asked: Query[Asked]) -> Mapping[str, Any]:
    process = known(slug)
    given = {name: value for name in lists.KEPT if (value := getattr(asked, name))}
    order, cursor = orders.order_named(asked.tri), orders.read_cursor(asked.apres, "")
    start = orders.beginning(slug, lists.day_read(asked.jour) or timezone.localdate())
    shown, more = lists.filtered(process, given).page(order.slug, beginning=start, cursor=cursor, size=asked.limite)
    cards = views.cards(shown, process, {})
    following = lists.place(order, shown[-1]) if more else None
    return {"order": order.slug, "because": order.because, "contributions": public(cards), "next": following}


@router.get(
    "/debates/{slug}/contributions/{number}",
    response={200: ContributionWhole, **REFUSALS},
    operation_id="contribution",
    summary="Une contribution",
)
def contribution(request: HttpRequest, slug: str, number: Number) -> Mapping[str, Any]:
    process = known(slug)
    one = Contribution.objects.filter(process=process, number=number).first()
    if one is None:
        raise Http404(f"« {slug} » n'a pas de contribution n° {number}.")
    is_shown = one.state == Contribution.State.PUBLISHED
    editions = [
        {
            "number": edition.number,
            "made_at": edition.made_at and edition.made_at.isoformat(),
            "fields": edition.fields,
        }
        for edition in (one.editions.order_by("number") if is_shown else ())
    ]
    (card,) = views.cards(Contribution.objects.filter(pk=one.pk).told(), process, {})
    words = {"fields": editions[-1]["fields"] if editions else {}, "editions": editions}
    return {**public(card), "unit_version": one.unit_version, "anchor": one.anchor if is_shown else None, **words}
