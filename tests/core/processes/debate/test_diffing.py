"""What a wording changes, alinéa by alinéa: those that stay are counted, none is lost."""

from parvis.core.processes.diffing import Alinea, Piece, changed, pieces

BEFORE = "Un.\nDeux.\n\nTrois blancs.\nQuatre."
AFTER = "Un.\nDeux.\n\nTrois chats.\nQuatre."


def test_only_the_alineas_that_change_are_shown_and_the_others_are_counted():
    first, second, third = changed(pieces(BEFORE, AFTER))

    assert (first, third) == (Alinea(unchanged=2), Alinea(unchanged=1))
    assert [piece.text for piece in second.pieces if piece.kind != "keep"] == ["blancs", "chats"]


def test_an_alinea_put_in_is_a_change():
    assert [line.unchanged for line in changed(pieces("Un\nDeux", "Un\nNeuf\nDeux"))] == [1, 0, 1]


def test_an_alinea_put_in_at_the_end_is_shown_by_its_words_alone():
    *_, last = changed(pieces("Un", "Un\nNeuf"))

    assert last.pieces == (Piece("in", "Neuf"),)


def test_an_alinea_cut_in_two_is_a_change():
    first, *_ = changed(pieces("Un mot. Deux mots.", "Un mot. \nDeux mots."))

    assert [piece.text for piece in first.pieces if piece.kind == "in"] == ["¶"]


def test_words_that_change_nothing_are_all_counted():
    assert list(changed([Piece("keep", BEFORE)])) == [Alinea(unchanged=4)]
