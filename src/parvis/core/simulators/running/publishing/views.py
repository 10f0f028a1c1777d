"""Pages that publish a calculation or erase it: they ask who one is, and each calls one action."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from parvis.core import french
from parvis.core.actors.actions import NotConfirmed
from parvis.core.errors import ParvisError
from parvis.core.simulators import actions
from parvis.core.simulators.calculators import CALCULATORS
from parvis.core.simulators.catalogue.views import show_refusal
from parvis.core.simulators.contract import Card, Columns, Table, WrongValue
from parvis.core.simulators.hosting.calling import Host, Outcome, host
from parvis.core.simulators.identity import Asked, table_hash
from parvis.core.simulators.models import Run
from parvis.core.simulators.reforming.population import stored
from parvis.core.simulators.reforming.views import SIGNED_SUMMARY
from parvis.core.simulators.running import pages, telling
from parvis.core.simulators.running.checking import check
from parvis.core.simulators.running.files import NotARun, read
from parvis.core.simulators.running.forms import EraseForm, PublishForm
from parvis.core.simulators.running.views import REFUSED, UNPROCESSABLE, address_of, run_or_404
from parvis.core.simulators.statuses import status_of
from parvis.core.simulators.tables import are_alike, gather
from parvis.core.web import bodies
from parvis.core.web.page import show

FORBIDDEN = 403
NOBODY = "Je veux publier ce calcul, sous mon nom public. Il ne décrit personne."


@never_cache
@login_required
def publish(request: HttpRequest) -> HttpResponseBase:
    """Show what would become public; publish it once its author has agreed."""
    if request.method != "POST":
        return show(request, "simulators/running/publish.html", nothing(""))
    try:
        return considered(request)
    except (*REFUSED, actions.TooHeavyToPublish, NotConfirmed) as refusal:
        return show_refusal(request, "simulators/running/publish.html", nothing(str(refusal)), status_of(refusal))


def nothing(refusal: str) -> pages.PublishPage:
    empty = pages.Results((), "", (), 0)
    return pages.PublishPage("Publier un calcul", refusal, (), (), empty, "", "", is_personal=True, form=None)


def considered(request: HttpRequest) -> HttpResponseBase:
    """Compute again what is sent, then ask for an agreement, or publish."""
    asked = read(request.POST.get("calcul", "")).asked
    known, labels = host(asked.engine), labels_of(request.POST.get("lignes", ""), asked.table)
    check(asked, known.card(), known.fields())
    outcome = known.evaluate(asked)
    form = agreement(request, is_nobody=is_nobody(asked, known.card(), request.POST.get("calculateur", ""), labels))
    if form.is_valid():
        return published(request, known, asked, outcome, form.cleaned_data)
    page = consent(known, asked, outcome, labels, form)
    return show(request, "simulators/running/publish.html", page, UNPROCESSABLE if form.is_bound else 200)


def agreement(request: HttpRequest, *, is_nobody: bool) -> PublishForm:
    """Return the form of the agreement; of what describes nobody it asks less."""
    form = PublishForm(request.POST if "publier" in request.POST else None, initial=request.POST.dict())
    if is_nobody:
        form.fields["accord"].label = NOBODY
        del form.fields["fictif"]
    return form


def is_nobody(asked: Asked, card: Card, slug: str, labels: tuple[str, ...]) -> bool:
    """Whether a calculation describes no person: its model knows none, or its cases are invented."""
    return not card.describes_people or is_typical(asked, slug, labels)


def is_typical(asked: Asked, slug: str, labels: tuple[str, ...]) -> bool:
    """Whether the table is that of a calculator's invented cases: by its hash, not by what is said of it."""
    calculator = CALCULATORS.filled().get(slug)
    cases = (calculator.cases or {}) if calculator else {}
    if calculator is None or calculator.engine != asked.engine or not labels or not set(labels) <= set(cases):
        return False
    try:
        tables = [calculator.table(cases[label]) for label in labels]
    except WrongValue:
        return False
    return are_alike(tables) and table_hash(gather(tables)) == table_hash(asked.table)


def calculator_of(engine: str, slug: str) -> str:
    """Return the calculator that a calculation comes from, if it is one of its model's; else ''."""
    known = CALCULATORS.filled().get(slug)
    return slug if known and known.engine == engine else ""


def labels_of(text: str, table: Table) -> tuple[str, ...]:
    """Read the names of the cases of a table: one a row, at most. Raises NotARun."""
    if not text:
        return ()
    try:
        said = bodies.strictly(text.encode())
    except bodies.NotJSON as error:
        raise NotARun("Les noms des cas ne se lisent pas : refaites le calcul, puis publiez-le.") from error
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise NotARun("Les noms des cas devraient être une liste de textes.")
    if len(said) > max((rows.count for rows in table.entities.values()), default=0):
        raise NotARun("Il y a plus de noms que de cas : refaites le calcul, puis publiez-le.")
    return tuple(said)


def consent(known: Host, asked: Asked, outcome: Outcome, labels: tuple[str, ...], form: Form) -> pages.PublishPage:
    """Return the page that says what would become public, and to what one agrees."""
    card = known.card()
    told = telling.words(card, known.fields(), labels, CALCULATORS.filled().get(form["calculateur"].value() or ""))
    return pages.PublishPage(
        title="Publier ce calcul",
        refusal="",
        asked=tuple(telling.groups(asked.table, told)),
        changes=tuple(telling.changes(asked.changes, told.fields, address_of(asked.engine))),
        results=telling.results(asked, outcome.columns, baseline(known, asked) or {}, told),
        engine_title=card.title,
        version=card.version,
        is_personal="fictif" in form.fields,
        population=stored(population(form["population"].value() or "", outcome.identity)),
        form=form,
    )


def published(
    request: HttpRequest, known: Host, asked: Asked, outcome: Outcome, given: Mapping[str, Any]
) -> HttpResponseBase:
    now = timezone.now()
    run = actions.publish_run(
        asked=asked,
        card=known.card(),
        outcome=outcome,
        title=given["titre"],
        author=request.user,
        is_personal=not given.get("fictif", True),
        at=now,
        labels=labels_of(given["lignes"], asked.table),
        calculator=calculator_of(asked.engine, given["calculateur"]),
        baseline=baseline(known, asked),
        summary=population(given["population"], outcome.identity),
    )
    messages.success(request, thanks(run, now))
    return redirect("run", identity=run.identity)


def thanks(run: Run, now: datetime) -> str:
    """Say that a calculation is published, or that it was already, and by whom."""
    if run.published_at == now:
        return "Votre calcul est publié : chacun peut le lire et le rejouer."
    author = run.author.public_name if run.author else "quelqu'un qui a depuis effacé son compte"
    return f"Ce calcul était déjà publié, le {french.day(run.published_at)}, par {author} : rien n'y a été changé."


def baseline(known: Host, asked: Asked) -> Columns | None:
    """Compute the same without the changes; nothing where there are none."""
    return known.evaluate(replace(asked, changes=())).columns if asked.changes else None


def population(signed: str, identity: str) -> Mapping[str, Any] | None:
    """Return the summary that this site computed for this calculation. Raises NotARun."""
    if not signed:
        return None
    try:
        said = signing.loads(signed, salt=SIGNED_SUMMARY)
    except signing.BadSignature as error:
        raise NotARun("L'effet sur la population n'a pas été calculé ici : refaites-le, puis publiez.") from error
    if said["identity"] != identity:
        raise NotARun("L'effet sur la population est celui d'un autre calcul : refaites-le, puis publiez.")
    summary: Mapping[str, Any] = said["summary"]
    return summary


@never_cache
@login_required
def erase(request: HttpRequest, identity: str) -> HttpResponseBase:
    """Say what erasing does; do it when its author gives a reason."""
    run = run_or_404(identity)
    form = EraseForm(request.POST if request.method == "POST" else None)
    page = pages.ErasePage("Effacer ce calcul publié", reverse("run", args=[identity]), form)
    if not form.is_valid():
        return show(request, "simulators/running/erase.html", page, UNPROCESSABLE if form.is_bound else 200)
    try:
        actions.erase_run(run=run, because=form.cleaned_data["motif"], author=request.user, at=timezone.now())
    except ParvisError as refusal:
        form.add_error(None, str(refusal))
        return show(request, "simulators/running/erase.html", page, FORBIDDEN)
    messages.success(request, "Ce calcul est effacé : la situation, les résultats et l’identité. Son numéro reste.")
    return redirect("runs")
