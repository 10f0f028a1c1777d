"""The form in which the team puts a question to the vote: what it says is what can no longer change."""

from django import forms

from parvis.core.processes.opening.forms import instant, options
from parvis.core.processes.voting.ballots import FORMS, MODES, Form

MOST_OPTIONS = 12


class PollForm(forms.Form):
    """A question, its options, how it is counted, and when."""

    question = forms.CharField(label="Question", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    form = forms.ChoiceField(
        label="Ce qui se choisit",
        choices=[(str(one), FORMS[one]) for one in (Form.ONE, Form.MANY)],
        widget=forms.RadioSelect,
        initial=str(Form.ONE),
    )
    options = forms.CharField(
        label="Options",
        help_text=f"Une par ligne, de deux à {MOST_OPTIONS}, dans l'ordre où elles seront montrées.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3_000,
    )
    mode = forms.ChoiceField(
        label="Mode",
        help_text="Dit à chacun avant qu'il vote. Il ne change jamais.",
        choices=[(str(mode), promise.title) for mode, promise in MODES.items()],
        widget=forms.RadioSelect,
    )
    opens_at = instant("Ouvre le", help_text="À l'heure de Paris.")
    closes_at = instant("Ferme le", help_text="Cet instant n'en est plus.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *positional, at, **named):
        super().__init__(*positional, **named)
        self.at = at

    def clean_options(self):
        """Return the words of each option by its slug."""
        return options(self.cleaned_data["options"], most=MOST_OPTIONS)

    def clean(self):
        """Refuse a vote in which nobody could vote."""
        given = super().clean()
        opens, closes = given.get("opens_at"), given.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "Le vote fermerait avant d'ouvrir : donnez une date qui suit l'ouverture.")
        elif closes and closes <= self.at:
            self.add_error("closes_at", "Cette date est passée : personne ne pourrait voter.")
        return given
