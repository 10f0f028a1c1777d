import re
from datetime import date
from decimal import Decimal

import pytest
from django.template import engines

from parvis.core.web import charts, mercator

BUYERS = [
    {"buyer": "Ville de <Lyon>", "amount": Decimal("1500000.50")},
    {"buyer": "Département & région", "amount": Decimal(3500)},
    {"buyer": "Sans montant", "amount": None},
]


def buyers():
    return charts.bar(
        BUYERS, x="buyer", y="amount", title="Acheteurs", names={"buyer": "Acheteur", "amount": "Montant (€)"}
    )


def months():
    rows = [{"month": date(2020, 1 + rank, 1), "n": rank * 1000} for rank in range(12)]
    return charts.line(rows, x="month", y="n", title="Marchés par mois")


def towns():
    rows = [
        {"town": "Lille", "lat": 50.63, "lon": 3.06, "n": 10},
        {"town": "Marseille", "lat": 43.30, "lon": 5.37, "n": 30},
        {"town": "Saint-Denis (La Réunion)", "lat": -20.88, "lon": 55.45, "n": 20},
    ]
    return charts.points_map(rows, latitude="lat", longitude="lon", size="n", label="town", title="Par commune")


@pytest.mark.parametrize("make", [buyers, months, towns])
def test_a_drawing_suits_a_strict_page(make):
    for svg in make().drawings:
        assert "style=" not in svg
        assert "<style" not in svg
        assert "xlink" not in svg
        assert len(svg) < 40_000


@pytest.mark.parametrize("make", [buyers, months, towns])
def test_a_drawing_has_one_french_label_and_no_english_one(make):
    chart = make()
    for svg in chart.drawings:
        labels = re.findall(r'aria-[a-z]+="([^"]*)"', svg)
        assert len(labels) == 1
        assert labels[0].startswith(f"{chart.title}. De ")
        assert svg.count("role=") == 1


def test_colours_are_tokens_so_that_dark_mode_and_print_follow():
    for svg in buyers().drawings:
        assert set(re.findall(r'fill="([^"]+)"', svg)) <= {"none", "var(--chart-1,#0b5d57)", "var(--ink,#1d1b18)"}


def test_numbers_are_french_and_texts_are_escaped():
    svg = buyers().drawings[0]
    assert "1,5\u00a0M" in svg
    assert "Ville de &lt;Lyon&gt;" in svg


def test_rows_of_the_same_name_keep_each_its_bar():
    rows = [{"buyer": "Alpes", "amount": amount} for amount in (3, 2, 1)]
    svg = charts.bar(rows, x="buyer", y="amount", title="Acheteurs").drawings[0]
    bars = re.findall(r'd="M0,([\d.]+)h', svg)
    assert len(set(bars)) == 3


def test_a_row_without_a_number_is_said_and_kept_in_the_table():
    chart = buyers()
    assert chart.summary.endswith("1\u00a0ligne est seulement dans le tableau.")
    assert [cell.text for cell in chart.cells()[2]] == ["Sans montant", "non renseigné"]


def test_the_table_twin_has_every_row(rf):
    html = engines["django"].from_string("{% chart chart %}").render({"chart": buyers()}, rf.get("/"))
    assert html.count("<tr>") == 4
    assert '<th scope="col">Montant (€)</th>' in html
    assert '<td class="num">1\u202f500\u202f000,5</td>' in html


def test_a_long_table_twin_says_what_it_leaves(rf):
    rows = [{"town": f"Commune {rank}", "n": rank} for rank in range(130)]
    chart = charts.bar(rows, x="town", y="n", title="Communes")
    html = engines["django"].from_string("{% chart chart %}").render({"chart": chart}, rf.get("/"))
    assert html.count("<tr>") == 101
    assert "30\u00a0lignes de plus" in html
    assert "90\u00a0lignes sont seulement dans le tableau." in chart.summary


def test_the_same_rows_are_drawn_once(settings):
    first = buyers()
    folder = settings.PARVIS_HOME / "charts"
    kept = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert buyers() == first
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == kept


def test_a_missing_month_interrupts_the_line():
    def paths(months):
        rows = [{"month": date(2020, month, 1), "n": month} for month in months]
        svg = charts.line(rows, x="month", y="n", title="Marchés").drawings[0]
        return max(path.count("M") for path in re.findall(r' d="([^"]+)"', svg))

    assert paths([1, 2, 3, 4, 5, 6]) == 1
    assert paths([1, 2, 5, 6]) == 2


def test_what_lies_outside_the_map_is_said():
    assert "1\u00a0ligne est seulement dans le tableau." in towns().summary


def test_the_extremes_of_a_map_are_those_of_its_points():
    rows = [
        {"town": "Lyon", "lat": 45.76, "lon": 4.84, "contracts": 8},
        {"town": "Brest", "lat": 48.39, "lon": -4.49, "contracts": 2},
        {"town": "lieu non placé", "lat": None, "lon": None, "contracts": 7000},
    ]
    placed = charts.points_map(rows, latitude="lat", longitude="lon", size="contracts", label="town", title="Où ?")
    assert placed.summary.startswith("De 2 (Brest) à 8 (Lyon).")


def test_measures_of_one_day_are_not_told_by_the_hour():
    same = [{"day": date(2026, 11, 23), "value": value} for value in (79, 80)]
    assert not re.search(r"\d [AP]M", charts.line(same, x="day", y="value", title="Mesures").drawings[0])


def test_a_chart_of_nothing_is_refused():
    with pytest.raises(charts.NothingToDraw, match="Aucune ligne n'a de valeur dans « amount »"):
        charts.bar(BUYERS[2:], x="buyer", y="amount", title="Rien")


def test_mercator_puts_north_above_and_keeps_angles():
    frame = mercator.METROPOLE
    lille, marseille = frame.place(50.63, 3.06), frame.place(43.30, 5.37)
    assert lille[1] < marseille[1]
    # One degree of latitude at 45° is 1/cos(45°) times as long as one of longitude.
    (x0, y0), (x1, _), (_, y1) = frame.place(45, 2), frame.place(45, 4), frame.place(47, 2)
    assert (y0 - y1) / (x1 - x0) == pytest.approx(1.44, abs=0.02)
