"""What people write in a form is read as they meant it, or said to be unreadable: never taken for something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.simulators.calculating.fictions import AIDE
from parvis.core.simulators.calculating.answers import day, number, read, texts_of
from parvis.core.simulators.contract import WrongValue


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24000", 24_000),
        ("24 000", 24_000),
        ("24\u202f000,50\u00a0€", 24_000.5),
        ("24 000 € par an", 24_000),
        ("1500 euros", 1_500),
        ("12.5", 12.5),
        ("\u221212", -12),
        ("1234.567", 1234.567),
    ],
)
def test_a_sum_is_read_as_the_french_write_it(text, value):
    assert number(text, "EUR/a") == value


def test_a_sum_that_reads_in_two_ways_is_refused_with_both():
    with pytest.raises(WrongValue, match="écrivez 24000, ou 24,0"):
        number("24.000")


@pytest.mark.parametrize("text", ["beaucoup", "12 ou 13", "1e5", "nan", "inf", "", "1,2,3"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(WrongValue, match="n'est pas un nombre"):
        number(text)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text):
    for name in ("salaire", "enfants", "logement"):
        found = read(AIDE, {name: text})
        assert (name in found.answers) + (name in found.errors) <= 1


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ({"effort": "", "_avant-effort": "", "_curseur-effort": "10"}, None),  # never moved from its example
        ({"effort": "", "_avant-effort": "", "_curseur-effort": "45"}, 45),
        ({"effort": "12", "_avant-effort": "12", "_curseur-effort": "10"}, 12),  # where a browser puts 12
        ({"effort": "12", "_avant-effort": "12", "_curseur-effort": "-40"}, -40),
        ({"effort": "20", "_avant-effort": "12", "_curseur-effort": "-40"}, 20),  # what is written stands
        ({"effort": "", "_avant-effort": "12", "_curseur-effort": "10"}, None),
        ({"effort": "12"}, 12),
        ({"effort": "", "_curseur-effort": "500"}, None),
        ({"salaire": "12", "_avant-salaire": "12", "_curseur-salaire": "90"}, 12),
    ],
)
def test_a_slider_answers_where_it_was_moved_and_nothing_else_was_written(texts, answer):
    found = read(AIDE, texts)

    assert next(iter(found.answers.values()), None) == answer
    assert answer is None or found.texts[next(iter(found.answers))] == str(answer)


def test_days_are_read_in_both_orders_and_checked_against_the_calendar():
    assert day("12/03/1985") == day("1985-03-12") == "1985-03-12"
    with pytest.raises(WrongValue, match="n'est pas une date du calendrier"):
        day("31/02/1985")


def test_a_repeated_question_is_asked_as_many_times_as_was_answered():
    found = read(AIDE, {"enfants": "2", "argent_1": "10", "argent_2": "beaucoup", "argent_3": "30"})

    assert found.answers == {"enfants": 2, "argent_1": 10.0}
    assert set(found.errors) == {"argent_2"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("salaire", "-5", "au moins 0"),
        ("salaire", "2000000", "au plus 1\u202f000\u202f000"),
        ("enfants", "1,5", "nombre entier"),
        ("logement", "château", "n'est pas un des choix : « En ville », « À la rue »"),
    ],
)
def test_each_wrong_answer_says_what_to_write(name, text, said):
    assert said in read(AIDE, {name: text}).errors[name]


def test_a_typical_case_fills_the_form_that_reads_it_back():
    answers = {"enfants": 1, "argent_1": 12.5, "salaire": 1_000.0, "logement": "ville"}

    assert read(AIDE, texts_of(answers)).answers == answers
