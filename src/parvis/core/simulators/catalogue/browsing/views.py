"""Pages where a model's fields are found, and one is read. No process is started: cards and fields are files."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from parvis.core import french
from parvis.core.simulators.catalogue import field as field_page
from parvis.core.simulators.catalogue import pages, tree, wording
from parvis.core.simulators.catalogue.searching import Entry, Filters, Found
from parvis.core.simulators.catalogue.views import index_of, installed, of_engine
from parvis.core.simulators.contract import Card, Field
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.units import unit_words
from parvis.core.web.page import show
from parvis.core.web.parts import Chip, Choice, Facet, Pages, Step

BRACKETS = " ; "
"""What stands between the brackets of a scale, as models say it."""

FIELDS_A_PAGE = 30
LONGEST_SEARCH = 200
FACETS: Mapping[str, tuple[str, str]] = {
    "kind": ("nature", "Nature"),
    "entity": ("pour", "Pour"),
    "period": ("periode", "Période"),
}
"""Facets by the field's attribute: their name in an address, and their title."""


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
        now = one.on(today)
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
    is_parameter, now = one.kind == "parameter", one.on(today)
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
