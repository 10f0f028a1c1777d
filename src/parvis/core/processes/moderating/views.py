"""The public pages of moderation: its charter, its register, each decision, its part of a contribution's page."""

from collections.abc import Iterator, Mapping

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.views import mandate_to, mandates_to
from parvis.core.processes.answering.views import turned
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating import pages
from parvis.core.processes.moderating.actions import statement
from parvis.core.processes.moderating.api import reaches
from parvis.core.processes.moderating.charter import (
    APPEAL,
    DECISION,
    GROUNDS,
    REDRESS,
    RULES,
    VERSION,
    rule_named,
)
from parvis.core.processes.moderating.figures import Decided, Waited, delays, months
from parvis.core.processes.moderating.models import Appeal, Decision, Report
from parvis.core.web.front import Section
from parvis.core.web.page import show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Chip, Step


def charter(request: HttpRequest) -> HttpResponseBase:
    """Publish the charter: what is forbidden, on which ground, what moderation owes in return."""
    grounds = tuple(
        (word.capitalize(), tuple(rule for rule in RULES if rule.ground == code)) for code, word in GROUNDS.items()
    )
    page = pages.CharterPage("Charte des débats", VERSION, grounds, str(DECISION), str(APPEAL), REDRESS)
    return show(request, "moderating/charter.html", page)


def told(found: QuerySet[Decision]) -> QuerySet[Decision]:
    """Ask at once for all that a line tells."""
    joined = found.select_related("contribution__process", "appeal__mandate__organisation")
    return joined.annotate(count_of_reports=Count("reports"))


def line(made: Decision) -> pages.DecisionLine:
    """Tell a decision."""
    one = made.contribution
    return pages.DecisionLine(
        number=made.number,
        process=one.process.slug,
        process_title=one.process.title,
        contribution=one.number,
        outcome=made.outcome,
        outcome_word=made.get_outcome_display(),
        rule=rule_named(made.rule).title,
        ground=made.ground,
        facts=made.facts,
        is_automated=made.is_automated,
        ends_on=made.ends_on,
        decided_at=made.decided_at,
        reports=made.count_of_reports,
        appeal=_appeal(made.appeal) if hasattr(made, "appeal") else None,
        url=reverse("decision", args=[made.number]),
        contribution_url=reverse("contribution", args=[one.process.slug, one.number]),
    )


def _appeal(made: Appeal) -> pages.AppealLine:
    return pages.AppealLine(
        made.because,
        made.made_at,
        made.due_at,
        made.outcome,
        made.get_outcome_display(),
        made.reasons,
        made.decided_at,
        made.mandate.organisation.name if made.mandate else "",
    )


def register(request: HttpRequest) -> HttpResponseBase:
    """Show every decision, and what they amount to: by month and rule, delays, appeals."""
    at = timezone.now()
    every = Decision.objects.all()
    chips: tuple[Chip, ...] = ()
    if slug := request.GET.get("regle"):
        every = every.filter(rule=slug)
        title = next((rule.title for rule in RULES if rule.slug == slug), slug)
        chips = (Chip(title, request.path),)
    shown, turning = turned(request, told(every).order_by("-number"))
    # What its author withdrew before any decision has nothing left to be decided.
    reports = Report.objects.exclude(decision=None, contribution__state=Contribution.State.WITHDRAWN)
    reports = reports.values_list("made_at", "due_at", "decision__decided_at")
    appeals = Appeal.objects.values_list("made_at", "due_at", "decided_at")
    page = pages.RegisterPage(
        title="Registre de la modération",
        months=months(_decided()),
        reports=delays((Waited(*times) for times in reports), at=at),
        appeals=delays((Waited(*times) for times in appeals), at=at),
        reversed_count=Appeal.objects.filter(outcome=Appeal.Outcome.REVERSED).count(),
        chips=chips,
        decisions=tuple(line(made) for made in shown),
        pages=turning,
        every=_rows(every),
        has_queue=mandate_to("moderation.decide", request) is not None,
    )
    return show(request, "moderating/register.html", page)


def _decided() -> Iterator[Decided]:
    for rule, outcome, at, is_automated in Decision.objects.values_list(
        "rule", "outcome", "decided_at", "is_automated"
    ):
        yield Decided(rule, outcome, timezone.localdate(at), is_automated)


def _rows(found: QuerySet[Decision]) -> Iterator[Mapping[str, object]]:
    """Yield the statement of each decision, as the log holds it, with its date and its appeal."""
    joined = found.select_related("contribution__process", "appeal").order_by("number")
    for made in joined.iterator(chunk_size=500):
        outcome = made.appeal.outcome if hasattr(made, "appeal") else None
        yield {**statement(made), "decided_at": made.decided_at, "appeal": outcome}


def decision(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show a decision: its statement of reasons, its appeal, and what its reader may do."""
    made = get_object_or_404(told(Decision.objects.all()), number=number)
    one = made.contribution
    shown = line(made)
    may_appeal = made.outcome == Decision.Outcome.HIDDEN and shown.appeal is None
    is_author = one.author_id is not None and one.author_id == request.user.pk
    is_waiting = shown.appeal is not None and not shown.appeal.outcome
    page = pages.DecisionPage(
        title=f"Décision n° {number}",
        decision=shown,
        basis=rule_named(made.rule).basis,
        charter=made.charter,
        is_detected_by_machine=made.is_detected_by_machine,
        redress=REDRESS,
        stream=one.process.stream,
        key=one.key,
        appeal_url=reverse("appeal", args=[number]) if may_appeal and is_author else "",
        decide_url=reverse("appeal-decide", args=[number]) if is_waiting and _may_decide_appeal(one, request) else "",
    )
    return show(request, "moderating/decision.html", page)


def _may_decide_appeal(one: Contribution, request: HttpRequest) -> bool:
    today = timezone.localdate()
    return any(reaches(mandate, [one], on=today) for mandate in mandates_to("appeal.decide", request))


def panel(one: Contribution, request: HttpRequest) -> Panel | None:
    """Tell, on a contribution's page, what was decided of it; first, in its place, when it is hidden."""
    is_shown = one.state == Contribution.State.PUBLISHED
    made = tuple(line(found) for found in told(Decision.objects.filter(contribution=one)).order_by("-number"))
    if not made and not is_shown:
        return None
    content = pages.ModerationPanel(
        made,
        reverse("report", args=[one.process.slug, one.number]) if is_shown else "",
        reverse("moderation-charter"),
    )
    order = 5 if one.state == Contribution.State.HIDDEN else 90
    return Panel("moderation", "Modération", order, "moderating/panel.html", content)


def map_section() -> Section:
    """List the public pages of moderation in the site map."""
    steps = (
        Step("Charte des débats", reverse("moderation-charter")),
        Step("Registre de la modération", reverse("moderation")),
    )
    return Section("Modération", 23, steps)


def reported_and_appealed(*, actor) -> Mapping[str, object]:
    """Return what an account reported and appealed, to be taken away by its person (RGPD, art. 20)."""
    reports = Report.objects.filter(reporter=actor).select_related("contribution__process")
    appeals = Appeal.objects.filter(author=actor).select_related("decision")
    return {
        "Mes signalements": [
            {"contribution": str(one.contribution), "regle": one.rule, "texte": one.text, "le": one.made_at}
            for one in reports
        ],
        "Mes recours": [
            {"decision": one.decision.number, "motif": one.because, "le": one.made_at, "issue": one.outcome}
            for one in appeals
        ],
    }
