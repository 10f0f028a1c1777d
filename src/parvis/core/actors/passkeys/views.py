"""Passkeys: add one, sign in with it, take it away. allauth holds them and verifies them (WebAuthn)."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.forms import ReauthenticateForm
from allauth.account.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from parvis.core.actors.signing.views import FormPage
from parvis.core.web.page import show


@dataclass(frozen=True)
class Key:
    """A passkey, as its holder sees it."""

    number: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class KeysPage:
    """One's passkeys."""

    title: str
    keys: tuple[Key, ...]


@never_cache
@login_required
def keys(request: HttpRequest) -> HttpResponseBase:
    """Show one's passkeys."""
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    kept = tuple(Key(one.pk, one.wrap().name, one.created_at, one.last_used_at) for one in found)
    return show(request, "actors/keys.html", KeysPage("Mes clés d'accès", kept))


class NamedKeyForm(SignupWebAuthnForm):
    """A passkey to add, and what to call it."""

    name = forms.CharField(
        label="Nom de la clé", required=False, help_text="Pour la reconnaître : « téléphone », « ordinateur »."
    )


class AddKey(allauth.AddWebAuthnView):
    """Add a passkey that opens a session by itself: the device asks for a finger, a face or its code."""

    template_name = "actors/key_add.html"

    def get_form_class(self):
        return NamedKeyForm

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, passwordless=True)}
        return context | {"page": FormPage("Ajouter une clé d'accès", context["form"])}

    def get_success_url(self):
        messages.success(self.request, "Votre clé d'accès est ajoutée : elle vous ouvre la porte sans mot de passe.")
        return reverse("mfa_list_webauthn")


class RemoveKey(allauth.RemoveWebAuthnView):
    """Take a passkey away from one's account; the device may still show it."""

    template_name = "actors/key_remove.html"

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return context | {"page": FormPage("Retirer cette clé d'accès", context["form"]), "key": self.object.wrap()}


class PasswordAgainForm(ReauthenticateForm):
    """The present password, asked before what cannot be undone."""

    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Donnez le mot de passe de votre compte."},
    )


class Again:
    """A page that asks again who one is."""

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return context | {"page": FormPage("Confirmer que c'est vous", context["form"])}


class ProveAgain(Again, ReauthenticateView):
    """Prove again who one is, by password."""

    template_name = "actors/again.html"

    def get_form_class(self):
        return PasswordAgainForm


class ProveAgainByKey(Again, allauth.ReauthenticateWebAuthnView):
    """Prove again who one is, by passkey."""

    template_name = "actors/again_key.html"
