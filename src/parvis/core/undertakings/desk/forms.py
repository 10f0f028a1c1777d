"""Forms of the acts on a commitment."""

from django import forms

from parvis.core.undertakings.declared import COMPLETION, OPENED
from parvis.core.undertakings.indicators import VALUES
from parvis.core.undertakings.models import CLAIMED_STATES, Milestone, Undertaking, Verdict

YES_NO = [("True", "Oui"), ("False", "Non")]


def is_yes(text: str) -> bool:
    return text == "True"


class ClaimForm(forms.Form):
    """Say where a commitment stands, or one of its milestones."""

    milestone = forms.ModelChoiceField(
        Milestone.objects.none(),
        label="Jalon",
        required=False,
        empty_label="L'engagement tout entier",
        to_field_name="key",
        help_text="Un jalon a un état ; l'engagement tout entier a un niveau de réalisation.",
    )
    state = forms.ChoiceField(label="État du jalon", choices=[("", "—"), *CLAIMED_STATES], required=False)
    done_on = forms.DateField(label="Réalisé le", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    completion = forms.ChoiceField(
        label="Niveau de réalisation de l'engagement", choices=[("", "—"), *COMPLETION.items()], required=False
    )
    text = forms.CharField(label="Ce qui a été fait", widget=forms.Textarea(attrs={"rows": 5}))
    evidence = forms.URLField(
        label="Adresse d'une preuve",
        required=False,
        assume_scheme="https",
        help_text="Un texte, des données, une page.",
    )

    def __init__(self, undertaking: Undertaking, *positional, **named):
        super().__init__(*positional, **named)
        every = Milestone.objects.filter(undertaking__plan=undertaking.plan, undertaking__number=undertaking.number)
        open_ones = every.exclude(state=Milestone.State.ABANDONED).order_by("position")
        self.fields["milestone"].queryset = open_ones

    def clean(self):
        cleaned = super().clean()
        milestone, state, level = (cleaned.get(name) for name in ("milestone", "state", "completion"))
        if milestone and not state:
            self.add_error("state", "Dites l'état de ce jalon.")
        if milestone and level:
            self.add_error("completion", "Un jalon n'a pas de niveau : laissez ce champ vide.")
        if not milestone and not level:
            self.add_error("completion", "Dites le niveau de réalisation, ou choisissez un jalon.")
        if not milestone and state:
            self.add_error("state", "Choisissez le jalon dont vous donnez l'état.")
        return cleaned


class VerdictForm(forms.Form):
    """Judge a commitment, blind to the other reader."""

    stage = forms.ChoiceField(label="Moment", choices=Verdict.Stage.choices)
    completion = forms.ChoiceField(label="Niveau de réalisation", choices=list(COMPLETION.items()))
    did_it_open_government = forms.ChoiceField(label="A-t-il ouvert le gouvernement ?", choices=list(OPENED.items()))
    is_verifiable = forms.TypedChoiceField(
        label="Est-il vérifiable tel qu'il est écrit ?", choices=YES_NO, coerce=is_yes
    )
    is_relevant = forms.TypedChoiceField(label="Sert-il une valeur du PGO ?", choices=YES_NO, coerce=is_yes)
    opened_values = forms.MultipleChoiceField(
        label="Valeurs effectivement servies",
        choices=list(VALUES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = forms.CharField(
        label="Motifs",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ce que vous avez lu et vérifié. Publié quand les deux lecteurs ont jugé.",
    )


class BecauseForm(forms.Form):
    """A reason, which is public."""

    because = forms.CharField(
        label="Motif", widget=forms.Textarea(attrs={"rows": 4}), help_text="Ce motif est public."
    )


class AbandonForm(BecauseForm):
    """Give a milestone up."""

    on = forms.CharField(label="Abandonné en", help_text="AAAA, AAAA-MM ou AAAA-MM-JJ : aussi précis que connu.")
