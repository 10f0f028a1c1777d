"""Anchors follow the words that they quote, or are lost with a reason: never moved elsewhere in silence."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.texts.pure.wordings import legal
from parvis.core.texts.anchors import Anchor, Lost, anchor_at
from parvis.core.texts.documents import Document, Passage

WORDS = "Le maire publie, chaque année, le rapport.\nIl le transmet au préfet.\nUn décret fixe la liste des communes."


def quoting(quote, words=WORDS):
    start = words.index(quote)
    return anchor_at("1er", words, start, start + len(quote))


@given(legal, st.data())
def test_an_anchor_finds_its_own_place(words, data):
    assume(words.strip())
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    found = anchor_at("1er", words, start, end).find(words)
    if isinstance(found, Lost):  # blank, or the words around are the same in two places
        assert not words[start:end].strip() or "fois" in found.reason
    else:
        assert words[slice(*found)].split() == words[start:end].split()


@given(legal, legal, legal)
def test_words_added_around_move_an_anchor_and_change_nothing_of_it(words, above, below):
    quote = "les documents administratifs du service"  # words that the others never hold
    before = f"{words}\n{quote}\n{words}"
    anchor = anchor_at("1er", before, len(words) + 1, len(words) + 1 + len(quote))
    followed = anchor.follow(before, f"{above}\n{before}\n{below}")
    assert isinstance(followed, Anchor)
    assert followed.quote == quote


@given(legal, legal)
def test_an_anchor_whose_words_go_is_lost(words, after):
    quote = "les documents administratifs du service"
    before = f"{words}\n{quote}\n{words}"
    followed = anchor_at("1er", before, len(words) + 1, len(words) + 1 + len(quote)).follow(before, after)
    assert isinstance(followed, Lost)
    assert followed.anchor.quote == quote


@given(legal, legal)
def test_an_anchor_followed_quotes_words_that_are_there(before, after):
    assume(before.strip())
    followed = anchor_at("1er", before, 0, len(before)).follow(before, after)
    assert isinstance(followed, Lost) or followed.quote in after


def test_the_words_around_tell_which_occurrence_is_quoted():
    words = "Le maire publie le rapport. Le préfet publie le rapport. Le conseil publie le rapport."
    second = anchor_at("1er", words, 38, 55)
    assert second.quote == "publie le rapport"
    followed = second.follow(words, "Nul ne publie le rapport. " + words.replace("conseil", "ministre"))
    assert isinstance(followed, Anchor)
    assert followed.prefix.endswith("Le préfet ")


def test_a_quote_that_keeps_most_of_its_words_follows_with_its_new_ones():
    followed = quoting("publie, chaque année, le rapport").follow(WORDS, WORDS.replace("année", "mois"))
    assert isinstance(followed, Anchor)
    assert followed.quote == "publie, chaque mois, le rapport"


def test_a_quote_cut_at_its_edge_keeps_what_stands():
    after = WORDS.replace("Il le transmet au préfet.\nUn décret", "Un arrêté")
    followed = quoting("Un décret fixe la liste des communes").follow(WORDS, after)
    assert isinstance(followed, Anchor)
    assert followed.quote.endswith("fixe la liste des communes")
    assert followed.quote in after


def test_a_quote_moved_within_its_unit_is_followed():
    lines = WORDS.split("\n")
    followed = quoting("Il le transmet au préfet").follow(WORDS, "\n".join([lines[2], lines[0], lines[1]]))
    assert isinstance(followed, Anchor)
    assert followed.quote == "Il le transmet au préfet"


@pytest.mark.parametrize(
    ("after", "reason", "now"),
    [
        (WORDS.replace("Il le transmet au préfet.\n", ""), "ont été retirés", ""),
        (WORDS.replace("transmet au préfet", "rend public sans délai"), "ont été récrits", "rend public sans délai"),
        ("", "ont été retirés", ""),
    ],
)
def test_a_lost_anchor_says_why_and_what_stands_there(after, reason, now):
    followed = quoting("transmet au préfet").follow(WORDS, after)
    assert isinstance(followed, Lost)
    assert reason in followed.reason
    assert followed.now == now


def test_a_quote_made_by_a_browser_is_found_despite_its_blanks_and_apostrophes():
    words = "L’article  3\nde la loi n’est pas applicable."
    assert Anchor("1er", "L'article 3 de la loi n'est").find(words) == (0, 28)


def test_words_that_never_were_there_are_not_anchored():
    found = Anchor("1er", "un bureau de vote").find(WORDS)
    assert isinstance(found, Lost)
    assert found.reason == "les mots cités n'y sont pas"


def test_a_unit_renumbered_takes_its_anchors_along():
    before = Document((Passage("1er", "1er", WORDS), Passage("2", "2", "Rien.")))
    after = Document((Passage("2", "2", "Rien."), Passage("3", "3", WORDS)))
    followed = quoting("Un décret fixe la liste des communes").follow_through(before, after)
    assert isinstance(followed, Lost)  # too short to be known for sure elsewhere
    followed = quoting("Il le transmet au préfet.\nUn décret fixe la liste des communes").follow_through(before, after)
    assert isinstance(followed, Anchor)
    assert followed.unit == "3"
    lost = quoting("chaque année").follow_through(before, after)
    assert isinstance(lost, Lost)
    assert lost.reason == "l'unité n'est plus dans le texte"


def test_anchors_on_real_bills_survive_where_their_words_do(bills):
    """Each alinéa quoted whole: words that stand are always found again, words that do not are never found."""
    followed = kept = 0
    for steps in bills.values():
        versions = list(steps.values())
        for before, after in pairwise(versions):
            for passage in before.passages:
                if passage.unit not in after:
                    continue
                for line in {line for line in passage.words.split("\n") if len(line) > 20}:
                    start = passage.words.index(line)
                    found = anchor_at(passage.unit, passage.words, start, start + len(line)).follow(
                        passage.words, after.words(passage.unit)
                    )
                    stands = line in after.words(passage.unit).split("\n")
                    followed += isinstance(found, Anchor)
                    kept += stands
                    assert not stands or isinstance(found, Anchor)
                    assert isinstance(found, Lost) or found.quote in after.words(passage.unit)
    assert kept > 1000
    assert followed > kept
