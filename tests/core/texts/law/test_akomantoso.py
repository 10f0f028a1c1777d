"""Akoma Ntoso: every version of every real text is valid, says its words untouched, and points to what it holds."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from parvis.core.texts.akomantoso import (
    SCHEMA,
    Moment,
    NotAkomaNtoso,
    Work,
    akoma_ntoso,
    first_fault,
    modifications,
)
from parvis.core.texts.akomantoso_parts import NAMESPACE
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.kinds import TEXT_KINDS, ReadText

NS = {"akn": NAMESPACE}
LONG_AGO = date(1804, 3, 21)


def work(text: ReadText, rank: int) -> Work:
    history = tuple(
        Moment(version.slug, version.title, version.author, version.dated or LONG_AGO)
        for version in text.versions[:rank]
    )
    return Work(text.slug, text.kind, text.title, text.short_title, history)


def exported(text: ReadText) -> Iterator[tuple[Document, etree._Element]]:
    """Yield each version with its export, read again."""
    documents = {version.slug: version.document for version in text.versions}
    for rank, version in enumerate(text.versions, start=1):
        before = documents[version.parents[0]] if version.parents else None
        yield version.document, etree.fromstring(akoma_ntoso(work(text, rank), version.document, before))


def words(article: etree._Element) -> str:
    return "\n".join(line.text or "" for line in article.findall("akn:alinea/akn:content/akn:p", NS))


def real_texts(data: Path) -> Iterator[ReadText]:
    for kind in TEXT_KINDS.filled().values():
        for path in sorted(data.glob(kind.demonstration)) if kind.demonstration else ():
            yield from kind.read(path)


@pytest.fixture(scope="module")
def valter(data: Path) -> ReadText:
    return next(TEXT_KINDS.filled()["bill"].read(data / "workflows/law/bills/pjl15-034"))


def test_every_version_of_every_real_text_is_valid_and_says_its_words(data: Path) -> None:
    written = 0
    for text in real_texts(data):
        for document, root in exported(text):
            found = root.findall(".//akn:article", NS)
            assert first_fault(root) == ""
            assert [words(article) for article in found] == [passage.words for passage in document.passages]
            assert [article.get("status") for article in found] == [
                None if passage.words else "removed" for passage in document.passages
            ]
            written += 1
    assert written >= 95


def test_every_local_address_leads_to_an_element(valter: ReadText) -> None:
    for _, root in exported(valter):
        names = {element.get("eId") for element in root.iter() if element.get("eId")}
        pointed = {
            value[1:]
            for element in root.iter()
            for value in map(str, element.attrib.values())
            if value.startswith("#")
        }

        assert pointed <= names
        assert len(names) == sum(element.get("eId") is not None for element in root.iter())


def test_a_document_is_identified_as_work_expression_and_manifestation(valter: ReadText) -> None:
    root = list(exported(valter))[2][1]
    addresses = [element.get("value") for element in root.findall(".//akn:FRBRuri", NS)]

    assert addresses == [
        "/akn/fr/bill/2015-07-31/pjl15-034",
        "/akn/fr/bill/2015-07-31/pjl15-034/fra@2015-10-06/02-1erelecture-assemblee-hemicycle",
        "/akn/fr/bill/2015-07-31/pjl15-034/fra@2015-10-06/02-1erelecture-assemblee-hemicycle.akn",
    ]
    assert root.find(".//akn:FRBRlanguage", NS).get("language") == "fra"
    assert root.find(".//akn:FRBRcountry", NS).get("value") == "fr"


def test_an_article_keeps_its_wid_when_its_number_changes(valter: ReadText) -> None:
    last = list(exported(valter))[-1][1]
    renumbered = {article.get("wId"): article.get("eId") for article in last.findall(".//akn:article", NS)}

    assert renumbered["art_1er-A"] == "art_1er"
    assert renumbered["art_1er"] == "art_3"


def test_divisions_hold_their_articles() -> None:
    document = Document(
        (
            Passage("1", "1er", "Un.", path=("Chapitre Ier : Des bancs", "Section 1 : En bois")),
            Passage("2", "2", "Deux.\nTrois.", path=("Chapitre Ier : Des bancs", "Section 2 bis : En pierre")),
            Passage("R*3", "R*3", "", path=("Dispositions finales",)),
        )
    )
    root = etree.fromstring(akoma_ntoso(fictitious(), document))

    assert [element.get("eId") for element in root.find(".//akn:body", NS).iter() if element.get("eId")] == [
        "chp_Ier",
        "chp_Ier__sec_1",
        *("art_1er", "art_1er__al_1", "art_1er__al_1__content"),
        "chp_Ier__sec_2-bis",
        *("art_2", "art_2__al_1", "art_2__al_1__content", "art_2__al_2", "art_2__al_2__content"),
        "hcontainer",
        "art_Rstar3",
    ]
    assert root.find(".//akn:section/akn:heading", NS).text == "En bois"


def test_what_changed_is_said_by_article() -> None:
    before = Document((Passage("1", "1", "Un."), Passage("2", "2", "Deux."), Passage("3", "3", "Trois.")))
    after = Document(
        (Passage("1", "1", "Un banc."), Passage("2", "2", ""), Passage("3", "4", "Trois."), Passage("5", "5", "Cinq."))
    )
    root = etree.fromstring(akoma_ntoso(fictitious(2), after, before))
    said = [
        (one.get("type"), one.find("akn:destination", NS).get("href"), one.find("akn:source", NS).get("href"))
        for one in root.findall(".//akn:passiveModifications/akn:textualMod", NS)
    ]

    assert said == [
        ("substitution", "#art_1", "#ref_2-v2"),
        ("repeal", "#art_2", "#ref_2-v2"),
        ("renumbering", "#art_4", "#ref_2-v2"),
        ("insertion", "#art_5", "#ref_2-v2"),
    ]
    assert list(modifications(after, after)) == []


def test_signs_that_xml_cannot_hold_are_shown_as_such() -> None:
    root = etree.fromstring(akoma_ntoso(fictitious(), Document((Passage("1", "1", "Un\x00 & <b>deux</b>"),))))

    assert words(root.find(".//akn:article", NS)) == "Un\ufffd & <b>deux</b>"


def test_a_document_that_the_schema_refuses_is_not_written() -> None:
    with pytest.raises(NotAkomaNtoso, match="n'est pas valide : ligne"):
        akoma_ntoso(fictitious(), Document(()))


def test_the_schema_is_ours_and_reads_nothing_else() -> None:
    text = SCHEMA.read_text(encoding="utf-8")

    assert not re.search(r"xs:(?:import|include|redefine)|schemaLocation", text)
    assert f'targetNamespace="{NAMESPACE}"' in text


def fictitious(versions: int = 1) -> Work:
    history = tuple(
        Moment(f"v{rank}", f"Version {rank}", "Ville", date(2031, rank, 1)) for rank in range(1, versions + 1)
    )
    return Work("bancs", "bill", "Texte fictif sur les bancs", "Bancs", history)
