"""Forms of answers."""

from django import forms

from parvis.core.processes.answering.models import FATES
from parvis.core.processes.answering.saying import LONGEST

WORDS = "words-"


class AnswerForm(forms.Form):
    """Say what becomes of some contributions. `saying.check` says what an answer must be."""

    fate = forms.ChoiceField(label="Ce qu'elles deviennent", choices=FATES, widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Pourquoi",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce motif est public, et part par courriel à chaque auteur.",
    )
    evidence = forms.URLField(
        label="Preuve",
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text="L'adresse de ce qui a été fait : texte, données, page. Demandée si aucun mot n'est adopté.",
    )

    def __init__(self, *positional, asked, is_correction=False, **named):
        super().__init__(*positional, **named)
        wordings = [one for one in asked if one.wording]
        if len(asked) == 1:
            self.fields["fate"].label = "Ce qu'elle devient"
        for one in asked:
            if one.unit:
                self.fields[f"{WORDS}{one.number}"] = forms.CharField(
                    label=f"Mots adoptés pour « {one.unit} », venus de la contribution n°\u00a0{one.number}",
                    required=False,
                    strip=False,
                    max_length=50_000,
                    initial=one.wording if wordings == [one] else "",
                    widget=forms.Textarea(attrs={"class": "long"}),
                    help_text="L'unité entière, telle qu'elle sera. Vide : cette contribution n'y change rien.",
                )
        if is_correction:
            self.fields["because"] = forms.CharField(
                label="Pourquoi cette réponse est corrigée",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="Public : la version d'avant reste lisible.",
            )

    def said(self, asked):
        """Return what the action takes."""
        values = self.cleaned_data
        words = [
            {"contribution": one.number, "unit": one.unit, "words": values[f"{WORDS}{one.number}"].strip()}
            for one in asked
            if values.get(f"{WORDS}{one.number}", "").strip()
        ]
        return {"fate": values["fate"], "reasons": values["reasons"], "evidence": values["evidence"], "words": words}


class BecauseForm(forms.Form):
    """A reason. `label` says of what."""

    because = forms.CharField(label="Pourquoi", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *positional, label, help_text, **named):
        super().__init__(*positional, **named)
        self.fields["because"].label, self.fields["because"].help_text = label, help_text
