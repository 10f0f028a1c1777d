"""The forms of signing up, and of changing what an account is known by."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django_altcha import AltchaField, AltchaWidget, get_altcha_challenge

from parvis.core.actors.actions import keep_name_free
from parvis.core.actors.models import Actor
from parvis.core.actors.pseudonyms import LONGEST, SHORTEST, fold, pseudonym
from parvis.core.errors import ParvisError

EFFORT = 50_000
"""Hashes that a browser tries, at most, before it has proved its effort: under a second on a telephone."""


class SignInForm(AuthenticationForm):
    """Django's own, in the words of someone who is lost."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": (
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez la saisie (les majuscules du mot de "
            "passe comptent), ou demandez un nouveau mot de passe ci-dessous."
        ),
    }

    def __init__(self, *positional, **named):
        super().__init__(*positional, **named)
        self.fields["username"].label = "Adresse électronique"
        self.fields["username"].widget = forms.EmailInput(attrs={"autocomplete": "username webauthn"})

    def clean_username(self):
        return self.cleaned_data["username"].lower()


class AddressField(forms.EmailField):
    """An address, in small letters: two that differ by a capital are one mailbox."""

    def __init__(self, **named):
        attributes = {"autocomplete": "email"}
        super().__init__(label="Adresse électronique", widget=forms.EmailInput(attrs=attributes), **named)

    def clean(self, value):
        return super().clean(value).lower()


class ProofWidget(AltchaWidget):
    """The challenge as data, for our own script: the package's draws its styles and its worker inline."""

    template_name = "actors/proof.html"

    def get_context(self, name, value, attrs):
        context = forms.HiddenInput.get_context(self, name, None, attrs)
        return context | {"challenge": get_altcha_challenge(max_number=EFFORT)}


class ProofField(AltchaField):
    """A proof of work, that a browser without scripts cannot give: the mail's link, and a lower limit, replace it."""

    widget = ProofWidget

    def validate(self, value):
        if value:
            super().validate(value)


class AskForm(forms.Form):
    """An address to write to."""

    email = AddressField()


class SignUpForm(AskForm):
    """An address, and the proof that whoever asks made an effort."""

    proof = ProofField(
        required=False,
        error_messages=dict.fromkeys(
            ("error", "invalid", "replay"),
            "La preuve d'effort de votre navigateur n'est plus valable. Rechargez la page, puis recommencez.",
        ),
    )

    def clean(self):
        """Say over the form what is wrong with a field that nobody sees."""
        for refused in self.errors.pop("proof", ()):
            self.add_error(None, refused)
        return super().clean()


class NameField(forms.CharField):
    """A public name that nobody bears."""

    def __init__(self, **named):
        help_text = (
            f"Public, sur tout ce que vous publiez : de {SHORTEST} à {LONGEST} caractères. "
            "Votre nom d'état civil n'est pas demandé."
        )
        widget = forms.TextInput(attrs={"autocomplete": "nickname"})
        super().__init__(label="Nom public", max_length=120, help_text=help_text, widget=widget, **named)


class NameForm(forms.Form):
    """A public name, refused where it would be read as another's."""

    public_name = NameField()
    folded = ""

    def clean_public_name(self):
        try:
            name = pseudonym(self.cleaned_data["public_name"])
            if fold(name) != self.folded:
                keep_name_free(name)
        except ParvisError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return name


class PasswordField(forms.CharField):
    """A new password, typed once: it can be asked again by mail."""

    def __init__(self, **named):
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        help_text = password_validators_help_text_html()
        super().__init__(label="Mot de passe", strip=False, widget=widget, help_text=help_text, **named)


class ResetForm(forms.Form):
    """A new password."""

    password = PasswordField()
    actor: Actor | None = None

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.actor)
        return self.cleaned_data["password"]


class OpenForm(ResetForm, NameForm):
    """What an account is opened with, once its address is proved."""

    field_order = ("public_name", "password")
