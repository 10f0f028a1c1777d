"""The pages of one's rights: what the site holds on me, and having it erased."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from parvis.core.actors import leaving
from parvis.core.actors.rights import actions
from parvis.core.actors.signing.views import FormPage, MailNotSent, SaidPage, post
from parvis.core.web.page import HTML_ONLY, show


@dataclass(frozen=True)
class Part:
    """One title of what is held on a person, and how many lines it has."""

    title: str
    count: int


@dataclass(frozen=True)
class HeldPage:
    """All that the site holds on whoever asks; the JSON is the whole of it."""

    title: str
    held: Mapping[str, object]
    parts: tuple[Part, ...] = field(metadata=HTML_ONLY)


@never_cache
@login_required
def data(request: HttpRequest) -> HttpResponseBase:
    """Show, and give in JSON, all that is held on the account."""
    held = leaving.carried(request.user)
    parts = tuple(Part(title, lines(part)) for title, part in held.items())
    return show(request, "actors/data.html", HeldPage("Mes données", held, parts))


def lines(part: object) -> int:
    return len(part) if isinstance(part, list | tuple) else 1


class EraseForm(forms.Form):
    """The confirmation of what cannot be undone."""

    with_words = forms.BooleanField(
        label="Effacer aussi les mots de mes contributions : il n'en reste que le numéro et la place.", required=False
    )
    is_sure = forms.BooleanField(
        label="J'ai compris : mon compte est effacé tout de suite, et personne ne peut me le rendre.",
        error_messages={"required": "Cochez la case pour effacer votre compte, ou revenez à « Mon compte »."},
    )


@never_cache
@login_required
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponseBase:
    """Say what will happen, then do it; who the person is has just been asked again."""
    if not has_just_entered(request):
        messages.info(request, "Pour effacer votre compte, identifiez-vous de nouveau.")
        logout(request)
        return redirect(f"{reverse('login')}?next={reverse('erase')}")
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return farewell(request, with_words=form.cleaned_data["with_words"])
    return show(request, "actors/erase.html", FormPage("Effacer mon compte", form))


def has_just_entered(request: HttpRequest) -> bool:
    """Whether the person proved who they are a few minutes ago; an identity provider's accounts sign in again."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT


def farewell(request: HttpRequest, *, with_words: bool) -> HttpResponseBase:
    """Erase the account, close the session, and write a last time."""
    former, actor = request.user.email, request.user
    actions.erase_account(actor=actor, at=timezone.now(), with_words=with_words)
    logout(request)
    if former:
        try:
            post(former, "actors/mail/erased.txt")
        except MailNotSent as refusal:
            messages.warning(request, f"Votre compte est effacé. {refusal}")
    return redirect("erased")


@never_cache
def erased(request: HttpRequest) -> HttpResponseBase:
    return show(request, "actors/erased.html", SaidPage("Votre compte est effacé"))
