"""Signing in by the identity provider: leave, come back, and the first time choose a public name."""

from dataclasses import dataclass
from functools import partial

from allauth.socialaccount.internal.flows.signup import clear_pending_signup, get_pending_signup
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from parvis.core.actors.models import Actor
from parvis.core.actors.oidc import actions
from parvis.core.actors.oidc.client import VerifiedClient
from parvis.core.actors.oidc.verifying import IdentityRefused, RankTooLow
from parvis.core.actors.signing.forms import NameForm
from parvis.core.actors.signing.views import FormPage, SaidPage, enter, named, provider_name
from parvis.core.web.page import show

PROVIDER = "fournisseur"


@dataclass(frozen=True)
class FirstPage(FormPage):
    """The first visit of an identity."""

    provider: str
    email: str
    is_signed_in: bool


class Callback(OAuth2CallbackView):
    """The way back: the answer is verified against the nonce of the question."""

    def _get_state(self, request, provider):
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce")
        return state, refusal


def client(request: HttpRequest) -> VerifiedClient:
    if not settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        raise Http404("Ce site n'a pas de fournisseur d'identité.")
    return VerifiedClient(request, PROVIDER)


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponseBase:
    """Go to the provider, where it says that it is asked."""
    try:
        return OAuth2LoginView.adapter_view(client(request))(request)
    except RequestException:
        return interrupted(request)


@never_cache
def come_back(request: HttpRequest) -> HttpResponseBase:
    """Come back from the provider: the answer opens a session, or is refused with its reason."""
    try:
        return Callback.adapter_view(client(request))(request)
    except (IdentityRefused, RankTooLow) as refusal:
        return refused(request, str(refusal))


def refused(request: HttpRequest, why: str) -> HttpResponse:
    page = SaidPage("Vous n'êtes pas entré", why)
    return render(request, "actors/refused.html", {"page": page}, status=403)


def interrupted(request: HttpRequest) -> HttpResponse:
    """Say that the conversation with the provider did not end well; the person may have cancelled it."""
    return refused(
        request,
        "L'échange avec le fournisseur d'identité s'est interrompu : il a été annulé, a trop duré, ou le fournisseur "
        "ne répond pas. Recommencez depuis la page « Se connecter ».",
    )


def verified_email(pending) -> str | None:
    """Return the address that the provider says it verified, in small letters."""
    found = (one.email.lower() for one in pending.email_addresses if one.verified)
    return next(found, None)


@never_cache
def first_time(request: HttpRequest) -> HttpResponseBase:
    """Ask a new identity for a public name; or link it to the account already signed in."""
    pending = get_pending_signup(request)
    if pending is None:
        return redirect("login")
    email, actor = verified_email(pending), None
    form = NameForm(request.POST or None)
    if request.method == "POST" and request.user.is_authenticated:
        actor = actions.link(identity=pending.account, actor=request.user, at=timezone.now())
    elif form.is_valid():
        actor = opened(pending, email, form)
    if actor is not None:
        return welcomed(request, actor)
    page = FirstPage("Première visite", form, provider_name(), email or "", request.user.is_authenticated)
    return show(request, "actors/first_time.html", page)


def opened(pending, email: str | None, form: NameForm) -> Actor | None:
    """Open the account, or say on the form why not."""
    name = form.cleaned_data["public_name"]
    given = {"identity": pending.account, "email": email, "public_name": name, "at": timezone.now()}
    try:
        return named(form, partial(actions.open_identified, **given))
    except actions.AddressHasAnAccount as refusal:
        form.add_error(None, str(refusal))
        return None


def welcomed(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    clear_pending_signup(request)
    enter(request, actor, "socialaccount")
    messages.success(request, f"Votre compte et {provider_name()} sont reliés.")
    return redirect("account")
