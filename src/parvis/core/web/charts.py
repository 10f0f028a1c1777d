"""Drawings of plain rows: bars, lines and maps of points, each with its table twin.

Rows are mappings; `x`, `y` and the like name their keys; `names` gives the keys' French titles, with units.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Final

from django.utils.safestring import SafeString

from parvis.core import french
from parvis.core.errors import ParvisError
from parvis.core.web import mercator
from parvis.core.web.drawing import INK, PAPER, QUIET, SERIES, draw
from parvis.core.web.page import HTML_ONLY

Row = Mapping[str, object]
Spec = dict[str, Any]

WIDE, NARROW = 640, 292
"""Widths in pixels: a text column, and a telephone of 320 px less its margins. Both are drawn; CSS shows one."""

SHORT: Final = (
    "abs(datum.value)>=1e9?format(datum.value/1e9,',.2~f')+'\u00a0Md'"
    ":abs(datum.value)>=1e6?format(datum.value/1e6,',.2~f')+'\u00a0M'"
    ":format(datum.value,',.2~f')"
)
"""A number on an axis, short, in French (Vega's own short form says G for milliard)."""

GAP: Final = "break-paths-filter-domains"
"""Vega-Lite's name for: a missing value interrupts the line, and is no zero."""

LABEL_WIDTH = 236
"""Pixels of a bar's label on wide screens, with room to spare: the reader's font may be wider than ours."""

MANY, MANY_POINTS, MANY_BUBBLES = 40, 60, 400
"""Bars, points of a line and bubbles beyond which a drawing is not read any more: the table has them all."""

MANY_CELLS = 100
"""Rows of the table twin: the page's JSON and CSV have them all."""


class NothingToDraw(ParvisError):
    """A chart was asked of rows that hold no number."""


@dataclass(frozen=True)
class Chart:
    """A drawing and its twin: the same rows as a table."""

    title: str
    summary: str
    """What the drawing shows, in a sentence: extremes, and what is left out of it."""
    columns: tuple[tuple[str, str], ...]
    """Key and French title of each column of the table."""
    rows: tuple[Row, ...]
    drawings: tuple[SafeString, ...] = field(metadata=HTML_ONLY)
    """SVG: one for wide screens and one for narrow ones, or one for both."""

    def cells(self) -> list[list["Cell"]]:
        """Return the table twin, written in French: its first rows, since a page must stay light."""
        return [[_cell(row[key]) for key, _ in self.columns] for row in self.rows[:MANY_CELLS]]

    def left(self) -> int:
        """Return how many rows the table twin leaves to the downloads."""
        return max(0, len(self.rows) - MANY_CELLS)


@dataclass(frozen=True)
class Cell:
    """A cell of the table twin."""

    text: str
    is_number: bool


def bar(rows: Iterable[Row], *, x: str, y: str, title: str, names: Mapping[str, str] | None = None) -> Chart:
    """Draw one horizontal bar a row, in the order given: `x` is the label, `y` the number at the bar's end."""
    kept = tuple(rows)
    drawn: list[Spec] = [{"label": _label(row[x]), "value": _float(row[y])} for row in _with_numbers(kept, y)[:MANY]]
    for rank, one in enumerate(drawn):
        # A bar below zero has its number on the other side of zero, where there is room.
        one.update(rank=rank, text=_short(one["value"]), end=max(one["value"], 0))
    summary = _extremes(kept, x, y, left=len(kept) - len(drawn))
    drawings = (
        draw(_bars(drawn, WIDE), f"{title}. {summary}", "drawing wide"),
        draw(_bars_under_labels(drawn, NARROW), f"{title}. {summary}", "drawing narrow"),
    )
    return Chart(title, summary, _columns(kept, names), kept, drawings)


def line(  # noqa: PLR0913 -- all are named
    rows: Iterable[Row],
    *,
    x: str,
    y: str,
    title: str,
    series: str | None = None,
    names: Mapping[str, str] | None = None,
) -> Chart:
    """Draw a number (`y`) along days, months, years or decimals (`x`), one line for each value of `series`."""
    kept = tuple(rows)
    drawn: list[Spec] = [
        {"x": _place(row[x]), "value": _float(row[y]), "series": _label(row[series]) if series else ""}
        for row in _with_numbers(kept, y)
    ]
    summary = _extremes(kept, x, y, left=len(kept) - len(drawn))
    is_time = all(isinstance(row[x], date) for row in kept) and len({row[x] for row in kept}) > 1
    is_measured = all(isinstance(row[x], float) for row in kept)  # a year is an integer, and a name
    scale = "temporal" if is_time else "quantitative" if is_measured else "ordinal"
    if scale == "temporal" and all(one["x"].endswith("-01") for one in drawn):
        drawn = _with_gaps(drawn)
    drawings = tuple(
        draw(
            _lines(drawn, width, scale, with_series=series is not None), f"{title}. {summary}", f"drawing {css_class}"
        )
        for width, css_class in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return Chart(title, summary, _columns(kept, names), kept, drawings)


def points_map(  # noqa: PLR0913 -- a map has two coordinates, and all are named
    rows: Iterable[Row],
    *,
    latitude: str,
    longitude: str,
    size: str,
    label: str,
    title: str,
    names: Mapping[str, str] | None = None,
) -> Chart:
    """Draw a bubble a row at its latitude and longitude (WGS 84 degrees), its area being `size`.

    The frame is metropolitan France and Corsica; rows outside it are in the table, and their number is said.
    """
    kept = tuple(rows)
    placed = [row for row in _with_numbers(kept, size) if row[latitude] is not None and row[longitude] is not None]
    inside = [row for row in placed if mercator.METROPOLE.holds(_float(row[latitude]), _float(row[longitude]))]
    inside = sorted(inside, key=lambda row: -_float(row[size]))[:MANY_BUBBLES]
    summary = _extremes(tuple(inside) or kept, label, size, left=len(kept) - len(inside))
    drawn = [_bubble(row, latitude, longitude, size) for row in inside]
    drawing = draw(_bubbles(drawn), f"{title}. {summary}", "drawing map")
    return Chart(title, summary, _columns(kept, names), kept, (drawing,))


KINDS: Mapping[str, Callable[..., Chart]] = {"bar": bar, "line": line, "map": points_map}
"""The kinds that a question may name: `-- chart: bar x=… y=…`."""


def _bars(drawn: list[Spec], width: int) -> Spec:
    """Bars with their labels on the left and their numbers at the end: no axis to look up."""
    beside = {"type": "text", "align": "left", "limit": LABEL_WIDTH - 30, **_TEXT}
    return {
        "width": width - LABEL_WIDTH - 65,
        "height": {"step": 26},
        "data": {"values": drawn},
        "encoding": _BANDS,
        "layer": [
            {"mark": _BAR},
            {"mark": {"type": "text", "align": "left", "dx": 5, **_TEXT}, "encoding": _VALUE},
            {"mark": beside, "encoding": {"x": {"value": -LABEL_WIDTH}, "text": {"field": "label"}}},
        ],
    }


def _bars_under_labels(drawn: list[Spec], width: int) -> Spec:
    """For narrow screens: each label stands over its bar."""
    above = {"type": "text", "align": "left", "dy": -15, "limit": width - 70, **_TEXT}
    return {
        "width": width - 70,
        "height": {"step": 42},
        "data": {"values": drawn},
        "encoding": _BANDS,
        "layer": [
            {"mark": {**_BAR, "height": 12, "yOffset": 2}},
            {"mark": {"type": "text", "align": "left", "dx": 5, "dy": 3, **_TEXT}, "encoding": _VALUE},
            {"mark": above, "encoding": {"x": {"value": 0}, "text": {"field": "label"}}},
        ],
    }


_TEXT: Mapping[str, Any] = {"fontSize": 12, "color": INK, "baseline": "middle"}
_BAR: Mapping[str, Any] = {"type": "bar", "color": SERIES[0], "height": 16, "minBandSize": 1}
_VALUE: Mapping[str, Any] = {"text": {"field": "text"}, "x": {"field": "end", "type": "quantitative", "axis": None}}
_BANDS: Mapping[str, Any] = {
    # One band a row, by its rank: two rows may bear the same name.
    "y": {"field": "rank", "type": "ordinal", "axis": None},
    "x": {"field": "value", "type": "quantitative", "axis": None},
}


def _lines(drawn: list[Spec], width: int, scale: str, *, with_series: bool) -> Spec:
    axis = {
        "title": None,
        "grid": False,
        "labelOverlap": "greedy",
        "labelSeparation": 8,
        "labelAngle": 0,
        "tickCount": 8 if width == WIDE else 3,
        **({"labelExpr": SHORT} if scale == "quantitative" else {}),
    }
    points: Spec | None = {"size": 18} if len(drawn) <= MANY_POINTS else None
    spec: Spec = {
        "width": width - 70,
        "height": 240 if width == WIDE else 190,
        "data": {"values": drawn},
        "mark": {
            "type": "line",
            "color": SERIES[0],
            "strokeWidth": 2,
            "point": points and {**points, "color": SERIES[0]},
        },
        "encoding": {
            "x": {"field": "x", "type": scale, "sort": None, "axis": axis},
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": None, "labelExpr": SHORT, "tickCount": 5, "domain": False, "ticks": False},
            },
        },
    }
    if with_series:
        legend = {"title": None, "orient": "top", "columns": 1 if width == NARROW else 3, "labelLimit": 240}
        spec["mark"] = {"type": "line", "invalid": GAP, "strokeWidth": 2, "point": points}
        spec["encoding"]["color"] = {"field": "series", "type": "nominal", "sort": None, "legend": legend}
        spec["encoding"]["strokeDash"] = {"field": "series", "type": "nominal", "sort": None, "legend": None}
    return spec


def _with_gaps(drawn: list[Spec]) -> list[Spec]:
    """Add the months that have no row, without a value: the line stops there instead of running over them."""
    known = {(one["series"], one["x"]) for one in drawn}
    first, last = (choose(one["x"] for one in drawn) for choose in (min, max))
    months = list(_months(date.fromisoformat(first), date.fromisoformat(last)))
    every = product(sorted({one["series"] for one in drawn}), months)
    missing = [{"x": month, "value": None, "series": name} for name, month in every if (name, month) not in known]
    return sorted([*drawn, *missing], key=lambda one: str(one["x"]))


def _months(first: date, last: date) -> Iterable[str]:
    for rank in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(rank // 12, rank % 12 + 1, 1).isoformat()


def _bubble(row: Row, latitude: str, longitude: str, size: str) -> Spec:
    x, y = mercator.METROPOLE.place(_float(row[latitude]), _float(row[longitude]))
    return {"x": x, "y": y, "value": _float(row[size])}


def _bubbles(drawn: list[Spec]) -> Spec:
    frame = mercator.METROPOLE
    legend = {
        "title": None,
        "orient": "bottom",
        "labelExpr": SHORT,
        "labelColor": QUIET,
        "labelFontSize": 12,
        "tickCount": 3,
    }
    still = {"type": "quantitative", "axis": None}
    return {
        "width": frame.width,
        "height": frame.height,
        "padding": 0,
        "data": {"values": drawn},
        "mark": {
            "type": "circle",
            "color": SERIES[0],
            "fillOpacity": 0.7,
            "opacity": 1,
            "stroke": PAPER,
            "strokeWidth": 0.5,
        },
        "encoding": {
            "x": {"field": "x", **still, "scale": {"domain": [0, frame.width], "nice": False}},
            "y": {"field": "y", **still, "scale": {"domain": [frame.height, 0], "nice": False}},
            "size": {
                "field": "value",
                "type": "quantitative",
                "scale": {"range": [6, 900], "zero": True},
                "legend": legend,
            },
        },
    }


def _with_numbers(rows: tuple[Row, ...], key: str) -> list[Row]:
    found = [row for row in rows if row[key] is not None]
    if not found:
        raise NothingToDraw(f"Aucune ligne n'a de valeur dans « {key} » : rien à dessiner.")
    return found


def _extremes(rows: tuple[Row, ...], x: str, y: str, *, left: int) -> str:
    """Say the extremes, and how many rows the drawing leaves to the table."""
    numbered = _with_numbers(rows, y)
    low, high = (choose(numbered, key=lambda row: _float(row[y])) for choose in (min, max))
    said = f"De {_short(_float(low[y]))} ({_name(low[x])}) à {_short(_float(high[y]))} ({_name(high[x])})."
    return (
        f"{said} {french.count(left, 'ligne est seulement,lignes sont seulement')} dans le tableau." if left else said
    )


def _columns(rows: tuple[Row, ...], names: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple((key, names[key] if names and key in names else key) for key in rows[0])


def _cell(value: object) -> Cell:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Cell(french.number(value), is_number=True)
    return Cell(_name(value), is_number=False)


def _label(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else _name(value)


def _place(value: object) -> float | str:
    return value if isinstance(value, float) else _label(value)


def _name(value: object) -> str:
    if value is None:
        return "non renseigné"
    if isinstance(value, float):
        return french.number(value)
    return french.day(value) if isinstance(value, date) else str(value)


def _float(value: object) -> float:
    assert isinstance(value, int | float | Decimal), f"{value!r} n'est pas un nombre"
    return float(value)


def _short(value: float) -> str:
    """Write a number shortly, without a unit: « 1,2 Md », « 340 M », « 12 345 »."""
    for step, unit in ((1e9, "Md"), (1e6, "M")):
        if abs(value) >= step:
            return f"{french.number(value / step, 1).removesuffix(',0')}{french.NO_BREAK}{unit}"
    return french.number(value)
