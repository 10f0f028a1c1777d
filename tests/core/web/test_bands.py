import re

import pytest

from parvis.core.web.bands import Band, band
from parvis.core.web.charts import NothingToDraw

OF = Band("year", "p50", ("p17", "p83"), ("p5", "p95"))
NAMES = {"year": "Année", "p5": "5 %", "p17": "17 %", "p50": "Médiane", "p83": "83 %", "p95": "95 %"}


def rows(count=21):
    return [
        {
            "year": 2000 + rank,
            "p5": rank - 2.0,
            "p17": rank - 1.0,
            "p50": rank + 0.5,
            "p83": rank + 1.0,
            "p95": rank + 2.0,
        }
        for rank in range(count)
    ]


def drawn(**more):
    return band(rows(), of=OF, title="Réchauffement", names=NAMES, **more)


def test_a_band_suits_a_strict_page_and_has_one_french_label():
    for svg in drawn().drawings:
        assert "style" not in svg
        assert re.findall(r'aria-[a-z]+="([^"]*)"', svg) == [
            "Réchauffement. De 0,50 (2000) à 20,50 (2020), entre 18,00 et 22,00 dans l'intervalle large."
        ]
        assert set(re.findall(r'stroke="var\((--chart-1)', svg)) == {"--chart-1"}


def test_the_outer_interval_is_drawn_under_the_inner_one_and_the_median_over_both():
    for svg in drawn().drawings:
        assert re.findall(r'fill-opacity="([\d.]+)"', svg) == ["0.2", "0.3"]
        assert svg.rindex("fill-opacity") < svg.rindex('stroke-width="2"')


def test_the_table_twin_may_keep_one_year_in_five_and_says_so():
    chart = drawn(every=5)

    assert [row["year"] for row in chart.rows] == [2000, 2005, 2010, 2015, 2020]
    assert "une année sur 5" in chart.summary
    assert [title for _, title in chart.columns] == list(NAMES.values())


def test_the_last_year_is_always_written_under_the_axis():
    for svg in drawn().drawings:
        assert ">2020</text>" in svg
        assert ">2010</text>" in svg


def test_other_lines_stand_beside_with_their_name():
    others = [{**row, "haut": row["p95"] + 3} for row in rows()]
    wide, narrow = band(others, of=OF, title="R", names=NAMES, beside={"haut": "Hautes"}).drawings

    assert ">Hautes</text>" in wide
    assert 'stroke-dasharray="4,3"' in narrow


def test_years_without_a_median_are_left_out_and_counted():
    holed = [*rows(), {"year": 2021, "p5": None, "p17": None, "p50": None, "p83": None, "p95": None}]

    assert "1 année est sans valeur" in band(holed, of=OF, title="R", names=NAMES).summary.replace(
        "\u202f", " "
    ).replace("\u00a0", " ")
    with pytest.raises(NothingToDraw):
        band(holed[-1:], of=OF, title="R", names=NAMES)
