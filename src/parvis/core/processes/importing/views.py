"""Pages of imports, for those who may accept them."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.models import Mandate
from parvis.core.actors.views import mandate_or_refuse
from parvis.core.errors import ParvisError
from parvis.core.processes import views as debates
from parvis.core.processes.importing import actions, rows
from parvis.core.processes.importing.forms import DecisionForm, FileForm
from parvis.core.processes.importing.models import Draft
from parvis.core.processes.importing.pages import (
    BadRow,
    ComparedPanel,
    DraftLine,
    DraftPage,
    DraftsPage,
    FilePage,
    NoticesPanel,
    SealedPanel,
    SourceSaid,
)
from parvis.core.processes.joins import SEALED_WITH_OTHERS
from parvis.core.processes.kinds import kind_named
from parvis.core.processes.models import Contribution, Process
from parvis.core.web.page import show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Fact

IMPORT = re.compile(r"debats/([a-z0-9-]+) import-\d+")
SHOWN = 50  # bad rows of the page; its CSV has them all
REFUSED = "Les imports se lisent et s'acceptent sous un mandat de l'équipe gouvernement ouvert."


@login_required
def drafts(request: HttpRequest) -> HttpResponseBase:
    mandate_or_refuse(debates.IMPORT, request, REFUSED)
    found = Draft.objects.select_related("process").order_by("-received_at", "-pk")
    page = DraftsPage("Imports de contributions", tuple(_line(one) for one in found))
    return show(request, "importing/drafts.html", page)


def _line(one: Draft) -> DraftLine:
    return DraftLine(
        number=one.pk,
        title=one.title,
        debate=one.process.title if one.process else "une archive, à publier",
        state=one.state,
        state_title=one.get_state_display(),
        good=one.good,
        bad=one.bad,
        received_at=one.received_at,
        url=reverse("import", args=[one.pk]),
    )


@login_required
def draft(request: HttpRequest, number: int) -> HttpResponseBase:
    mandate = mandate_or_refuse(debates.IMPORT, request, REFUSED)
    stored = get_object_or_404(Draft.objects.select_related("process"), pk=number)
    waits = stored.state == Draft.State.WAITING
    form = DecisionForm(request.POST or None, initial={"decision": "accept"}) if waits else None
    if form and request.method == "POST" and form.is_valid():
        return _decide(request, stored, form, mandate)
    return show(request, "importing/draft.html", _page(stored, form))


def _decide(request: HttpRequest, stored: Draft, form: DecisionForm, mandate: Mandate) -> HttpResponseBase:
    try:
        if form.cleaned_data["decision"] == "accept":
            actions.accept(draft=stored, mandate=mandate, at=timezone.now())
            messages.success(request, f"{stored.good} contributions publiées, et l'import scellé au journal.")
        else:
            actions.refuse(draft=stored, because=form.cleaned_data["because"], mandate=mandate, at=timezone.now())
            messages.success(request, "Import refusé, avec son motif. Rien n'en est publié.")
    except ParvisError as refusal:
        form.add_error(None, str(refusal))
        return show(request, "importing/draft.html", _page(stored, form))
    return redirect("import", number=stored.pk)


def _page(stored: Draft, form: DecisionForm | None) -> DraftPage:
    counts = Counter(_kind(text) for text in _good_texts(stored))
    return DraftPage(
        title=stored.title,
        line=_line(stored),
        facts=tuple(_facts(stored)),
        compared=stored.compared,
        kinds={kind_named(slug).plural: count for slug, count in counts.most_common()},
        bad=tuple(_bad(stored, limit=SHOWN)),
        every_bad=lambda: _bad(stored, limit=None),
        form=form,
    )


def _good_texts(stored: Draft) -> Iterator[str]:
    return stored.rows.filter(is_good=True).values_list("text", flat=True).iterator(chunk_size=actions.BLOCK)


def _kind(text: str) -> str:
    return orjson.loads(text)["kind"]


def _facts(stored: Draft) -> Iterator[Fact]:
    process = stored.process
    yield Fact("Débat", process.title if process else "une archive, publiée avec cet import", _debate(process))
    yield Fact("Fichier", stored.source_name)
    yield Fact("Reçu le", stored.received_at)
    yield Fact("Empreinte des lignes", stored.sha256)
    yield Fact("État", stored.get_state_display())
    if stored.because:
        yield Fact("Motif", stored.because)


def _debate(process: Process | None) -> str | None:
    return reverse("debate", args=[process.slug]) if process else None


def _bad(stored: Draft, *, limit: int | None) -> Iterator[BadRow]:
    found = stored.rows.filter(is_good=False).order_by("position")[:limit]
    return (BadRow(one.position, tuple(one.reasons), one.text) for one in found)


@login_required
def send(request: HttpRequest, slug: str) -> HttpResponseBase:
    mandate = mandate_or_refuse(debates.IMPORT, request, REFUSED)
    process = get_object_or_404(Process, slug=slug, is_archive=False)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("import", number=_receive(process, form, mandate).pk)
        except ParvisError as refusal:
            form.add_error("file", str(refusal))
    kinds = actions.rules(process, None).kinds.values()
    page = FilePage(
        title="Importer des contributions",
        lede=f"Elles entreront dans « {process.title} » quand l'import aura été accepté. D'ici là, rien n'est publié.",
        back=(process.title, reverse("debate", args=[process.slug])),
        form=form,
        kinds=tuple((one.slug, one.title, ", ".join(field.name for field in one.fields)) for one in kinds),
    )
    return show(request, "importing/send.html", page)


def _receive(process: Process, form: FileForm, mandate: Mandate) -> Draft:
    sent: UploadedFile = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory(prefix="parvis-") as folder:
        path = Path(folder) / "import"
        with path.open("wb") as file:
            file.writelines(sent.chunks())
        return actions.receive(
            written=rows.read(path),
            title=form.cleaned_data["title"],
            source_name=sent.name,
            process=process,
            mandate=mandate,
            at=timezone.now(),
        )


# What hangs on a debate's pages


def notices_panel(contribution: Contribution, request: HttpRequest) -> Panel | None:
    found = contribution.notices.order_by("pk")
    notices = tuple(SourceSaid(one.source, tuple(_said(one.reference, one.said))) for one in found)
    if not notices:
        return None
    return Panel("sources", "Ce qu'en disent ses sources", 15, "importing/notices_panel.html", NoticesPanel(notices))


def sealed_panel(contribution: Contribution, request: HttpRequest) -> Panel | None:
    # What an account signs was written here, and has its own entries: no need to look for an import.
    draft = None if contribution.author_id else Draft.objects.bringing(contribution).first()
    if draft is None:
        return None
    content = SealedPanel(
        draft.title, draft.source_name, draft.good, draft.sha256, draft.stream, draft.key, contribution.key
    )
    return Panel(SEALED_WITH_OTHERS, "Dans le journal public", 95, "importing/sealed_panel.html", content)


def _said(reference: str, said: dict) -> Iterator[Fact]:
    yield Fact("Son identifiant là-bas", reference)
    for name, value in said.items():
        shown = {True: "oui", False: "non"}.get(value, value) if isinstance(value, bool) else value
        yield Fact(name.capitalize().replace("_", " "), shown)


def compared_panel(process: Process, request: HttpRequest) -> Panel | None:
    compared = process.metadata.get("compared")
    if not compared:
        return None
    facts = tuple(Fact(sentence, count) for sentence, count in compared.items())
    return Panel("rapprochement", "Ses sources comparées", 80, "importing/compared_panel.html", ComparedPanel(facts))


def log_address(stream: str, key: str) -> str | None:
    """Return the page of the debate that an import feeds: the draft itself is the team's."""
    found = IMPORT.fullmatch(f"{stream} {key}")
    if found is None or not Process.objects.published().filter(slug=found[1]).exists():
        return None
    return reverse("debate", args=[found[1]])
