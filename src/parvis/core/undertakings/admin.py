"""The back office of the plan: an agent corrects, with a reason; each write is an action, and its history is kept."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from parvis.core import french
from parvis.core.actors.admin import BecauseForm, DatedForm, MandatedAdmin
from parvis.core.errors import ParvisError
from parvis.core.undertakings import actions
from parvis.core.undertakings.measures import actions as measures
from parvis.core.undertakings.models import Correction, Lead, Measure, Milestone, Review, Undertaking
from parvis.core.undertakings.succession import actions as succession


class EditAdmin(MandatedAdmin):
    """A thing of the plan that is corrected field by field, with a reason."""

    act, can_change = "plan.edit", True

    def save_model(self, request, obj, form, change):
        stored = type(obj).objects.get(pk=obj.pk)
        actions.edit(thing=stored, changes=form.changes(), because=form.cleaned_data["because"], **self.given(request))

    @admin.display(description="Historique des corrections")
    def history(self, obj):
        lines = Correction.objects.filter(key=obj.key).order_by("-made_at", "-pk")
        sentences = [
            f"{one.made_at:%d/%m/%Y} {one.field} : « {one.before} » → « {one.after} » ({one.because})" for one in lines
        ]
        return "\n".join(sentences) or "Aucune correction."


class UndertakingForm(BecauseForm):
    """What may be corrected of a commitment."""

    class Meta:
        model = Undertaking
        fields = ("title", "ambition")


@admin.register(Undertaking)
class UndertakingAdmin(EditAdmin):
    """Commitments and their parts."""

    form = UndertakingForm
    fields = ("code", "title", "ambition", "because", "history")
    readonly_fields = ("code", "history")
    list_display = ("code", "title", "axis")
    list_filter = ("axis",)
    search_fields = ("code", "title")
    ordering = ("number", "code")

    def view_on_site(self, obj):
        return reverse("commitment", args=[obj.slug])


class MilestoneForm(BecauseForm):
    """What may be corrected of a milestone."""

    class Meta:
        model = Milestone
        fields = ("text", "due", "due_text", "target", "target_unit")


@admin.register(Milestone)
class MilestoneAdmin(EditAdmin):
    """Milestones; to give one up is another act, on its own page."""

    form = MilestoneForm
    fields = ("key", "text", "due", "due_text", "target", "target_unit", "state", "giving_up", "because", "history")
    readonly_fields = ("key", "state", "giving_up", "history")
    list_display = ("key", "text", "due", "state")
    list_filter = ("state", "undertaking__axis")
    search_fields = ("key", "text")
    ordering = ("undertaking__number", "position")

    @admin.display(description="Abandon")
    def giving_up(self, obj):
        if obj.state == Milestone.State.ABANDONED:
            address = reverse("milestone-resume", args=[obj.key])
            said = "Abandonné en {} : {} <a href='{}'>Reprendre ce jalon</a>"
            return format_html(said, obj.abandoned_on, obj.abandoned_because, address)
        address = reverse("milestone-abandon", args=[obj.key])
        return format_html('<a href="{}">Déclarer ce jalon abandonné</a>', address)

    def view_on_site(self, obj):
        return reverse("milestone", args=[obj.key])


class LeadForm(BecauseForm):
    """A lead that comes."""

    class Meta:
        model = Lead
        fields = ("undertaking", "organisation", "starts_on")


class LeavingForm(DatedForm, BecauseForm):
    """A lead that leaves."""

    ends_on = forms.DateField(label="Ne porte plus à partir du")

    class Meta:
        model = Lead
        fields = ("ends_on",)


@admin.register(Lead)
class LeadAdmin(MandatedAdmin):
    """Who answers for what, and from when to when."""

    act, can_add, can_change = "plan.edit", True, True
    list_display = ("undertaking", "organisation", "starts_on", "ends_on")
    list_filter = ("undertaking__axis",)
    search_fields = ("organisation__name", "undertaking__title")
    ordering = ("undertaking__number", "undertaking__code", "pk")
    autocomplete_fields = ("undertaking", "organisation")

    def get_form(self, request, obj=None, change=False, **named):  # noqa: FBT002 -- Django's own signature
        return super().get_form(request, obj, change, form=LeavingForm if obj else LeadForm, **named)

    def get_fields(self, request, obj=None):
        return ("ends_on", "because") if obj else ("undertaking", "organisation", "starts_on", "because")

    def save_model(self, request, obj, form, change):
        said = form.cleaned_data
        lead = actions.change_lead(
            undertaking=obj.undertaking,
            leaves=Lead.objects.get(pk=obj.pk) if change else None,
            comes=None if change else obj.organisation,
            on=said["ends_on"] if change else said["starts_on"],
            because=said["because"],
            **self.given(request),
        )
        obj.pk = lead.pk


class ReviewForm(forms.ModelForm):
    """A review to open: everything else is frozen by the act."""

    title = forms.CharField(label="Titre", required=False, help_text="Par défaut : « Revue du » et la date.")

    class Meta:
        model = Review
        fields = ("title",)


@admin.register(Review)
class ReviewAdmin(MandatedAdmin):
    """Opening a review freezes all measures, publishes the report, and puts it to comments."""

    act, can_add = "review.open", True
    form = ReviewForm
    fields = ("title",)
    list_display = ("title", "opened_at")
    ordering = ("-opened_at",)

    def save_model(self, request, obj, form, change):
        obj.pk = succession.open_review(title=form.cleaned_data["title"], **self.given(request)).pk

    def view_on_site(self, obj):
        return reverse("review", args=[obj.slug])


@admin.register(Measure)
class MeasureAdmin(MandatedAdmin):
    """Frozen numbers, to read; the plan is measured by a button of the list, also when it is empty."""

    act = "measure.freeze"
    list_display = ("indicator", "value", "units", "measured_at")
    list_filter = ("indicator",)
    ordering = ("-measured_at", "indicator")
    change_list_template = "undertakings/measures_desk.html"

    def get_urls(self):
        return [
            path("mesurer/", self.admin_site.admin_view(self.measure_now), name="measure-now"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**(extra_context or {}), "may_measure": self.is_open(request)})

    def measure_now(self, request):
        if request.method != "POST" or not self.is_open(request):
            raise PermissionDenied
        try:
            made = measures.measure_anew(**self.given(request))
        except ParvisError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, f"{french.count(len(made), 'nombre figé,nombres figés')}.")
        return redirect("admin:undertakings_measure_changelist")

    def view_on_site(self, obj):
        return reverse("measure", args=[obj.pk])


@admin.register(Correction)
class CorrectionAdmin(MandatedAdmin):
    """The history of corrections, to read."""

    act = "plan.edit"
    list_display = ("made_at", "key", "field", "before", "after", "because")
    search_fields = ("key", "because")
    ordering = ("-made_at", "-pk")
