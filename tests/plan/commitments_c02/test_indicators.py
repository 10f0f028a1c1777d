"""Commitment 2's indicators: numbers known by hand, and rows that never diverge from the number."""

from datetime import date

import pytest

from parvis.core.registers.questions import ask, connect
from parvis.core.undertakings.functions import opened
from parvis.core.undertakings.indicators import Gauge
from parvis.core.undertakings.measuring import measure
from parvis.plan.commitments.c02_public_procurement.indicators import INDICATORS
from parvis.plan.commitments.c02_public_procurement.interruptions import easter, working_days

BY_SLUG = {indicator.slug: indicator for indicator in INDICATORS}
CITY = "21690123100011"
WHOLE = {
    "buyer_id": CITY,
    "object": "Rue",
    "cpv": "45233000",
    "procedure": "Appel d'offres ouvert",
    "place_code": "69001",
    "duration_months": 12,
    "amount": 1_000,
    "notified_on": date(2024, 1, 31),
    "published_on": date(2024, 3, 31),
}


def value(slug, folder):
    reading = measure(BY_SLUG[slug], {"procurement": [folder]})
    return reading.value if reading.value is None else pytest.approx(reading.value)


def held(uid, supplier="47889048600044", **fields):
    return {"uid": uid, "supplier_id": supplier, **fields}


def test_two_months_are_counted_to_the_day_and_an_unknown_date_is_neither_kept_nor_broken(released):
    folder = released(
        [
            {**WHOLE, "uid": "to the day"},
            {**WHOLE, "uid": "a day late", "published_on": date(2024, 4, 1)},
            {**WHOLE, "uid": "no date", "published_on": None},
            {**WHOLE, "uid": "before", "published_on": date(2024, 1, 1)},
            {**WHOLE, "uid": "concession", "kind": "concession"},
        ]
    )

    assert value("publies-dans-les-deux-mois", folder) == 50
    assert value("dates-connues", folder) == 50


def test_completeness_counts_cells_and_names_the_missing_ones(released):
    folder = released(
        [{**WHOLE, "uid": "whole"}, {**WHOLE, "uid": "half", "amount": None, "cpv": None}], [held("whole")]
    )

    assert value("dix-donnees-essentielles", folder) == 100 * (10 + 7) / 20
    with connect({"procurement": [folder]}) as connection:
        rows = ask(connection, BY_SLUG["dix-donnees-essentielles"].rows_sql).records()
        assert [row["manquantes"] for row in rows] == [["CPV", "montant", "titulaire"], []]


@pytest.mark.parametrize(
    ("buyer", "suppliers", "expected"),
    [
        (CITY, [held("C")], 100),
        (CITY, [held("C"), held("C", "35600000000048")], 100),  # La Poste has its own key
        (CITY, [held("C"), held("C", "FR12345678901", supplier_id_type="TVA")], 100),  # a foreign number
        (CITY, [held("C"), held("C", "12345678901234")], 0),  # one wrong key
        (CITY, [held("C", "00083418700999")], 0),  # the key of the SIRET is right, that of its SIREN is not
        (CITY, [held("C", None)], 0),
        (CITY, [], 0),
        ("216901231", [held("C")], 0),  # a SIREN
    ],
)
def test_a_contract_is_identified_when_both_sides_are(released, buyer, suppliers, expected):
    assert (
        value("identifies-des-deux-cotes", released([{**WHOLE, "uid": "C", "buyer_id": buyer}], suppliers)) == expected
    )


def test_single_bids_are_looked_for_where_competition_was(released):
    direct = "Marché passé sans publicité ni mise en concurrence préalable"
    folder = released(
        [
            {**WHOLE, "uid": "one", "bids_received": 1},
            {**WHOLE, "uid": "four", "bids_received": 4},
            {**WHOLE, "uid": "direct", "bids_received": 1, "procedure": direct},
            {**WHOLE, "uid": "unknown"},
        ]
    )

    assert value("offres-uniques", folder) == 50


def test_buyers_and_platforms_are_counted_once(released):
    rows = [
        {**WHOLE, "uid": "1", "source": "a"},
        {**WHOLE, "uid": "2", "source": "b"},
        {**WHOLE, "uid": "3", "buyer_id": "13001898900017", "source": "b"},
    ]
    folder = released(rows)

    assert (value("acheteurs-presents", folder), value("plateformes", folder)) == (2, 2)


def test_freshness_is_the_age_of_the_last_publication_when_its_file_was_loaded(released):
    folder = released([{**WHOLE, "uid": "1"}])
    with connect({"procurement": [folder]}) as connection:
        dated = BY_SLUG["fraicheur"].sql.replace("procurement.releases", "dated")
        (found,) = connection.execute(
            f"with dated as (select * replace (timestamp '2024-04-10' as loaded_at) from procurement.releases) "
            f"select value from ({dated})"
        ).fetchone()

    assert found == 10


PUBLISHED = [date(2024, 4, 29), date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 14)]


def test_an_interruption_counts_working_days_only_and_the_longest_makes_the_number(released):
    folder = released([{**WHOLE, "uid": str(rank), "published_on": day} for rank, day in enumerate(PUBLISHED)])
    slug = "plus-longue-interruption"
    with opened({"procurement": [folder]}, BY_SLUG[slug].function) as connection:
        rows = ask(connection, BY_SLUG[slug].rows_sql).rows

    # From 1 to 13 May 2024: two holidays on a Wednesday (1st and 8th), Ascension (Thursday 9th), four week-end days.
    assert rows == (
        ("release", date(2024, 4, 29), date(2024, 4, 30), 0),
        ("release", date(2024, 4, 30), date(2024, 5, 14), 6),
    )
    assert value(slug, folder) == 6


def test_a_wrong_date_among_two_hundred_makes_no_interruption(released):
    days = [date(2024, 4, 29 + rank % 2) for rank in range(200)]
    wrong = [date(2031, 1, 2), date(2011, 1, 2)]
    rows = [{**WHOLE, "uid": str(rank), "published_on": day} for rank, day in enumerate(days + wrong)]

    assert value("plus-longue-interruption", released(rows)) == 0


def test_without_two_publication_days_the_interruption_is_unknown(released):
    reading = measure(BY_SLUG["plus-longue-interruption"], {"procurement": [released([{**WHOLE, "uid": "1"}])]})

    assert (reading.value, reading.units, reading.because) == (None, 0, "Aucune ligne à compter.")


@pytest.mark.parametrize(
    "day", [date(1961, 4, 2), date(2000, 4, 23), date(2008, 3, 23), date(2019, 4, 21), date(2038, 4, 25)]
)
def test_easter_falls_on_the_known_sundays(day):
    assert easter(day.year) == day


def test_the_new_year_of_2019_had_three_working_days_in_its_week():
    assert working_days(date(2018, 12, 31), date(2019, 1, 5)) == 3


def test_on_a_real_file_of_2019_buyers_stopped_for_three_working_days_at_most(real_folders):
    with opened({"procurement": [real_folders["pes"]]}, BY_SLUG["plus-longue-interruption"].function) as connection:
        longest = ask(connection, "select apres_le, avant_le, jours from counted order by jours desc limit 1").rows

    assert longest == ((date(2018, 9, 18), date(2018, 9, 24), 3),)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.slug)
def test_the_number_is_the_aggregate_of_its_rows_on_real_files(indicator, real_folders):
    folders = {"procurement": list(real_folders.values())}
    reading = measure(indicator, folders)
    with opened(folders, indicator.function) as connection:
        rows = ask(connection, indicator.rows_sql)
        (again,) = connection.execute(f"select {indicator.value} from ({indicator.rows_sql})").fetchone()

    assert reading.units == len(rows.rows) > 0
    assert reading.value == (None if again is None else pytest.approx(float(again)))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.slug)
def test_an_indicator_without_release_has_no_value_and_says_why(indicator):
    reading = measure(indicator, {"procurement": []})

    assert reading.value is None
    assert "procurement" in reading.because


def test_a_target_has_its_text_and_a_number_without_target_says_why():
    for indicator in INDICATORS:
        assert bool(indicator.target_source) == (indicator.target is not None)
        assert indicator.target is not None or "Sans" in indicator.summary


def test_both_gauges_are_fed_and_every_milestone_is_of_this_commitment():
    assert {indicator.gauge for indicator in INDICATORS} >= {Gauge.DONE, Gauge.OPENED}
    assert all(milestone.startswith("E02-") for indicator in INDICATORS for milestone in indicator.milestones)
