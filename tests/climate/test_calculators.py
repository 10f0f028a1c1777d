"""The climate's calculators: what they ask of FaIR, and how they tell it."""

import pytest

from parvis.climate.calculators import path, scenarios
from parvis.core.simulators.calculating.computing import asked_of
from parvis.core.simulators.contract import WrongValue


def columns(table):
    return {name: values[0] for (name, _), values in table.entities["monde"].columns.items()}


def test_a_scenario_is_asked_with_all_members():
    assert columns(scenarios.CALCULATOR.table({"scenario": "low"})) == {"scenario": "low", "membres": "841"}
    assert columns(scenarios.CALCULATOR.table({}))["scenario"] == "medium-extension"


def test_an_own_path_is_asked_with_the_small_ensemble_and_only_what_was_answered():
    said = columns(path.CALCULATOR.table({"en_2030": 45, "autres": "low"}))

    assert said == {"scenario": "low", "membres": "100", "baisse_co2_2030": 45.0}


@pytest.mark.parametrize("calculator", [path.CALCULATOR, scenarios.CALCULATOR], ids=lambda one: one.slug)
def test_an_answer_that_is_not_one_is_refused(calculator):
    with pytest.raises(WrongValue):
        calculator.table({"autres": "nul part", "scenario": "nul part"})


def test_a_result_is_told_in_a_sentence_and_drawn_with_its_band(fair):
    outcome = fair.evaluate(asked_of(scenarios.CALCULATOR, {"scenario": "medium-extension"}))
    told = scenarios.CALCULATOR.told(outcome.columns, {})

    assert told.sentence.startswith("En 2100, la planète aurait 2,8\u00a0°C de plus qu'entre 1850 et 1901, entre 2,0")
    warming, emitted = told.charts
    assert warming.rows[-1]["year"] == 2100
    assert emitted.rows[0]["year"] == 1990
    assert "intervalle large" in warming.summary
