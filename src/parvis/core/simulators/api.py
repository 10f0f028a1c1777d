"""The public API of simulators: models, their fields, calculations, reforms, explanations, published runs.

A calculation is a POST that changes nothing: no key, no session; nothing of it is stored or logged.
"""
# ruff: noqa: ARG001 -- Ninja gives its request to every operation, by that name

import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.views.decorators.cache import never_cache
from ninja import Query, Router
from ninja.decorators import decorate_view

from parvis.core.simulators import contract, given, payloads, situations
from parvis.core.simulators.catalogue.searching import Filters
from parvis.core.simulators.catalogue.views import index_of
from parvis.core.simulators.contract import Card, RefusedInput
from parvis.core.simulators.engines import ENGINES, demonstration
from parvis.core.simulators.hosting import refusals
from parvis.core.simulators.hosting.calling import Host, host
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.models import Run
from parvis.core.simulators.reforming.effects import compared
from parvis.core.simulators.running import verifying
from parvis.core.simulators.running.files import NotARun, run_of
from parvis.core.simulators.running.views import run_or_404
from parvis.core.simulators.shapes import api as shapes
from parvis.core.simulators.situations import Wanted
from parvis.core.simulators.statuses import STATUSES
from parvis.core.web.api import REFUSALS, REFUSED, Problem

router = Router(tags=["Simulateurs"])

TITLES = {
    refusals.UnknownEngine: "Modèle inconnu",
    refusals.NotAnswered: "Ce modèle ne sait pas le faire",
    refusals.EngineNotInstalled: "Modèle non installé",
    refusals.EngineBusy: "Trop de calculs attendent",
    refusals.EngineStopped: "Calcul interrompu",
    refusals.WrongFrame: "Calcul interrompu",
    refusals.TooLong: "Calcul trop long",
    refusals.TooLarge: "Calcul trop grand",
    RefusedInput: "Calcul refusé",
    NotARun: "Fichier de calcul illisible",
}
REFUSED.update({kind: (STATUSES[kind], title) for kind, title in TITLES.items()})

READING = {**REFUSALS, 503: Problem}
COMPUTING = {**READING, 413: Problem, 504: Problem}


# Reading


@router.get(
    "/simulators",
    response=list[shapes.EngineOut],
    operation_id="simulators",
    url_name="simulators",
    summary="Les modèles",
)
def simulators(request: HttpRequest) -> list[Mapping[str, Any]]:
    """List the models declared here, and whether each is installed."""
    return [
        {"slug": one.slug, "title": one.title, "summary": one.summary, "installed": host(one.slug).is_installed}
        for one in ENGINES.filled().values()
    ]


@router.get(
    "/simulators/runs",
    response=list[shapes.RunOut],
    operation_id="runs",
    url_name="runs",
    summary="Les calculs publiés",
)
def runs(request: HttpRequest, asked: Query[shapes.PageOfRuns]) -> list[Mapping[str, Any]]:
    """List the calculations that their authors published, newest first."""
    return [_run(one) for one in Run.objects.published().filter(pk__lt=asked.apres)[: asked.limite]]


@router.post(
    "/simulators/runs/verify",
    response={200: shapes.VerdictOut, **COMPUTING},
    operation_id="run-verify",
    url_name="run-verify",
    summary="Rejouer un calcul, publié ou donné par son fichier",
)
@decorate_view(never_cache)
def verify(request: HttpRequest, asked: shapes.Verification) -> Mapping[str, Any]:
    """Replay a calculation and compare: nothing of the file is kept."""
    file = run_of(asked.file if asked.identity is None else run_or_404(asked.identity).file())
    verdict = verifying.verify(file, host(file.asked.engine))
    differences = [{name: _finite(value) for name, value in asdict(one).items()} for one in verdict.differences]
    return {**asdict(verdict), "differences": differences}


@router.get(
    "/simulators/runs/{identity}",
    response={200: shapes.RunWhole, **REFUSALS},
    operation_id="run",
    url_name="run",
    summary="Un calcul publié, et son fichier",
)
def run(request: HttpRequest, identity: str) -> Mapping[str, Any]:
    found = run_or_404(identity)
    return {**_run(found), "file": found.file()}


def _run(run: Run) -> dict[str, Any]:
    named = (name for name in shapes.RunOut.model_fields if name != "number")
    return {"number": run.pk, **{name: getattr(run, name) for name in named}}


@router.get(
    "/simulators/{engine}",
    response={200: shapes.CardOut, **READING},
    operation_id="simulator",
    url_name="simulator",
    summary="La carte d'un modèle",
)
def simulator(request: HttpRequest, engine: str) -> Card:
    return host(engine).card()


@router.get(
    "/simulators/{engine}/fields",
    response={200: shapes.FieldsOut, **READING},
    operation_id="simulator-fields",
    url_name="simulator-fields",
    summary="Les données, résultats et paramètres d'un modèle",
)
def fields(request: HttpRequest, engine: str, asked: Query[shapes.Sought]) -> Mapping[str, Any]:
    filters = Filters(asked.q.strip(), asked.nature, asked.pour, asked.periode, asked.sous.strip("."))
    known = host(engine)
    found = index_of(known).find(filters).entries
    following = asked.apres + asked.limite
    return {
        "total": len(found),
        "fields": [known.fields()[entry.name] for entry in found[asked.apres : following]],
        "next": following if following < len(found) else None,
    }


@router.get(
    "/simulators/{engine}/fields/{path:name}",
    response={200: shapes.FieldWhole, **READING},
    operation_id="simulator-field",
    url_name="simulator-field",
    summary="Un champ : sa loi, son histoire, ses formules",
)
def field(request: HttpRequest, engine: str, name: str) -> Mapping[str, Any]:
    known = host(engine).fields()
    if name not in known:
        raise Http404(f"Ce modèle n'a pas de champ « {given.quoted(name)} ».{given.nearest(name, known)}")
    found = known[name]
    bounds = [None if bound is None or math.isinf(bound) else bound for bound in found.bounds]
    history = [dated._replace(value=_finite(dated.value)) for dated in found.history]
    return {**vars(found), "default": _finite(found.default), "bounds": bounds, "history": history}


def _finite(value: contract.Value) -> contract.Value:
    """Write what JSON has no number for, such as a threshold that is infinite."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


# Calculating


@router.post(
    "/simulators/{engine}/calculate",
    response={200: shapes.CalculatedOut, **COMPUTING},
    operation_id="calculate",
    url_name="calculate",
    summary="Calculer : un cas, plusieurs, le long d'axes, avec des changements",
)
@decorate_view(never_cache)
def calculate(request: HttpRequest, engine: str, asked: shapes.Calculation) -> Mapping[str, Any]:
    """Compute outputs for situations written as OpenFisca writes them; a chart is a situation with `axes`."""
    known = host(engine)
    read = situations.read(known, asked.situations, given.period_of(asked.period))
    return _calculated(known, read, _wanted(known, asked))


@router.post(
    "/simulators/{engine}/compare",
    response={200: shapes.ComparedOut, **COMPUTING},
    operation_id="compare",
    url_name="compare",
    summary="Comparer les mêmes cas avant et après des changements",
)
@decorate_view(never_cache)
def compare_cases(request: HttpRequest, engine: str, asked: shapes.Calculation) -> Mapping[str, Any]:
    known = host(engine)
    wanted = _wanted(known, asked)
    if not wanted.changes:
        raise contract.WrongValue("Rien à comparer : donnez au moins un changement dans « changes ».")
    read = situations.read(known, asked.situations, given.period_of(asked.period))
    before = _calculated(known, read, replace(wanted, changes=()))
    return {"before": before, "after": _calculated(known, read, wanted)}


@router.post(
    "/simulators/{engine}/population",
    response={200: shapes.PopulationOut, **COMPUTING},
    operation_id="compare-population",
    url_name="compare-population",
    summary="Qui gagne et qui perd à des changements, sur une population synthétique",
)
@decorate_view(never_cache)
def compare_population(request: HttpRequest, engine: str, asked: shapes.Reform) -> Mapping[str, Any]:
    known = host(engine)
    population = demonstration(known.declared, settings.PARVIS_DATA)
    if population is None:
        raise refusals.NotAnswered(f"« {known.declared.title} » n'a pas de population de démonstration.")
    output = given.output_named(asked.output, known.fields())
    changes = given.changes_of([one.model_dump() for one in asked.changes], known.fields())
    found, (before, after) = compared(known, output, population, changes, asked.threshold)
    return {
        **vars(found),
        "title": population.title,
        "origin": population.origin,
        "output": output.name,
        "unit": output.unit,
        "ranked_by": population.ranking,
        "before": before,
        "after": after,
    }


@router.post(
    "/simulators/{engine}/explain",
    response={200: list[shapes.StepOut], **COMPUTING},
    operation_id="explain",
    url_name="explain",
    summary="Expliquer un résultat, pas à pas, avec sa loi",
)
@decorate_view(never_cache)
def explain(request: HttpRequest, engine: str, asked: shapes.Explanation) -> list[Mapping[str, Any]]:
    known = host(engine)
    (situation,) = situations.read(known, [asked.situation], given.period_of(asked.period))
    changes = given.changes_of([one.model_dump() for one in asked.changes], known.fields())
    output = given.output_named(asked.output, known.fields()).name
    wanted = Asked(engine, situation.table, (output,), given.period_of(asked.period), changes)
    steps = known.explain(wanted, output, whole=asked.whole)
    return [{**vars(step), "value": _finite(step.value)} for step in steps]


@router.post(
    "/simulators/{engine}/missing",
    response={200: list[shapes.FieldOut], **COMPUTING},
    operation_id="missing",
    url_name="missing",
    summary="Les données qui manquent, celle qui compte le plus d'abord",
)
@decorate_view(never_cache)
def missing(request: HttpRequest, engine: str, asked: shapes.Calculation) -> list[contract.Field]:
    """Name the inputs not given of the first situation, the one that may move the outputs most first."""
    known = host(engine)
    wanted = _wanted(known, asked)
    (situation,) = situations.read(known, asked.situations[:1], given.period_of(asked.period))
    names = known.missing(Asked(engine, situation.table, wanted.outputs, wanted.period, wanted.changes))
    return [known.fields()[name] for name in names]


def _wanted(known: Host, asked: shapes.Calculation) -> Wanted:
    fields = known.fields()
    outputs = tuple(dict.fromkeys(given.output_named(name, fields).name for name in asked.outputs))
    changes = given.changes_of([one.model_dump() for one in asked.changes], fields)
    return Wanted(outputs, given.period_of(asked.period), changes)


def _calculated(known: Host, read: list[payloads.Situation], wanted: Wanted) -> Mapping[str, Any]:
    card, fields = known.card(), known.fields()
    found = situations.compute(known, read, wanted)
    return {
        "engine": card.engine,
        "version": card.version,
        "digest": card.digest,
        "period": wanted.period,
        "outputs": {name: fields[name] for name in wanted.outputs},
        "runs": [_made(one) for one in found.runs],
        "results": [situations.results(known, *pair) for pair in zip(read, found.columns, strict=True)],
        "lost": sum(situations.lost(columns) for columns in found.columns),
    }


def _made(run: situations.Run) -> Mapping[str, Any]:
    """Say which run it was, not how long it took or that it was kept: nobody learns what another has asked."""
    made = run.outcome
    return {
        "identity": made.identity,
        "results_hash": made.results,
        "situations": list(run.situations),
    }
