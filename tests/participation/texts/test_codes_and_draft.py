"""The code at five dates, the civil code revision by revision, the draft of 2015."""

import json
import textwrap
from pathlib import Path

import pytest

from parvis.core.texts.documents import Passage
from parvis.core.texts.kinds import ReadText
from parvis.participation.reading import UnknownValue
from parvis.participation.texts.civil_code import TEXT_KIND as CIVIL_CODE
from parvis.participation.texts.civil_code.reading import BrokenHistory
from parvis.participation.texts.code import TEXT_KIND as CODE
from parvis.participation.texts.draft import TEXT_KIND as DRAFT

WIDTH = 80
"""Characters at which the source of the civil code breaks its lines."""


def as_written(one: Passage) -> str:
    """Return an article as its source writes it, its lines broken again: the inverse of `passage`."""
    wrapped = (
        textwrap.fill(alinea, WIDTH, break_long_words=False, break_on_hyphens=False)
        for alinea in one.words.split("\n")
    )
    return f"Article {one.number}\n----\n" + "\n\n".join(wrapped) + "\n"


@pytest.fixture(scope="module")
def code(data: Path) -> ReadText:
    return next(CODE.read(data / CODE.demonstration))


@pytest.fixture(scope="module")
def civil(data: Path) -> ReadText:
    return next(CIVIL_CODE.read(data / CIVIL_CODE.demonstration))


@pytest.fixture(scope="module")
def draft(data: Path) -> ReadText:
    return next(DRAFT.read(data / DRAFT.demonstration))


def test_the_code_is_read_at_five_dates(code) -> None:
    assert [(version.slug, len(version.document.passages)) for version in code.versions] == [
        ("2020-01-08", 472),
        ("2021-01-01", 474),
        ("2021-12-04", 474),
        ("2023-01-01", 473),
        ("2026-02-05", 474),
    ]


def test_an_article_is_the_same_under_two_spellings_of_its_number(code, data) -> None:
    first, *_, last = (version.document for version in code.versions)

    assert "D312-1-3" in first
    assert "D312-1-3" in last
    assert code.versions[0].step["articles"]["D312-1-3"]["written"] == "D. 312-1-3"
    assert first.passage("R*323-5").number == "R*323-5"
    assert "R323-5" not in first
    common = set(first.units) & set(last.units)
    assert (len(common), len(set(last.units) - common), len(set(first.units) - common)) == (464, 10, 8)


def test_each_article_has_its_words_as_in_the_file(code, data) -> None:
    for version in code.versions:
        rows = (data / CODE.demonstration / f"{version.slug}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [passage.words for passage in version.document.passages] == [json.loads(row)["text"] for row in rows]


def test_no_end_is_no_date(code) -> None:
    told = json.dumps([code.metadata, [version.step for version in code.versions]])

    assert "2999" not in told
    assert code.versions[-1].step["articles"]["L311-3-1"]["to"] == ""


def test_the_laws_that_changed_an_article_are_named(code) -> None:
    changed = code.versions[1].step["changed_by"]

    assert changed["L134-33"] == ["LOI n°2020-1525 du 7 décembre 2020 - art. 46"]
    assert len(changed) == 14


def test_a_law_without_a_date_is_kept(code) -> None:
    laws = [law for article in code.metadata["articles"].values() for law in article["changes"]]

    assert next(law["law"] for law in laws if law["signed"] is None).startswith("ORDONNANCE n°2015-1341")


def test_an_unknown_code_is_refused(tmp_path) -> None:
    with pytest.raises(UnknownValue, match="n'est pas un code que ce lecteur connaît"):
        next(CODE.read(tmp_path))


def test_the_civil_code_is_read_revision_by_revision(civil) -> None:
    assert len(civil.versions) == 35
    assert {version.author for version in civil.versions} == {
        "",
        "Parlement",
        "Gouvernement",
        "Conseil constitutionnel",
    }
    assert sum(len(version.step.get("changed", [])) for version in civil.versions) == 199


def test_each_revision_gives_back_its_file(civil, data) -> None:
    lines = (data / CIVIL_CODE.demonstration).read_text(encoding="utf-8").splitlines()
    versions = {version.slug: version for version in civil.versions}
    before = {version.slug: versions[version.parents[0]] for version in civil.versions if version.parents}
    compared = 0
    for row in map(json.loads, lines):
        for article in row["articles"]:
            for version, text in ((versions, article["after"]), (before, article["before"])):
                found = version[row["in_force"]].document
                if text is None:
                    assert article["article"] not in found
                else:
                    assert as_written(found.passage(article["article"])) == text
                    compared += 1
    assert compared == 372


def test_a_history_with_a_hole_is_refused(tmp_path) -> None:
    text = (CIVIL_CODE.folder / CIVIL_CODE.sample).read_text(encoding="utf-8")
    broken = tmp_path / CIVIL_CODE.sample
    broken.write_text(text.replace("huit heures", "sept heures").replace("tombée de la nuit", "brune", 1))

    with pytest.raises(BrokenHistory, match="l'article 2 n'y commence pas comme la révision d'avant"):
        next(CIVIL_CODE.read(broken))


def test_the_draft_has_the_articles_that_the_source_holds(draft) -> None:
    (version,) = draft.versions

    assert [passage.number for passage in version.document.passages][:4] == ["1", "2", "3", "4"]
    assert len(version.document.passages) == 23
    assert draft.metadata["absent"] == ["8", "11", "12", "23", "26", "28", "29"]


def test_the_draft_is_plain_words_and_keeps_its_source(draft) -> None:
    (version,) = draft.versions
    first = version.document.passage("1")

    assert first.heading.startswith("Open data par défaut")
    assert first.words.splitlines()[2].startswith("1°\xa0les documents qu’elles communiquent")
    assert not [one for one in version.document.passages if "<" in one.words or "&" in one.words]
    assert version.step["articles"]["1"]["html"].startswith("<p>I. Les deuxi&egrave;me")
    assert version.step["articles"]["1"]["explained"][0]["words"].startswith("Objectif : élargir")


def test_a_script_in_the_source_says_nothing() -> None:
    (version,) = next(DRAFT.read(DRAFT.folder / DRAFT.sample)).versions

    assert "alert" in version.step["articles"]["1"]["html"]
    assert version.document.words("1").splitlines() == [
        "I. Chaque place de plus de 2\xa0000\xa0m² a une fontaine d’eau potable\xa0:",
        "1° ouverte jour et nuit\xa0;",
        "2° à la hauteur des enfants.",
        "II. Un décret fixe le débit.",
    ]
