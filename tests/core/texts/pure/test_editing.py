"""Adopted edits make one text, in whatever order they come, or a conflict that names both sources."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.texts.pure.wordings import legal, wordings
from parvis.core.texts.conflicts import Clash, conflicts
from parvis.core.texts.documents import Document, Passage, UnknownUnit
from parvis.core.texts.editing import Edit, EditsOverlap, Source, StaleEdit, alternative, edited
from parvis.core.texts.merging import Applied, Conflicted, apply, onto, rebased

FIRST = Source("contribution", "Contribution n° 1", "/debats/loi/contributions/1/", "le ministère", date(2026, 1, 5))
SECOND = Source("contribution", "Contribution n° 2")
WORDS = "Le maire publie, chaque année, le rapport.\nIl le transmet au préfet."


def document(words):
    return Document((Passage("1er", "1er", words), Passage("2", "2", "Rien.")))


def insertion(at, words, source=FIRST):
    return Edit("1er", at, at, "", words, source)


def change(before, after, source=FIRST, words=WORDS):
    start = words.index(before)
    return Edit("1er", start, start + len(before), before, after, source)


@given(wordings, wordings)
def test_an_alternative_applied_is_the_wording_proposed(words, proposed):
    edits = alternative("1er", words, proposed, FIRST)
    assert edited(words, edits) == proposed
    applied = apply(document(words), edits)
    assert isinstance(applied, Applied)  # a source never conflicts with itself
    assert applied.document.words("1er") == proposed
    assert applied.document.words("2") == "Rien."


@given(st.text("ab ,\n", min_size=4), st.data())
def test_edits_that_do_not_touch_commute(words, data):
    """Applied together, in either order, or one after the other: the same text."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), min_size=4, max_size=4, unique=True)))
    texts = [data.draw(st.text("xyz ", max_size=5)) for _ in range(2)]
    one, other = (
        Edit("1er", start, end, words[start:end], text, source)
        for start, end, text, source in zip(cuts[::2], cuts[1::2], texts, (FIRST, SECOND), strict=True)
    )
    together, reversed_ = apply(document(words), [one, other]), apply(document(words), [other, one])
    assert isinstance(together, Applied)
    assert isinstance(reversed_, Applied)
    assert together.document == reversed_.document
    for early, late in ((one, other), (other, one)):
        then = edited(words, [early])
        moved = onto(words, [early], [late])
        assert isinstance(moved, tuple)
        assert edited(then, moved) == together.document.words("1er")


@given(legal, legal, legal)
def test_two_alternatives_conflict_or_commute(words, one, other):
    both = [*alternative("1er", words, one, FIRST), *alternative("1er", words, other, SECOND)]
    results = apply(document(words), both), apply(document(words), both[::-1])
    assert type(results[0]) is type(results[1])
    if isinstance(results[0], Applied):
        assert results[0].document == results[1].document
    else:
        assert {(pair.first, pair.second) for pair in results[0].conflicts} <= {(FIRST, SECOND), (SECOND, FIRST)}


@given(st.integers(0, 20), st.integers(0, 5), st.integers(0, 20), st.integers(0, 5))
def test_words_changed_twice_are_always_a_conflict(start, length, other_start, other_length):
    """Checked character by character: two different rewritings of a character, or two insertions at a place."""
    words = "abcdefghijklmnopqrstuvwxyz"
    one = Edit("1er", start, start + length, words[start : start + length], "1", FIRST)
    other = Edit(
        "1er", other_start, other_start + other_length, words[other_start : other_start + other_length], "2", SECOND
    )
    shared = {*range(start, start + length)} & {*range(other_start, other_start + other_length)}
    same_place = length == other_length == 0 and start == other_start
    amid = (not length and other_start < start < other_start + other_length) or (
        not other_length and start < other_start < start + length
    )
    found = {pair.clash for pair in conflicts(document(words), [one, other])}
    assert (Clash.SAME_WORDS in found) == (bool(shared) or bool(amid))
    assert (Clash.SAME_PLACE in found) == same_place
    assert found == {pair.clash for pair in conflicts(document(words), [other, one])}


def test_a_conflict_names_both_sources_and_the_words():
    result = apply(
        document(WORDS), [change("chaque année", "chaque mois"), change("année, le", "semaine, ce", SECOND)]
    )
    assert isinstance(result, Conflicted)
    (conflict,) = result.conflicts
    assert (conflict.first, conflict.second, conflict.words) == (FIRST, SECOND, "année")
    assert str(conflict) == "1er : Contribution n° 1 et Contribution n° 2 changent les mêmes mots : « année »."


def test_two_insertions_at_a_place_conflict_unless_they_are_one():
    at = WORDS.index("publie")
    different = conflicts(document(WORDS), [insertion(at, "et le conseil "), insertion(at, "seul ", SECOND)])
    assert [pair.clash for pair in different] == [Clash.SAME_PLACE]
    same = [insertion(at, "seul "), insertion(at, "seul ", SECOND)]
    applied = apply(document(WORDS), same)
    assert isinstance(applied, Applied)
    assert applied.document.words("1er").startswith("Le maire seul publie")


def test_the_same_rewriting_by_two_sources_is_applied_once():
    applied = apply(document(WORDS), [change("maire", "préfet"), change("maire", "préfet", SECOND)])
    assert isinstance(applied, Applied)
    assert applied.document.words("1er").startswith("Le préfet publie")
    assert len(applied.edits) == 2  # both sources are credited


def test_an_insertion_against_words_that_another_changes_is_a_conflict():
    """« le compte » for one, « le rapport annuel » for the other: nobody asked for « le compte annuel »."""
    end = WORDS.index("rapport") + len("rapport")
    found = conflicts(document(WORDS), [change("rapport", "compte"), insertion(end, " annuel", SECOND)])
    assert [pair.clash for pair in found] == [Clash.BESIDE]


def test_an_alinea_inserted_after_one_that_changes_is_not():
    end = WORDS.index("\n")
    edits = [change("rapport.", "compte."), insertion(end + 1, "Il le lit.\n", SECOND)]
    applied = apply(document(WORDS), edits)
    assert isinstance(applied, Applied)
    assert applied.document.words("1er").split("\n")[1] == "Il le lit."


def test_an_alinea_removed_lets_its_neighbours_be_edited():
    edits = [
        change("Le maire publie, chaque année, le rapport.\n", ""),
        insertion(WORDS.index("Il le"), "Enfin, ", SECOND),
    ]
    applied = apply(document(WORDS), edits)
    assert isinstance(applied, Applied)
    assert applied.document.words("1er") == "Enfin, Il le transmet au préfet."


def test_edits_of_different_units_never_meet():
    assert not conflicts(document(WORDS), [insertion(3, "x"), Edit("2", 3, 3, "", "y", SECOND)])


def test_an_edit_of_words_that_are_not_there_is_refused():
    with pytest.raises(StaleEdit, match=r"Contribution n° 1.*« maire »"):
        apply(document("Le préfet publie le rapport."), [change("maire", "conseil")])


def test_edits_that_overlap_are_never_applied_in_silence():
    with pytest.raises(EditsOverlap, match="« année »"):
        edited(WORDS, [change("chaque année", "chaque mois"), change("année", "semaine", SECOND)])


def test_an_edit_of_an_unknown_unit_is_refused():
    with pytest.raises(UnknownUnit, match="« 99 »"):
        apply(document(WORDS), [Edit("99", 0, 0, "", "x", FIRST)])


def test_edits_made_on_former_words_follow_the_text():
    now = "Chaque commune fait ainsi.\n" + WORDS.replace("préfet", "sous-préfet")
    moved = rebased("1er", WORDS, now, [change("année", "semaine")])
    assert isinstance(moved, tuple)
    assert edited(now, moved) == now.replace("année", "semaine")


def test_edits_that_the_text_already_holds_are_done():
    now = WORDS.replace("année", "semaine")
    assert rebased("1er", WORDS, now, [change("année", "semaine")]) == ()


def test_edits_of_words_that_changed_since_are_a_conflict():
    now = WORDS.replace("année", "mois")
    result = rebased("1er", WORDS, now, [change("année", "semaine")])
    assert isinstance(result, Conflicted)
    assert result.conflicts[0].words == "année"


def test_insertions_that_a_removal_brings_to_one_place_are_a_conflict():
    mine = alternative("1er", "le", "\nle\n", FIRST)
    result = rebased("1er", "le", "", mine)
    assert isinstance(result, Conflicted)
    assert result.conflicts[0].words == "le"


@given(legal, legal, legal)
def test_rebasing_is_the_three_way_merge(base, one, other):
    """One side's edits brought onto the other's words give what both sets of edits give together on the base."""
    mine, its = alternative("1er", base, one, FIRST), alternative("1er", base, other, SECOND)
    moved = rebased("1er", base, other, mine)
    together = apply(document(base), [*mine, *its])
    assume(isinstance(moved, tuple))
    assert isinstance(together, Applied)
    assert edited(other, moved) == together.document.words("1er")


def test_a_source_says_who_adopted_it_and_when():
    assert str(FIRST) == "Contribution n° 1, adoptée par le ministère le 05/01/2026"
