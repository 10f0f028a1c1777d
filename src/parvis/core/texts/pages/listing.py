"""The list of texts, and what a search finds in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from parvis.core.web.parts import Pages


@dataclass(frozen=True)
class TextLine:
    """A text in the list."""

    slug: str
    title: str
    long_title: str
    url: str
    versions: int
    last_title: str
    last_dated: date | None
    is_fictitious: bool


@dataclass(frozen=True)
class Shelf:
    """The texts of one kind."""

    kind: str
    title: str
    texts: tuple[TextLine, ...]


@dataclass(frozen=True)
class TextsPage:
    """Every text, by kind."""

    title: str
    shelves: tuple[Shelf, ...]

    def rows(self) -> Iterator[Mapping[str, object]]:
        for shelf in self.shelves:
            for one in shelf.texts:
                yield {
                    "kind": shelf.kind,
                    "slug": one.slug,
                    "title": one.long_title,
                    "versions": one.versions,
                    "last_version": one.last_title,
                    "last_dated": one.last_dated,
                    "url": one.url,
                }


@dataclass(frozen=True)
class Bit:
    """Words of an excerpt, those sought apart from the others."""

    words: str
    is_sought: bool


@dataclass(frozen=True)
class Hit:
    """A unit found."""

    text: str
    text_url: str
    number: str
    heading: str
    url: str
    version: str
    is_current: bool
    excerpt: tuple[Bit, ...]


@dataclass(frozen=True)
class SearchPage:
    """What a search found: units whose newest words have every word sought."""

    title: str
    sought: str
    total: int
    hits: tuple[Hit, ...]
    pages: Pages

    def rows(self) -> Iterator[Mapping[str, object]]:
        for hit in self.hits:
            yield {
                "text": hit.text,
                "number": hit.number,
                "heading": hit.heading,
                "version": hit.version,
                "excerpt": "".join(bit.words for bit in hit.excerpt),
                "url": hit.url,
            }
