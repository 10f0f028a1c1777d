"""Pages that join texts and debates: the consolidation."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.views import mandate_to, may
from parvis.core.errors import ParvisError
from parvis.core.processes.answering.models import Answered
from parvis.core.processes.models import Process
from parvis.core.processes.views import process_or_404
from parvis.core.texts.conflicts import Conflict
from parvis.core.texts.models import Version
from parvis.core.texts.pages.comparison import Columns
from parvis.core.texts.pages.tables import in_columns, told
from parvis.core.texts.views import comparing, unit_address
from parvis.core.web.page import show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step
from parvis.participation import actions
from parvis.participation.consolidating.gathering import Adopted
from parvis.participation.consolidating.pages import (
    AdoptedLine,
    ConflictLine,
    ConsolidationPage,
    ConsolidationPanel,
)
from parvis.participation.joining import SCHEME

ACT = "text.publish"


def consolidation(request: HttpRequest, slug: str) -> HttpResponseBase:
    process = process_or_404(request, slug)
    try:
        found = actions.prepared(process=process)
    except actions.NoTextToConsolidate as nothing:
        raise Http404(str(nothing)) from nothing
    if request.method == "POST":
        return _publish(request, process, found)
    return show(request, "participation/consolidation.html", _page(request, process, found))


def _publish(request: HttpRequest, process: Process, found: actions.Consolidation) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not may(ACT, request):
        raise PermissionDenied
    try:
        version = actions.consolidate(process=process, at=timezone.now(), mandate=mandate_to(ACT, request))
    except ParvisError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    messages.success(request, "La version consolidée est publiée, et scellée dans le journal.")
    return redirect(comparing("text-columns", found.base, version))


def _page(request: HttpRequest, process: Process, found: actions.Consolidation) -> ConsolidationPage:
    refusal = actions.refused(process=process, found=found, at=timezone.now())
    text = found.base.text
    return ConsolidationPage(
        title="Consolider le texte",
        debate=Step(process.title, reverse("debate", args=[process.slug])),
        text=Step(f"{text}, {found.base.title}", reverse("text-version", args=[text.slug, found.base.slug])),
        adopted=len(found.adopted),
        edits=len(found.gathered.edits),
        conflicts=tuple(_conflicts(found)),
        units=tuple(_units(found)),
        left=tuple(_left(found)),
        refusal=str(refusal) if refusal else "",
        published=_version(found.published) if found.published else None,
        may_publish=may(ACT, request) and refusal is None and found.published is None,
    )


def _version(version: Version) -> Step:
    return Step(version.title, reverse("text-version", args=[version.text.slug, version.slug]))


def _units(found: actions.Consolidation) -> Iterator[Columns]:
    touched = {edit.unit for edit in found.gathered.edits}
    for passage in found.document.passages:
        if passage.unit in touched:
            edits = [edit for edit in found.gathered.edits if edit.unit == passage.unit]
            url = unit_address(found.base.text.slug, passage.unit, found.base.slug)
            yield Columns(passage.unit, passage.title, in_columns(passage.words, edits), url)


def _conflicts(found: actions.Consolidation) -> Iterator[ConflictLine]:
    answers = {one.source: one.answer_url for one in found.adopted}
    for conflict in found.gathered.conflicts:
        ends = (_end(conflict, place, answers) for place in (0, 1))
        yield ConflictLine(found.document.passage(conflict.unit).title, told(conflict), *ends)


def _end(conflict: Conflict, place: int, answers: dict[object, str]) -> Step:
    source = (conflict.first, conflict.second)[place]
    return Step(str(source), answers.get(source, source.url or None))


def _left(found: actions.Consolidation) -> Iterator[AdoptedLine]:
    because = "les mots adoptés sont déjà ceux du texte"
    yield from (_left_line(one, because) for one in found.gathered.idle)
    because = "l’article n’est pas dans la version mise en débat"
    yield from (_left_line(one, because) for one in found.gathered.lost)


def _left_line(one: Adopted, because: str) -> AdoptedLine:
    return AdoptedLine(one.source.label, one.source.url, one.unit, because)


def consolidation_panel(process: Process, request: HttpRequest) -> Panel | None:
    """Lead from a debate to the consolidation of its text, once words are adopted."""
    if process.subject.partition("/")[0] != SCHEME or process.is_archive:
        return None
    adopted = Answered.objects.filter(is_current=True, answer__process=process, answer__fate__in=actions.CHANGING)
    count = adopted.exclude(answer__words=[]).count()
    if not count:
        return None
    content = ConsolidationPanel(
        reverse("debate-consolidation", args=[process.slug]),
        count,
        tuple(_version(one) for one in actions.consolidations(process).select_related("text")),
    )
    return Panel("consolidation", "Le texte consolidé", 35, "participation/panel_consolidation.html", content)
