"""The back office of accounts, organisations and mandates: every write goes through an action."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from parvis.core.actors import actions
from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.actors.roles import ROLES
from parvis.core.errors import ParvisError

for table in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(table)  # allauth's: passkeys and identities are their holder's affair

admin.site.site_header = "Parvis : gestion"
admin.site.site_title = "Gestion"
admin.site.index_title = "Tenir le plan"


class MandatedAdmin(admin.ModelAdmin):
    """A table that staff may read, and that those whose mandate opens `act` may write, through actions only.

    The superuser acts without mandate: as the operator of the server, and the log says so.
    """

    act = ""
    can_add = False
    can_change = False

    def mandate(self, request: HttpRequest) -> Mandate | None:
        found = Mandate.objects.filter(actor=request.user).opening(self.act)
        return found.valid(on=timezone.localdate()).order_by("pk").first()

    def is_open(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or self.mandate(request) is not None

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.can_add and self.is_open(request)

    def has_change_permission(self, request, obj=None):
        return self.can_change and self.is_open(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Say a refusal by the domain on the form, where everything typed is still there."""
        request.refusals = []
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ParvisError as refusal:
            request.refusals = [str(refusal)]
        except ValidationError as refusal:
            request.refusals = refusal.messages
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **named):  # noqa: FBT002 -- Django's own signature
        form = super().get_form(request, obj, change, **named)
        return type("Refused", (form,), {"clean": refusing(form, request.refusals)}) if request.refusals else form

    def given(self, request: HttpRequest) -> dict[str, object]:
        """Return what every action is given: the instant, and the mandate."""
        return {"at": timezone.now(), "mandate": self.mandate(request)}


def refusing(form: type[forms.ModelForm], refusals: list[str]):
    """Return the `clean` of a form that was refused: it says why, and is not sound."""

    def clean(self):
        for refusal in refusals:
            self.add_error(None, refusal)
        return form.clean(self)

    return clean


class DatedForm(forms.ModelForm):
    """A form of what holds between two days; either may be asked."""

    def clean(self):
        cleaned = super().clean()
        starts, ends = (cleaned.get(name, getattr(self.instance, name)) for name in ("starts_on", "ends_on"))
        if starts and ends and ends <= starts:
            self.add_error(
                "ends_on", f"La fin suit le début, qui est le {starts:%d/%m/%Y} : le dernier jour est la veille."
            )
        return cleaned


class BecauseForm(forms.ModelForm):
    """A form that asks why: the reason is public."""

    because = forms.CharField(
        label="Motif", widget=forms.Textarea(attrs={"rows": 3}), help_text="Public : il reste dans l'historique."
    )

    def changes(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "because"}


class OrganisationForm(DatedForm, BecauseForm):
    """An organisation, with the reason of the change; none is asked of a new one."""

    def __init__(self, *positional, **named):
        super().__init__(*positional, **named)
        if self.instance.pk is None:
            del self.fields["because"]

    class Meta:
        model = Organisation
        fields = ("name", "slug", "siren", "starts_on", "ends_on", "succeeds", "source")


@admin.register(Organisation)
class OrganisationAdmin(MandatedAdmin):
    """A ministry that changes its name is a new organisation that succeeds the old one."""

    act, can_add, can_change = "organisation.register", True, True
    form = OrganisationForm
    list_display = ("name", "starts_on", "ends_on", "succeeds")
    search_fields = ("name", "siren")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request, obj, form, change):
        if change:
            actions.correct_organisation(organisation=obj, because=form.cleaned_data["because"], **self.given(request))
        else:
            made = actions.register_organisation(**form.cleaned_data, **self.given(request))
            obj.pk = made.pk

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


class MandateForm(DatedForm):
    """A mandate to give."""

    role = forms.ChoiceField(label="Rôle")

    def __init__(self, *positional, **named):
        super().__init__(*positional, **named)
        self.fields["role"].choices = [(role.slug, role.title) for role in ROLES.filled().values()]

    class Meta:
        model = Mandate
        fields = ("actor", "role", "organisation", "starts_on", "ends_on")


class EndForm(DatedForm, BecauseForm):
    """The end of a mandate."""

    class Meta:
        model = Mandate
        fields = ("ends_on",)


@admin.register(Mandate)
class MandateAdmin(MandatedAdmin):
    """A mandate is given, then ended from a day on; what was done under it stays."""

    act, can_add, can_change = "mandate.grant", True, True
    list_display = ("actor", "title", "organisation", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("actor__public_name", "organisation__name")
    ordering = ("-starts_on", "pk")
    autocomplete_fields = ("actor", "organisation")

    def get_form(self, request, obj=None, change=False, **named):  # noqa: FBT002 -- Django's own signature
        return super().get_form(request, obj, change, form=EndForm if obj else MandateForm, **named)

    def get_fields(self, request, obj=None):
        return ("ends_on", "because") if obj else MandateForm.Meta.fields

    def save_model(self, request, obj, form, change):
        given = self.given(request)
        if change:
            actions.end_mandate(
                ended=obj, on=form.cleaned_data["ends_on"], because=form.cleaned_data["because"], **given
            )
        else:
            obj.pk = actions.grant_mandate(**form.cleaned_data, **given).pk


class AccountForm(forms.ModelForm):
    """An account to open."""

    password = forms.CharField(label="Mot de passe provisoire", widget=forms.PasswordInput)

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_password(self):
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    class Meta:
        model = Actor
        fields = ("email", "public_name", "is_staff")


@admin.register(Actor)
class ActorAdmin(MandatedAdmin):
    """Accounts are opened here; a password is renewed by its person alone, who asks for a link."""

    act, can_add = "mandate.grant", True
    list_display = ("public_name", "email", "is_staff", "is_active")
    search_fields = ("public_name", "email")
    ordering = ("public_name", "pk")

    def has_view_permission(self, request, obj=None):
        """Ask for the mandate: addresses are read by those alone who may give a mandate today."""
        return self.has_module_permission(request) and self.is_open(request)

    def get_form(self, request, obj=None, change=False, **named):  # noqa: FBT002 -- Django's own signature
        if obj is None:
            named["form"] = AccountForm
        return super().get_form(request, obj, change, **named)

    def get_fields(self, request, obj=None):
        return ("email", "public_name", "is_staff") + (() if obj else ("password",))

    def save_model(self, request, obj, form, change):
        obj.pk = actions.open_account(**form.cleaned_data, **self.given(request)).pk
