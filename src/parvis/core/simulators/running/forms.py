from django import forms


class RunFileForm(forms.Form):
    """A run file, pasted or sent."""

    calcul = forms.CharField(
        label="Fichier du calcul, collé ici",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Le JSON que donne « Télécharger le calcul », entier.",
    )
    fichier = forms.FileField(
        label="Ou le fichier lui-même",
        required=False,
        allow_empty_file=True,
        help_text="1\u00a0Mo au plus. Il est lu, rejoué, puis oublié : rien n'en est gardé.",
    )


class PublishForm(forms.Form):
    """The consent of whoever publishes."""

    calcul = forms.CharField(widget=forms.HiddenInput)
    calculateur = forms.CharField(widget=forms.HiddenInput, required=False)
    lignes = forms.CharField(widget=forms.HiddenInput, required=False)
    population = forms.CharField(widget=forms.HiddenInput, required=False)
    titre = forms.CharField(
        label="Titre du calcul",
        max_length=200,
        required=False,
        help_text="Public. N'y mettez le nom de personne.",
    )
    fictif = forms.BooleanField(
        label="Ces données sont inventées : elles ne décrivent personne.",
        required=False,
    )
    accord = forms.BooleanField(
        label=(
            "Je veux que toutes les données ci-dessus soient publiques, sous mon nom public. Si elles décrivent "
            "quelqu'un d'autre que moi, j'ai son accord."
        ),
        error_messages={"required": "Rien n'est publié sans cet accord : cochez la case, ou revenez en arrière."},
    )


class EraseForm(forms.Form):
    """Why a calculation is erased."""

    motif = forms.CharField(
        label="Pourquoi l'effacer ?",
        max_length=300,
        help_text="Ce motif est public, et reste. N'y redites rien de ce que vous effacez.",
        error_messages={"required": "Dites pourquoi : ce motif est tout ce qui restera, avec le numéro du calcul."},
    )
