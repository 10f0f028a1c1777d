"""Read the articles that the government put to consultation in 2015, among what citizens proposed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.texts.units import normalise_number, unit_id
from parvis.participation.archives.republique_numerique.words import words
from parvis.participation.reading import Fields, UnknownValue, day, lines

GOVERNMENT: Final = "gouvernement"
TITLE: Final = re.compile(r"Article (?P<number>\d+(?: [a-z]+)?) - (?P<heading>.+)")
FILES: Final = {
    "propositions.jsonl.gz": (
        "republique-numerique",
        "Avant-projet de loi pour une République numérique, mis en consultation en 2015",
        "République numérique (2015)",
        "Lucas-C/republique-numerique-stats, capture de l'API du 18 octobre 2015",
    ),
    "sample.jsonl": ("fontaines", "Avant-projet de loi sur les fontaines (texte fictif)", "Fontaines", "texte fictif"),
}
"""File -> slug, title, short title and source of its text."""

OF_THE_DEBATE: Final = ("votes", "nb_versions", "nb_arguments", "arguments", "sources", "corbeille")
"""What people said of the articles: the archive of the consultation reads it."""


def read(path: Path) -> Iterator[ReadText]:
    """Give the draft: the articles of the file that the government signed, in their order."""
    if path.name not in FILES:
        raise UnknownValue(path.name, "une consultation", str(path.parent.name))
    slug, title, short, source = FILES[path.name]
    rows = [row for row in lines(path) if row["auteur"] == GOVERNMENT]
    found = sorted((article(Fields(row, path.name)) for row in rows), key=lambda pair: rank(pair[0].number))
    opened = min(facts["created_on"] for _, facts in found)
    yield ReadText(
        kind="draft",
        slug=slug,
        title=title,
        short_title=short,
        source=source,
        licence="Publication d'Etalab, décembre 2015 ; la capture ne porte pas de licence",
        versions=(
            ReadVersion(
                slug="mis-en-consultation",
                title="Texte mis en consultation",
                document=Document(tuple(passage for passage, _ in found)),
                dated=day(opened, path.name),
                author="Gouvernement",
                step={"articles": {passage.unit: facts for passage, facts in found}},
            ),
        ),
        metadata={"absent": absent([passage.number for passage, _ in found])},
    )


def rank(number: str) -> tuple[int, str]:
    digits, _, suffix = number.removesuffix("er").partition(" ")
    return int(digits), suffix


def absent(numbers: list[str]) -> list[str]:
    """Return the numbers, up to the last, that the source lacks."""
    known = {rank(number)[0] for number in numbers}
    return [str(number) for number in range(1, max(known) + 1) if number not in known]


def article(fields: Fields) -> tuple[Passage, dict[str, Any]]:
    """Return an article as plain words, and its source beside it: its HTML, its explanation."""
    title = fields.must("titre")
    named = TITLE.fullmatch(title)
    if named is None:
        raise UnknownValue(title, "le titre d'un article (« Article 1 - Objet »)", fields.where)
    fields.where = f"{fields.where}, article {named['number']}"
    html = fields.must("texte_html")
    passage = Passage(
        unit_id(named["number"]),
        normalise_number(named["number"]),
        words(html),
        heading=named["heading"],
        path=(f"{fields.must('section')} : {fields.must('rubrique')}",),
    )
    facts = {
        "id": fields.must("id"),
        "html": html,
        "created_on": fields.must("cree_le")[:10],
        "edited_on": fields.must("modifie_le")[:10],
        "explained": [explanation(Fields(one, fields.where)) for one in fields.must("expose")],
    }
    fields.leave("auteur", *OF_THE_DEBATE)
    fields.over()
    return passage, facts


def explanation(fields: Fields) -> dict[str, str]:
    html = fields.must("texte_html")
    kept = {"title": fields.must("titre"), "html": html, "words": words(html)}
    fields.over()
    return kept
