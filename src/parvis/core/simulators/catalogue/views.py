"""Pages of models: the directory, a card, fields found and read. No process is started: cards and fields are files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from parvis.core.simulators.calculators import CALCULATORS, Calculator
from parvis.core.simulators.catalogue import field as field_page
from parvis.core.simulators.catalogue import pages, tree, wording
from parvis.core.simulators.catalogue.searching import Entry, Filters, Found, Index
from parvis.core.simulators.contract import Card, Field
from parvis.core.simulators.engines import ENGINES, DeclaredEngine
from parvis.core.simulators.hosting.calling import EngineNotInstalled, Host, UnknownEngine, host
from parvis.core.simulators.hosting.installing import InstallationFailed
from parvis.core.simulators.models import Run
from parvis.core.simulators.units import unit_words
from parvis.core.web import french, front
from parvis.core.web.page import show
from parvis.core.web.parts import Chip, Choice, Facet, Fact, Pages, Step

BRACKETS = " ; "
"""What stands between the brackets of a scale, as models say it."""

FIELDS_A_PAGE = 30
LONGEST_SEARCH = 200
UNAVAILABLE = 503
FACETS: Mapping[str, tuple[str, str]] = {
    "kind": ("nature", "Nature"),
    "entity": ("pour", "Pour"),
    "period": ("periode", "Période"),
}
"""Facets by the field's attribute: their name in an address, and their title."""


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
    return show(request, "simulators/catalogue/absent.html", page, status)


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
            period=wording.period(one.period),
            url=reverse("calculator", args=[one.engine, one.slug]) if card_of(known) else "",
        )


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


def front_panel(_at: object) -> front.Panel | None:
    """Give the front page the questions that can be answered here."""
    ready = tuple(line for line in calculator_lines(CALCULATORS.filled().values()) if line.url)
    if not ready:
        return None
    content = pages.SimulatorsPanel(ready[:6], len(ENGINES.filled()))
    return front.Panel("simulateurs", "Calculez vous-même", 32, "simulators/catalogue/panel.html", content)


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
        cases_command=f"parvis engine cases {engine}",
        calculators=tuple(calculator_lines(of_engine(engine))),
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


# The list of its fields


@lru_cache(maxsize=4)
def index(slug: str, _digest: str) -> Index:
    """Return the words of a model's fields; made again when its rules change."""
    return Index(host(slug).fields().values())


def index_of(known: Host) -> Index:
    return index(known.declared.slug, known.card().digest)


@installed
def fields(request: HttpRequest, known: Host) -> HttpResponseBase:
    card, slug = known.card(), known.declared.slug
    filters = asked(request)
    found = index_of(known).find(filters)
    folders = tuple(folder_lines(known, filters))
    listed = [one for one in found.entries if tree.is_at(one.name, filters.under)] if folders else found.entries
    start = min(place_of(request), max(0, len(listed) - 1) // FIELDS_A_PAGE * FIELDS_A_PAGE)
    page = pages.FieldsPage(
        title="Champs et paramètres",
        engine=slug,
        engine_title=card.title,
        sought=filters.text,
        total=len(found.entries),
        is_partial=found.is_partial,
        place=filters.under,
        path=path_of(slug, filters.under),
        folders=folders,
        lines=tuple(field_lines(known, listed[start : start + FIELDS_A_PAGE])),
        pages=list_pages(filters, start, len(listed)),
        facets=tuple(facets(card, filters, found)),
        chips=tuple(chips(card, filters)),
        kept=tuple((name, value) for name, value in query(filters).items() if name != "q"),
        every=field_lines(known, found.entries),
    )
    return show(request, "simulators/catalogue/fields.html", page)


def asked(request: HttpRequest) -> Filters:
    """Read an address; what is too long to be words is cut."""
    given = {attribute: request.GET.get(name, "") for attribute, (name, _) in FACETS.items()}
    under = request.GET.get("sous", "").strip(".")
    return Filters(text=request.GET.get("q", "").strip()[:LONGEST_SEARCH], under=under[:LONGEST_SEARCH], **given)


def query(filters: Filters) -> dict[str, str]:
    """Return the parameters of the address that asks for a list."""
    given = {"q": filters.text, "sous": filters.under}
    given |= {name: getattr(filters, attribute) for attribute, (name, _) in FACETS.items()}
    return {name: value for name, value in given.items() if value}


def address(filters: Filters, **more: object) -> str:
    return f"?{urlencode({**query(filters), **more})}"


def place_of(request: HttpRequest) -> int:
    """Return the rank of the first field of the page asked; the beginning where it is no number."""
    written = request.GET.get("apres", "")
    rank = int(written) if written.isdecimal() and len(written) <= len("100000") else 0
    return rank // FIELDS_A_PAGE * FIELDS_A_PAGE


def list_pages(filters: Filters, start: int, total: int) -> Pages:
    end = min(start + FIELDS_A_PAGE, total)
    return Pages(
        summary=f"{french.count(total, 'champ,champs')}, du {start + 1}{'e' if start else 'er'} au {end}e"
        if total
        else "",
        previous_url=address(filters, apres=start - FIELDS_A_PAGE) if start else None,
        next_url=address(filters, apres=end) if end < total else None,
    )


def field_lines(known: Host, found: Iterable[Entry]) -> Iterator[pages.FieldLine]:
    fields, slug, today = known.fields(), known.declared.slug, timezone.localdate()
    entities = {one.key: one.label for one in known.card().entities}
    for one in (fields[entry.name] for entry in found):
        now = wording.in_force(one, today)
        yield pages.FieldLine(
            name=one.name,
            label=one.label,
            kind=one.kind,
            kind_title=wording.KINDS[one.kind],
            entity=entities.get(one.entity, one.entity),
            period=wording.PERIODS.get(one.period, one.period),
            unit=unit_words(one.unit),
            value="" if now is None else "barème" if one.type == "scale" else wording.value(now.value, one),
            since=now.start.isoformat() if now else "",
            url=field_address(slug, one.name),
        )


def field_address(slug: str, name: str) -> str:
    return reverse("simulator-field", args=[slug, name])


def facets(card: Card, filters: Filters, found: Found) -> Iterator[Facet]:
    """Yield each filter that would leave something to choose."""
    for attribute, (name, title) in FACETS.items():
        counts, chosen = found.counts[attribute], getattr(filters, attribute)
        choices = tuple(
            Choice(facet_word(card, attribute, value), count, _choosing(filters, name, value), value == chosen)
            for value, count in sorted(counts.items(), key=lambda pair: -pair[1])
            if value
        )
        if len(choices) > 1 or chosen:
            yield Facet(title, choices)


def _choosing(filters: Filters, name: str, value: str) -> str:
    return f"?{urlencode({**query(filters), name: value})}"


def facet_word(card: Card, attribute: str, value: str) -> str:
    words = {
        "kind": wording.KINDS_PLURAL,
        "period": wording.PERIODS,
        "entity": {one.key: one.label for one in card.entities},
    }
    return words[attribute].get(value, value)


def chips(card: Card, filters: Filters) -> Iterator[Chip]:
    for attribute in FACETS:
        if value := getattr(filters, attribute):
            yield Chip(facet_word(card, attribute, value), address(filters.without(attribute)))
    if filters.text:
        yield Chip(f"« {filters.text} »", address(filters.without("text")))
    if filters.under:
        yield Chip(f"sous « {tree.words(filters.under)} »", address(filters.without("under")))


def folder_lines(known: Host, filters: Filters) -> Iterator[pages.FolderLine]:
    """Yield the places below, where one walks in the tree rather than searches."""
    if filters.text or not (filters.under or filters.kind == "parameter"):
        return
    names = (one.name for one in index_of(known).entries if one.kind == "parameter")
    for folder in tree.folders(names, filters.under):
        yield pages.FolderLine(folder.label, folder.count, tree_address(known.declared.slug, folder.place))


def tree_address(slug: str, place: str) -> str:
    return f"{reverse('simulator-fields', args=[slug])}?{urlencode({'nature': 'parameter', 'sous': place})}"


def path_of(slug: str, place: str) -> tuple[Step, ...]:
    """Return the way down to a place of the tree, its root first."""
    if not place:
        return ()
    root = Step("Paramètres", f"{reverse('simulator-fields', args=[slug])}?nature=parameter")
    return (root, *(Step(one.label, tree_address(slug, one.place)) for one in tree.above(place)))


# One field


@installed
def field(request: HttpRequest, known: Host, name: str) -> HttpResponseBase:
    one, card, slug = known.fields().get(name), known.card(), known.declared.slug
    if one is None:
        raise Http404(unknown(known, name))
    today = timezone.localdate()
    place_url = field_address(slug, one.place) if one.place in known.fields() else ""
    is_parameter, now = one.kind == "parameter", wording.in_force(one, today)
    page = field_page.FieldPage(
        title=one.label[:1].upper() + one.label[1:],
        name=one.name,
        kind=one.kind,
        kind_title=wording.KINDS[one.kind],
        engine=slug,
        engine_title=card.title,
        version=card.version,
        licence=card.licence,
        path=path_of(slug, one.name.rpartition(".")[0]) if is_parameter else (),
        description=one.description,
        facts=tuple(field_page.facts(one, card, place_url)),
        choices=tuple((choice.value, choice.label) for choice in one.choices),
        sources=field_page.sources(one.refs),
        current=tuple(wording.value(now.value, one).split(BRACKETS)) if now else (),
        current_since=f"depuis le {french.day(now.start)}" if now else "",
        history=field_page.history(one, today),
        chart=field_page.drawn(one, today),
        formulas=field_page.formulas(one),
        used_by=tuple(users(slug, name)),
        change_url=change_address(slug, one) if is_parameter else "",
    )
    return show(request, "simulators/catalogue/field.html", page)


def unknown(known: Host, name: str) -> str:
    """Say that a model has no such field, and name those that look like it."""
    nearest = index_of(known).find(Filters(text=name[:LONGEST_SEARCH])).entries[:3]
    said = f"« {known.card().title} » n’a pas de champ « {name} »."
    return f"{said} Les plus proches : {', '.join(f'« {one.name} »' for one in nearest)}." if nearest else said


def users(slug: str, name: str) -> Iterator[Step]:
    for one in of_engine(slug):
        if field_page.uses(one, name):
            yield Step(one.title, reverse("calculator", args=[slug, one.slug]))


def change_address(slug: str, one: Field) -> str:
    """Return where a parameter is changed; a scale is changed by its brackets, which its place lists."""
    if one.type == "scale":
        return tree_address(slug, one.name)
    return f"{reverse('reform', args=[slug])}?{urlencode({'parametre': one.name})}"
