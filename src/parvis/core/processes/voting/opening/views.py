"""The page where the team puts a question to the vote: written, seen as it will be, then opened for good."""

import hmac
import json
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from parvis.core.actors.models import Mandate
from parvis.core.actors.views import mandate_or_operator
from parvis.core.errors import ParvisError
from parvis.core.processes import views
from parvis.core.processes.models import Process
from parvis.core.processes.voting import actions, pages
from parvis.core.processes.voting.ballots import FORMS, MODES, Form, Mode
from parvis.core.processes.voting.forms import PollForm
from parvis.core.processes.voting.models import Poll
from parvis.core.web.page import show

REFUSED = "Ouvrir un vote demande un mandat de l'équipe en vigueur."
UNPROCESSABLE = 422
WEEK = timedelta(days=7)
TOLD = ("question", "form", "options", "mode", "opens_at", "closes_at")


def open_poll(request: HttpRequest, process: str) -> HttpResponseBase:
    """Write a question and see it; sent again unchanged, it is opened and sealed."""
    if not request.user.is_authenticated:
        return views.sign_in(request)
    mandate, about = mandate_or_operator(views.OPEN, request, REFUSED), _debate(request, process)
    opens = localtime(timezone.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    form = PollForm(request.POST or None, at=timezone.now(), initial={"opens_at": opens, "closes_at": opens + WEEK})
    if request.method != "POST":
        return _page(request, about, form)
    if not form.is_valid():
        return _page(request, about, form, status=UNPROCESSABLE)
    if not hmac.compare_digest(form.cleaned_data["seen"], _seal(about, form)):
        return _preview(request, about, form)
    return _open(request, about, form, mandate)


def _debate(request: HttpRequest, slug: str) -> Process:
    found = views.process_or_404(request, slug)
    if found.is_archive:
        raise Http404(f"« {found.title} » est une archive : ses votes sont ceux de sa source.")
    return found


def _page(
    request: HttpRequest, about: Process, form: PollForm, preview: pages.Preview | None = None, status: int = 200
) -> HttpResponseBase:
    title = "Relire, puis ouvrir ce vote" if preview else "Ouvrir un vote"
    shown = pages.OpenPollPage(title, about.title, reverse("debate", args=[about.slug]), preview, form)
    return show(request, "voting/open.html", shown, status)


def _seal(about: Process, form: PollForm) -> str:
    """Sign what was shown: what is opened is what was seen, word for word."""
    told = [about.slug, *(form.cleaned_data[name] for name in TOLD)]
    return Signer(salt="parvis.poll").signature(json.dumps(told, default=str))


def _preview(request: HttpRequest, about: Process, form: PollForm) -> HttpResponseBase:
    given = form.cleaned_data
    form.data = form.data.copy()
    form.data["seen"] = _seal(about, form)
    shown = pages.Preview(
        question=given["question"],
        options=tuple(given["options"].values()),
        form=FORMS[Form(given["form"])],
        promise=MODES[Mode(given["mode"])],
        opens_at=given["opens_at"],
        closes_at=given["closes_at"],
    )
    return _page(request, about, form, shown)


def _open(request: HttpRequest, about: Process, form: PollForm, mandate: Mandate | None) -> HttpResponseBase:
    given = {name: form.cleaned_data[name] for name in TOLD}
    rank = Poll.objects.filter(process=about, contribution=None).count() + 1
    slug = f"{about.slug}-question-{rank}"
    try:
        poll = actions.open_poll(process=about, slug=slug, at=timezone.now(), mandate=mandate, **given)
    except (ParvisError, ValidationError) as refusal:
        form.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
        return _page(request, about, form, status=UNPROCESSABLE)
    messages.success(request, "Le vote est ouvert, et scellé dans le journal public.")
    return redirect("poll", slug=poll.slug)
