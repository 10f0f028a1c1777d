"""Pages of published calculations: the list, one, its file, the replay; and the acts that publish and erase."""

import re
from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from parvis.core import french
from parvis.core.errors import ParvisError
from parvis.core.simulators.calculators import CALCULATORS
from parvis.core.simulators.catalogue import wording
from parvis.core.simulators.catalogue.views import card_of, show_refusal
from parvis.core.simulators.contract import Card, Field
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import UnknownEngine, host
from parvis.core.simulators.models import STREAM, Run
from parvis.core.simulators.reforming.population import stored
from parvis.core.simulators.reforming.views import reform_address
from parvis.core.simulators.running import joins, pages, telling
from parvis.core.simulators.running.files import LARGEST, NotARun, RunFile, asked_of, columns_of, read, text_of
from parvis.core.simulators.running.forms import RunFileForm
from parvis.core.simulators.running.verifying import Verdict, verify
from parvis.core.simulators.statuses import STATUSES, status_of
from parvis.core.web import panels
from parvis.core.web.page import show
from parvis.core.web.parts import Pages

RUNS_A_PAGE = 25
UNPROCESSABLE, TOO_LARGE = 422, 413
IDENTITY = re.compile(r"[0-9a-f]{64}")
REFUSED = tuple(STATUSES)


# Reading


def run_or_none(identity: str) -> Run | None:
    """Return the published calculation of an identity; what is none is not asked of the database."""
    if not IDENTITY.fullmatch(identity):
        return None
    return Run.objects.published().filter(identity=identity).select_related("author").first()


def run_or_404(identity: str) -> Run:
    found = run_or_none(identity)
    if found is None:
        raise Http404(
            "Aucun calcul publié ne porte cette identité : il n’a pas été publié ici, ou son auteur l’a effacé."
        )
    return found


def rules_of(engine: str) -> tuple[Card | None, Mapping[str, Field]]:
    """Return a model's card and fields; nothing where it is not installed, and names are then shown as written."""
    try:
        known = host(engine)
    except UnknownEngine:
        return None, {}
    card = card_of(known)
    return (card, known.fields()) if card else (None, {})


def words_of(run: Run) -> telling.Words:
    """Return the words in which a published calculation is told."""
    return telling.words(*rules_of(run.engine), run.labels, CALCULATORS.filled().get(run.calculator))


def summary_of(run: Run) -> pages.RunSummary:
    """Return a published calculation as pages show it, without asking its engine."""
    told, asked = words_of(run), asked_of(run.asked)
    before = columns_of({"columns": run.baseline}) if run.baseline else {}
    return pages.RunSummary(
        title=str(run),
        url=reverse("run", args=[run.identity]),
        identity=run.identity,
        number=run.number,
        engine=run.engine,
        engine_title=ENGINES.filled()[run.engine].title if run.engine in ENGINES.filled() else run.engine,
        version=run.version,
        period=wording.period(run.period),
        is_personal=run.is_personal,
        author=run.author.public_name if run.author else "",
        published_at=run.published_at,
        changes=tuple(telling.changes(asked.changes, told.fields, address_of(run.engine))),
        results=telling.results(asked, columns_of(run.results), before, told),
        population=stored(run.summary),
    )


def address_of(engine: str) -> Callable[[str], str]:
    """Return what gives a field's address."""
    return lambda name: reverse("simulator-field", args=[engine, name])


def run(request: HttpRequest, identity: str) -> HttpResponseBase:
    one = run_or_404(identity)
    calculator = CALCULATORS.filled().get(one.calculator)
    asked = asked_of(one.asked)
    page = pages.RunPage(
        title=str(one),
        summary=summary_of(one),
        digest=one.digest,
        results_hash=one.results_hash,
        asked=tuple(telling.groups(asked.table, words_of(one))),
        file=one.file(),
        stream=STREAM,
        key=one.key,
        calculator_url=reverse("calculator", args=[one.engine, calculator.slug]) if calculator else "",
        calculator_title=calculator.title if calculator else "",
        reform_url=reform_address(one.engine, asked.changes, one.calculator) if asked.changes else "",
        is_mine=request.user.is_authenticated and one.author_id == request.user.pk,
        panels=panels.gathered(joins.PANELS, one, request),
    )
    return show(request, "simulators/running/run.html", page)


def run_file(request: HttpRequest, identity: str) -> HttpResponse:
    """Give a calculation's file, to be kept and replayed elsewhere."""
    one = run_or_404(identity)
    response = HttpResponse(text_of(one.file()), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calcul-{one.identity[:12]}.json"'
    return response


def runs(request: HttpRequest) -> HttpResponseBase:
    written = request.GET.get("apres", "")
    start = int(written) if written.isdecimal() and len(written) < len("1000000000") else 0
    everything = Run.objects.select_related("author").defer("asked", "results", "baseline").order_by("-pk")
    total = everything.count()
    shown = everything[start : start + RUNS_A_PAGE]
    page = pages.RunsPage("Calculs publiés", tuple(run_line(one) for one in shown), run_pages(start, total))
    return show(request, "simulators/running/runs.html", page)


def run_line(one: Run) -> pages.RunLine:
    return pages.RunLine(
        number=one.number,
        title=str(one),
        url="" if one.is_erased else reverse("run", args=[one.identity]),
        engine=one.engine,
        period=wording.period(one.period),
        changes=len(one.changes),
        identity=one.identity or "",
        author=one.author.public_name if one.author else "",
        published_at=one.published_at,
        erased_because=one.erased_because,
    )


def run_pages(start: int, total: int) -> Pages:
    end = min(start + RUNS_A_PAGE, total)
    return Pages(
        summary=french.count(total, "calcul,calculs"),
        previous_url=f"?apres={max(0, start - RUNS_A_PAGE)}" if start else None,
        next_url=f"?apres={end}" if end < total else None,
    )


def log_address(stream: str, key: str) -> str | None:
    """Lead from an entry of the log to the calculation that it seals; to the list once it is erased."""
    number = key.removeprefix("calcul-")
    if stream != STREAM or not number.isdecimal() or len(number) > len("1000000000"):
        return None
    one = Run.objects.filter(pk=int(number)).first()
    if one is None:
        return None
    return f"{reverse('runs')}#{key}" if one.is_erased else reverse("run", args=[one.identity])


# Verifying: nothing of what is sent is kept


@csrf_exempt
@never_cache
def verify_run(request: HttpRequest) -> HttpResponseBase:
    """Replay a file that is pasted or sent, or a published calculation."""
    if request.method != "POST":
        return show(request, "simulators/running/verify.html", verify_page())
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * LARGEST:
        return said(request, NotARun(f"C'est trop lourd : {LARGEST // 1024} ko au plus. Rien n'a été lu."), TOO_LARGE)
    try:
        file = sent(request)
        verdict = verify(file, host(file.asked.engine))
    except REFUSED as refusal:
        return said(request, refusal, status_of(refusal))
    return show(request, "simulators/running/verify.html", verify_page(verdict=verdict, is_asked=True))


def said(request: HttpRequest, refusal: ParvisError, status: int) -> HttpResponseBase:
    page = verify_page(refusal=str(refusal), is_asked=True)
    return show_refusal(request, "simulators/running/verify.html", page, status)


def sent(request: HttpRequest) -> RunFile:
    """Return the calculation to replay: published, sent as a file, or pasted. Raises NotARun."""
    identity = request.POST.get("identite", "")
    if identity:
        return read(text_of(run_or_404(identity).file()))
    given = request.FILES.get("fichier")
    text = given.read() if given else request.POST.get("calcul", "").strip()
    if not text:
        raise NotARun("Aucun calcul n'a été donné : collez son fichier, ou choisissez-le.")
    return read(text)


def verify_page(*, refusal: str = "", verdict: Verdict | None = None, is_asked: bool = False) -> pages.VerifyPage:
    fields = rules_of(verdict.engine)[1] if verdict else {}
    published = run_or_none(verdict.identity) if verdict else None
    return pages.VerifyPage(
        title="Vérifier un calcul",
        is_asked=is_asked,
        refusal=refusal,
        verdict=verdict,
        run_url=reverse("run", args=[published.identity]) if published else "",
        labels={name: field.label for name, field in fields.items()} if verdict and verdict.differences else {},
        form=RunFileForm(),
    )
