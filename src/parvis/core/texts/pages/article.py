"""A version, and a unit in it: its words, its versions, what it has to do with elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from parvis.core.texts.links import Link
from parvis.core.texts.pages.dossier import Related, VersionName
from parvis.core.web.parts import Step


@dataclass(frozen=True)
class ShownUnit:
    """A unit of a version: all its words, or its first ones where the text is long."""

    uid: str
    title: str
    heading: str
    divisions: tuple[str, ...]
    status: str
    alineas: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class VersionPage:
    """A whole text at one version."""

    title: str
    text_title: str
    text_url: str
    slug: str
    dated: date | None
    author: str
    basis: str
    sha256: str
    licence: str
    source: str
    is_fictitious: bool
    is_contents_only: bool
    units: tuple[ShownUnit, ...]
    remarks: tuple[str, ...]
    parents: tuple[VersionName, ...]
    children: tuple[VersionName, ...]
    compare_url: str
    columns_url: str
    exports: tuple[tuple[str, str], ...]
    stream: str

    def rows(self) -> Iterator[Mapping[str, object]]:
        for unit in self.units:
            yield {
                "unit": unit.uid,
                "title": unit.title,
                "heading": unit.heading,
                "divisions": list(unit.divisions),
                "status": unit.status,
                "words": "\n".join(unit.alineas),
                "url": unit.url,
            }


@dataclass(frozen=True)
class UnitVersion:
    """A unit at a version: the same words as before, or others."""

    slug: str
    title: str
    dated: date | None
    url: str
    state: str  # new, same, changed, gone, absent
    difference: float | None
    compare_url: str
    is_shown: bool


MANY_VERSIONS = 12

LAWS_ACTS = {
    "CREE": "créé par",
    "CREATION": "créé par",
    "CODIFICATION": "codifié par",
    "MODIFIE": "modifié par",
    "MODIFICATION": "modifié par",
    "ABROGE": "abrogé par",
    "ABROGATION": "abrogé par",
    "TRANSFERE": "transféré par",
    "DEPLACE": "déplacé par",
}
"""What a law does to an article of a code, in the LEGI base's words."""


@dataclass(frozen=True)
class ChangedBy:
    """A law that made or changed an article, as the code's source says."""

    how: str
    law: str
    signed_on: date | None


@dataclass(frozen=True)
class UnitPage:
    """A unit's page."""

    title: str
    kicker: str
    text_title: str
    text_url: str
    uid: str
    number: str
    heading: str
    path: tuple[str, ...]
    status: str
    is_fictitious: bool
    shown: VersionName
    is_newest: bool
    alineas: tuple[str, ...]
    versions: tuple[UnitVersion, ...]
    previous: Step | None
    following: Step | None
    changed_by: tuple[ChangedBy, ...]
    related: tuple[Related, ...]
    related_by: tuple[Related, ...]
    links: tuple[Link, ...]
    compare_url: str
    blame_url: str
    version_url: str

    @property
    def told(self) -> tuple[UnitVersion, ...]:
        """The versions to list: all, or where they are many, those where something became of the unit."""
        if len(self.versions) <= MANY_VERSIONS:
            return self.versions
        return tuple(one for one in self.versions if one.is_shown or one.state not in {"same", "absent"})

    @property
    def untold(self) -> int:
        return len(self.versions) - len(self.told)

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.versions:
            yield {
                "version": one.slug,
                "title": one.title,
                "dated": one.dated,
                "state": one.state,
                "difference": one.difference,
                "url": one.url,
            }


@dataclass(frozen=True)
class Span:
    """Words that came together, and what brought them."""

    words: str
    mark: int  # number of the origin, from 1

    def bare(self) -> str:
        """Return the words without the blanks around them, which belong to nobody."""
        return self.words.strip()

    def lead(self) -> str:
        return self.words[: len(self.words) - len(self.words.lstrip())]

    def trail(self) -> str:
        return self.words[len(self.words.rstrip()) :] if self.bare() else ""


@dataclass(frozen=True)
class Origin:
    """What brought words to a unit."""

    mark: int
    version: VersionName
    sources: tuple[Step, ...]  # « Contribution n° 12, adoptée par … le … », where they are known
    share: float  # of the unit's letters, 0 to 1


@dataclass(frozen=True)
class BlamePage:
    """Where each run of a unit's words comes from."""

    title: str
    text_title: str
    text_url: str
    unit_title: str
    unit_url: str
    shown: VersionName
    lines: tuple[tuple[Span, ...], ...]
    origins: tuple[Origin, ...]

    def rows(self) -> Iterator[Mapping[str, object]]:
        named = {origin.mark: origin for origin in self.origins}
        for line in self.lines:
            for span in line:
                origin = named[span.mark]
                yield {
                    "words": span.words,
                    "version": origin.version.slug,
                    "sources": [source.label for source in origin.sources],
                    "urls": [source.url for source in origin.sources] or [origin.version.url],
                }
