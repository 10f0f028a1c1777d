"""Read the revisions of the civil code: each gives the articles that a law changed, before and after."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from parvis.core import french
from parvis.core.errors import ParvisError
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.texts.units import normalise_number, unit_id
from parvis.participation.reading import Fields, UnknownValue, day, lines

AUTHORS: Final = {
    "loi": "Parlement",
    "ordonnance": "Gouvernement",
    "décret": "Gouvernement",
    "décision": "Conseil constitutionnel",
}
LAW: Final = re.compile(r"(?:Modifié|Créé|Abrogé) par (loi|ordonnance|décret|décision)\b", re.IGNORECASE)
FILES: Final = {
    "code_civil_revisions.jsonl": (
        "code-civil",
        "Code civil, articles révisés de 2010 à 2015",
        "Code civil (2010-2015)",
        "github.com/steeve/france.code-civil, d'après Légifrance",
    ),
    "sample.jsonl": ("regles-du-square", "Règles du square (texte fictif)", "Règles du square", "texte fictif"),
}
"""File -> slug, title, short title and source of its text."""


class BrokenHistory(ParvisError):
    """A revision does not begin where the one before ended."""


@dataclass(frozen=True)
class Revision:
    """A day when articles changed: each article's passage before it (None: there was none) and after it."""

    on: date
    message: str
    articles: tuple[tuple[Passage | None, Passage], ...]

    @property
    def author(self) -> str:
        named = LAW.search(self.message)
        if named is None:
            raise UnknownValue(self.message, "une loi, une ordonnance, un décret ou une décision", str(self.on))
        return AUTHORS[named[1].lower()]


def read(path: Path) -> Iterator[ReadText]:
    """Give the articles of a file of revisions: as they stood before the first, then after each."""
    if path.name not in FILES:
        raise UnknownValue(path.name, "un fichier de révisions", str(path.parent.name))
    slug, title, short, source = FILES[path.name]
    found = sorted((revision(Fields(row, path.name)) for row in lines(path)), key=lambda one: one.on)
    yield ReadText(
        kind="civil-code",
        slug=slug,
        title=title,
        short_title=short,
        source=source,
        licence="Licence Ouverte 2.0 (Légifrance)",
        versions=tuple(versions(found)),
    )


def versions(found: list[Revision]) -> Iterator[ReadVersion]:
    """Yield the text before the first revision, as far as the revisions tell it, then after each."""
    now = beginning(found)
    former = ReadVersion(f"avant-{found[0].on}", f"Avant le {french.day(found[0].on)}", document(now))
    yield former
    for one in found:
        for before, after in one.articles:
            meets(now.get(after.unit), before, after, one)
            now[after.unit] = after
        former = ReadVersion(
            slug=str(one.on),
            title=f"En vigueur le {french.day(one.on)}",
            document=document(now),
            dated=one.on,
            author=one.author,
            basis=one.message,
            parents=(former.slug,),
            step={"changed": [after.unit for _, after in one.articles]},
        )
        yield former


def beginning(found: list[Revision]) -> dict[str, Passage]:
    """Return each article as it was before its first revision."""
    first: dict[str, Passage | None] = {}
    for one in found:
        for before, after in one.articles:
            first.setdefault(after.unit, before)
    return {unit: passage for unit, passage in first.items() if passage is not None}


def meets(now: Passage | None, before: Passage | None, after: Passage, one: Revision) -> None:
    if now != before:
        raise BrokenHistory(
            f"Révision du {french.day(one.on)} : l'article {after.number} n'y commence pas comme la révision d'avant "
            "l'avait laissé. Il manque une révision, ou une est fausse. Rien n'a été gardé : complétez le fichier."
        )


def document(now: Mapping[str, Passage]) -> Document:
    """Put the articles in the order of their divisions, then of their numbers."""
    return Document(tuple(sorted(now.values(), key=lambda one: (book(one.path), parts(one.number)))))


def book(path: tuple[str, ...]) -> int:
    """Return a book's rank; the preliminary title comes first."""
    books = {"Livre Ier": 1, "Livre II": 2, "Livre III": 3, "Livre IV": 4, "Livre V": 5}
    return books.get(path[0], 0)


def parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))


def revision(fields: Fields) -> Revision:
    on = day(fields.must("in_force"), fields.where)
    fields.where = f"{fields.where}, révision du {on}"
    articles = tuple(pair(Fields(one, fields.where)) for one in fields.must("articles"))
    found = Revision(on, fields.must("message"), articles)
    fields.over()
    return found


def pair(fields: Fields) -> tuple[Passage | None, Passage]:
    """Return an article before and after a revision."""
    number, path = fields.must("article"), tuple(fields.must("path").split("/"))
    fields.where = f"{fields.where}, article {number}"
    written = {"before": fields.must("before"), "after": fields.must("after")}
    fields.leave("op")  # « create » where there is nothing before
    fields.over()
    before, after = (passage(text, number, path, fields.where) for text in written.values())
    if after is None:
        raise UnknownValue(None, "un article", fields.where)
    return before, after


def passage(text: str | None, number: str, path: tuple[str, ...], where: str) -> Passage | None:
    """Return an article, its lines joined into alinéas."""
    if text is None:
        return None
    heading, _, body = text.partition("\n----\n")
    if heading != f"Article {number}":
        raise UnknownValue(heading, f"le titre de l'article {number}", where)
    alineas = [" ".join(lines_of.split("\n")) for lines_of in re.split(r"\n\n+", body.strip("\n"))]
    return Passage(unit_id(number), normalise_number(number), "\n".join(alineas), path=path)
