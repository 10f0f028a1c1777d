"""What is exported reads the same in a Markdown reader that we did not write (markdown-it, CommonMark)."""

from itertools import pairwise

from hypothesis import given
from markdown_it import MarkdownIt

from core.texts.pure.wordings import documents, legal
from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.markdown import markdown


def read(text):
    """Return what a reader shows: (« h1 » or « p », words)."""
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        (opening.tag, "".join(part.content if part.type == "text" else f"<{part.type}>" for part in inline.children))
        for opening, inline in pairwise(tokens)
        if inline.type == "inline"
    ]


def test_a_text_has_its_divisions_articles_and_alineas():
    document = Document(
        (
            Passage(
                "1er",
                "1er",
                "I. - Le maire publie.\n1. Le rapport ;\n- la *liste*.",
                path=("Titre Ier", "Chapitre Ier"),
            ),
            Passage("2", "2", "# Rien <b>.", path=("Titre Ier", "Chapitre II"), status="supprimé"),
        )
    )
    assert read(markdown("Loi n° 1", document)) == [
        ("h1", "Loi n° 1"),
        ("h2", "Titre Ier"),
        ("h3", "Chapitre Ier"),
        ("h4", "Article 1er"),
        ("p", "I. - Le maire publie."),
        ("p", "1. Le rapport ;"),
        ("p", "- la *liste*."),
        ("h3", "Chapitre II"),
        ("h4", "Article 2 (supprimé)"),
        ("p", "# Rien <b>."),
    ]


@given(legal)
def test_alineas_are_shown_as_they_are(words):
    shown = [text for tag, text in read(markdown("Loi", Document((Passage("1", "1", words),)))) if tag == "p"]
    assert [text.split() for text in shown] == [line.split() for line in words.split("\n") if line.strip()]


@given(documents())
def test_no_words_break_the_export(document):
    shown = read(markdown("Loi", document))
    assert not [text for _, text in shown if "<html" in text or "<code" in text or "<link" in text or "<em" in text]


def test_real_texts_are_shown_as_they_are(bills, snapshots):
    for document in [*(document for bill in bills.values() for document in bill.values()), snapshots[-1]]:
        shown = [" ".join(text.split()) for tag, text in read(markdown("Texte", document)) if tag == "p"]
        lines = [line for passage in document.passages for line in passage.words.split("\n") if line.strip()]
        assert shown == [" ".join(line.split()) for line in lines]
