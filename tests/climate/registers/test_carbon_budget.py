"""The carbon budget's real files: units kept, conversions named, nothing turned into zero."""

import duckdb
import pytest

from parvis.climate.registers.carbon_budget import CO2_OF_CARBON, REGISTER
from parvis.climate.registers.carbon_budget.reading import UnknownFile
from parvis.core.registers.checking import check


@pytest.fixture(scope="module")
def files(data, tmp_path_factory):
    """The published files of each source: `files("pays", "territorial")` gives a table to query."""
    made = {}
    for source in REGISTER.sources:
        folder = tmp_path_factory.mktemp(source.slug)
        made[source.slug] = (folder, check(REGISTER, data / source.demonstration, folder).tables)

    def asked(source, sql):
        folder, tables = made[source]
        places = {table: f"'{path}'" for table, path in tables.items()} | {"defects": f"'{folder}/defects.parquet'"}
        return duckdb.connect().execute(sql.format(**places)).fetchall()

    return asked


def test_every_line_is_published(files):
    assert files("pays", "select count(*) from {territorial}") == [(13_800,)]
    assert files("combustibles", "select count(*) from {fuels}") == [(360,)]
    assert files("monde", "select count(*), min(year), max(year) from {budget}") == [(269, 1750, 2018)]


def test_a_country_is_told_from_a_set_of_countries(files):
    assert files("pays", "select is_country, count(distinct code) from {territorial} group by all order by all") == [
        (False, 16),
        (True, 214),
    ]


def test_carbon_is_kept_and_its_dioxide_is_beside_it(files):
    [(carbon, dioxide)] = files("pays", "select emissions, emissions_co2 from {territorial} where id = 'FRA-2018'")

    assert carbon == 92.225
    assert dioxide == pytest.approx(92.225 * CO2_OF_CARBON)


def test_what_has_no_estimate_stays_empty_and_is_said(files):
    said = files("pays", "select rule, count(*) from {defects} group by all order by all")

    assert said == [("emissions-negatives", 14), ("pas-d-estimation", 644)]
    assert files("pays", "select count(*) from {territorial} where emissions is null") == [(644,)]


def test_countries_add_up_to_the_world_and_fuels_to_a_little_less(files):
    fuels = (
        "select max(total - parts), max((total - parts) / total) from (select year, "
        "sum(emissions) filter (fuel <> 'Total') as parts, sum(emissions) filter (fuel = 'Total') as total "
        "from {fuels} group by year)"
    )
    [(gap, share)] = files("combustibles", fuels)
    assert gap == 50  # MtC, in 1990: the source's own, said in the register's limits
    assert share < 0.01
    world = (
        "select max(abs(parts - world) / world) from (select "
        "sum(emissions) filter (is_country or code in ('Bunkers', 'Statistical Difference')) as parts, "
        "any_value(emissions) filter (code = 'World') as world from {territorial} group by year)"
    )
    assert files("pays", world)[0][0] < 0.005


def test_a_file_that_is_none_of_the_three_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("pays;tonnes\nFRA;3\n")

    with pytest.raises(UnknownFile, match="Rien n'a été gardé"):
        check(REGISTER, tmp_path / "other.csv", tmp_path)
