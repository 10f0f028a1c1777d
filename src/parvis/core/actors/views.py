"""Pages of one's account: sign in, sign out, change password, see one's mandates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from parvis.core.actors.models import Mandate
from parvis.core.actors.roles import ACTS, ROLES
from parvis.core.web.front import Section
from parvis.core.web.page import HTML_ONLY, show
from parvis.core.web.parts import Step


@dataclass(frozen=True)
class FormPage:
    """A page that holds one form, with its title in French."""

    title: str
    form: Form = field(metadata=HTML_ONLY)


class SignIn(LoginView):
    """Sign in with an e-mail and a password; other ways in are other authentication backends."""

    template_name = "actors/login.html"

    def get_form_class(self):
        return SignInForm

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return context | {"page": FormPage("Se connecter", context["form"])}


class SignInForm(AuthenticationForm):
    """Django's own, in the words of someone who is lost."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": (
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez la saisie (les majuscules comptent), "
            "ou demandez à l'équipe gouvernement ouvert de renouveler votre mot de passe."
        ),
    }

    def __init__(self, *positional, **named):
        super().__init__(*positional, **named)
        self.fields["username"].label = "Adresse électronique"


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
    is_staff: bool
    mandates: tuple[Given, ...]

    def rows(self) -> Iterable[Mapping[str, object]]:
        return ({**vars(one), "acts": list(one.acts)} for one in self.mandates)


@login_required
def account(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    mandates = Mandate.objects.filter(actor=request.user).select_related("organisation").order_by("starts_on", "pk")
    given = tuple(_given(one, today) for one in mandates)
    page = AccountPage("Mon compte", request.user.public_name, request.user.is_staff, given)
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
    return Section("Compte", 50, (Step("Se connecter", reverse("login")), Step("Mon compte", reverse("account"))))
