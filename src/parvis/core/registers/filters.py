"""What a reader asks of a list: read strictly from an address, said in French, turned into SQL over the catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from parvis.core.errors import ParvisError
from parvis.core.registers.browsing import Browse, Sort

NONE = "-"  # in an address: the rows that have no value
TEXT, SINCE, UNTIL, LEAST, MOST, SORT, AFTER, BEFORE = "q", "du", "au", "min", "max", "tri", "apres", "avant"
WHOLE = "tout"  # a facet whose values are all shown
OF_THE_PAGE = frozenset({"format", SORT, AFTER, BEFORE, WHOLE})

TOO_MUCH = Decimal(10) ** 15  # euros: more than any row of public money, and all that a column can be compared with


class UnknownFilter(ParvisError):
    """An address asks for a filter that the list does not have: ignoring it would show the wrong rows."""


class UnreadableFilter(ParvisError):
    """A filter has a value that cannot be read."""


@dataclass(frozen=True)
class Filters:
    """The rows asked: all the filters hold together; inside a facet, any of the values."""

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None  # included: it is what a reader means by « au »
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self == Filters()

    def parameters(self) -> Iterator[tuple[str, str]]:
        """Return the filters as they stand in an address."""
        named = {TEXT: self.text, SINCE: self.since, UNTIL: self.until, LEAST: self.least, MOST: self.most}
        yield from ((slug, str(value)) for slug, value in named.items() if value not in ("", None))
        for slug, values in [*self.facets.items(), *self.parties.items()]:
            yield from ((slug, value) for value in values)


def read_filters(browse: Browse, asked: Mapping[str, Sequence[str]]) -> Filters:
    """Read the filters of an address. An empty value is a field left empty in a form: it asks nothing."""
    given = {slug: tuple(value for value in values if value.strip()) for slug, values in asked.items()}
    facets, parties = ({thing.slug for thing in things} for things in (browse.facets, browse.parties))
    known = {TEXT, SINCE, UNTIL, LEAST, MOST} | facets | parties
    unknown = sorted(set(given) - known - OF_THE_PAGE)
    if unknown:
        raise UnknownFilter(
            f"« {unknown[0]} » n'est pas un filtre de cette liste. Filtres connus : {', '.join(sorted(known))}."
        )
    given = {slug: values for slug, values in given.items() if values}
    return Filters(
        text=" ".join(given.get(TEXT, ())).strip(),
        facets={slug: given[slug] for slug in given if slug in facets},
        parties={slug: given[slug] for slug in given if slug in parties},
        since=day(given, SINCE),
        until=day(given, UNTIL),
        least=euros(given, LEAST),
        most=euros(given, MOST),
    )


def read_sort(browse: Browse, asked: str | None) -> Sort:
    """Read the order of an address; the first declared when none is asked."""
    if not asked:
        return browse.sorts[0]
    for sort in browse.sorts:
        if sort.slug == asked:
            return sort
    raise UnreadableFilter(
        f"« {asked} » n'est pas un tri. Tris connus : {', '.join(sort.slug for sort in browse.sorts)}."
    )


def day(given: Mapping[str, tuple[str, ...]], slug: str) -> date | None:
    if slug not in given:
        return None
    try:
        return date.fromisoformat(given[slug][-1])
    except ValueError as error:
        raise UnreadableFilter(f"« {given[slug][-1]} » n'est pas un jour : écrivez-le 2024-12-31.") from error


def euros(given: Mapping[str, tuple[str, ...]], slug: str) -> Decimal | None:
    if slug not in given:
        return None
    written = given[slug][-1].replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
    try:
        amount = Decimal(written)
    except InvalidOperation as error:
        raise UnreadableFilter(f"« {given[slug][-1]} » n'est pas un montant en euros : écrivez-le 40000.") from error
    if not amount.is_finite() or abs(amount) >= TOO_MUCH:
        raise UnreadableFilter(f"« {given[slug][-1]} » n'est pas un montant que l'on filtre : écrivez-le 40000.")
    return amount
