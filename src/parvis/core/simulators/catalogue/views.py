"""Pages of models: the directory, a card, fields found and read. No process is started: cards and fields are files."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core.simulators.calculators import CALCULATORS, Calculator
from parvis.core.simulators.catalogue import field as field_page
from parvis.core.simulators.catalogue import pages, wording
from parvis.core.simulators.catalogue.searching import Entry, Index
from parvis.core.simulators.contract import Card
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.hosting.calling import EngineNotInstalled, Host, UnknownEngine, host
from parvis.core.simulators.hosting.installing import InstallationFailed
from parvis.core.simulators.models import Run
from parvis.core.simulators.statuses import WAIT_SECONDS
from parvis.core.web import front
from parvis.core.web.page import Page, show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Fact, Step

UNAVAILABLE = 503


def installed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the host that its address names; a page says what to do where it is not installed."""

    @wraps(view)
    def answered(request: HttpRequest, engine: str, **place: str) -> HttpResponseBase:
        known = engine_or_404(engine)
        return view(request, known, **place) if card_of(known) else absent(request, known.declared)

    return answered


def card_of(known: Host) -> Card | None:
    """Return a model's card; None where it is not installed, or could not be."""
    try:
        return known.card()
    except (EngineNotInstalled, InstallationFailed):
        return None


def engine_or_404(slug: str) -> Host:
    try:
        return host(slug)
    except UnknownEngine as error:
        raise Http404(str(error)) from error


def absent(request: HttpRequest, declared: DeclaredEngine, status: int = UNAVAILABLE) -> HttpResponseBase:
    page = pages.AbsentPage(
        title=declared.title,
        summary=declared.summary,
        engine=declared.slug,
        install=install_command(declared.slug),
        why="Ce modèle est déclaré ici, mais il n’est pas encore installé sur ce serveur, ou ne l’est pas en entier.",
    )
    return show_refusal(request, "simulators/catalogue/absent.html", page, status)


def show_refusal(request: HttpRequest, template: str, page: Page, status: int) -> HttpResponseBase:
    """Show a page; where the engine is out of reach for now, say when to come back."""
    response = show(request, template, page, status)
    if status == UNAVAILABLE:
        response["Retry-After"] = str(WAIT_SECONDS)
    return response


def install_command(slug: str) -> str:
    return f"parvis engine install {slug}"


# The directory


def simulators(request: HttpRequest) -> HttpResponseBase:
    page = pages.DirectoryPage(
        title="Simulateurs",
        calculators=tuple(calculator_lines(CALCULATORS.filled().values())),
        engines=tuple(engine_line(declared) for declared in ENGINES.filled().values()),
        runs=Run.objects.published().count(),
    )
    return show(request, "simulators/catalogue/directory.html", page)


def calculator_lines(calculators: Iterable[Calculator]) -> Iterator[pages.CalculatorLine]:
    for one in calculators:
        known = host(one.engine)
        yield pages.CalculatorLine(
            slug=one.slug,
            title=one.title,
            summary=one.summary,
            engine=one.engine,
            engine_title=known.declared.title,
            period=one.when or wording.period(one.period),
            url=reverse("calculator", args=[one.engine, one.slug]) if card_of(known) else "",
        )


def around_lines(declared: DeclaredEngine) -> tuple[pages.AroundLine, ...]:
    return tuple(pages.AroundLine(one.title, one.summary, reverse(one.view)) for one in declared.around)


def of_engine(slug: str) -> list[Calculator]:
    return [one for one in CALCULATORS.filled().values() if one.engine == slug]


def engine_line(declared: DeclaredEngine) -> pages.EngineLine:
    known = host(declared.slug)
    card = card_of(known)
    return pages.EngineLine(
        slug=declared.slug,
        title=card.title if card else declared.title,
        summary=card.summary if card else declared.summary,
        is_installed=card is not None,
        install=install_command(declared.slug),
        version=card.version if card else "",
        licence=card.licence if card else "",
        score=score(known) if card else None,
        cases_published=declared.cases_published,
        fields=len(known.fields()) if card else 0,
        calculators=len(of_engine(declared.slug)),
        url=reverse("simulator", args=[declared.slug]),
    )


def score(known: Host) -> pages.Score | None:
    """Return what became of the model's own cases; None where none was run here."""
    kept = known.score()
    if kept is None:
        return None
    failed = tuple((one.name, one.message) for one in kept.failed)
    return pages.Score(kept.passed, kept.total, kept.is_whole, kept.at, failed)


def front_panel(_at: object) -> Panel | None:
    """Give the front page the questions that can be answered here."""
    ready = tuple(line for line in calculator_lines(CALCULATORS.filled().values()) if line.url)
    if not ready:
        return None
    content = pages.SimulatorsPanel(ready[:6], len(ENGINES.filled()))
    return Panel("simulateurs", "Calculez vous-même", 32, "simulators/catalogue/panel.html", content)


def map_section() -> front.Section:
    """Give the site map its models, and the questions that they answer."""
    steps = [Step("Les simulateurs", reverse("simulators")), Step("Calculs publiés", reverse("runs"))]
    steps.append(Step("Vérifier un calcul", reverse("run-verify")))
    steps += [Step(one.title, reverse("simulator", args=[one.slug])) for one in ENGINES.filled().values()]
    ready = calculator_lines(CALCULATORS.filled().values())
    steps += [Step(line.title, line.url) for line in ready if line.url]
    return front.Section("Simulateurs", 17, tuple(steps))


# A model's card


def simulator(request: HttpRequest, engine: str) -> HttpResponseBase:
    known = engine_or_404(engine)
    card = card_of(known)
    if card is None:
        return absent(request, known.declared, status=200)
    entries = index_of(known).entries
    counts = {kind: sum(one.kind == kind for one in entries) for kind in wording.KINDS}
    page = pages.CardPage(
        title=card.title,
        engine=engine,
        summary=card.summary,
        version=card.version,
        digest=card.digest,
        not_modelled=card.not_modelled,
        source=card.source,
        licence=card.licence,
        owner=card.owner,
        refs=tuple(Step(one.title, one.url or None) for one in field_page.sources(card.refs)),
        facts=tuple(card_facts(card)),
        entities=tuple(entity_lines(card, entries)),
        counts=counts,
        score=score(known),
        cases_by=known.declared.cases_by,
        cases_command=f"parvis engine cases {engine}",
        calculators=tuple(calculator_lines(of_engine(engine))),
        around=around_lines(known.declared),
        reform_url=reverse("reform", args=[engine]) if counts["parameter"] else "",
    )
    return show(request, "simulators/catalogue/card.html", page)


def card_facts(card: Card) -> Iterator[Fact]:
    yield Fact("Version des règles", card.version)
    yield Fact("Tenu par", card.owner)
    yield Fact("Licence", card.licence, help="celle du modèle : ses formules restent sous cette licence")
    yield Fact("Code source", card.source, card.source if card.source.startswith(field_page.FOLLOWED) else None)


def entity_lines(card: Card, entries: Iterable[Entry]) -> Iterator[pages.EntityLine]:
    of_each = [one.entity for one in entries]
    for entity in card.entities:
        roles = tuple(role.label for role in entity.roles)
        yield pages.EntityLine(entity.key, entity.label, roles, of_each.count(entity.key))


# Its words


@lru_cache(maxsize=4)
def index(slug: str, _digest: str) -> Index:
    """Return the words of a model's fields; made again when its rules change."""
    return Index(host(slug).fields().values())


def index_of(known: Host) -> Index:
    return index(known.declared.slug, known.card().digest)
