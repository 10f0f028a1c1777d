"""Contest an answer; follow a debate or a contribution by e-mail, and stop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core.errors import ParvisError
from parvis.core.processes.answering import actions, pages
from parvis.core.processes.answering.forms import BecauseForm
from parvis.core.processes.answering.views import following
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.views import process_or_404
from parvis.core.web.forms import answer_form
from parvis.core.web.page import show


@login_required
def contest(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Contest, once, the answer to one's contribution."""
    process = process_or_404(request, slug)
    one = get_object_or_404(Contribution.objects.select_related("process"), process=process, number=number)
    if one.author_id != request.user.pk:
        raise PermissionDenied("Seul l'auteur d'une contribution en conteste la réponse.")
    help_text = "L'organisme devra répliquer : maintenir sa réponse avec un motif, ou en donner une autre. Une fois."
    form = BecauseForm(request.POST or None, label="Pourquoi cette réponse ne convient pas", help_text=help_text)
    page = pages.FormPage(
        title=f"Contester la réponse à la contribution n° {number}",
        lede="Votre contestation est publique et scellée dans le journal.",
        act="Contester",
        process=slug,
        process_title=process.title,
        back=(f"Contribution n° {number}", reverse("contribution", args=[slug, number])),
        form=form,
    )

    def act() -> object:
        because = form.cleaned_data["because"]
        return actions.contest(contribution=one, because=because, author=request.user, at=timezone.now())

    done = "Contestation publiée : l’organisme vous doit une réplique."
    return answer_form(request, "answering/form.html", page, act, done)


@login_required
def follow_debate(request: HttpRequest, slug: str) -> HttpResponseBase:
    process = process_or_404(request, slug)
    return _follow(request, process, None, (process.title, reverse("debate", args=[slug])))


@login_required
def follow_contribution(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    process = process_or_404(request, slug)
    one = get_object_or_404(Contribution, process=process, number=number)
    back = (f"Contribution n° {number}", reverse("contribution", args=[slug, number]))
    return _follow(request, process, one, back)


def _follow(
    request: HttpRequest, process: Process, one: Contribution | None, back: tuple[str, str]
) -> HttpResponseBase:
    """Follow, or stop: a POST does it; a link from a mail leads to the question, since a link must change nothing."""
    is_following = following(request, process, one)
    if request.method == "POST":
        wished = {"actor": request.user, "process": process, "contribution": one, "at": timezone.now()}
        try:
            (actions.unfollow if "stop" in request.POST else actions.follow)(**wished)
        except ParvisError as refusal:
            messages.error(request, str(refusal))
        else:
            done = "Vous ne suivez plus." if "stop" in request.POST else "Vous suivez : un courriel à chaque réponse."
            messages.success(request, done)
        return redirect(back[1])
    page = pages.FormPage(
        title="Ne plus suivre" if is_following else "Suivre par courriel",
        lede="Un courriel à chaque réponse donnée, corrigée ou maintenue. Rien d’autre.",
        act="Ne plus suivre" if is_following else "Suivre par courriel",
        process=process.slug,
        process_title=process.title,
        back=back,
        notes=("stop" if is_following else "start",),
    )
    return show(request, "answering/follow.html", page)
