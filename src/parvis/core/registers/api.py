"""The public API of registers: read-only, the same filters as the pages, described by OpenAPI 3.1."""
# ruff: noqa: ARG001 -- Ninja gives its request to every operation, by that name

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import Field, Path, Query, Router, Schema

from parvis.core.registers.answers import TooHeavy
from parvis.core.registers.asking import answered, questions_of
from parvis.core.registers.downloads import FORMATS
from parvis.core.registers.filters import read_filters, read_sort
from parvis.core.registers.models import Release, browsed, current_folders
from parvis.core.registers.shelf import REGISTERS
from parvis.core.registers.views import declared, place_in, streamed
from parvis.core.web.api import DOWNLOADS, REFUSALS, REFUSED, Problem
from parvis.core.web.page import public

router = Router()
TOO_HEAVY = {503: Problem}
DOWNLOADS["download"] = tuple(known.media_type.partition(";")[0] for known in FORMATS.values())
REFUSED[TooHeavy] = (HTTPStatus.SERVICE_UNAVAILABLE, "Réponse trop longue à calculer")


class FilterOut(Schema):
    """A facet by which rows may be filtered."""

    slug: str
    title: str
    values: int


class RegisterOut(Schema):
    """A register, and how its rows may be asked."""

    slug: str
    title: str
    summary: str
    standards: list[str]
    releases: list[str]
    filters: list[FilterOut]
    parties: list[str]
    sorts: list[str]
    questions: list[str]


class RowsOut(Schema):
    """A page of rows: `next` is the value of `apres` for the following page, null on the last."""

    total: int
    amount: Decimal
    maximum: Decimal
    rows: list[dict[str, Any]]
    next: str | None


class RecordOut(Schema):
    """A row with all its columns, by name."""

    row: dict[str, Any]


class PartyOut(Schema):
    """Someone in a role, with totals that are never added together."""

    totals: dict[str, Any]


class AnswerOut(Schema):
    """A question's answer, with all that is needed to find it again."""

    question: str
    sql: str
    columns: list[str]
    count: int
    rows: list[list[Any]]
    result_hash: str
    releases: list[str]


class ReleaseOut(Schema):
    """A release of a register."""

    hash: str
    source: str
    source_hash: str
    loaded_at: datetime
    fictitious: bool
    state: str
    rows: dict[str, int]


class Asked(Schema):
    """The filters that every list has; those of a register's own facets are asked by their names."""

    q: str = Field("", description="Mots cherchés.")
    du: date | None = Field(None, description="Depuis ce jour.")
    au: date | None = Field(None, description="Jusqu'à ce jour, compris.")
    min: Decimal | None = Field(None, description="Montant minimum, en euros.")
    max: Decimal | None = Field(None, description="Montant maximum, en euros.")
    tri: str = Field("", description="L'un des tris du registre.")


class AskedPage(Asked):
    """The filters, and a page of the rows that they keep."""

    apres: str = Field("", description="Clé de la dernière ligne de la page précédente.")
    limite: int = Field(50, ge=1, le=1000, description="Lignes de la page.")


def given(request: HttpRequest) -> dict[str, list[str]]:
    """Return the parameters that are filters: `limite` is the page's own."""
    return {name: values for name, values in request.GET.lists() if name != "limite"}


@router.get("/registers", response={200: list[RegisterOut]}, operation_id="registers", summary="Les registres")
def registers(request: HttpRequest) -> list[Mapping[str, Any]]:
    return [register_out(slug) for slug in REGISTERS.filled()]


@router.get(
    "/registers/{slug}", response={200: RegisterOut, **REFUSALS}, operation_id="register", summary="Un registre"
)
def register(request: HttpRequest, slug: str) -> Mapping[str, Any]:
    return register_out(declared(slug).slug)


def register_out(slug: str) -> Mapping[str, Any]:
    known = REGISTERS[slug]
    releases = [line.hash for line in Release.objects.current(slug).lines()]
    browse = known.browse
    values = browsed(known).catalogue.values if browse and releases else {}
    return {
        "slug": slug,
        "title": known.title,
        "summary": known.summary,
        "standards": list(known.standards),
        "releases": releases,
        "filters": [
            {"slug": facet.slug, "title": facet.title, "values": len(values.get(facet.slug, ()))}
            for facet in (browse.facets if browse else ())
        ],
        "parties": [party.slug for party in browse.parties] if browse else [],
        "sorts": [sort.slug for sort in browse.sorts] if browse else [],
        "questions": list(questions_of(known)),
    }


@router.get("/registers/{slug}/rows", response={200: RowsOut, **REFUSALS}, operation_id="rows", summary="Des lignes")
def rows(request: HttpRequest, slug: str, asked: Query[AskedPage]) -> Mapping[str, Any]:
    place = place_in(slug)
    wanted = read_filters(place.browse, given(request))
    page = place.catalogue.page(
        wanted, read_sort(place.browse, asked.tri), after=asked.apres or None, size=asked.limite
    )
    total = place.catalogue.total(wanted)
    return {
        "total": total.rows,
        "amount": total.amount,
        "maximum": total.maximum,
        "rows": public(page.rows),
        "next": str(page.rows[-1][place.browse.key]) if page.has_next and page.rows else None,
    }


@router.get(
    "/registers/{slug}/rows.{kind}",
    response={200: Any, **REFUSALS},
    operation_id="download",
    summary="Toutes les lignes, en CSV, JSON (une ligne par objet) ou Parquet",
)
def download(
    request: HttpRequest,
    slug: str,
    kind: Path[Literal["csv", "jsonl", "parquet"]],
    asked: Query[Asked],
) -> HttpResponseBase:
    place = place_in(slug)
    wanted = read_filters(place.browse, given(request))
    batches = place.catalogue.batches(wanted, read_sort(place.browse, asked.tri), place.columns)
    return streamed(FORMATS[kind], batches, slug)


@router.get(
    "/registers/{slug}/rows/{path:key}",
    response={200: RecordOut, **REFUSALS},
    operation_id="row",
    summary="Une ligne",
)
def row(request: HttpRequest, slug: str, key: str) -> Mapping[str, Any]:
    found = place_in(slug).catalogue.row(key)
    if found is None:
        raise Http404(f"Aucune ligne des versions en vigueur ne porte la clé « {key} ».")
    return {"row": public(found)}


@router.get(
    "/registers/{slug}/parties/{role}/{path:key}",
    response={200: PartyOut, **REFUSALS},
    operation_id="party",
    summary="Qui joue un rôle, et ses totaux",
)
def party(request: HttpRequest, slug: str, role: str, key: str) -> Mapping[str, Any]:
    found = place_in(slug).catalogue.party(role, key)
    if found is None:
        raise Http404(f"« {key} » n'a pas ce rôle dans les versions en vigueur.")
    return {"totals": public(vars(found))}


@router.get(
    "/registers/{slug}/questions/{question}",
    response={200: AnswerOut, **REFUSALS, **TOO_HEAVY},
    operation_id="question",
    summary="La réponse à une question",
)
def question(request: HttpRequest, slug: str, question: str) -> Mapping[str, Any]:
    known = declared(slug)
    found = questions_of(known).get(question)
    if found is None:
        raise Http404(f"La question « {question} » n'est pas posée à ce registre.")
    answer = answered(current_folders(), found)
    return {
        "question": found.title,
        "sql": found.sql,
        "columns": list(answer.columns),
        "count": answer.count,
        "rows": public(answer.rows),
        "result_hash": answer.result_hash,
        "releases": [line.hash for line in Release.objects.current(known.slug).lines()],
    }


@router.get(
    "/registers/{slug}/releases",
    response={200: list[ReleaseOut], **REFUSALS},
    operation_id="releases",
    summary="Les versions d'un registre",
)
def releases(request: HttpRequest, slug: str) -> list[Any]:
    return list(Release.objects.of(declared(slug).slug).lines())
