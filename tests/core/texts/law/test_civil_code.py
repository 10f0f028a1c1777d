"""The truth of amending law: read, applied to the article before, it gives the article after, to the letter."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from parvis.core.texts.amending import NotUnderstood, read
from parvis.core.texts.documents import Passage
from parvis.core.texts.kinds import ReadVersion
from parvis.core.texts.operations import Operation, Refused, apply
from parvis.participation.texts.civil_code import TEXT_KIND

LAWS = Path(__file__).parent / "civil_code.txt"
SHORTENED = re.compile(r"(« (?:Art\. [\d-]+\. - )?)([^«»…\n]*?) … ([^«»…\n]+?)(?=\s?(?:»|$| ; »))", re.MULTILINE)


@dataclass
class Pairs:
    """What became of each pair of words of the code that a law is written for."""

    given: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    differ: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    missed: list[NotUnderstood] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def lengthened(law: str, became: list[str]) -> str:
    """Give a law the words that it shortens, from the articles as they became."""

    def whole(found: re.Match[str]) -> str:
        words = rf"{re.escape(found[2])}(?:(?!\n).)*?{re.escape(found[3])}(?!\w)"
        matches = {match[0] for article in became for match in re.finditer(words, article)}
        return found[1] + min(matches, key=len)

    return SHORTENED.sub(whole, law)


def laws() -> dict[str, str]:
    text = "\n".join(line for line in LAWS.read_text(encoding="utf-8").splitlines() if not line.startswith("%"))
    parts = re.split(r"^# (.+)$", text, flags=re.MULTILINE)[1:]
    return {on: law.strip() for on, law in zip(parts[::2], parts[1::2], strict=True)}


def compare(version: ReadVersion, before: ReadVersion, law: str, pairs: Pairs) -> None:
    ordered: dict[str, list[Operation]] = defaultdict(list)
    for found in read(lengthened(law, [version.document.words(unit) for unit in version.step["changed"]])):
        if isinstance(found, NotUnderstood):
            pairs.missed.append(found)
        else:
            for operation in found.operations:
                ordered[operation.target.article].append(operation)
    pairs.strays += [f"{version.slug} {unit}" for unit in set(ordered) - set(version.step["changed"])]
    for unit, operations in ordered.items():
        old = before.document.passage(unit) if unit in before.document else Passage(unit, unit, "")
        name = f"{version.slug} {unit}"
        try:
            made = apply(old, operations).words
        except Refused:
            pairs.refused.append(name)
            continue
        if made == version.document.words(unit):
            (pairs.given if old.words else pairs.created).append(name)
        else:
            pairs.differ[name] = (made, version.document.words(unit))


@pytest.fixture(scope="module")
def pairs(data: Path) -> Pairs:
    text = next(TEXT_KIND.read(data / TEXT_KIND.demonstration))
    versions = {version.slug: version for version in text.versions}
    found = Pairs()
    for on, law in laws().items():
        compare(versions[on], versions[versions[on].parents[0]], law, found)
    return found


def test_every_phrase_of_these_laws_is_understood(pairs) -> None:
    assert pairs.missed == []
    assert pairs.strays == []


def test_no_operation_is_refused(pairs) -> None:
    assert pairs.refused == []


def test_each_article_becomes_what_the_code_says(pairs) -> None:
    assert len(pairs.given) == 134
    assert len(pairs.created) == 6


def test_the_law_of_may_2013_gives_the_code_of_may_2013(pairs) -> None:
    given = {name.split()[1] for name in pairs.given if name.startswith("2013-05-19")}

    assert given == {
        *("34", "74", "75", "371-1", "371-4", "144", "162", "163", "164", "165", "311-21", "311-23"),
        *("345-1", "353-2", "357-1", "357", "360", "363"),
    }


def test_what_differs_is_the_sources_own_spacing_and_accents(pairs) -> None:
    def plain(words: str) -> str:
        return re.sub(r"\s", "", words).replace("É", "E")

    assert set(pairs.differ) == {"2011-05-19 26", "2011-06-18 26-3", "2013-05-19 361"}
    assert [name for name, (made, code) in pairs.differ.items() if plain(made) != plain(code)] == []
