"""Forms of imports: send a file, decide of a draft."""

from django import forms


class FileForm(forms.Form):
    """A file of contributions."""

    title = forms.CharField(label="D'où viennent ces contributions", max_length=300, help_text="Publié avec elles.")
    file = forms.FileField(label="Fichier", help_text="CSV avec une ligne d'en-tête, ou JSON, un objet par ligne.")


class DecisionForm(forms.Form):
    """Accept a draft, or refuse it with a reason."""

    decision = forms.ChoiceField(
        label="Décision",
        choices=[("accept", "Publier les bonnes lignes"), ("refuse", "Refuser cet import")],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="Motif",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatoire pour refuser. Il est public.",
    )
