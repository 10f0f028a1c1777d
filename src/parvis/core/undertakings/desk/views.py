"""Pages where those who have a mandate act. Each asks for the mandate, then calls one action."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.models import Mandate
from parvis.core.undertakings import actions
from parvis.core.undertakings.desk.forms import AbandonForm, BecauseForm, ClaimForm, VerdictForm
from parvis.core.undertakings.models import Claim, Milestone, Undertaking
from parvis.core.undertakings.pages import FormPage
from parvis.core.undertakings.views import loaded_plan, mandate_for, say_on
from parvis.core.web.forms import answer_form

TEMPLATE = "undertakings/form.html"
REFUSED = "Cet acte demande un mandat en vigueur pour cet engagement."


def _whole(slug: str) -> Undertaking:
    return get_object_or_404(Undertaking, plan=loaded_plan(), parent=None, slug=slug)


def _mandate(request: HttpRequest, act: str, undertaking: Undertaking) -> Mandate:
    mandate = mandate_for(request, act, undertaking, timezone.localdate())
    if mandate is None:
        raise PermissionDenied(REFUSED)
    return mandate


@login_required
def claim(request: HttpRequest, slug: str) -> HttpResponseBase:
    whole = _whole(slug)
    mandate = _mandate(request, "claim.make", whole)
    form = ClaimForm(whole, request.POST or None)
    page = FormPage(
        title=f"Déclarer où en est l'engagement {whole.code}",
        lede=f"Au nom de : {mandate.organisation}. Une déclaration est publique, datée, et se retire sans s'effacer.",
        act="Déclarer",
        back=(whole.title, reverse("commitment", args=[whole.slug])),
        form=form,
    )

    def act() -> object:
        said = form.cleaned_data
        undertaking = said["milestone"].undertaking if said["milestone"] else whole
        return actions.claim(undertaking=undertaking, mandate=mandate, at=timezone.now(), **said)

    return answer_form(request, TEMPLATE, page, act, "Déclaration publiée et scellée dans le journal.")


@login_required
def withdraw(request: HttpRequest, number: int) -> HttpResponseBase:
    said = get_object_or_404(Claim.objects.select_related("undertaking__plan", "milestone"), pk=number)
    mandate = _mandate(request, "claim.withdraw", said.undertaking)
    form = BecauseForm(request.POST or None)
    page = FormPage(
        title="Retirer une déclaration",
        lede="Elle restera lisible, avec ce motif, et ne comptera plus.",
        act="Retirer",
        back=(said.undertaking.title, reverse("commitment", args=[said.undertaking.slug])),
        form=form,
    )

    def act() -> object:
        because = form.cleaned_data["because"]
        return actions.withdraw_claim(claim=said, because=because, mandate=mandate, at=timezone.now())

    return answer_form(request, TEMPLATE, page, act, "Déclaration retirée, avec son motif.")


@login_required
def judge(request: HttpRequest, slug: str) -> HttpResponseBase:
    whole = _whole(slug)
    mandate = _mandate(request, "verdict.give", whole)
    form = VerdictForm(request.POST or None)
    page = FormPage(
        title=f"Juger l'engagement {whole.code}",
        lede="Vous jugez sans voir l'autre lecture. Les deux se publient ensemble, avec leur accord.",
        act="Rendre mon verdict",
        back=(whole.title, reverse("commitment", args=[whole.slug])),
        form=form,
    )

    def act() -> object:
        said = dict(form.cleaned_data)
        stage, reasons = said.pop("stage"), said.pop("reasons")
        return actions.judge(
            undertaking=whole, stage=stage, answers=said, reasons=reasons, mandate=mandate, at=timezone.now()
        )

    return answer_form(
        request, TEMPLATE, page, act, "Verdict rendu et scellé. Il se lira quand les deux lecteurs auront jugé."
    )


def _step(request: HttpRequest, key: str) -> tuple[Milestone, Mandate]:
    """Return a milestone, and the mandate under which this person may give it up or take it up again."""
    milestone = get_object_or_404(Milestone.objects.select_related("undertaking__plan"), key=key)
    mandate = say_on(request, milestone, timezone.localdate())
    if mandate is None:
        raise PermissionDenied(REFUSED)
    return milestone, mandate


@login_required
def abandon(request: HttpRequest, key: str) -> HttpResponseBase:
    milestone, mandate = _step(request, key)
    form = AbandonForm(request.POST or None)
    page = FormPage(
        title=f"Déclarer le jalon {milestone.key} abandonné",
        lede=milestone.text,
        act="Déclarer abandonné",
        back=(milestone.key, reverse("milestone", args=[milestone.key])),
        form=form,
    )

    def act() -> object:
        return actions.abandon(milestone=milestone, mandate=mandate, at=timezone.now(), **form.cleaned_data)

    return answer_form(request, TEMPLATE, page, act, "Jalon abandonné : le motif et la date sont publics.")


@login_required
def resume(request: HttpRequest, key: str) -> HttpResponseBase:
    milestone, mandate = _step(request, key)
    form = BecauseForm(request.POST or None)
    page = FormPage(
        title=f"Reprendre le jalon {milestone.key}",
        lede="Il n'est plus abandonné. La date et le motif de l'abandon restent dans le journal public.",
        act="Reprendre ce jalon",
        back=(milestone.key, reverse("milestone", args=[milestone.key])),
        form=form,
    )

    def act() -> object:
        return actions.resume(milestone=milestone, mandate=mandate, at=timezone.now(), **form.cleaned_data)

    return answer_form(request, TEMPLATE, page, act, "Jalon repris : le motif est public.")
