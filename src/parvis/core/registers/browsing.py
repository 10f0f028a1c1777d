"""What a register declares so that its rows can be browsed: which one is a row, its title, its facets, its parties."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb


@dataclass(frozen=True)
class Facet:
    """A filter by the values of one column: each value with its number of rows."""

    slug: str  # French: its name in an address
    title: str
    value: str  # SQL over the browsed table, giving a text; null where there is none
    labels: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # value -> French words; a value without any is its own


@dataclass(frozen=True)
class Party:
    """Someone who plays a role in rows: a buyer, a supplier. It has a page and totals."""

    slug: str  # French plural, its place in an address: acheteurs
    title: str  # Acheteur
    plural: str  # Acheteurs
    table: str  # where `id` and `name` stand: the browsed table, or one linked to it
    id: str
    name: str
    with_others: str = ""  # what is said where several play the role in one row: « en groupement »


@dataclass(frozen=True)
class Sort:
    """An order that the list may be asked in."""

    slug: str
    title: str
    by: str  # SQL over the browsed table; rows without a value come last
    descending: bool = True


@dataclass(frozen=True)
class Amount:
    """The money of a row, in euros, and when it is only a maximum: that is never added to what is spent under it."""

    column: str
    title: str
    is_maximum: str = "false"  # SQL over the browsed table
    maximum_title: str = ""
    left_out: str = ""  # what no sum has, said in one sentence
    left_out_question: str = ""  # slug of the question that counts it


@dataclass(frozen=True)
class Untitled:
    """What a row without a title is called, from columns that the list then reads too."""

    columns: tuple[str, ...]
    say: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Link:
    """A table that details a row: joined to it on these columns, and on the release that both come from."""

    table: str
    on: tuple[str, ...]
    order: str  # SQL


@dataclass(frozen=True, kw_only=True)
class Browse:
    """How rows are listed, found and shown. All column names are those of the register's tables."""

    table: str
    noun: tuple[str, str]  # French, singular and plural
    key: str  # column that names a row in addresses
    title: str
    date: str = ""  # empty where rows have no day
    facets: tuple[Facet, ...]
    sorts: tuple[Sort, ...]  # the first is the one of the list when nothing is asked
    search: tuple[str, ...]  # columns whose words are searched; the names of parties are always searched
    shown: tuple[str, ...]  # columns of the list
    amount: Amount | None = None
    parties: tuple[Party, ...] = ()
    links: tuple[Link, ...] = ()
    version: str = ""  # column that orders the versions of a row inside one release
    untitled: Untitled | None = field(default=None, repr=False)  # words of pages: the catalogue does not depend on it

    def title_of(self, record: Mapping[str, Any]) -> str:
        """Return a row's title, or what stands for it: never nothing."""
        if record[self.title]:
            return str(record[self.title])
        return self.untitled.say(record) if self.untitled else f"{self.noun[0]} n° {record[self.key]}"


@dataclass(frozen=True)
class Crosswalk:
    """The register said in another standard's words. Both functions read a connection to the current releases."""

    slug: str
    title: str
    export: Callable[[duckdb.DuckDBPyConnection], Iterator[dict[str, Any]]]  # one document a line
    loss: Callable[[duckdb.DuckDBPyConnection], Iterable[Mapping[str, Any]]]  # what has no place there, counted
