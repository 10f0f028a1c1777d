"""Forms made from the fields that a kind declares: one class for all kinds."""

from collections.abc import Mapping, Sequence

from django import forms

from parvis.core.processes.checking import FieldsRefused, check
from parvis.core.processes.kinds import Field, FieldType

FEW = 11
"""Values of a scale that are shown as buttons."""


class AsSent(forms.Field):
    """A field that gives what was sent: what it may hold is checked once for all doors, by `checking.check`."""

    def validate(self, value):
        """Leave it to the whole form."""


def control(field: Field) -> forms.Widget:
    """Return the control in which a field is filled."""
    return CONTROLS[field.type](field)


def _lines(rows):
    return lambda field: forms.Textarea(attrs={"maxlength": field.max_length, "rows": rows})


def _choices(widget):
    return lambda field: widget(choices=list((field.choices or {}).items()))


def _scale(field: Field) -> forms.Widget:
    values = range(field.lowest, field.highest + 1)
    if len(values) > FEW:
        return forms.NumberInput(attrs={"min": field.lowest, "max": field.highest, "step": 1})
    return forms.RadioSelect(choices=[(str(one), str(one)) for one in values])


CONTROLS = {
    FieldType.LINE: lambda field: forms.TextInput(attrs={"maxlength": field.max_length}),
    FieldType.TEXT: _lines(6),
    FieldType.WORDING: lambda field: forms.Textarea(attrs={"maxlength": field.max_length, "class": "long"}),
    FieldType.CHOICE: _choices(forms.RadioSelect),
    FieldType.CHOICES: _choices(forms.CheckboxSelectMultiple),
    FieldType.SCALE: _scale,
    FieldType.ADDRESS: lambda field: forms.URLInput(attrs={"maxlength": field.max_length}),
    FieldType.RUN: lambda field: forms.TextInput(attrs={"maxlength": field.max_length}),
}
"""The control of each type of field."""


def _help(field: Field, asked: Sequence[Field]) -> str:
    if field.shown_if is None:
        return field.help
    other = next(one for one in asked if one.name == field.shown_if[0])
    value = (other.choices or {}).get(field.shown_if[1], field.shown_if[1])
    return f"Seulement si vous avez répondu « {value} » à « {other.title} ». {field.help}".strip()


class ContributionForm(forms.Form):
    """What a person writes. `sent` are the values to give to the action."""

    cle = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    redaction = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, asked: Sequence[Field], *positional, **named):
        super().__init__(*positional, **named)
        self.asked = asked
        for field in asked:
            self.fields[field.name] = AsSent(
                label=field.title,
                help_text=_help(field, asked),
                required=field.is_required and field.shown_if is None,
                widget=control(field),
            )

    @property
    def sent(self) -> Mapping[str, object]:
        return {field.name: self.cleaned_data.get(field.name) for field in self.asked}

    def clean(self):
        cleaned = super().clean()
        try:
            check(self.asked, self.sent)
        except FieldsRefused as refusal:
            for name, sentence in refusal.faults.items():
                self.add_error(name, sentence)
        return cleaned


class QuotedForm(ContributionForm):
    """The same, on words quoted from an article."""

    citation = forms.CharField(
        label="Mots de l'article sur lesquels vous écrivez",
        help_text="Recopiés tels quels. Laissez vide pour écrire sur l'article entier.",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(forms.Form):
    """Why one withdraws what one wrote."""

    because = forms.CharField(
        label="Motif",
        help_text="Il reste lisible à la place de votre texte.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
