"""A comparison loses nothing, reads well, and measures as La Fabrique de la Loi did."""

import json
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given

from core.texts.pure.conftest import BILLS
from core.texts.pure.wordings import documents, wordings
from parvis.core.texts.comparing import Change, Kind, compare, diff, difference
from parvis.core.texts.documents import Document, Passage

FAITHFUL, SHARE = 0.05, 0.98  # the bar: within 0.05 of the reference on 98 % of changed articles


def sides(changes):
    return "".join(change.before for change in changes), "".join(change.after for change in changes)


@given(wordings, wordings)
def test_a_comparison_is_exact_on_both_sides(before, after):
    changes = compare(before, after)
    assert sides(changes) == (before, after)
    for change in changes:
        assert (change.before == change.after) == (change.kind == Kind.EQUAL)
        assert bool(change.before) == (change.kind != Kind.INSERT)
        assert bool(change.after) == (change.kind != Kind.DELETE)


@given(wordings)
def test_nothing_changes_from_a_wording_to_itself(words):
    assert all(change.kind == Kind.EQUAL for change in compare(words, words))
    assert difference(words, words) == 0


@given(wordings, wordings)
def test_two_changes_never_meet_at_a_character(before, after):
    """Else a source would conflict with itself: only whole alinéas may come just before a rewriting."""
    changes = compare(before, after)
    for one, other in pairwise(changes):
        if Kind.EQUAL not in {one.kind, other.kind}:
            assert all(side.endswith("\n") for side in (one.before, one.after) if side)
            assert other.kind == Kind.REPLACE


def test_words_are_compared_within_the_alineas_that_are_alike():
    before = "Le maire publie, chaque année, le rapport.\nIl le transmet.\nLe décret fixe la liste."
    after = "Le maire publie, chaque mois, le rapport.\nIl le rend public.\nIl le transmet.\nUn décret fixe la liste."
    assert [change for change in compare(before, after) if change.kind != Kind.EQUAL] == [
        Change(Kind.REPLACE, "année", "mois"),
        Change(Kind.INSERT, "", "Il le rend public.\n"),
        Change(Kind.REPLACE, "Le", "Un"),
    ]


def test_words_that_stayed_by_chance_do_not_chop_a_rewriting():
    before = "Le ministre de la justice propose la nomination."
    after = "Le garde des sceaux, après l'avis de la commission compétente, ordonne sans délai la nomination."
    assert [change.kind for change in compare(before, after)] == [Kind.EQUAL, Kind.REPLACE, Kind.EQUAL]


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("de la loi n° 78-753 du", "de la loi n° 78-754 du", "78-753", "78-754"),
        ("l'article L. 311-1", "l'article L. 311-2", "311-1", "311-2"),
        ("une somme de 1,5 million", "une somme de 2,5 million", "1,5", "2,5"),
        ("l'article", "l’article", "l'", "l’"),
    ],
)
def test_a_number_or_an_elision_is_one_word(before, after, gone, come):
    assert [change for change in compare(before, after) if change.kind != Kind.EQUAL] == [
        Change(Kind.REPLACE, gone, come)
    ]


def references(bills, data):
    """Yield, for each article changed at a step of a real bill, La Fabrique's figure, the words before and after."""
    for name, steps in bills.items():
        articles = json.loads((data / BILLS / name / "articles_etapes.json").read_bytes())["articles"]
        for unit, article in articles.items():
            before = ""
            for step in article["steps"]:
                after = steps[step["directory"]].words(unit) if step["directory"] in steps else ""
                if 0 < step["n_diff"] < 1:
                    yield step["n_diff"], before, after
                before = after


def test_changes_measure_as_the_reference_does(bills, data):
    errors = [abs(difference(before, after) - figure) for figure, before, after in references(bills, data)]
    assert len(errors) == 264
    assert sum(error <= FAITHFUL for error in errors) >= SHARE * len(errors)
    assert sum(error < 1e-9 for error in errors) >= 210  # to the last digit on four articles of five
    assert median(errors) < 1e-9
    assert max(errors) < 0.005


def test_every_succession_of_real_versions_is_exact(successions):
    for before, after in successions:
        for change in diff(before, after):
            was, now = sides(change.changes)
            assert was == before.words(change.unit)
            assert now == after.words(change.unit)


@given(documents(), documents())
def test_a_document_s_changes_name_every_unit_once(before, after):
    units = [change.unit for change in diff(before, after)]
    assert len(units) == len(set(units))
    assert set(units) == {*before.units, *after.units}
    assert [unit for unit in units if unit in after] == list(after.units)


def test_a_unit_gone_is_told_where_it_stood():
    before = Document(tuple(Passage(unit, unit, unit) for unit in "abcd"))
    after = Document(tuple(Passage(unit, unit, unit) for unit in "ace"))
    told = [(change.unit, change.after is None, change.before is None) for change in diff(before, after)]
    assert told == [
        ("a", False, False),
        ("b", True, False),
        ("c", False, False),
        ("d", True, False),
        ("e", False, True),
    ]


def test_the_code_of_2020_and_of_2026(snapshots):
    """463 articles in common and 55 changed, by the numbers as written; and one written in two ways, changed too."""
    found = diff(snapshots[0], snapshots[-1])
    common = [change for change in found if change.before and change.after]
    assert len(common) == 464
    assert sum(change.is_reworded for change in common) == 56
    assert [change.unit for change in common if change.is_renumbered] == ["D312-1-3"]
    assert sum(change.after is None for change in found) == 8
    assert sum(change.before is None for change in found) == 10
