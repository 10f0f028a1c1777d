"""The page of a reform. Its changes travel in the address; a household, where there is one, in the body of a POST."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from parvis.core.errors import ParvisError
from parvis.core.simulators.calculating.asking import understood
from parvis.core.simulators.calculating.computing import asked_of, main_shown
from parvis.core.simulators.calculating.views import attempt
from parvis.core.simulators.calculators import CALCULATORS, Calculator, WrongAnswer
from parvis.core.simulators.catalogue.views import index_of, show_refusal
from parvis.core.simulators.contract import Change, Field
from parvis.core.simulators.differing import differing
from parvis.core.simulators.engines import ENGINES, demonstration
from parvis.core.simulators.hosting.calling import host
from parvis.core.simulators.reforming import changes as changing
from parvis.core.simulators.reforming import choosing, effects, pages
from parvis.core.simulators.reforming.population import PopulationShown
from parvis.core.simulators.running.files import run_file, text_of
from parvis.core.simulators.statuses import status_of
from parvis.core.simulators.units import period_words
from parvis.core.web import drawing
from parvis.core.web.page import public

HOUSEHOLD, REMOVE, ADD = "_foyer", "_retirer", "_ajouter"
SIGNED_SUMMARY = "simulators.population"
"""What the summary of a population is signed for: nobody publishes one that this site did not compute."""

NO_CASES = effects.Effects((), None, None)


def reform_address(engine, changes, calculator=""):
    """Return the address of a reform: it names its changes, and no household."""
    query = {"calculateur": calculator} if calculator else {}
    texts = [changing.written_change(change) for change in changes]
    return reverse("reform", args=[engine], query={**query, **({"changes": texts} if texts else {})})


@dataclass(frozen=True)
class Draft:
    """A reform as a request says it: what is already in it, and what the person does now."""

    known: Calculator
    changes: tuple[Change, ...]
    said: Mapping[str, str]
    fields: Mapping[str, Field]
    household: Mapping[str, str] | None  # the texts of the calculator's form
    wrong: ParvisError | None = None  # of the change being made
    refusal: ParvisError | None = None

    @property
    def day(self):
        """Return the day from which changes are proposed: the first of the calculator's period."""
        return date(int(self.known.period[:4]), 1, 1)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reform(request, engine):
    """Build a reform and see what it does. It writes nothing, so that it needs neither session nor token."""
    if engine not in ENGINES.filled():
        raise Http404(f"Aucun modèle ne se nomme « {engine} » : la liste est sur la page des simulateurs.")
    changed = [*request.GET.getlist("parametre"), *request.GET.getlist("changes")]
    draft = _draft(request, calculator_of(engine, request.GET.get("calculateur", ""), changed))
    is_personal = request.method == "POST"
    if not is_personal and not draft.wrong and {ADD, REMOVE} & set(draft.said):
        return HttpResponseRedirect(reform_address(engine, draft.changes, draft.known.slug))
    with drawing.unkept() if is_personal else nullcontext():
        page, refusal = _page(request, draft)
        status = status_of(refusal) if refusal else 200
        response = show_refusal(request, "simulators/reforming/reform.html", page, status)
    if is_personal:
        response["Cache-Control"] = "no-store"
    return response


def calculator_of(engine, slug, changed):
    """Return the calculator by which a reform is seen: the one asked.

    Else one that proposes what is changed; among equals, the one whose result has the most parts: more rules move it.
    """
    known = [one for one in CALCULATORS.filled().values() if one.engine == engine]
    if slug:
        known = [one for one in known if one.slug == slug]
    if not known:
        raise Http404("Ce modèle n’a pas de calculateur par lequel voir une réforme.")
    return max(known, key=lambda one: (any(text.startswith(one.parameters) for text in changed), len(one.outputs)))


def _draft(request, known):
    said = {**request.GET.dict(), **request.POST.dict()}
    fields, absent = attempt(host(known.engine).fields)
    changes, unread = _given(request, fields or {})
    household, lost = attempt(partial(_household, request))
    draft = Draft(known, changes, said, fields or {}, household, refusal=absent or unread or lost)
    if REMOVE in said:
        return replace(draft, changes=_less(changes, said[REMOVE]))
    if ADD not in said:
        _, wrong = (
            attempt(partial(choosing.known, said["parametre"], draft.fields)) if said.get("parametre") else ("", None)
        )
        return replace(draft, wrong=wrong)
    made, wrong = attempt(partial(_more, draft))
    return replace(draft, wrong=wrong) if wrong else replace(draft, changes=made)


def _given(request, fields):
    """Read the changes of the address: those that are, and the first refusal of another. A link's others are kept."""
    read = [attempt(partial(_known, text, fields)) for text in request.GET.getlist("changes") if text]
    found = tuple(change for change, _ in read if change)
    _, many = attempt(partial(changing.refuse_many, found))
    return found[: changing.MOST], next((refusal for _, refusal in read if refusal), many)


def _known(text, fields):
    """Read a change. Raises WrongValue, and UnknownField where the model has no such parameter."""
    change = changing.read_change(text)
    if fields:
        choosing.known(change.parameter, fields)
    return change


def _less(changes, rank):
    """Take away the change of a rank, where there is one."""
    return tuple(change for place, change in enumerate(changes) if str(place) != rank)


def _more(draft):
    """Add the change that the person makes. Raises WrongValue and UnknownField."""
    made = changing.made(choosing.known(draft.said.get("parametre", ""), draft.fields), draft.said)
    changing.refuse_many((*draft.changes, made))
    return (*draft.changes, made)


def _household(request):
    """Return what a person said: sent by the calculator's form, or carried by this page from one step to the next."""
    if request.method != "POST":
        return None
    return changing.household(request.POST[HOUSEHOLD]) if HOUSEHOLD in request.POST else request.POST.dict()


def _page(request, draft):
    """Gather the page, and the refusal that it says."""
    known, engine = draft.known, host(draft.known.engine)
    found = _effects(draft, engine)
    refusals = (draft.refusal, _unboxed(draft.wrong), *found.refusals)
    refusal = next((one for one in refusals if one), None)
    page = pages.ReformPage(
        title="Changer une règle" if not draft.changes else "Ce que fait cette réforme",
        engine=known.engine,
        engine_title=engine.declared.title,
        calculator=known.slug,
        calculator_title=known.title,
        period=known.when or period_words(known.period),
        address=reform_address(known.engine, draft.changes, known.slug),
        changes=tuple(choosing.changed(change, draft.fields) for change in draft.changes if draft.fields),
        cases=found.cases.cases,
        detail=found.detail,
        population=PopulationShown(found.population) if found.population else None,
        refusal=str(refusal or ""),
        limits=known.limits,
        **_choices(draft, engine),
        cases_chart=pages.cases_chart(found.cases.cases),
        publishing=_publishing(request, engine, found),
    )
    return page, refusal


def _unboxed(wrong):
    """Return what is wrong with the change being made, where no box says it."""
    return None if isinstance(wrong, WrongAnswer) else wrong


def _choices(draft, engine):
    """Return what the page offers: calculators, parameters found and suggested, the one being changed."""
    known, query = draft.known, draft.said.get("q", "")
    of_engine = [one for one in CALCULATORS.filled().values() if one.engine == known.engine]
    return {
        "texts": tuple(changing.written_change(change) for change in draft.changes),
        "calculators": tuple(
            pages.CalculatorChoice(
                one.slug, one.title, reform_address(one.engine, draft.changes, one.slug), one.slug == known.slug
            )
            for one in of_engine
        ),
        "editing": _editing(draft),
        "query": query,
        "found": choosing.searched(index_of(engine), draft.fields, query, draft.day)
        if query.strip() and draft.fields
        else (),
        "suggestions": choosing.suggested(known.parameters, draft.fields, draft.day),
        "household": "" if draft.household is None else json.dumps(draft.household),
        "has_population": engine.declared.demonstration is not None,
    }


def _editing(draft):
    """Return the form of the parameter being changed; none once it is added."""
    name = draft.said.get("parametre", "")
    field = draft.fields.get(name)
    if field is None or not choosing.is_changeable(field) or (ADD in draft.said and not draft.wrong):
        return None
    errors = {draft.wrong.box: str(draft.wrong)} if isinstance(draft.wrong, WrongAnswer) else {}
    return pages.editing(field, draft.day, draft.said, errors)


@dataclass(frozen=True)
class Found:
    """What a reform does, and what could not be computed."""

    cases: effects.Effects = NO_CASES
    detail: pages.Detail | None = None
    population: effects.PopulationEffect | None = None
    refusals: tuple[ParvisError | None, ...] = ()


def _effects(draft, engine):
    """Compute what a reform does to the typical cases, to the household said, and to the population where asked."""
    known, changes = draft.known, draft.changes
    if not changes or draft.refusal:
        return Found()
    cases, no_cases = (
        attempt(lambda: effects.on_cases(engine, known, known.cases, changes)) if known.cases else (None, None)
    )
    detail, no_detail = attempt(lambda: _detail(draft, engine))
    population, no_population = attempt(lambda: _on_population(draft, engine))
    return Found(cases or NO_CASES, detail, population, (no_cases, no_detail, no_population))


def _detail(draft, engine):
    """Tell output by output what the reform does to the household said, or to the typical case asked."""
    known, name = draft.known, draft.said.get("cas", "")
    if draft.household is not None:
        answers = understood(known, draft.household)
    elif name in (known.cases or {}):
        answers = known.cases[name]
    else:
        return None
    found = effects.on_cases(engine, known, {name or "Votre foyer": answers}, draft.changes)
    moved, _ = attempt(lambda: _moved(draft, engine, answers))
    return pages.Detail(found.cases[0], draft.household is None, moved or ())


def _moved(draft, engine, answers):
    """Return the steps of the explanation that the reform moves."""
    output = main_shown(draft.known).field
    before = engine.explain(asked_of(draft.known, answers), output)
    return differing(before, engine.explain(asked_of(draft.known, answers, draft.changes), output))


def _on_population(draft, engine):
    if draft.said.get("population") != "oui":
        return None
    population = demonstration(engine.declared, settings.PARVIS_DATA)
    return None if population is None else effects.on_population(engine, draft.known, population, draft.changes)


def _publishing(request, engine, found):
    """Return what a signed-in person may publish: the typical cases, which are nobody, never the household."""
    if found.cases.asked is None or not request.user.is_authenticated:
        return None
    file = run_file(found.cases.asked, engine.card(), found.cases.outcome)
    summary = ""
    if found.population is not None:
        signed = {"identity": found.cases.outcome.identity, "summary": public(found.population)}
        summary = signing.dumps(signed, salt=SIGNED_SUMMARY, compress=True)
    return pages.Publishing(text_of(file), json.dumps([case.name for case in found.cases.cases]), summary)
