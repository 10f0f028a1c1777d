"""Forms of moderation. The actions say what a report, a decision and an appeal must be."""

from django import forms

from parvis.core.processes.moderating.models import RULE_CHOICES, Appeal, Decision


class ReportForm(forms.Form):
    """Say which rule a contribution breaks."""

    rule = forms.ChoiceField(label="Ce qu'elle ne respecte pas", choices=RULE_CHOICES, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Précisez",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lu par la modération seulement. Facultatif, et utile.",
    )


class RulingForm(forms.Form):
    """Decide, with reasons."""

    outcome = forms.ChoiceField(label="Décision", choices=Decision.Outcome.choices, widget=forms.RadioSelect)
    rule = forms.ChoiceField(label="Règle", choices=RULE_CHOICES)
    facts = forms.CharField(
        label="Faits",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce que la contribution dit ou fait, et en quoi la règle s'y applique. Public et scellé : n'y "
        "recopiez ni les mots en cause ni les données d'une personne.",
    )
    ends_on = forms.DateField(
        label="Masquée jusqu'au (exclu)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Vide : sans limite de durée.",
    )
    is_detected_by_machine = forms.BooleanField(label="Repérée par un automate", required=False)


class AppealForm(forms.Form):
    """Ask that a decision be looked at again."""

    because = forms.CharField(
        label="Pourquoi cette décision vous paraît fausse",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Public sur la page de la décision. Quelqu'un d'autre que son auteur la reverra.",
    )


class AppealDecisionForm(forms.Form):
    """Decide an appeal."""

    outcome = forms.ChoiceField(
        label="Décision", choices=[one for one in Appeal.Outcome.choices if one[0]], widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label="Pourquoi",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Public, et envoyé à l'auteur.",
    )
