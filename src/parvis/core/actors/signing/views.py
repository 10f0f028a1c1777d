"""Signing in and up, and changing what an account is known by. No page tells whether an address has an account."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from smtplib import SMTPException

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from parvis.core.actors.actions import NameTaken
from parvis.core.actors.models import Actor
from parvis.core.actors.signing import actions, forms
from parvis.core.errors import ParvisError
from parvis.core.web.page import HTML_ONLY, show

BACKEND = "django.contrib.auth.backends.ModelBackend"


class MailNotSent(ParvisError):
    """The mail server refused, or did not answer."""


@dataclass(frozen=True)
class FormPage:
    """A page that holds one form, with its title in French."""

    title: str
    form: Form = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class SignInPage(FormPage):
    """The ways in."""

    provider: str


@dataclass(frozen=True)
class SaidPage:
    """A page that says what happened, and what comes next."""

    title: str
    said: str = ""


def enter(request: HttpRequest, actor: Actor, method: str = "password") -> None:
    """Open a session for the account, under a new key, and note how the person proved who they are."""
    login(request, actor, backend=BACKEND)
    record_authentication(request, actor, method)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429: so many tries are not a person's."""
    return render(request, "429.html", status=429)


def is_allowed(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one try of an action, by the visitor's network address and by what it is about."""
    return ratelimit.consume(request, action=action, key=key, user=request.user)


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignIn(LoginView):
    """Sign in with an address and a password; passkeys and the identity provider have their own doors."""

    template_name = "actors/login.html"
    form_class = forms.SignInForm
    redirect_authenticated_user = False

    def post(self, request, *positional, **named):
        if not is_allowed(request, "sign_in", request.POST.get("username", "").lower()):
            return too_many(request)
        return super().post(request, *positional, **named)

    def form_valid(self, form):
        enter(self.request, form.get_user())
        ratelimit.clear(self.request, action="sign_in", key=form.cleaned_data["username"])
        return redirect(self.get_success_url())

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        provider = provider_name()
        return context | {"page": SignInPage("Se connecter", context["form"], provider)}


def closed_account(request: HttpRequest) -> HttpResponseBase:
    """Send back whoever holds the key of an account that was closed."""
    messages.error(request, "Ce compte est fermé. Écrivez à ceux qui tiennent ce site pour savoir pourquoi.")
    return redirect("login")


def provider_name() -> str:
    """Return the name of the identity provider, or nothing where none is set."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps[0]["name"] if apps else ""


def post(to: str, template: str, **told: object) -> None:
    """Send a mail, or say that it did not leave."""
    try:
        actions.send(to, template, **told)
    except (SMTPException, OSError) as error:
        raise MailNotSent(
            "Le courriel n'est pas parti : le serveur de messagerie ne répond pas. Rien n'est changé. Recommencez "
            "dans quelques minutes."
        ) from error


def write_to(request: HttpRequest, form: Form, tell: Callable[[HttpRequest, str], None]) -> HttpResponseBase | None:
    """Write to the address given and go to the page that says so: the same, whoever has an account or not."""
    try:
        tell(request, form.cleaned_data["email"])
    except MailNotSent as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("mail-sent")


def ask(request: HttpRequest, template: str, title: str, tell: Callable[[HttpRequest, str], None]) -> HttpResponseBase:
    """Show a form that asks for an address, then write to it, within the limits of mail."""
    form = forms.AskForm(request.POST or None)
    answer = None
    if form.is_valid():
        allowed = is_allowed(request, "mail", form.cleaned_data["email"])
        answer = write_to(request, form, tell) if allowed else too_many(request)
    return answer or show(request, template, FormPage(title, form))


@never_cache
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Ask for an account. With a proof of work, limits are those of a class room; without, those of a person."""
    form = forms.SignUpForm(request.POST or None)
    answer = None
    if form.is_valid():
        proved = bool(form.cleaned_data["proof"])
        action, key = ("sign_up", form.cleaned_data["email"]) if proved else ("sign_up_without_proof", "everyone")
        answer = write_to(request, form, invite) if is_allowed(request, action, key) else too_many(request)
    return answer or show(request, "actors/sign_up.html", FormPage("Créer un compte", form))


def invite(request: HttpRequest, email: str) -> None:
    if actor := actions.known(email):
        say_known(request, actor)
    else:
        token = actions.sign_up_token(email, at=timezone.now())
        post(email, "actors/mail/sign_up.txt", link=absolute(request, "sign-up-link", token))


def say_known(request: HttpRequest, actor: Actor) -> None:
    """Write to someone who has an account already, open or closed: the page, itself, says nothing of it."""
    ways = {"sign_in": absolute(request, "login"), "reset": absolute(request, "password-forgotten")}
    post(actor.email, "actors/mail/already.txt" if actor.is_active else "actors/mail/closed.txt", **ways)


def absolute(request: HttpRequest, name: str, *arguments: str) -> str:
    return request.build_absolute_uri(reverse(name, args=arguments))


@never_cache
def mail_sent(request: HttpRequest) -> HttpResponseBase:
    return show(request, "actors/mail_sent.html", SaidPage("Regardez vos courriels"))


def spent(request: HttpRequest, refusal: ParvisError) -> HttpResponseBase:
    return show(request, "actors/spent.html", SaidPage("Ce lien n'est plus valable", str(refusal)), status=410)


@never_cache
@sensitive_post_parameters("password")
def sign_up_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the account: the address is proved by whoever holds the link."""
    try:
        email = actions.invited(token, at=timezone.now())
        form = forms.OpenForm(request.POST or None)
        opened = form.is_valid() and named(
            form, partial(actions.sign_up, token=token, **form.cleaned_data, at=timezone.now())
        )
        if opened:
            enter(request, opened)
            messages.success(request, "Votre compte est ouvert, et votre adresse confirmée.")
            return redirect("account")
    except actions.links.LinkExpired as refusal:
        return spent(request, refusal)
    return show(request, "actors/open.html", OpenPage("Choisir votre nom public", form, email))


def named(form: Form, act: Callable[[], Actor]) -> Actor | None:
    """Do an act that gives a public name; someone may have taken it since the form was checked, which it then says."""
    try:
        return act()
    except NameTaken as refusal:
        form.add_error("public_name", str(refusal))
    return None


@dataclass(frozen=True)
class OpenPage(FormPage):
    """A form about an address that has been proved."""

    email: str


@never_cache
def password_forgotten(request: HttpRequest) -> HttpResponseBase:
    return ask(request, "actors/forgotten.html", "Mot de passe oublié", remind)


def remind(request: HttpRequest, email: str) -> None:
    actor = actions.known(email)
    if actor and actor.is_active:
        token = actions.reset_token(actor, at=timezone.now())
        post(email, "actors/mail/reset.txt", link=absolute(request, "password-link", token))
    elif actor:
        say_known(request, actor)
    else:
        post(email, "actors/mail/unknown.txt", link=absolute(request, "sign-up"))


@never_cache
@sensitive_post_parameters("password")
def password_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Renew a forgotten password."""
    try:
        actor = actions.forgetful(token, at=timezone.now())
        form = forms.ResetForm(request.POST or None)
        form.actor = actor
        if form.is_valid():
            actions.reset_password(token=token, password=form.cleaned_data["password"], at=timezone.now())
            messages.success(request, "Votre nouveau mot de passe est en vigueur, et vos sessions sont fermées.")
            return redirect("login")
    except actions.links.LinkExpired as refusal:
        return spent(request, refusal)
    return show(request, "actors/reset.html", FormPage("Choisir un nouveau mot de passe", form))


@never_cache
@login_required
def name(request: HttpRequest) -> HttpResponseBase:
    """Change one's public name."""
    form = forms.NameForm(request.POST or None, initial={"public_name": request.user.public_name})
    form.folded = request.user.folded_name
    if form.is_valid():
        if not is_allowed(request, "name"):
            return too_many(request)
        if named(form, partial(actions.rename, actor=request.user, **form.cleaned_data, at=timezone.now())):
            messages.success(request, "Votre nom public est changé, sur ce que vous avez déjà publié aussi.")
            return redirect("account")
        request.user.refresh_from_db()
    return show(request, "actors/name.html", FormPage("Changer de nom public", form))


@never_cache
@login_required
def address(request: HttpRequest) -> HttpResponseBase:
    """Ask for another address; it takes effect once it is proved."""
    title = "Changer d'adresse" if request.user.email else "Donner une adresse"
    return ask(request, "actors/address.html", title, ask_to_prove)


def ask_to_prove(request: HttpRequest, email: str) -> None:
    if actor := actions.known(email):
        say_known(request, actor)
    else:
        token = actions.address_token(request.user, email, at=timezone.now())
        post(email, "actors/mail/address.txt", link=absolute(request, "address-link", token))


@never_cache
def address_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Confirm an address. A program that reads mails may open the link: only the button confirms."""
    try:
        _, email = actions.moving(token, at=timezone.now())
        if request.method == "POST":
            actor, former = actions.change_address(token=token, at=timezone.now())
            if former:
                post(former, "actors/mail/moved.txt", name=actor.public_name)
            messages.success(request, f"L'adresse {email} est confirmée.")
            return redirect("account")
    except actions.links.LinkExpired as refusal:
        return spent(request, refusal)
    return show(request, "actors/confirm.html", SaidPage("Confirmer cette adresse", email))


@require_POST
@login_required
def leave_everywhere(request: HttpRequest) -> HttpResponseBase:
    """Close one's other sessions: a lost telephone, a shared computer."""
    closed = actions.close_sessions(actor=request.user, but=request.session.session_key, at=timezone.now())
    messages.success(request, f"Sessions fermées sur d'autres appareils : {closed}. Celle-ci reste ouverte.")
    return redirect("account")
