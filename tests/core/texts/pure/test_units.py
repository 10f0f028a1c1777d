"""Numbers identify articles however they are written; alinéas have the addresses that lawyers give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.texts.pure.wordings import legal, wordings
from parvis.core.texts.units import alineas, markers, normalise_number, unit_id, unmarked


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("D. 312-1-3", "D312-1-3"),
        ("D312-1-3", "D312-1-3"),
        ("D.\u00a0312‑1–3", "D312-1-3"),
        ("d 312-1-3", "D312-1-3"),
        ("R*323-5", "R*323-5"),
        ("R.* 323-5", "R*323-5"),
        ("R. ** 12", "R**12"),
        ("R323-5", "R323-5"),
        ("LO 119", "LO119"),
        ("L.O. 119", "LO119"),
        ("Art. L. 311-1", "L311-1"),
        ("article L311-1.", "L311-1"),
        ("1er", "1er"),
        ("1ER", "1er"),
        ("premier", "1er"),
        ("1 er", "1er"),
        ("1ᵉʳ A", "1er A"),
        ("Article premier", "1er"),
        ("1er bis A", "1er bis A"),
        ("1er  BIS a", "1er bis A"),
        ("2 quinquies", "2 quinquies"),
        ("22 ter", "22 ter"),
        ("4 duodecies B", "4 duodecies B"),
        ("unique", "unique"),
        ("Annexe II", "Annexe II"),
        ("3 B", "3 B"),
        ("L. 1111-1-A", "L1111-1-A"),
    ],
)
def test_a_number_is_one_however_it_is_written(written, number):
    assert normalise_number(written) == number
    assert normalise_number(normalise_number(written)) == number


@given(st.text(max_size=20))
def test_any_text_normalises_once_for_all(number):
    """Junk does not break it, and a number already normal stays."""
    assert normalise_number(normalise_number(normalise_number(number))) == normalise_number(normalise_number(number))


def test_the_numbers_of_a_real_code_stay_apart(snapshots):
    """The star tells a kind of decree: 23 articles of this code bear it."""
    numbers = {passage.number for document in snapshots for passage in document.passages}
    assert sum("*" in unit_id(number) for number in numbers) == 23
    assert {number for number in numbers if normalise_number(number) != number} == {"D. 312-1-3"}
    assert len({unit_id(number) for number in numbers}) == len(numbers) - 1


ARTICLE = """\
I. - A. - Le code est modifié :
1° Au titre Ier :
a) L'article 3 est abrogé ;
b) (nouveau) L'article 4 est ainsi rédigé :
« Art. 4. - I. - Le maire publie le rapport. » ;

1° bis L'article 5 est abrogé.
B. - Le présent article entre en vigueur demain.
II. - (Supprimé)
Un décret fixe la liste."""


def test_an_alinea_has_the_address_that_lawyers_give():
    found = list(alineas(ARTICLE))
    assert [alinea.rank for alinea in found] == list(range(1, 10))
    assert [alinea.address for alinea in found] == [
        "A du I",
        "1° du A du I",
        "a du 1° du A du I",
        "b du 1° du A du I",
        "2e alinéa du b du 1° du A du I",
        "1° bis du A du I",
        "B du I",
        "II",
        "2e alinéa du II",
    ]
    assert all(ARTICLE[alinea.start :].startswith(alinea.words) for alinea in found)


def test_an_alinea_without_a_marker_is_told_by_its_rank():
    assert [alinea.address for alinea in alineas("Le maire publie.\nIl transmet.")] == ["1er alinéa", "2e alinéa"]


def test_a_list_ends_with_its_last_full_stop():
    words = (
        "I. - Le maire publie :\n1° Le rapport ;\n2° Le compte.\nUn décret fixe la liste.\nIl est publié.\nII. - Fin."
    )
    assert [alinea.address for alinea in alineas(words)] == [
        "I",
        "1° du I",
        "2° du I",
        "2e alinéa du I",
        "3e alinéa du I",
        "II",
    ]


def test_the_alineas_of_real_texts_have_each_their_address(bills, snapshots):
    """But for 16 of 7,974, where a list starts again at 1° under the same marker: there the law is as ambiguous."""
    shared = total = 0
    for document in [*(document for bill in bills.values() for document in bill.values()), snapshots[-1]]:
        for passage in document.passages:
            addresses = [alinea.address for alinea in alineas(passage.words)]
            total += len(addresses)
            shared += len(addresses) - len(set(addresses))
    assert total > 7900
    assert shared <= 16


@given(wordings)
def test_alineas_are_the_lines_that_say_something(words):
    found = list(alineas(words))
    assert [alinea.words for alinea in found] == [line for line in words.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("A défaut d'accord, le juge statue.", "A défaut d'accord, le juge statue."),
        ("L'article 3 est abrogé.", "L'article 3 est abrogé."),
        ("I. - Les mots", "Les mots"),
        ("II bis. – Les mots", "Les mots"),
        ('"3° Les mots', "Les mots"),
        ("a) Les mots", "Les mots"),
        ("2000 euros", "2000 euros"),
        ("L. 311-1 et L. 311-2", "L. 311-1 et L. 311-2"),
        ("R. * 132-4", "R. * 132-4"),
        ("D. 12-1 à D. 12-3", "D. 12-1 à D. 12-3"),
        ("I. Les deuxième et troisième alinéas", "Les deuxième et troisième alinéas"),
        ("A. - 1° Les mots", "Les mots"),
    ],
)
def test_only_markers_are_taken_off(line, bare):
    assert unmarked(line) == bare


@given(legal)
def test_quoted_law_keeps_its_own_markers(words):
    assert list(markers("« I. - " + words)) == []
