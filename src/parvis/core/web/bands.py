"""A number that is uncertain, along years: its median, and the two intervals where most of the answers lie."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from parvis.core import french
from parvis.core.web import charts
from parvis.core.web.charts import NARROW, WIDE, Chart, NothingToDraw, Row, Spec
from parvis.core.web.drawing import INK, QUIET, SERIES, draw

LABELLED: Final = 92
"""Pixels kept at the right for the names of the lines."""


STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Years between two labels of the axis."""


class Band(NamedTuple):
    """The keys of a row that draw it. The outer interval holds the inner one."""

    x: str  # a year
    median: str
    inner: tuple[str, str]  # low and high
    outer: tuple[str, str]


def band(  # noqa: PLR0913 -- all are named
    rows: Iterable[Row],
    *,
    of: Band,
    title: str,
    names: Mapping[str, str],
    beside: Mapping[str, str] | None = None,
    every: int = 1,
) -> Chart:
    """Draw a median along years over its two intervals, and thin lines for the keys of `beside`, each with its name.

    `names` gives the French title, with its unit, of every key that the table twin shows; it has one year in `every`,
    counted from the last. A year without its median is left out, and their number is said.
    """
    kept = tuple(rows)
    drawn = [row for row in kept if row[of.median] is not None]
    if not drawn:
        raise NothingToDraw(f"Aucune année n'a de valeur dans « {of.median} » : rien à dessiner.")
    summary = said(drawn, of, len(kept) - len(drawn), every)
    drawings = tuple(
        draw(specification(drawn, of, beside or {}, width), f"{title}. {summary}", f"drawing {css_class}")
        for width, css_class in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    columns = tuple((key, label) for key, label in names.items() if key in kept[0])
    return Chart(title, summary, columns, kept[(len(kept) - 1) % every :: every], drawings)


def said(drawn: list[Row], of: Band, left: int, every: int) -> str:
    """Say the first and the last median, with the last outer interval, and what the table leaves out."""
    first, last = drawn[0], drawn[-1]
    low, high = (decimal(last[key]) for key in of.outer)
    ends = " à ".join(f"{decimal(row[of.median])} ({row[of.x]})" for row in (first, last))
    parts = [f"De {ends}, entre {low} et {high} dans l'intervalle large."]
    if every > 1:
        parts.append(f"Le tableau donne une année sur {every}.")
    if left:
        parts.append(f"{french.count(left, 'année est,années sont')} sans valeur.")
    return " ".join(parts)


def decimal(value: object) -> str:
    assert isinstance(value, int | float), f"{value!r} n'est pas un nombre"
    return french.number(value, 2)


def specification(drawn: list[Row], of: Band, beside: Mapping[str, str], width: int) -> Spec:
    shown = {of.x, of.median, *of.inner, *of.outer, *beside}
    values = [{key: row[key] for key in shown} for row in drawn]
    years = [row[of.x] for row in drawn]
    axis = {"title": None, "grid": False, "format": "d", "values": ticks(years, 8 if width == WIDE else 5)}
    x = {"field": of.x, "type": "quantitative", "scale": {"zero": False, "nice": False}, "axis": axis}
    return {
        "width": width - 52 - (LABELLED if beside and width == WIDE else 0),
        "height": 260 if width == WIDE else 220,
        "data": {"values": values},
        "layer": [
            area(x, of.outer, 0.18),
            area(x, of.inner, 0.3),
            *(thin for key, label in beside.items() for thin in thin_line(x, key, label, values[-1], width)),
            line(x, of.median, {"color": SERIES[0], "strokeWidth": 2}),
        ],
    }


def ticks(years: list[Any], most: int) -> list[int]:
    """Return round years to write under the axis, the last one always among them."""
    first, last = years[0], years[-1]
    step = next(step for step in STEPS if (last - first) // step < most)
    return list(range(last, first - 1, -step))


def area(x: Mapping[str, Any], keys: tuple[str, str], opacity: float) -> Spec:
    low, high = keys
    return {
        "mark": {"type": "area", "color": SERIES[0], "fillOpacity": opacity},
        "encoding": {"x": x, "y": upright(low), "y2": {"field": high}},
    }


def line(x: Mapping[str, Any], key: str, style: Mapping[str, Any]) -> Spec:
    return {"mark": {"type": "line", **style}, "encoding": {"x": x, "y": upright(key)}}


def thin_line(x: Mapping[str, Any], key: str, label: str, last: Mapping[str, object], width: int) -> list[Spec]:
    """Return a thin line, and on wide screens its name where it ends."""
    drawn = line(x, key, {"color": QUIET, "strokeWidth": 1, "strokeDash": [4, 3]})
    text = {
        "type": "text",
        "align": "left",
        "dx": 6,
        "text": label,
        "fontSize": 12,
        "color": INK,
        "limit": LABELLED - 6,
    }
    end = {"data": {"values": [dict(last)]}, "mark": text, "encoding": {"x": x, "y": upright(key)}}
    return [drawn, end] if width == WIDE else [drawn]


def upright(key: str) -> dict[str, Any]:
    axis = {"title": None, "labelExpr": charts.SHORT, "tickCount": 5, "domain": False, "ticks": False}
    return {"field": key, "type": "quantitative", "axis": axis, "scale": {"zero": False}}
