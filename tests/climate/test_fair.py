"""FaIR gives the quantiles that its own package gave us, the same bits each time, fast, and says why."""

import csv
import os
import subprocess
from collections import defaultdict

import numpy as np
import pytest
from django.urls import reverse

from climate.conftest import BAND, worlds
from parvis.core.simulators.contract import Change, RefusedInput, UnknownField, WrongPeriod, WrongValue
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.identity import Asked
from parvis.core.simulators.units import written

ROUNDED = 1e-5
"""K: the expected quantiles have five decimals."""


@pytest.fixture(scope="module")
def oracle(data):
    """The expected quantiles of warming, computed with the package fair 2.2.5, by scenario, output and year."""
    found = defaultdict(dict)
    with (data / "models/climate/fair/expected_quantiles.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found[row["scenario"]][f"rechauffement_p{row['quantile']}", row["year"]] = float(
                row["gsat_anomaly_1850_1901"]
            )
    return found


def test_the_api_gives_every_year_of_a_period(ask, client):
    name, world = "rechauffement_p50", {"scenario": {"ETERNITY": "low"}, "membres": {"ETERNITY": "841"}}
    asked = {"situations": [{"mondes": {"m": world}}], "outputs": [name], "period": "2098:2100"}
    answer = client.post(reverse("api:calculate", kwargs={"engine": "fair"}), asked, content_type="application/json")
    expected = ask("2098:2100", name, scenario=["low"], membres=["841"]).columns

    (found,) = answer.json()["results"][0]["mondes"].values()
    assert list(found[name]) == ["2098", "2099", "2100"]
    assert found[name] == {year: pytest.approx(values[0]) for (_, year), values in expected.items()}


@pytest.mark.parametrize("scenario", ["verylow", "low", "medium-extension", "high-extension"])
def test_the_841_members_give_the_quantiles_of_the_package(scenario, ask, oracle):
    found = ask("1850:2300", scenario=[scenario]).columns

    assert found.keys() == oracle[scenario].keys()
    assert max(abs(found[key][0] - expected) for key, expected in oracle[scenario].items()) <= ROUNDED


def test_its_own_cases_compare_with_fair_itself(fair):
    first = next(iter(fair.cases(1)))

    assert first.name.startswith("FAIR.run")
    assert first.is_passed, first.message


def test_a_world_has_the_same_bits_alone_and_among_others(ask):
    together = ask("2000:2100", baisse_co2_2030=[45.0, 10.0], membres=["100", "841"]).columns
    alone = [
        ask("2000:2100", baisse_co2_2030=[cut], membres=[members]).columns
        for cut, members in ((45.0, "100"), (10.0, "841"))
    ]

    for key, values in together.items():
        assert values.tobytes() == np.concatenate([one[key] for one in alone]).tobytes()


def test_what_was_computed_in_advance_is_what_is_computed(ask):
    # Carbon added after the years asked makes the world its own, and changes none of them.
    stored = ask("2000:2099", scenario=["low"]).columns
    computed = ask("2000:2099", scenario=["low"], co2_fossile_ajoute_en_2200=[1.0]).columns

    assert all(values.tobytes() == computed[key].tobytes() for key, values in stored.items())


def test_an_own_path_passes_by_the_levels_asked(ask):
    said = ask("2022:2060", "emissions_co2_fossile", baisse_co2_2030=[20.0], neutralite_co2=[2050.0]).columns
    path = {int(year): values[0] for (_, year), values in said.items()}

    assert path[2030] == pytest.approx(0.8 * path[2022])
    assert path[2026] == pytest.approx((path[2022] + path[2030]) / 2)
    assert [path[year] for year in range(2050, 2061)] == [0] * 11


def test_carbon_added_warms_by_what_the_two_worlds_differ(ask):
    outputs = ("effet_ajout_p5", "effet_ajout_p50", "effet_ajout_p95", "rechauffement_p50")
    rows = {"co2_fossile_ajoute_en_2000": [100.0, -100.0, 0.0]}
    found = {name: ask("2050", *outputs, **rows).columns[name, "2050"] for name in outputs}

    assert found["effet_ajout_p50"][0] > 0 > found["effet_ajout_p50"][1]
    assert found["effet_ajout_p5"][0] < found["effet_ajout_p50"][0] < found["effet_ajout_p95"][0]
    assert [found[name][2] for name in outputs[:3]] == [0, 0, 0]
    # The transient response to cumulative emissions is 0.27 to 0.63 K per 1,000 Gt CO2 (IPCC AR6, WG1, SPM D.1.1).
    assert 0.027 <= found["effet_ajout_p50"][0] <= 0.063


@pytest.mark.parametrize(
    ("columns", "period", "refusal", "words"),
    [
        ({"scenario": ["bas"]}, "2100", WrongValue, "medium-extension"),
        ({"scenari": ["low"]}, "2100", UnknownField, "scenario"),
        ({"baisse_co2_2030": [500.0]}, "2100", WrongValue, "150"),
        ({"baisse_co2_2030": ["beaucoup"]}, "2100", WrongValue, "nombre"),
        ({"baisse_co2_2030": [float("inf")]}, "2100", WrongValue, "150"),
        ({"baisse_co2_2050": [50.0], "neutralite_co2": [2040.0]}, "2100", RefusedInput, "2040"),
        ({"co2_fossile_ajoute_en_1200": [1.0]}, "2100", WrongPeriod, "1850"),
        ({"scenario": ["low"]}, "demain", WrongPeriod, "2000:2100"),
        ({"scenario": ["low"]}, "2100:2000", WrongPeriod, "intervalle"),
        ({"scenario": ["low"] * 401}, "2100", RefusedInput, "400"),
    ],
)
def test_what_it_cannot_compute_is_refused_with_what_to_change(columns, period, refusal, words, ask):
    with pytest.raises(refusal, match=words):
        ask(period, **columns)


def test_an_output_or_a_change_that_it_does_not_know_is_refused(ask, fair):
    from datetime import date

    with pytest.raises(UnknownField, match="rechauffement_p50"):
        ask("2100", "rechauffement_p51", scenario=["low"])
    change = Change("sensibilite", 3.0, date(2020, 1, 1))
    with pytest.raises(UnknownField, match="sensibilite"):
        fair.evaluate(Asked("fair", worlds(scenario=["low"]), BAND, "2100", (change,)))


def test_it_explains_a_year_by_the_forcing_of_each_group(fair):
    asked = Asked("fair", worlds(scenario=["low"], baisse_co2_2030=[20.0]), BAND, "2000:2100")
    few, whole = (fair.explain(asked, "rechauffement_p50", whole=one) for one in (False, True))
    total, *parts = few[1:]

    assert few[0].value == fair.evaluate(asked).columns["rechauffement_p50", "2100"][0]
    assert [abs(one.value) for one in parts] == sorted((abs(one.value) for one in parts), reverse=True)
    assert sum(one.value for one in parts) == pytest.approx(total.value, abs=0.1)
    assert all(one.refs or one.is_given or one.name == "baisse_co2_2030" for one in whole)
    assert sum(one.left for one in few) == len(whole) - len(few)


def test_it_tells_what_was_given_as_it_was_given(fair):
    said = {"baisse_co2_2030": 45.0, "baisse_co2_2050": 90.0, "neutralite_co2": 2055.0}
    asked = Asked("fair", worlds(scenario=["low"], **{name: [value] for name, value in said.items()}), BAND, "2100")

    given = [one for one in fair.explain(asked, "rechauffement_p50", whole=True) if one.is_given]

    assert {one.name: one.value for one in given} == {"scenario": "low", **said}
    assert written(given[-1].value, given[-1].unit) == "2055"


def test_it_asks_first_what_moves_the_answer_most(fair, ask):
    def moved(**extremes):
        rows = {"baisse_co2_2050": [20.0] * 2, "membres": ["100"] * 2, **extremes}
        low, high = ask("2100", "rechauffement_p50", **rows).columns["rechauffement_p50", "2100"]
        return abs(low - high)

    moves = {
        "scenario": moved(scenario=["verylow", "high-extension"]),
        "baisse_co2_2030": moved(baisse_co2_2030=[-50.0, 100.0]),
        "neutralite_co2": moved(neutralite_co2=[2055.0, 2100.0]),
    }
    asked = Asked("fair", worlds(baisse_co2_2050=[20.0]), ("rechauffement_p50",), "2100")

    assert fair.missing(asked) == (*sorted(moves, key=moves.get, reverse=True), "membres")


def test_without_the_files_of_the_ensemble_it_says_which_are_missing(fair, tmp_path):
    (tmp_path / "image").mkdir()
    engine = installing.installed(fair.declared)
    words = installing.command(
        engine, "parvis.core.simulators.hosting.preparing", fair.declared.module, str(tmp_path), ""
    )
    answer = subprocess.run(
        words, env={**os.environ, "PARVIS_DATA": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert answer.returncode != 0
    assert "calibrated_constrained_parameters_calibration1.4.1.csv" in answer.stderr
    assert "Traceback" not in answer.stderr
