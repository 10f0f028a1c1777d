"""Report a contribution; appeal against the decision that hid one's own."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating import actions, pages
from parvis.core.processes.moderating.charter import APPEAL, DECISION
from parvis.core.processes.moderating.forms import AppealForm, ReportForm
from parvis.core.processes.moderating.models import Decision
from parvis.core.processes.views import process_or_404
from parvis.core.web.forms import answer_form


@login_required
def report(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Say which rule of the charter a contribution breaks."""
    process = process_or_404(request, slug)
    one = get_object_or_404(Contribution.objects.select_related("process"), process=process, number=number)
    form = ReportForm(request.POST or None)
    page = pages.FormPage(
        title=f"Signaler la contribution n° {number}",
        lede=f"Une décision motivée sera rendue sous {DECISION}. Être en désaccord n’est pas un motif : argumentez.",
        act="Signaler",
        back=(f"Contribution n° {number}", reverse("contribution", args=[slug, number])),
        form=form,
    )

    def act() -> object:
        return actions.report(contribution=one, reporter=request.user, at=timezone.now(), **form.cleaned_data)

    done = "Signalement reçu : la décision et ses motifs vous seront envoyés."
    return answer_form(request, "moderating/form.html", page, act, done)


@login_required
def appeal(request: HttpRequest, number: int) -> HttpResponseBase:
    """Ask that someone else look again at the decision that hid one's contribution."""
    made = get_object_or_404(Decision.objects.select_related("contribution"), number=number)
    if made.contribution.author_id != request.user.pk:
        raise PermissionDenied("Seul l'auteur de la contribution masquée fait recours.")
    form = AppealForm(request.POST or None)
    page = pages.FormPage(
        title=f"Recours contre la décision n° {number}",
        lede=f"Quelqu’un d’autre que son auteur la reverra, sous {APPEAL}. Le recours est gratuit.",
        act="Faire recours",
        back=(f"Décision n° {number}", reverse("decision", args=[number])),
        form=form,
    )

    def act() -> object:
        because = form.cleaned_data["because"]
        return actions.appeal(decision=made, because=because, author=request.user, at=timezone.now())

    return answer_form(request, "moderating/form.html", page, act, "Recours reçu et scellé dans le journal.")
