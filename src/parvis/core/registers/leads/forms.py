"""The form of a reply."""

from django import forms


class WithdrawForm(forms.Form):
    """Say why one withdraws one's reply."""

    because = forms.CharField(
        label="Motif",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
        help_text="Public, comme la réponse. N'y nommez aucun particulier.",
    )


class ReplyForm(forms.Form):
    """Answer a lead. The action says what a reply must be."""

    text = forms.CharField(
        label="Votre réponse",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
        help_text="Publiée entière à côté de la piste, au nom de votre organisme, et scellée dans le journal public. "
        "N'y nommez aucun particulier.",
    )
