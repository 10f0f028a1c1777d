"""The forms in which the team opens a debate, and moves its dates."""

from django import forms
from django.utils.text import slugify

from parvis.core.actors.models import Organisation
from parvis.core.processes import metadata
from parvis.core.processes.opening.actions import SLUG
from parvis.core.processes.procedures import PROCEDURES
from parvis.core.processes.voting.ballots import MODES, Mode

INSTANT = "%Y-%m-%dT%H:%M"
LONGEST_OPTION = 40
"""Letters kept of an option's name: a ballot of all of them must hold in its column (500)."""


def instant(label, **more):
    """Return a field for an instant, in the time of Paris."""
    return forms.DateTimeField(
        label=label,
        input_formats=[INSTANT, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=INSTANT),
        **more,
    )


def options(text, *, most):
    """Return the words of each option, one a line, by its slug. Raises ValidationError."""
    given = [line.strip() for line in text.splitlines() if line.strip()]
    found = {slugify(words)[:LONGEST_OPTION] or f"option-{rank}": words for rank, words in enumerate(given, 1)}
    if len(found) < len(given):
        raise forms.ValidationError("Deux options commencent de la même façon : nommez-les autrement.")
    if not 2 <= len(found) <= most:
        raise forms.ValidationError(f"{len(found)} donnée : il en faut de deux à {most}, une par ligne.")
    if longest := [words for words in given if len(words) > 200]:
        raise forms.ValidationError(f"« {longest[0][:60]}… » est trop longue : 200 signes au plus.")
    return found


class OpenForm(forms.Form):
    """What a debate is: its procedure, its subject, who holds it, when it starts, its notice."""

    procedure = forms.ChoiceField(label="Procédure")
    title = forms.CharField(label="Titre", max_length=300)
    slug = forms.RegexField(
        SLUG,
        label="Adresse",
        help_text="La fin de l'adresse : des minuscules sans accent, des chiffres et des traits d'union.",
        max_length=120,
        error_messages={"invalid": "Des minuscules sans accent, des chiffres et des traits d'union seulement."},
    )
    summary = forms.CharField(label="De quoi il s'agit", widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000)
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label="Tenu par", to_field_name="slug", empty_label=None
    )
    subject = forms.CharField(
        label="Texte en débat",
        required=False,
        max_length=200,
        help_text="Comme « textes/projet-de-loi-numerique » ; vide pour un débat qui ne porte sur aucun texte.",
    )
    subject_version = forms.SlugField(
        label="Version mise en débat", required=False, max_length=120, help_text="Vide pour la plus récente."
    )
    starts_at = instant("Ouvre le", help_text="À l'heure de Paris. La procédure propose les dates qui suivent.")
    vote_mode = forms.ChoiceField(
        label="Comment comptent les votes et les soutiens",
        help_text="Dit à chacun sur la page du débat. Il ne change jamais.",
        choices=[(str(mode), promise.title) for mode, promise in MODES.items()],
        widget=forms.RadioSelect,
        initial=str(Mode.PUBLIC),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *positional, **named):
        super().__init__(*positional, **named)
        self.fields["procedure"].choices = [(one.slug, one.title) for one in PROCEDURES.filled().values()]
        for entry in metadata.ENTRIES:
            self.fields[entry.key] = forms.CharField(
                label=entry.title, help_text=entry.help, required=False, max_length=2_000
            )
        self.fields["scale"] = forms.ChoiceField(
            label="Échelle", choices=[("", "—"), *metadata.SCALES.items()], required=False
        )

    @property
    def notice(self):
        """Return the notice as metadata hold it: lists cut, empty fields left out; and the mode of votes."""
        given = {entry.key: self.cleaned_data[entry.key] for entry in metadata.ENTRIES}
        told = {
            entry.key: metadata.cut(entry, given[entry.key]) if entry.is_list else given[entry.key]
            for entry in metadata.ENTRIES
            if given[entry.key]
        }
        return told | {"vote_mode": self.cleaned_data["vote_mode"]}


class PublishForm(forms.Form):
    """To publish is to confirm what the simulation shows."""

    is_read = forms.BooleanField(
        label="J'ai lu ce que chaque étape ouvre, et à qui",
        error_messages={"required": "Lisez le tableau ci-dessus, puis cochez cette case."},
    )


class DatesForm(forms.Form):
    """New dates for each phase, and why."""

    because = forms.CharField(
        label="Motif", help_text="Ce motif est public.", widget=forms.Textarea(attrs={"rows": 3}), max_length=1_000
    )

    def __init__(self, phases, *positional, **named):
        super().__init__(*positional, **named)
        self.phases = phases
        for phase in phases:
            opens = instant(f"« {phase.title} » ouvre le", initial=phase.opens_at)
            closes = instant(f"« {phase.title} » ferme le", initial=phase.closes_at)
            self.fields |= {f"{phase.step}-opens": opens, f"{phase.step}-closes": closes}
        self.order_fields([name for name in self.fields if name != "because"])

    @property
    def dates(self):
        """Return the instants of each phase: a minute that was not touched keeps its seconds."""
        return [(phase.step, self._instant(phase, "opens"), self._instant(phase, "closes")) for phase in self.phases]

    def _instant(self, phase, bound):
        given, known = self.cleaned_data[f"{phase.step}-{bound}"], getattr(phase, f"{bound}_at")
        return known if given == known.replace(second=0, microsecond=0) else given
