"""A calculator's form and its result. What a person says travels in the body of a POST, and is kept nowhere."""

from dataclasses import replace
from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from parvis.core.errors import ParvisError
from parvis.core.simulators.calculating import asking, computing, pages
from parvis.core.simulators.calculating.answers import read, texts_of
from parvis.core.simulators.calculators import CALCULATORS, WrongAnswer
from parvis.core.simulators.catalogue.views import around_lines, show_refusal
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import host
from parvis.core.simulators.running.files import run_file, text_of
from parvis.core.simulators.statuses import status_of
from parvis.core.web import drawing
from parvis.core.web.page import show

EXPLAIN, WHOLE, AXIS, FILE = "_expliquer", "_arbre", "_axe", "_fichier"
"""What buttons say, beside the answers: the output to explain, its whole tree, the axis to draw, the run file."""

SHARED = {"identity": "_identite", "results": "_resultats", "version": "_version"}
"""What a link says of the calculation that it shares."""


def declared(engine, slug):
    """Return the calculator of an address."""
    known = CALCULATORS.filled().get(slug)
    if known is None or known.engine != engine:
        raise Http404(f"Aucun calculateur ne se nomme « {slug} » pour ce modèle : sa page donne ceux qui existent.")
    return known


def attempt(call):
    """Return what a call gives, and no refusal; or nothing, and the refusal that a page says."""
    try:
        return call(), None
    except ParvisError as refusal:
        return None, refusal


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request, engine, slug):
    """Ask the questions; of a POST, compute. It writes nothing, so that it needs neither session nor token."""
    known = declared(engine, slug)
    if request.method != "POST":
        return _asked(request, known)
    response = _calculated(request, known)
    response["Cache-Control"] = "no-store"
    return response


def about(known):
    """Say what a calculator is, even while its engine is not installed."""
    card, _ = attempt(host(known.engine).card)
    model = ENGINES.filled()[known.engine]
    return pages.about(known, card, model.title, around_lines(model))


def worth(known, answers):
    """Return the questions still worth asking; all of them where the engine cannot say."""
    found, _ = attempt(partial(asking.worth, host(known.engine), known, answers))
    return known.questions if found is None else found


def _asked(request, known):
    case = (known.cases or {}).get(request.GET.get("exemple", ""), {})
    _, refusal = attempt(host(known.engine).card)
    return _form(request, known, read(known, texts_of(case)), notice=str(refusal or ""))


def _form(request, known, given, *, notice="", status=200):
    page = pages.FormPage(
        title=known.title,
        about=about(known),
        form=asking.form(known, given, worth(known, given.answers)),
        examples=tuple(_examples(known)),
        notice=notice,
        chosen=request.GET.get("exemple", ""),
    )
    return show_refusal(request, "simulators/calculating/form.html", page, status)


def _examples(known):
    for name in known.cases or {}:
        address = reverse("calculator", args=[known.engine, known.slug], query={"exemple": name})
        yield pages.Example(name, address)


def _calculated(request, known):
    given = read(known, request.POST)
    lacking = asking.unanswered(known, given.answers)
    if given.errors or lacking:
        mended = replace(given, errors={**lacking, **given.errors})
        return _form(request, known, mended, status=422)
    outcome, refusal = attempt(lambda: _evaluated(known, given))
    if refusal is not None:
        return _refused(request, known, given, refusal)
    if FILE in request.POST:
        return _download(known, *outcome)
    with drawing.unkept():
        return show(request, "simulators/calculating/result.html", _result(request.POST, known, given, *outcome))


def _evaluated(known, given):
    asked = computing.asked_of(known, given.answers)
    return asked, host(known.engine).evaluate(asked)


def _download(known, asked, outcome):
    """Give the run file: what was asked and found, that anyone may verify."""
    text = text_of(run_file(asked, host(known.engine).card(), outcome))
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calcul-{outcome.identity[:12]}.json"'
    return response


def _result(said, known, given, asked, outcome):
    """Gather the page of a result. `said` is the form: which output to explain, which axis to draw."""
    engine = host(known.engine)
    figures = computing.figures(known, outcome.columns, engine.fields())
    own = known.told(outcome.columns, given.answers) if known.told else None
    run = pages.run(engine.card(), outcome)
    drawn, no_curve = _curve(said.get(AXIS, ""), known, given, figures)
    return pages.ResultPage(
        title=f"{known.title} : résultat",
        about=about(known),
        sentence=own.sentence if own else pages.told(known, figures),
        figures=figures,
        charts=own.charts if own else pages.parts_chart(figures),
        curve=drawn,
        no_curve=no_curve,
        axes=pages.axes(known, said.get(AXIS, "")),
        explained=_explained(said, known, asked),
        answers=pages.answered(known, given),
        run=run,
        expected=pages.expected({name: said.get(key, "") for name, key in SHARED.items() if said.get(key)}, run),
        main=pages.main_figure(known, figures),
        form=asking.form(known, given, worth(known, given.answers)),
        file=text_of(run_file(asked, engine.card(), outcome)),
    )


def _curve(question, known, given, figures):
    """Draw the main output along an answer, where the person asks for it; or say why it cannot be."""
    axis = next((axis for axis in known.axes if axis.question == question), None)
    if axis is None:
        return None, ""
    main = pages.main_figure(known, figures)
    found, refusal = attempt(partial(computing.curve, host(known.engine), known, given.answers, axis))
    return (None, str(refusal)) if refusal else (pages.curve_chart(known, found, main), "")


def _explained(said, known, asked):
    """Explain the output asked, the main one otherwise; or say why it is not explained."""
    wanted = said.get(EXPLAIN, "")
    shown = next((one for one in known.outputs if one.field == wanted), computing.main_shown(known))
    is_whole = WHOLE in said
    steps, refusal = attempt(partial(host(known.engine).explain, asked, shown.field, whole=is_whole))
    return pages.explained(known, shown, steps or (), refusal, is_whole=is_whole)


def _refused(request, known, given, refusal):
    """Show the form again, nothing lost: the refusal beside its question where it names one."""
    if isinstance(refusal, WrongAnswer):
        return _form(request, known, replace(given, errors={refusal.box: str(refusal)}), status=422)
    return _form(request, known, given, notice=str(refusal), status=status_of(refusal))
