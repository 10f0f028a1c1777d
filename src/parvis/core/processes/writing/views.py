"""Pages where someone contributes, edits or withdraws: each asks whether the act is open, then calls one action."""

from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core.errors import ParvisError
from parvis.core.processes import actions, acts, views
from parvis.core.processes.actions import AlreadyContributed, CannotChange, KeyReused, NotTheAuthor, StaleEdition
from parvis.core.processes.acts import ActNotOpen
from parvis.core.processes.kinds import KINDS, FieldType, Kind, fields_of
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.pages import WritingPage
from parvis.core.processes.placing import Place, StaleVersion, UnknownUnit, WrongTarget, placed, unit_of
from parvis.core.processes.subjects import SubjectUnit
from parvis.core.processes.telling.views import said
from parvis.core.processes.writing.forms import ContributionForm, QuotedForm, WithdrawForm
from parvis.core.web.page import show

RULES = (
    "Votre nom public signe votre contribution ; votre adresse électronique n'est jamais montrée.",
    "Elle est publiée aussitôt et scellée dans le journal public, sans vos mots : vous pourrez la retirer.",
    "La modération vient après la publication ; elle motive ses décisions, et elles se contestent.",
)
UNPROCESSABLE, CONFLICT, FORBIDDEN = 422, 409, 403
STATUSES: dict[type[ParvisError], int] = {
    StaleVersion: CONFLICT,
    StaleEdition: CONFLICT,
    KeyReused: CONFLICT,
    AlreadyContributed: CONFLICT,
    CannotChange: CONFLICT,
    ActNotOpen: FORBIDDEN,
    NotTheAuthor: FORBIDDEN,
}
"""What refusals answer; any other is 422."""


def contribute(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Show the form of a kind, or receive what was written in it."""
    process = views.process_or_404(request, slug)
    declared = KINDS.filled().get(kind)
    if declared is None:
        raise Http404(f"« {kind} » n'est pas une espèce de contribution. Partez de la page du débat.")
    answer = acts.may(f"{acts.CONTRIBUTE}{kind}", process.timetable(), at=timezone.now())
    if isinstance(answer, acts.Refused):
        return views.refused(request, process, declared.act, answer.sentence)
    if not request.user.is_authenticated:
        return views.sign_in(request)
    return _contribute(request, process, declared)


def _contribute(request: HttpRequest, process: Process, kind: Kind) -> HttpResponseBase:
    parent = _parent(process, request.GET.get("sur", ""))
    uid = request.GET.get("unite", "")
    try:
        unit = unit_of(process, uid) if uid else None
        placed(process, kind, Place(uid, parent=parent))
    except UnknownUnit as absence:
        raise Http404(str(absence)) from absence
    except WrongTarget as refusal:
        return views.refused(request, process, kind.act, str(refusal))
    form = _form(request, process, kind, unit)
    page = _page(process, kind, parent, unit, form)
    act = partial(_send, request, page, place=(process, kind.slug, uid, parent))
    return _answer(request, page, act, "Votre contribution est reçue : elle est publiée, et scellée dans le journal.")


def _parent(process: Process, written: str) -> Contribution | None:
    if not written:
        return None
    if not written.isdecimal():
        raise Http404(f"« {written} » n'est pas le numéro d'une contribution.")
    found = Contribution.objects.select_related("author")
    return get_object_or_404(found, process=process, number=int(written))


def _form(request: HttpRequest, process: Process, kind: Kind, unit: SubjectUnit | None) -> ContributionForm:
    asked = fields_of(kind, process.metadata)
    runs = {field.name: request.GET.get("calcul", "") for field in asked if field.type is FieldType.RUN}
    initial: dict[str, object] = {"cle": token_urlsafe(24), **runs}
    if unit is not None:
        initial["version"] = request.GET.get("version") or process.subject_version
        initial |= {field.name: unit.words for field in asked if field.type is FieldType.WORDING}
    quotes = kind.slug == "comment" and unit is not None
    return (QuotedForm if quotes else ContributionForm)(asked, request.POST or None, initial=initial)


def _page(
    process: Process, kind: Kind, parent: Contribution | None, unit: SubjectUnit | None, form: ContributionForm
) -> WritingPage:
    back, title, words = reverse("debate", args=[process.slug]), "", ""
    if parent is not None:
        back = reverse("contribution", args=[process.slug, parent.number])
        title, words = f"Sur la contribution n° {parent.number} de {parent.signature}", parent.title or parent.excerpt
    elif unit is not None:
        back = reverse("debate-unit", args=[process.slug, unit.uid])
        title, words = f"{unit.number} {unit.heading}".strip(), unit.words
    crumb = (process.title, reverse("debate", args=[process.slug]))
    return WritingPage(
        title=kind.act,
        lede=process.title,
        act="Publier",
        back=("Revenir sans rien publier", back),
        crumb=crumb,
        form=form,
        beside_title=title,
        beside=words,
        rules=RULES,
    )


def _send(
    request: HttpRequest, page: WritingPage, *, place: tuple[Process, str, str, Contribution | None]
) -> Contribution:
    process, kind, unit, parent = place
    given = page.form.cleaned_data
    return actions.contribute(
        process=process,
        kind=kind,
        fields=page.form.sent,
        author=request.user,
        unit=unit,
        unit_version=given["version"],
        quote=given.get("citation", ""),
        parent=parent,
        idempotency_key=given["cle"],
        at=timezone.now(),
    )


def _answer(request: HttpRequest, page: WritingPage, act: Callable[[], Contribution], done: str) -> HttpResponseBase:
    """Do the act if the form is sound; a refusal is said on the form, which keeps what was typed."""
    if request.method != "POST":
        return show(request, "processes/form.html", page)
    if not page.form.is_valid():
        return show(request, "processes/form.html", page, status=UNPROCESSABLE)
    try:
        one = act()
    except ParvisError as refusal:
        page.form.add_error(None, str(refusal))
        return show(request, "processes/form.html", _mended(page, refusal), STATUSES.get(type(refusal), UNPROCESSABLE))
    messages.success(request, done)
    return redirect(reverse("contribution", args=[one.process.slug, one.number]))


def _mended(page: WritingPage, refusal: ParvisError) -> WritingPage:
    """Show what changed in between beside what was typed; sent again, the form is over the new words."""
    match refusal:
        case StaleVersion(unit=unit):
            _hold(page.form, "version", "")
            return _with(page, beside_title=f"{unit.number}, tel qu'il est aujourd'hui", beside=unit.words)
        case StaleEdition(theirs=theirs):
            _hold(page.form, "redaction", str(theirs.number))
            return _with(page, theirs=tuple(said(page.form.asked, theirs.fields)))
    return page


def _hold(form: Form, name: str, value: str) -> None:
    form.data = form.data.copy()
    form.data[name] = value


def _with(page: WritingPage, **changes: Any) -> WritingPage:
    return WritingPage(**{**vars(page), **changes})


def _own(request: HttpRequest, slug: str, number: int) -> Contribution:
    process = views.process_or_404(request, slug)
    one = get_object_or_404(Contribution.objects.select_related("author"), process=process, number=number)
    one.process = process
    return one


def edit(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show a contribution's words to its author, or receive what they become."""
    one = _own(request, slug, number)
    kind = KINDS.filled()[one.kind]
    answer = acts.may(f"{acts.CONTRIBUTE}{one.kind}", one.process.timetable(), at=timezone.now())
    if isinstance(answer, acts.Refused):
        return views.refused(request, one.process, "Modifier", answer.sentence)
    if not request.user.is_authenticated:
        return views.sign_in(request)
    if one.author_id != request.user.pk:
        return views.refused(request, one.process, "Modifier", str(NotTheAuthor.of(number)))
    asked = fields_of(kind, one.process.metadata)
    values = one.editions.get(number=one.edition).fields
    form = ContributionForm(asked, request.POST or None, initial={**values, "redaction": one.edition})
    page = _own_page(one, f"Modifier la contribution n° {number}", "Publier cette rédaction", form)

    def act() -> Contribution:
        basis = form.cleaned_data["redaction"] or 0
        return actions.edit(
            contribution=one, fields=form.sent, basis_edition=basis, author=request.user, at=timezone.now()
        )

    return _answer(request, page, act, "Votre rédaction est publiée ; la précédente reste dans l'historique.")


def _own_page(one: Contribution, title: str, act: str, form: Form) -> WritingPage:
    back = reverse("contribution", args=[one.process.slug, one.number])
    crumb = (one.process.title, reverse("debate", args=[one.process.slug]))
    return WritingPage(title, one.title or one.excerpt, act, ("Revenir sans rien changer", back), crumb, form)


def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Ask its author why a contribution is withdrawn, and withdraw it."""
    one = _own(request, slug, number)
    if not request.user.is_authenticated:
        return views.sign_in(request)
    if one.author_id != request.user.pk:
        return views.refused(request, one.process, "Retirer", str(NotTheAuthor.of(number)))
    form = WithdrawForm(request.POST or None)
    page = _own_page(one, f"Retirer la contribution n° {number}", "Retirer", form)

    def act() -> Contribution:
        because = form.cleaned_data["because"]
        return actions.withdraw(contribution=one, because=because, author=request.user, at=timezone.now())

    return _answer(request, page, act, "Votre contribution est retirée ; votre motif reste à sa place.")
