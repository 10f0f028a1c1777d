"""The queue of moderation, a decision on one or several contributions, an appeal."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.models import Mandate
from parvis.core.actors.views import mandates_or_refuse
from parvis.core.errors import ParvisError
from parvis.core.processes.answering.reading.views import days_late
from parvis.core.processes.answering.views import turned
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating import actions, pages
from parvis.core.processes.moderating.api import moderated, reaches
from parvis.core.processes.moderating.charter import GROUNDS, REDRESS, rule_named
from parvis.core.processes.moderating.forms import AppealDecisionForm, RulingForm
from parvis.core.processes.moderating.models import Appeal, Decision, Report
from parvis.core.processes.moderating.views import line, told
from parvis.core.web.forms import answer_form
from parvis.core.web.page import show

REFUSED = "La modération demande un mandat en vigueur qui l'ouvre."
ELSEWHERE = (
    "Un mandat de modération vaut pour les débats que tient l'organisme au nom duquel vous l'exercez. Choisissez des "
    "contributions de ces seuls débats ; les autres sont à leur propre modération, ou à l'équipe du site."
)
TOGETHER = 100
"""Contributions decided of at once."""


@login_required
def queue(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for a decision in the debates that this person moderates, the soonest due first."""
    mandates = mandates_or_refuse("moderation.decide", request, REFUSED)
    holders = moderated(mandates, on=timezone.localdate())
    waiting = Contribution.objects.live().filter(process__organisation__in=holders)
    waiting = waiting.filter(reports__decision=None, reports__isnull=False)
    waiting = waiting.annotate(decision_due=Min("reports__due_at")).select_related("process", "author")
    shown, turning = turned(request, waiting.order_by("decision_due", "pk"))
    open_appeals = told(Decision.objects.filter(appeal__outcome="", contribution__process__organisation__in=holders))
    page = pages.QueuePage(
        title="File de modération",
        reported=_reported(shown),
        count=waiting.count(),
        appeals=tuple(line(made) for made in open_appeals.order_by("appeal__due_at")),
        pages=turning,
    )
    return show(request, "moderating/queue.html", page)


def _reported(found: Iterable[Contribution]) -> tuple[pages.Reported, ...]:
    contributions = list(found)
    reports: dict[int, list[Report]] = {one.pk: [] for one in contributions}
    for report in Report.objects.filter(contribution__in=contributions, decision=None).order_by("due_at", "pk"):
        reports[report.contribution_id].append(report)
    at = timezone.now()
    return tuple(_one(one, reports[one.pk], at) for one in contributions)


def _one(one: Contribution, reports: list[Report], at) -> pages.Reported:
    due_at = reports[0].due_at if reports else None
    return pages.Reported(
        pk=one.pk,
        process_title=one.process.title,
        number=one.number,
        title=one.title or f"Contribution n° {one.number}",
        excerpt=one.excerpt,
        author=one.signature,
        state=one.state,
        url=reverse("contribution", args=[one.process.slug, one.number]),
        due_at=due_at,
        days_late=days_late(due_at, at),
        reports=tuple((rule_named(report.rule).title, report.text) for report in reports),
    )


@login_required
def decide(request: HttpRequest) -> HttpResponseBase:
    """Decide of the contributions chosen: the form, the preview, then the decision, one statement for each."""
    mandates = mandates_or_refuse("moderation.decide", request, REFUSED)
    given = [int(key) for key in request.GET.getlist("c")[:TOGETHER] if key.isdecimal() and len(key) < 18]
    found = Contribution.objects.filter(pk__in=given).select_related("process", "author").order_by("pk")
    chosen = list(found)
    if not chosen:
        raise Http404("Choisissez dans la file les contributions dont vous décidez.")
    mandate = _fitting(mandates, chosen)
    form = RulingForm(request.POST or None)
    count = len(chosen)
    page = pages.DecidePage(
        title="Décider d’une contribution" if count == 1 else f"Décider de {count} contributions",
        chosen=_reported(chosen),
        preview=None,
        form=form,
    )
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        return show(request, "moderating/decide.html", page)
    if "confirm" not in request.POST:
        return show(request, "moderating/decide.html", _previewed(page))
    try:
        made = actions.decide(
            contributions=chosen, ruling=actions.Ruling(**form.cleaned_data), mandate=mandate, at=timezone.now()
        )
    except ParvisError as refusal:
        form.add_error(None, str(refusal))
        return show(request, "moderating/decide.html", page)
    messages.success(request, f"{len(made)} décision(s) publiée(s) avec leurs motifs. Les auteurs sont prévenus.")
    return redirect("moderation-queue")


def _fitting(mandates: list[Mandate], chosen: list[Contribution]) -> Mandate:
    """Return the mandate that reaches these contributions: what was said in reports is read under it alone."""
    today = timezone.localdate()
    found = next((one for one in mandates if reaches(one, chosen, on=today)), None)
    if found is None:
        raise PermissionDenied(ELSEWHERE)
    return found


def _previewed(page: pages.DecidePage) -> pages.DecidePage:
    said = page.form.cleaned_data
    rule = rule_named(said["rule"])
    shown = pages.RulingShown(
        outcome_word=dict(Decision.Outcome.choices)[said["outcome"]],
        rule=rule.title,
        basis=rule.basis,
        ground=GROUNDS[rule.ground],
        facts=said["facts"],
        ends_on=said["ends_on"],
        redress=REDRESS,
    )
    return pages.DecidePage(page.title, page.chosen, shown, page.form)


@login_required
def decide_appeal(request: HttpRequest, number: int) -> HttpResponseBase:
    """Decide an appeal against a decision that someone else took."""
    mandates = mandates_or_refuse("appeal.decide", request, REFUSED)
    found = Appeal.objects.select_related("decision__contribution__process")
    appealed = get_object_or_404(found, decision__number=number)
    mandate = _fitting(mandates, [appealed.decision.contribution])
    form = AppealDecisionForm(request.POST or None)
    page = pages.FormPage(
        title=f"Trancher le recours contre la décision n° {number}",
        lede=f"L’auteur écrit : « {appealed.because} »" if appealed.because else "Le motif a été effacé.",
        act="Trancher",
        back=(f"Décision n° {number}", reverse("decision", args=[number])),
        form=form,
    )

    def act() -> object:
        return actions.decide_appeal(appealed=appealed, mandate=mandate, at=timezone.now(), **form.cleaned_data)

    return answer_form(request, "moderating/form.html", page, act, "Recours tranché ; l’auteur est prévenu.")
