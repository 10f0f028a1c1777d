"""The desk of those who answer: what is owed by their body, similar contributions, the answer, its preview."""

from collections import Counter
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parvis.core.actors.models import Mandate
from parvis.core.errors import ParvisError
from parvis.core.processes.answering import actions, pages
from parvis.core.processes.answering.forms import WORDS, AnswerForm, BecauseForm
from parvis.core.processes.answering.models import FATES, Answer, Contest
from parvis.core.processes.answering.reading import views as reading
from parvis.core.processes.answering.resembling import Said, nearest
from parvis.core.processes.answering.saying import Saying, SayingRefused, check
from parvis.core.processes.answering.views import turned
from parvis.core.processes.kinds import KINDS, FieldType, fields_of, searchable
from parvis.core.processes.models import Contribution, Edition, Process
from parvis.core.processes.placing import unit_of
from parvis.core.processes.views import process_or_404
from parvis.core.web.page import show

COMPARED = 1_000
"""Contributions compared with one, the first received: 1,000 of them take half a second."""

TOGETHER = 100
"""Contributions that one answer may bear on."""


@login_required
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show what my body owes, the late first, debate by debate."""
    mandates = reading.mandates(request)
    if not mandates:
        raise PermissionDenied("Le bureau des réponses demande un mandat d'agent qui répond, en vigueur.")
    bodies = [mandate.organisation for mandate in mandates]
    at = timezone.now()
    owed = reading.owed().filter(owner__in=bodies)
    debates = Process.objects.filter(pk__in=owed.order_by().values("process")).order_by("closes_at", "slug")
    page = pages.DeskPage(
        title="Bureau des réponses",
        bodies=tuple(sorted(body.name for body in bodies)),
        contests=tuple(_contest(one, at) for one in reading.contested().filter(owner__in=bodies)),
        debates=tuple(_debate(request, process, owed.filter(process=process), at) for process in debates),
        late_count=owed.filter(due_at__lte=at).count(),
    )
    return show(request, "answering/desk.html", page)


def _contest(one: Contest, at: datetime) -> pages.Line:
    about = one.contribution
    return reading.contest_line(one, reverse("answer-maintain", args=[about.process.slug, about.number]), at=at)


def _debate(request: HttpRequest, process: Process, owed, at: datetime) -> pages.DeskDebate:
    shown, turning = turned(request, owed)
    return pages.DeskDebate(
        process.slug,
        process.title,
        reverse("debate", args=[process.slug]),
        tuple(reading.line(one, at=at) for one in shown),
        owed.count(),
        turning,
    )


@login_required
def near(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show a contribution and those that resemble it, side by side, to be answered together."""
    process = process_or_404(request, slug)
    seed = get_object_or_404(reading.owed(), process=process, number=number)
    reading.mandate_or_refuse(request, seed.owner)
    others = reading.owed().filter(process=process, owner=seed.owner, kind=seed.kind, unit=seed.unit)
    compared = list(others.exclude(pk=seed.pk).order_by("number")[:COMPARED])
    texts = _texts([seed, *compared], unit_of(process, seed.unit).words if seed.unit else "")
    said = [Said(one.number, f"{one.kind}/{one.unit}", one.side, texts[one.pk]) for one in [seed, *compared]]
    found = {one.number: one for one in nearest(said[0], said[1:])}
    neighbours = sorted((one for one in compared if one.number in found), key=lambda one: -found[one.number].nearness)
    page = pages.NearPage(
        title=f"Contribution n° {number} et ses semblables",
        process=slug,
        process_title=process.title,
        seed=reading.asked([seed])[0],
        near=reading.asked(neighbours, found),
        compared=len(compared),
    )
    return show(request, "answering/near.html", page)


def _texts(found: list[Contribution], article: str) -> dict[int, str]:
    editions = Edition.objects.filter(contribution__in=found).select_related("contribution__process")
    return {edition.contribution_id: _said(edition, article) for edition in editions.order_by("number")}


def _said(edition: Edition, article: str) -> str:
    """Return what a contribution says of its own: another wording shares most of its words with its article."""
    asked = fields_of(KINDS.filled()[edition.contribution.kind], edition.contribution.process.metadata)
    wordings = [one.name for one in asked if one.type is FieldType.WORDING and one.name in edition.fields]
    return searchable(asked, {**edition.fields, **{name: _own(article, edition.fields[name]) for name in wordings}})


def _own(article: str, wording: str) -> str:
    """Return the words that a wording adds; those that it takes out, where it adds none."""
    before, after = Counter(article.split()), Counter(wording.split())
    return " ".join(((after - before) or (before - after)).elements())


@login_required
def write(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Write one answer for the contributions chosen, read it as it will be read, then publish it."""
    process = process_or_404(request, slug)
    chosen = _chosen(request, process)
    owner = reading.owner_of(chosen[0], process)
    mandate = reading.mandate_or_refuse(request, owner)
    asked = reading.asked(chosen)
    form = AnswerForm(request.POST or None, asked=asked)
    page = _write_page(process, asked, form)

    def publish(said: dict[str, object]) -> Answer:
        return actions.answer(contributions=chosen, mandate=mandate, at=timezone.now(), **said)

    return _in_two_steps(request, page, chosen, publish)


def _chosen(request: HttpRequest, process: Process) -> list[Contribution]:
    """Return the contributions named by the address: `?n=3&n=8`."""
    given = {int(n) for n in request.GET.getlist("n")[:TOGETHER] if n.isdecimal() and len(n) < 10}
    found = Contribution.objects.filter(process=process, number__in=given).select_related("owner", "author", "process")
    chosen = list(found.order_by("number"))
    if not chosen:
        raise Http404("Choisissez sur le bureau les contributions auxquelles répondre.")
    return chosen


def _write_page(process: Process, asked: tuple[pages.Asked, ...], form: AnswerForm) -> pages.WritePage:
    count = len(asked)
    return pages.WritePage(
        title="Répondre à une contribution" if count == 1 else f"Une réponse à {count} contributions",
        process=process.slug,
        process_title=process.title,
        lede="Chaque auteur, ceux qui l’ont soutenu et ceux qui suivent le débat la recevront par courriel.",
        act="Lire avant de publier",
        back=("Bureau des réponses", reverse("answers-desk")),
        asked=asked,
        told=len({one.author for one in asked}),
        preview=None,
        form=form,
    )


def _in_two_steps(request: HttpRequest, page: pages.WritePage, chosen, publish) -> HttpResponseBase:
    """Show the form, then the preview, then do the act: nothing is published that was not read first."""
    form = page.form
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        return show(request, "answering/write.html", page)
    said, because = form.said(page.asked), form.cleaned_data.get("because")
    whole = Saying(said["fate"], said["reasons"], tuple(said["words"]), said["evidence"])
    try:
        clean = check(whole, chosen, because=because)
        if "publish" in request.POST:
            given = publish(said)
            messages.success(request, "Réponse publiée et scellée dans le journal. Les auteurs sont prévenus.")
            return redirect(reverse("answer", args=[page.process, given.number]))
    except SayingRefused as refusal:
        for name, sentence in refusal.faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        return show(request, "answering/write.html", page)
    except ParvisError as refusal:
        form.add_error(None, str(refusal))
        return show(request, "answering/write.html", page)
    return show(request, "answering/write.html", _previewed(page, clean, because or ""))


def _previewed(page: pages.WritePage, said: Saying, because: str) -> pages.WritePage:
    words = tuple(reading.adopted_word(page.process, one) for one in said.words)
    word = dict(FATES)[said.fate]
    preview = pages.Preview(said.fate, word, said.reasons, said.evidence, words, because)
    return pages.WritePage(**{**page.__dict__, "preview": preview})


@login_required
def correct(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Correct an answer of one's body: a new version, with why."""
    process = process_or_404(request, slug)
    given = get_object_or_404(Answer.objects.select_related("organisation", "process"), process=process, number=number)
    mandate = reading.mandate_or_refuse(request, given.organisation)
    about = Contribution.objects.filter(bearings__answer=given, bearings__is_current=True)
    chosen = list(about.select_related("owner", "author", "process").order_by("number"))
    asked = reading.asked(chosen)
    initial = {"fate": given.fate, "reasons": given.reasons, "evidence": given.evidence}
    initial |= {f"{WORDS}{one.number}": "" for one in asked}
    initial |= {f"{WORDS}{one['contribution']}": one["words"] for one in given.words}
    form = AnswerForm(request.POST or None, asked=asked, is_correction=True, initial=initial)
    page = pages.WritePage(
        **{
            **_write_page(process, asked, form).__dict__,
            "title": f"Corriger la réponse n° {number}",
            "lede": "La version d’avant reste lisible, avec la raison de la correction. Les auteurs sont prévenus.",
            "back": (f"Réponse n° {number}", reverse("answer", args=[slug, number])),
        }
    )
    return _in_two_steps(request, page, chosen, _correcting(given, form, mandate))


def _correcting(given: Answer, form: AnswerForm, mandate: Mandate):
    def publish(said: dict[str, object]) -> Answer:
        because = form.cleaned_data["because"]
        return actions.correct(given=given, because=because, mandate=mandate, at=timezone.now(), **said)

    return publish


@login_required
def maintain(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Reply to a contest that the answer stands; to change it, the body answers anew."""
    process = process_or_404(request, slug)
    found = Contest.objects.select_related("contribution", "owner", "answer")
    contested = get_object_or_404(found, contribution__process=process, contribution__number=number)
    mandate = reading.mandate_or_refuse(request, contested.owner)
    label, help_text = "Pourquoi la réponse est maintenue", "Public, et envoyé à l'auteur."
    form = BecauseForm(request.POST or None, label=label, help_text=help_text)
    page = pages.FormPage(
        title=f"Répliquer à la contestation de la contribution n° {number}",
        lede=f"L’auteur conteste : « {contested.because} »" if contested.because else "Le motif a été effacé.",
        act="Maintenir la réponse",
        process=slug,
        process_title=process.title,
        back=(f"Contribution n° {number}", reverse("contribution", args=[slug, number])),
        notes=(f"{reverse('answer-write', args=[slug])}?n={number}",),
        form=form,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.maintain(
                contested=contested, reply=form.cleaned_data["because"], mandate=mandate, at=timezone.now()
            )
        except ParvisError as refusal:
            form.add_error("because", str(refusal))
        else:
            messages.success(request, "Réplique publiée ; l’auteur est prévenu.")
            return redirect(page.back[1])
    return show(request, "answering/maintain.html", page)
