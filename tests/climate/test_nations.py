"""The share of a country: from the register's lines, to the warming of two worlds."""

import html
from datetime import UTC, datetime

import numpy as np
import pytest
from django.urls import reverse

from parvis.climate import nations
from parvis.climate.nations import NationPage, Year
from parvis.climate.registers.carbon_budget import REGISTER
from parvis.climate.warming import QUANTILES
from parvis.core.registers import actions as registers
from parvis.core.undertakings.declared import commitments
from parvis.core.undertakings.views import _related

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SERIES = (Year(1960, 100.0, 1000.0, "X"), Year(1961, None, 5000.0, "X"), Year(1962, 50.0, 2000.0, "X"))


def page(**more):
    return NationPage(
        title="La part", code="XXX", name="Exemple", choices=(), series=SERIES, rank=1, because="", **more
    )


def test_a_year_without_an_estimate_counts_neither_for_the_country_nor_for_the_world():
    assert page().share == pytest.approx(5.0)
    assert page().total == pytest.approx(0.150 * 3.664)
    assert [row["part_du_monde"] for row in page().rows()] == [10.0, None, 2.5]


def test_the_country_s_carbon_is_taken_out_of_the_world_in_gigatonnes():
    rows = nations.asked(SERIES).table.entities["monde"].columns

    assert rows["co2_fossile_ajoute", "1960"][0] == pytest.approx(-0.3664)
    assert ("co2_fossile_ajoute", "1961") not in rows


@pytest.mark.parametrize(
    ("values", "words"),
    [((), "pas encore de version"), ((None, None), "aucune estimation"), ((0.0, None), "nulles"), ((0.0, 2.0), "")],
)
def test_why_nothing_is_computed_is_said_as_it_is(values, words):
    said = nations.uncomputed("Exemple", [Year(1960 + rank, value, 9.0, "X") for rank, value in enumerate(values)])

    assert words in said
    assert bool(said) is bool(words)


def test_the_years_told_are_those_of_the_data():
    rows = {(f"effet_ajout_{one}", str(year)): np.array([-0.01]) for one in QUANTILES for year in (1963, 2050, 2060)}

    assert (page().first, page().last) == (1960, 1962)
    assert [one.year for one in nations.effects(rows, page().last)] == ["1963", "2050"]


@pytest.fixture
def emissions(db, data):
    """The register's real release of emissions by country."""
    source = REGISTER.sources[0]
    return registers.publish(register=REGISTER, source=source.slug, path=data / source.demonstration, at=AT)


def test_france_has_emitted_a_fiftieth_of_the_carbon_and_warmed_by_a_hundredth_of_a_degree(emissions, client, fair):
    said = client.get(reverse("climate-nation"), {"format": "json"}).json()
    [effect] = [one for one in said["effects"] if one["year"] == "2019"]

    assert said["name"] == "France"
    assert said["rank"] == 10
    assert said["run"]["identity"]
    assert float(effect["low"].replace(",", ".")) < 9.2 < float(effect["high"].replace(",", "."))
    text = client.get(reverse("climate-nation")).content.decode()
    assert "24,1 Gt de CO2 fossile de 1959 à 2018" in text
    assert text.count("<svg") == 4


def test_an_unknown_country_is_not_found(emissions, client):
    assert client.get(reverse("climate-nation"), {"pays": "ZZZ"}).status_code == 404


def test_without_a_release_the_page_says_what_to_load(db, client):
    answer = client.get(reverse("climate-nation"))

    assert answer.status_code == 200
    assert "n&#x27;a pas encore de version" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "calculer/rechauffement/", "calculer/ma-trajectoire/"])
def test_whoever_reads_of_the_model_is_led_to_the_share_of_a_country(client, fair, place):
    page = client.get(f"/simulateurs/fair/{place}").content.decode()

    assert f'href="{reverse("climate-nation")}"' in page


@pytest.mark.django_db
def test_the_card_says_that_fair_s_cases_are_not_its_authors(client, fair):
    page = html.unescape(client.get("/simulateurs/fair/").content.decode())

    assert "ne viennent pas de ceux qui écrivent le modèle" in page


@pytest.mark.django_db
def test_commitment_25_leads_to_the_share_of_a_country():
    said = next(one for one in commitments("france-2015-2017") if one.number == 25)

    assert reverse("climate-nation") in [address for _, address in _related(said.related)]
