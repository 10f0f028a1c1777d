"""The form of a reply."""

from django import forms


class ReplyForm(forms.Form):
    """Answer a lead. The action says what a reply must be."""

    text = forms.CharField(
        label="Votre réponse",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
        help_text="Publiée entière à côté de la piste, au nom de votre organisme, et scellée dans le journal public. "
        "N'y nommez aucun particulier.",
    )
