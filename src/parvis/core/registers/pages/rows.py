"""The list of a register's rows: filters, facets with counts, one page of rows, downloads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from parvis.core import french
from parvis.core.registers.browsing import Browse, Facet, Sort
from parvis.core.registers.downloads import FORMATS
from parvis.core.registers.filters import AFTER, BEFORE, LEAST, MOST, NONE, SINCE, SORT, TEXT, UNTIL, WHOLE, Filters
from parvis.core.registers.listing import Browsed, Some, Total, Value, without
from parvis.core.registers.pages.cells import Line, columns_of, lines, shown_in, title
from parvis.core.web import parts
from parvis.core.web.page import HTML_ONLY

SHOWN_VALUES = 8  # of a facet, before « toutes »


@dataclass(frozen=True)
class Asked:
    """What an address asks of the list."""

    filters: Filters
    sort: Sort
    after: str | None = None
    before: str | None = None
    whole: str | None = None  # the facet whose values are all shown


@dataclass(frozen=True)
class RowsPage:
    """A page of the list."""

    title: str
    register: str
    register_title: str
    total: Total
    order: str
    facets: tuple[parts.Facet, ...]
    chips: tuple[parts.Chip, ...]
    pages: parts.Pages
    found: tuple[Mapping[str, Any], ...]  # the rows of this page
    sorts: tuple[parts.Choice, ...] = field(metadata=HTML_ONLY)
    downloads: tuple[parts.Step, ...]
    lines: tuple[Line, ...] = field(metadata=HTML_ONLY)
    heads: tuple[str, ...] = field(metadata=HTML_ONLY)
    form: "Form" = field(metadata=HTML_ONLY)
    amount_title: str = ""
    maximum_title: str = ""
    left_out: str = ""
    left_out_question: str = ""
    clear: str = field(default="?", metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return self.found


@dataclass(frozen=True)
class Form:
    """The fields of the search, as they are filled; `kept` are the filters that it carries along."""

    text: str
    since: str
    until: str
    least: str
    most: str
    kept: tuple[tuple[str, str], ...]


def rows_page(place: Browsed, asked: Asked) -> RowsPage:
    """Read one page of the list."""
    register, browse, catalogue = place.register, place.browse, place.catalogue
    filters = asked.filters
    total, some = catalogue.total(filters), catalogue.page(filters, asked.sort, after=asked.after, before=asked.before)
    columns = columns_of(register, browse.table)
    return RowsPage(
        title=f"{french.number(total.rows)} {browse.noun[total.rows > 1]}",
        register=register.slug,
        register_title=register.title,
        total=total,
        order=asked.sort.title,
        facets=facets(browse, catalogue.facets(filters), asked),
        chips=tuple(chips(browse, asked)),
        pages=places(browse, some, total, asked),
        found=some.rows,
        sorts=sorts(browse, asked),
        downloads=downloads(asked),
        lines=lines(some.rows, shown_in(browse), columns, browse),
        heads=tuple(title(name, columns) for name in shown_in(browse)),
        form=form(asked),
        amount_title=browse.amount.title if browse.amount else "",
        maximum_title=browse.amount.maximum_title if browse.amount else "",
        left_out=browse.amount.left_out if browse.amount else "",
        left_out_question=browse.amount.left_out_question if browse.amount else "",
    )


def link(asked: Asked, browse: Browse | None = None, **others: str) -> str:
    """Write the address of the list with these filters, its order if it is not the first, and other parameters."""
    pairs = list(asked.filters.parameters())
    if browse is not None and asked.sort != browse.sorts[0]:
        pairs.append((SORT, asked.sort.slug))
    return "?" + urlencode([*pairs, *others.items()])


def facets(browse: Browse, counted: Mapping[str, list[Value]], asked: Asked) -> tuple[parts.Facet, ...]:
    """Show each facet's most frequent values, those chosen first."""
    return tuple(
        facet_part(browse, facet, counted[facet.slug], asked) for facet in browse.facets if counted[facet.slug]
    )


def facet_part(browse: Browse, facet: Facet, values: list[Value], asked: Asked) -> parts.Facet:
    chosen = asked.filters.facets.get(facet.slug, ())
    ordered = sorted(values, key=lambda value: code(value) not in chosen)
    limit = None if asked.whole == facet.slug else max(SHOWN_VALUES, len(chosen))
    choices = tuple(choice(browse, facet, value, asked) for value in ordered[:limit])
    more = link(asked, browse, **{WHOLE: facet.slug}) if limit is not None and len(ordered) > limit else None
    return parts.Facet(facet.title, choices, more)


def choice(browse: Browse, facet: Facet, value: Value, asked: Asked) -> parts.Choice:
    chosen = asked.filters.facets.get(facet.slug, ())
    is_chosen = code(value) in chosen
    values = tuple(known for known in chosen if known != code(value)) if is_chosen else (*chosen, code(value))
    return parts.Choice(
        label(facet, code(value)), value.rows, link(with_facet(asked, facet.slug, values), browse), is_chosen
    )


def code(value: Value) -> str:
    return NONE if value.value is None else value.value


def label(facet: Facet, value: str) -> str:
    return "non renseigné" if value == NONE else facet.labels.get(value, value)


def with_facet(asked: Asked, slug: str, values: tuple[str, ...]) -> Asked:
    """Return what is asked, with other values of one facet, from the first page."""
    kept = without(asked.filters, slug)
    filters = replace(kept, facets={**kept.facets, slug: values}) if values else kept
    return replace(asked, filters=filters, after=None, before=None)


def chips(browse: Browse, asked: Asked) -> Iterator[parts.Chip]:
    """Say each filter in force, with the address of the list without it."""
    filters = asked.filters
    named = {
        f"« {filters.text} »": (filters.text, replace(filters, text="")),
        f"depuis le {filters.since and french.day(filters.since)}": (filters.since, replace(filters, since=None)),
        f"jusqu’au {filters.until and french.day(filters.until)}": (filters.until, replace(filters, until=None)),
        f"au moins {filters.least and french.euros(filters.least)}": (
            filters.least is not None,
            replace(filters, least=None),
        ),
        f"au plus {filters.most and french.euros(filters.most)}": (
            filters.most is not None,
            replace(filters, most=None),
        ),
    }
    for words, (given, less) in named.items():
        if given:
            yield parts.Chip(words, link(replace(asked, filters=less), browse))
    for facet in browse.facets:
        for value in filters.facets.get(facet.slug, ()):
            values = tuple(other for other in filters.facets[facet.slug] if other != value)
            less_one = with_facet(asked, facet.slug, values)
            yield parts.Chip(f"{facet.title} : {label(facet, value)}", link(less_one, browse))
    for party in browse.parties:
        for identifier in filters.parties.get(party.slug, ()):
            less_role = replace(asked, filters=without(filters, party.slug))
            yield parts.Chip(f"{party.title} : {identifier}", link(less_role, browse))


def places(browse: Browse, some: Some, total: Total, asked: Asked) -> parts.Pages:
    """Lead to the pages before and after, by the keys at their ends."""
    first, last = (str(some.rows[end][browse.key]) for end in (0, -1)) if some.rows else ("", "")
    return parts.Pages(
        f"{len(some.rows)} {browse.noun[len(some.rows) > 1]} sur {french.number(total.rows)}",
        link(asked, browse, **{BEFORE: first}) if some.has_previous and some.rows else None,
        link(asked, browse, **{AFTER: last}) if some.has_next and some.rows else None,
    )


def sorts(browse: Browse, asked: Asked) -> tuple[parts.Choice, ...]:
    return tuple(
        parts.Choice(sort.title, None, link(replace(asked, sort=sort), browse), sort == asked.sort)
        for sort in browse.sorts
    )


def downloads(asked: Asked) -> tuple[parts.Step, ...]:
    """Lead to the whole filtered list in each format, in the order asked."""
    return tuple(
        parts.Step(known.title, link(asked, None, **{SORT: asked.sort.slug, "format": known.slug}))
        for known in FORMATS.values()
    )


def form(asked: Asked) -> Form:
    filters = asked.filters
    own = {TEXT, SINCE, UNTIL, LEAST, MOST}
    kept = [pair for pair in filters.parameters() if pair[0] not in own]
    return Form(
        text=filters.text,
        since=str(filters.since or ""),
        until=str(filters.until or ""),
        least="" if filters.least is None else str(filters.least),
        most="" if filters.most is None else str(filters.most),
        kept=(*kept, (SORT, asked.sort.slug)),
    )
