"""The forms in which the team writes the questions of a survey, one beside the other, without a script."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms

from parvis.core.ledger.leaves import canonical
from parvis.core.processes import kinds
from parvis.core.processes.kinds import Field, FieldType
from parvis.core.processes.opening.forms import options
from parvis.core.processes.writing.forms import ContributionForm

TYPES = {
    FieldType.CHOICE: "Une seule réponse parmi des choix",
    FieldType.CHOICES: "Une ou plusieurs réponses parmi des choix",
    FieldType.SCALE: "Une note sur une échelle",
    FieldType.TEXT: "Une réponse libre",
}
AMONG = {FieldType.CHOICE, FieldType.CHOICES}
MOST_QUESTIONS = 30
MOST_CHOICES = 20
LONGEST_SCALE = 100
NONE_SENT = {"question-TOTAL_FORMS": "0", "question-INITIAL_FORMS": "0"}


class QuestionForm(forms.Form):
    """One question, and what is answered to it."""

    title = forms.CharField(label="Intitulé", max_length=300)
    type = forms.ChoiceField(
        label="Ce qu'on y répond",
        choices=[(str(one), TYPES[one]) for one in TYPES],
        initial=str(FieldType.CHOICE),  # an empty row has not changed: it is not asked
    )
    choices = forms.CharField(
        label="Choix",
        help_text=f"Un par ligne, de deux à {MOST_CHOICES}. Vide pour une note ou une réponse libre.",
        required=False,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lowest = forms.IntegerField(label="Une note va de", initial=1, min_value=-LONGEST_SCALE, max_value=LONGEST_SCALE)
    highest = forms.IntegerField(label="à", initial=5, min_value=-LONGEST_SCALE, max_value=LONGEST_SCALE)
    is_required = forms.BooleanField(label="Il faut y répondre", required=False, initial=True)
    after = forms.IntegerField(
        label="Posée seulement après la question n°", required=False, min_value=1, help_text="Vide : posée à tous."
    )
    answer = forms.CharField(
        label="et si la réponse est",
        required=False,
        max_length=200,
        help_text="Un de ses choix, ou une note, tels que vous les avez écrits.",
    )

    @property
    def number(self) -> int:
        """The number by which another question names it."""
        return int(str(self.prefix).rpartition("-")[2]) + 1

    def clean(self):
        """Refuse a question that nobody could answer."""
        given = super().clean()
        if given.get("type") in AMONG:
            self._clean_choices(given)
        elif given.get("choices"):
            self.add_error("choices", "Une note ou une réponse libre n'a pas de choix : ôtez-les, ou changez le type.")
        if "lowest" in given and "highest" in given and given["lowest"] >= given["highest"]:
            self.add_error("highest", "L'échelle doit monter : donnez une note plus haute que la première.")
        if bool(given.get("after")) != bool(given.get("answer")):
            self.add_error("answer", "Donnez le numéro de la question et sa réponse, ou laissez les deux vides.")
        return given

    def _clean_choices(self, given):
        try:
            given["choices"] = options(given.get("choices", ""), most=MOST_CHOICES)
        except forms.ValidationError as refusal:
            self.add_error("choices", refusal)

    def written(self, before: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
        """Return the question as metadata hold it; `before` are those that may condition it, by number."""
        given = self.cleaned_data
        kept = {"name": f"q{self.number}", "title": given["title"], "type": given["type"]}
        kept["is_required"] = given["is_required"]
        match given["type"]:
            case FieldType.CHOICE | FieldType.CHOICES:
                kept["choices"] = given["choices"]
            case FieldType.SCALE:
                kept |= {"lowest": given["lowest"], "highest": given["highest"]}
        if given["after"]:
            kept["shown_if"] = self._condition(before)
        return kept

    def _condition(self, before: Mapping[int, Mapping[str, Any]]) -> list[str]:
        """Return the question that conditions this one, and the answer to it; what cannot be is an error."""
        after, answer = self.cleaned_data["after"], self.cleaned_data["answer"]
        other = before.get(after, {})
        known = dict(other.get("choices", {}))
        if other.get("type") == FieldType.SCALE:
            known = {str(one): str(one) for one in range(other["lowest"], other["highest"] + 1)}
        found = next((code for code, words in known.items() if words.casefold() == answer.casefold()), None)
        if not known:
            self.add_error("after", f"La question n° {after} n'est pas avant celle-ci, ou n'a ni choix ni note.")
        elif found is None:
            self.add_error("answer", f"La question n° {after} n'a pas cette réponse : {', '.join(known.values())}.")
        return [other.get("name", ""), found or ""]


class _Survey(forms.BaseFormSet):
    """The questions of a survey; `asked` are those that were written, as metadata hold them."""

    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_many_forms": f"Un questionnaire a {MOST_QUESTIONS} questions au plus : ôtez-en.",
    }
    asked: Sequence[Mapping[str, Any]] = ()

    def initial_form_count(self):
        """Count none: a question left empty is not asked, whichever it is."""
        return 0

    def clean(self):
        """Join the questions: a condition names one that stands before."""
        if any(self.errors):
            return
        found: dict[int, dict[str, Any]] = {}
        for form in self.forms:
            if form.has_changed() and not self._should_delete_form(form):
                found[form.number] = form.written(found)
        self.asked = list(found.values())

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(kinds.question(one) for one in self.asked)

    @property
    def digest(self) -> str:
        """What tells the questions that were shown from those that came back."""
        return sha256(canonical(self.asked)).hexdigest() if self.asked else ""


Survey = forms.formset_factory(
    QuestionForm, formset=_Survey, extra=0, can_delete=True, max_num=MOST_QUESTIONS, validate_max=True
)


def survey(data: Any) -> _Survey:
    """Return the questions that were sent, to be checked; a form without any sends none."""
    return Survey(data if "question-TOTAL_FORMS" in data else NONE_SENT, prefix="question")


def one_more(data: Any) -> _Survey:
    """Return the questions as they were typed, sound or not, and one more to write."""
    sent = data.get("question-TOTAL_FORMS", "")
    count = min(int(sent), MOST_QUESTIONS) if re.fullmatch("[0-9]{1,3}", sent) else 0
    names = (*QuestionForm.base_fields, "DELETE")
    typed = [{name: data.get(f"question-{rank}-{name}") for name in names} for rank in range(count)]
    shown = Survey(prefix="question", initial=typed)
    shown.extra = count + 1
    return shown


def preview(asked: Sequence[Field]) -> ContributionForm | None:
    """Return the survey as whoever answers will see it."""
    return ContributionForm(asked, prefix="apercu") if asked else None
