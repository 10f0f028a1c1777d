"""Pages of one's account: what it is known by, its mandates, its password."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from parvis.core.actors.models import Mandate, Session
from parvis.core.actors.roles import ACTS, ROLES
from parvis.core.actors.signing.views import FormPage
from parvis.core.web.front import Section
from parvis.core.web.page import show
from parvis.core.web.parts import Fact, Step


class ChangePassword(PasswordChangeView):
    """Change one's password: the present one is asked."""

    template_name = "actors/password.html"
    success_url = reverse_lazy("password-changed")
    form_class = PasswordChangeForm

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return context | {"page": FormPage("Changer de mot de passe", context["form"])}


@dataclass(frozen=True)
class Given:
    """A mandate, as its holder sees it."""

    role: str
    organisation: str
    starts_on: date
    ends_on: date | None
    is_valid: bool
    acts: tuple[str, ...]  # in French


@dataclass(frozen=True)
class AccountPage:
    """One's own account: who the public sees, and what one may do."""

    title: str
    public_name: str
    known: tuple[Fact, ...]
    is_confirmed: bool
    is_staff: bool
    sessions: int
    mandates: tuple[Given, ...]

    def rows(self) -> Iterable[Mapping[str, object]]:
        return ({**vars(one), "acts": list(one.acts)} for one in self.mandates)


@login_required
def account(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    mandates = Mandate.objects.filter(actor=request.user).select_related("organisation").order_by("starts_on", "pk")
    given = tuple(_given(one, today) for one in mandates)
    actor = request.user
    page = AccountPage(
        "Mon compte",
        actor.public_name,
        (Fact("Nom public", actor.public_name), Fact("Adresse, réservée", actor.email or "aucune")),
        actor.is_confirmed,
        actor.is_staff,
        Session.objects.filter(account=actor.pk, expire_date__gt=timezone.now()).count(),
        given,
    )
    return show(request, "actors/account.html", page)


def _given(mandate: Mandate, today: date) -> Given:
    role = ROLES.filled().get(mandate.role)
    acts = tuple(ACTS[act] for act in ACTS if role and act in role.acts)
    valid = mandate.is_valid(on=today)
    return Given(mandate.title, mandate.organisation.name, mandate.starts_on, mandate.ends_on, valid, acts)


@dataclass(frozen=True)
class DonePage:
    """A page that says that something is done."""

    title: str


@login_required
def password_changed(request: HttpRequest) -> HttpResponseBase:
    return show(request, "actors/password_changed.html", DonePage("Mot de passe changé"))


def map_section() -> Section:
    """List the account's pages in the site map."""
    ways = (("Se connecter", "login"), ("Créer un compte", "sign-up"), ("Mon compte", "account"))
    return Section("Compte", 50, tuple(Step(label, reverse(name)) for label, name in ways))


def mandates_to(act: str, request: HttpRequest) -> list[Mandate]:
    """Return the mandates under which this person does an act today."""
    if not request.user.is_authenticated:
        return []
    found = Mandate.objects.filter(actor=request.user).opening(act).valid(on=timezone.localdate())
    return list(found.select_related("organisation").order_by("pk"))


def mandate_to(act: str, request: HttpRequest) -> Mandate | None:
    """Return a mandate under which this person does an act today, or None."""
    return next(iter(mandates_to(act, request)), None)


def may(act: str, request: HttpRequest) -> bool:
    """Whether this person does an act today: by a mandate, or as the server's operator."""
    return bool(request.user.is_superuser) or mandate_to(act, request) is not None


def mandate_or_operator(act: str, request: HttpRequest, refused: str) -> Mandate | None:
    """Return the mandate under which this person does an act, None for the operator. Raises PermissionDenied."""
    mandate = mandate_to(act, request)
    if mandate is None and not request.user.is_superuser:
        raise PermissionDenied(refused)
    return mandate


def mandates_or_refuse(act: str, request: HttpRequest, refused: str) -> list[Mandate]:
    """Return the mandates under which this person does an act today. Raises PermissionDenied with the sentence."""
    mandates = mandates_to(act, request)
    if not mandates:
        raise PermissionDenied(refused)
    return mandates


def mandate_or_refuse(act: str, request: HttpRequest, refused: str) -> Mandate:
    """Return a mandate under which this person does an act today. Raises PermissionDenied with the sentence."""
    return mandates_or_refuse(act, request, refused)[0]
