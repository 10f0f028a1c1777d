"""A reform is a link: what it says is read back whole, and what is not a reform is refused in French."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core.simulators.calculators import WrongAnswer
from parvis.core.simulators.contract import Change, Dated, Field, WrongValue
from parvis.core.simulators.reforming.changes import made, read_change, value_words, written_change

RATE = Field(
    "bareme[4].rate", "Taux", "parameter", "number", "1",
    history=(Dated(date(2015, 1, 1), 0.45), Dated(date(2025, 1, 1), None)),
)  # fmt: skip
COUNT = Field("parts", "Parts", "parameter", "number", "1", history=(Dated(date(2015, 1, 1), 2),))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
VALUES = st.one_of(
    st.booleans(),
    st.integers(min_value=1 - 10**15, max_value=10**15 - 1),
    st.floats(min_value=-1e15, max_value=1e15, exclude_min=True, exclude_max=True),
    st.text(max_size=200),
    st.none(),
)


@given(st.from_regex(r"[a-z_.\[\]0-9]{1,40}", fullmatch=True), VALUES, DAYS, st.none() | DAYS)
def test_a_change_is_read_back_from_its_address(parameter, value, start, stop):
    change = Change(parameter, value, start, stop)

    assert read_change(written_change(change)) == change


def test_a_whole_number_has_one_writing():
    assert repr(read_change("taux~10.0~2024-01-01").value) == "10"


@pytest.mark.parametrize(
    "text",
    [
        *("taux", "taux~", "taux~0.5", "taux~0.5~demain", "taux~[1]~2024-01-01", "taux~NaN~2024-01-01", "~~~~", "é~{"),
        f"taux~{'[' * 3_000}~2024-01-01",
        f"taux~{'9' * 400}~2024-01-01",
        f"taux~{'9' * 4_500}~2024-01-01",
        'taux~"\\ud800"~2024-01-01',
    ],
)
def test_what_is_no_change_is_refused(text):
    with pytest.raises(WrongValue, match="de ce lien"):
        read_change(text)


def test_a_share_is_written_in_percent_or_as_a_number():
    for text in ("45 %", "0,45", "0.45"):
        assert made(RATE, {"valeur": text, "debut": "01/01/2024"}) == Change(RATE.name, 0.45, date(2024, 1, 1))
    assert value_words(RATE, 0.045) == "4,5\u00a0%"


def test_a_percentage_without_its_sign_is_asked_again_rather_than_read_as_many_times_the_whole():
    with pytest.raises(WrongAnswer, match=r"écrivez «\u00a015\u00a0%\u00a0» ou «\u00a00,15\u00a0»") as refused:
        made(RATE, {"valeur": "15", "debut": "01/01/2024"})

    assert refused.value.box == "valeur"
    assert made(RATE, {"valeur": "150 %", "debut": "01/01/2024"}).value == 1.5
    assert made(COUNT, {"valeur": "15", "debut": "01/01/2024"}).value == 15
    assert [value_words(RATE, value) for value in (0, 1, 1.5)] == ["0\u00a0%", "100\u00a0%", "150\u00a0%"]
    assert value_words(COUNT, 2) == "2"


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ({"valeur": "beaucoup", "debut": "2024-01-01"}, "valeur"),
        ({"valeur": "9" * 150, "debut": "2024-01-01"}, "valeur"),
        ({"valeur": "9" * 5_000, "debut": "2024-01-01"}, "valeur"),
        ({"valeur": "0,5", "debut": "bientôt"}, "debut"),
        ({"valeur": "0,5", "debut": "2024-01-01", "fin": "2023-01-01"}, "fin"),
    ],
)
def test_what_is_wrong_in_a_change_names_its_box(said, box):
    with pytest.raises(WrongAnswer) as refused:
        made(RATE, said)
    assert refused.value.box == box
    assert str(refused.value).endswith("."), "a sentence for whoever shows it elsewhere than in the box"


def test_the_value_in_force_is_that_of_the_day():
    assert RATE.on(date(2014, 12, 31)) is None
    assert RATE.on(date(2015, 1, 1)).value == RATE.on(date(2024, 12, 31)).value == 0.45
    assert RATE.on(date(2025, 1, 1)).value is None
