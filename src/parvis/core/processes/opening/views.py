"""The guide, and the pages where the team opens a debate: draft, publication, dates."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from parvis.core.actors.models import Mandate
from parvis.core.actors.views import mandate_or_operator, may
from parvis.core.errors import ParvisError
from parvis.core.processes import guiding, simulating, views
from parvis.core.processes.models import Process
from parvis.core.processes.opening import actions
from parvis.core.processes.opening.forms import DatesForm, OpenForm, PublishForm
from parvis.core.processes.pages import GuidePage, OpeningPage
from parvis.core.processes.procedures import PROCEDURES, Dates, procedure_named
from parvis.core.processes.surveying import forms as surveys
from parvis.core.processes.voting.ballots import MODES
from parvis.core.web.page import show

REFUSED = "Ouvrir un débat demande un mandat de l'équipe en vigueur."
UNPROCESSABLE = 422


def guide(request: HttpRequest) -> HttpResponseBase:
    """Ask six questions and propose procedures, with their reasons; nothing is kept of the answers."""
    answers = guiding.read(request.GET)
    advice = guiding.advise(answers, PROCEDURES.filled().values())
    page = GuidePage(
        title="Quelle procédure choisir ?",
        lede="Six questions, et ce que chaque procédure leur répond. Le guide propose ; qui ouvre le débat choisit.",
        questions=guiding.QUESTIONS,
        answers=answers,
        proposals=advice.proposals if answers else (),
        warnings=advice.warnings,
        may_open=may(views.OPEN, request),
    )
    return show(request, "processes/guide.html", page)


def open_debate(request: HttpRequest) -> HttpResponseBase:
    """Make the draft of a debate, pre-filled by the guide's choice of procedure."""
    if not request.user.is_authenticated:
        return views.sign_in(request)
    mandate = mandate_or_operator(views.OPEN, request, REFUSED)
    tomorrow = localtime(timezone.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    initial = {"starts_at": tomorrow, "organisation": mandate.organisation.slug if mandate else ""}
    initial |= {name: request.GET[name] for name in OpenForm.base_fields if name in request.GET}
    if "more" in request.POST:
        form, survey = OpenForm(initial=request.POST.dict()), surveys.one_more(request.POST)
    else:
        form, survey = OpenForm(request.POST or None, initial=initial), surveys.survey(request.POST)
    page = OpeningPage(
        title="Ouvrir un débat",
        lede="Il naît brouillon : vous seul et l'équipe le voyez, jusqu'à ce que vous le publiiez.",
        act="Préparer le brouillon",
        crumb=("Tous les débats", reverse("debates")),
        form=form,
        survey=survey,
    )
    if request.method != "POST" or "more" in request.POST:
        return show(request, "processes/opening.html", page)
    if not (form.is_valid() & survey.is_valid()):
        return show(request, "processes/opening.html", page, status=UNPROCESSABLE)
    if survey.asked and form.cleaned_data["seen"] != survey.digest:
        return _previewed(request, page)
    return _answer(request, page, partial(_draft, page, mandate), "Le brouillon est prêt : relisez, puis publiez.")


def _previewed(request: HttpRequest, page: OpeningPage) -> HttpResponseBase:
    """Show the survey as it will be asked; sent again unchanged, the debate is drafted."""
    page.form.data = page.form.data.copy()
    page.form.data["seen"] = page.survey.digest
    lede = "Voici le questionnaire tel que chacun le verra. Corrigez-le plus bas, ou préparez le brouillon."
    shown = replace(page, title="Relire le questionnaire", lede=lede, preview=surveys.preview(page.survey.fields))
    return show(request, "processes/opening.html", shown)


def _draft(page: OpeningPage, mandate: Mandate | None) -> Process:
    given, asked = page.form.cleaned_data, list(page.survey.asked)
    names = ("procedure", "slug", "title", "summary", "organisation", "subject", "subject_version", "starts_at")
    return actions.open_process(
        **{name: given[name] for name in names},
        metadata=page.form.notice | ({"questions": asked} if asked else {}),
        at=timezone.now(),
        mandate=mandate,
        is_published=False,
    )


def _answer(request: HttpRequest, page: OpeningPage, act, done: str) -> HttpResponseBase:
    """Do the act if the form is sound, and go to the debate; a refusal is said on the form."""
    if not page.form.is_valid():
        return show(request, "processes/opening.html", page, status=UNPROCESSABLE)
    try:
        process = act()
    except ParvisError as refusal:
        page.form.add_error(None, str(refusal))
        return show(request, "processes/opening.html", page, status=UNPROCESSABLE)
    messages.success(request, done)
    return redirect(reverse("debate", args=[process.slug]))


def _own(request: HttpRequest, slug: str) -> Process:
    process = views.process_or_404(request, slug)
    if process.is_archive:
        raise Http404(f"« {process.title} » est une archive : ses dates sont celles de sa source.")
    return process


def publish(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show who may do what when, and publish a draft once it is read."""
    if not request.user.is_authenticated:
        return views.sign_in(request)
    process, mandate = _own(request, slug), mandate_or_operator(views.OPEN, request, REFUSED)
    form = PublishForm(request.POST or None)
    schedule = process.timetable()
    page = OpeningPage(
        title=f"Publier « {process.title} »",
        lede=f"Voici qui pourra faire quoi, et quand, si ce débat est publié maintenant. {simulating.ALWAYS}",
        act="Publier ce débat",
        crumb=(process.title, reverse("debate", args=[slug])),
        form=form,
        lines=tuple(simulating.lines(procedure_named(process.procedure), schedule.windows)),
        mode=MODES[process.vote_mode],
        preview=surveys.preview(process.questions),
    )
    if request.method == "POST":
        act = partial(actions.publish_process, process=process, at=timezone.now(), mandate=mandate)
        return _answer(request, page, act, "Le débat est publié et scellé dans le journal.")
    return show(request, "processes/opening.html", page)


def dates(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Move the dates of phases that are not over, with a public reason."""
    if not request.user.is_authenticated:
        return views.sign_in(request)
    process, mandate = _own(request, slug), mandate_or_operator(views.OPEN, request, REFUSED)
    form = DatesForm(sorted(process.phases.all(), key=lambda one: one.position), request.POST or None)
    page = OpeningPage(
        title="Changer les dates",
        lede=f"« {process.title} ». Une date passée ne change plus ; le motif est public.",
        act="Changer les dates",
        crumb=(process.title, reverse("debate", args=[slug])),
        form=form,
    )
    if request.method == "POST":
        act = partial(_move, process, form, mandate)
        return _answer(request, page, act, "Les dates sont changées ; le motif est dans le journal.")
    return show(request, "processes/opening.html", page)


def _move(process: Process, form: DatesForm, mandate: Mandate | None) -> Process:
    moved = [Dates(*one) for one in form.dates]
    because = form.cleaned_data["because"]
    return actions.reschedule(process=process, dates=moved, because=because, at=timezone.now(), mandate=mandate)
