"""A reform over the demonstration population is what stock OpenFisca gives, household by household."""

import csv
import math
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from core.simulators.running.sample import effect
from house.people import people
from parvis.core.simulators.reforming.population import stored
from parvis.core.web.page import public

ADDRESS = "/simulateurs/openfisca/reforme/"
BRACKET = "impot_revenu.bareme_ir_depuis_1945.bareme[{}].rate~{}~2024-01-01"
CENT = 0.01

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def oracle(data):
    """Synthetic households: income tax of 2024, and under two reforms, as stock OpenFisca-France computes them."""
    path = data / "models" / "synthetic-households" / "synth_a_households.csv"
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def asked(client, change):
    said = {"calculateur": "impot-sur-le-revenu", "changes": change, "population": "oui", "format": "json"}
    return client.get(ADDRESS, said).json()


@pytest.mark.parametrize(
    ("change", "column"),
    [(BRACKET.format(4, 0.5), "ir_reform_top_rate_50"), (BRACKET.format(1, 0.1), "ir_reform_first_rate_10")],
)
def test_totals_winners_and_losers_are_those_of_stock(client, openfisca, oracle, change, column):
    before = [float(row["impot_revenu_restant_a_payer"]) for row in oracle]
    after = [float(row[column]) for row in oracle]
    differences = [last - first for first, last in zip(before, after, strict=True)]

    population = asked(client, change)["population"]
    found = population["comparison"]

    assert "synthétiques" in population["title"]
    assert (found["households"], found["not_computed"]) == (len(oracle), 0)
    assert math.isclose(found["total_before"], math.fsum(before), abs_tol=CENT * len(oracle))
    assert math.isclose(found["total_after"], math.fsum(after), abs_tol=CENT * len(oracle))
    assert found["winners"] == sum(difference >= 1 for difference in differences)
    assert found["losers"] == sum(difference <= -1 for difference in differences)


def test_deciles_rank_by_disposable_income(client, openfisca, oracle):
    incomes = sorted(float(row["revenu_disponible"]) for row in oracle)

    found = asked(client, BRACKET.format(4, 0.5))["population"]["comparison"]["deciles"]

    assert [decile["households"] for decile in found] == [400] * 10
    for rank, decile in enumerate(found):
        assert decile["low"] == pytest.approx(incomes[400 * rank], abs=CENT)
        assert decile["high"] == pytest.approx(incomes[400 * rank + 399], abs=CENT)


def test_the_csv_counts_a_tax_above_zero_as_the_page_does(client, openfisca, oracle):
    said = {"calculateur": "impot-sur-le-revenu", "changes": BRACKET.format(1, 0.1), "population": "oui"}
    table = b"".join(client.get(ADDRESS, {**said, "format": "csv"}).streaming_content).decode()
    richest = list(csv.DictReader(table.splitlines()))[-1]

    before, after, gain = (float(richest[name]) for name in ("mean_before", "mean_after", "mean_gain"))
    assert 0 < after < before
    assert gain == pytest.approx(before - after)


@pytest.mark.usefixtures("openfisca")
def test_what_a_reform_does_to_the_population_is_read_before_and_after_it_is_published(client):
    client.force_login(people(at=datetime(2026, 11, 23, 9, tzinfo=UTC))["citizen"])
    said = {"calculateur": "impot-sur-le-revenu", "changes": BRACKET.format(1, 0.1), "population": "oui"}
    page = client.get(ADDRESS, said).content.decode()
    form = page.partition('action="/simulateurs/calculs/publier/"')[2]
    given = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    sentence = re.search(r"Sur 4\s000\sménages, [^<]*", page)[0]
    assert "Les montants sont ceux de l’année\u00a02024." in sentence

    preview = client.post("/simulateurs/calculs/publier/", given).content.decode()
    published = client.post("/simulateurs/calculs/publier/", {**given, "publier": "1", "accord": "on"}, follow=True)

    assert sentence in preview
    assert sentence in published.content.decode()
    assert "10e décile" in published.content.decode()


def test_an_effect_published_before_its_period_was_kept_is_still_read():
    said = public(effect())
    del said["period"]

    assert stored(said).when == ""
