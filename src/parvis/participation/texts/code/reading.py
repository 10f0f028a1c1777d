"""Read a code's folder: one file a date, one article a line, with its versions and the laws that changed it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from parvis.core import french
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.kinds import ReadText, ReadVersion
from parvis.core.texts.units import normalise_number, unit_id
from parvis.participation.reading import Fields, UnknownValue, day, lines

CODES: Final = {
    "crpa": ("Code des relations entre le public et l'administration", "CRPA", "@socialgouv/legi-data"),
    "places": ("Code des places publiques (texte fictif)", "Code des places", "texte fictif"),
}
"""Folder -> the code's title, its short title, and where its file comes from."""

LICENCE: Final = "Licence Ouverte 2.0 (base LEGI, DILA)"
NEVER: Final = "2999-01-01"
"""What the LEGI base writes for « no end »."""

STATES: Final = {
    "VIGUEUR": "",
    "VIGUEUR_DIFF": "entrée en vigueur différée",
    "ABROGE_DIFF": "abrogation différée",
}

Laws = dict[str, set[str]]


@dataclass
class Reading:
    """What is known of a code's articles over all its dates: an article is the same under any number it bears."""

    units: dict[str, str] = field(default_factory=dict)  # cid, the article's own identifier in LEGI -> unit
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)  # unit -> what is said of it at any date
    laws: Laws = field(default_factory=dict)  # unit -> the laws that the file being read gives

    def unit(self, cid: str, number: str) -> str:
        """Return an article's unit: the number that it bore first, told apart from another article's if need be."""
        if cid not in self.units:
            wanted = unit_id(number)
            self.units[cid] = f"{wanted}_{cid}" if wanted in self.units.values() else wanted
        return self.units[cid]

    def learn(self, unit: str, cid: str, versions: list[dict[str, Any]], changes: list[dict[str, Any]]) -> None:
        """Add an article's versions and changes to those known: a later file may tell more, or less."""
        known = self.articles.setdefault(unit, {"cid": cid, "versions": {}, "changes": []})
        known["versions"] |= {one["id"]: one for one in versions}
        known["changes"] += [one for one in changes if one not in known["changes"]]
        self.laws[unit] = {one["law"] for one in changes}


def read(folder: Path) -> Iterator[ReadText]:
    """Give the code of a folder, at each date of its files."""
    if folder.name not in CODES:
        raise UnknownValue(folder.name, "un code", str(folder.parent.name))
    title, short, source = CODES[folder.name]
    reading = Reading()
    found: list[ReadVersion] = []
    for path in sorted(folder.glob("*.jsonl")):
        found.append(version(path, reading, found[-1] if found else None))
    yield ReadText(
        kind="code",
        slug=folder.name,
        title=title,
        short_title=short,
        source=source,
        licence=LICENCE,
        versions=tuple(found),
        metadata={"articles": {unit: told(one) for unit, one in reading.articles.items()}},
    )


def told(article: dict[str, Any]) -> dict[str, Any]:
    return {**article, "versions": sorted(article["versions"].values(), key=lambda one: one["from"])}


def version(path: Path, reading: Reading, before: ReadVersion | None) -> ReadVersion:
    """Read the code at one date; say which laws changed which article since the date before."""
    at = day(path.stem, path.name)
    former, reading.laws = reading.laws, {}
    found = [article(Fields(row, path.name), reading) for row in lines(path)]
    text = Document(tuple(passage for passage, _ in found))
    return ReadVersion(
        slug=path.stem,
        title=f"En vigueur le {french.day(at)}",
        document=text,
        dated=at,
        author="Journal officiel",
        basis="base LEGI",
        parents=(before.slug,) if before else (),
        step={
            "articles": {passage.unit: said for passage, said in found},
            "changed_by": changed(text, before.document, reading.laws, former) if before else {},
        },
    )


def changed(text: Document, old: Document, laws: Laws, former: Laws) -> dict[str, list[str]]:
    """Return, for each article whose words changed, the laws that the source did not give at the date before.

    Some laws have no date in the source: they are known by their names.
    """
    return {
        unit: sorted(laws[unit] - former.get(unit, set()))
        for unit in text.units
        if text.words(unit) != old.words(unit)
    }


def article(fields: Fields, reading: Reading) -> tuple[Passage, dict[str, Any]]:
    """Return an article, and what the source says of it at this date."""
    written, cid = fields.must("num"), fields.must("cid")
    fields.where = f"{fields.where}, article {written}"
    unit = reading.unit(cid, written)
    state = fields.must("state")
    if state not in STATES:
        raise UnknownValue(state, "l'état d'un article", fields.where)
    passage = Passage(
        unit, normalise_number(written), fields.must("text"), path=tuple(fields.must("path")), status=STATES[state]
    )
    versions = [older(Fields(one, fields.where)) for one in fields.must("versions")]
    laws = [law(Fields(one, fields.where)) for one in fields.must("changes")]
    reading.learn(unit, cid, versions, laws)
    said = {"written": written, "nota": fields.must("nota"), "state": state, **dated(fields)}
    fields.over()
    return passage, said


def older(fields: Fields) -> dict[str, str]:
    """Return one of an article's versions."""
    kept = {"state": fields.must("state"), **dated(fields)}
    fields.over()
    return kept


def dated(fields: Fields) -> dict[str, str]:
    """Return a version's identifier and dates; `to` is empty where it has no end."""
    until = fields.must("to")
    return {"id": fields.must("id"), "from": fields.must("from"), "to": "" if until == NEVER else until}


def law(fields: Fields) -> dict[str, str]:
    """Return a law that made or changed an article: its name, its identifier, what it did, when."""
    kept = {name: fields.must(name) for name in ("law", "law_id", "kind", "signed", "published")}
    fields.over()
    return kept
