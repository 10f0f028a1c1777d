"""Drawings of values that hold from a day until the next one: steps, never slopes that nobody decided."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from parvis.core.web.charts import GAP, NARROW, SHORT, WIDE, Chart, Row
from parvis.core.web.drawing import SERIES, draw

Spec = dict[str, Any]


def stairs(  # noqa: PLR0913 -- all are named
    rows: Iterable[Row], *, x: str, y: str, until: date, title: str, summary: str, names: Mapping[str, str]
) -> Chart:
    """Draw a number (`y`) from each day (`x`) until the next, the last one until a day; None interrupts the line."""
    kept = tuple(rows)
    drawn: list[Spec] = [{"x": _day(row[x]), "value": row[y]} for row in kept]
    drawn.append({"x": until.isoformat(), "value": drawn[-1]["value"]})
    drawings = tuple(
        draw(_steps(drawn, width), f"{title}. {summary}", f"drawing {css_class}")
        for width, css_class in ((WIDE, "wide"), (NARROW, "narrow"))
    )
    return Chart(title, summary, tuple(names.items()), kept, drawings)


def _day(value: object) -> str:
    assert isinstance(value, date), f"{value!r} n'est pas un jour"
    return value.isoformat()


def _steps(drawn: list[Spec], width: int) -> Spec:
    ticks = 8 if width == WIDE else 3
    years = {
        "title": None,
        "grid": False,
        "labelAngle": 0,
        "labelOverlap": "greedy",
        "tickCount": ticks,
        "format": "%Y",
    }
    sums = {"title": None, "labelExpr": SHORT, "tickCount": 5, "domain": False, "ticks": False}
    mark = {"type": "line", "interpolate": "step-after", "invalid": GAP, "color": SERIES[0], "strokeWidth": 2}
    return {
        "width": width - 70,
        "height": 220 if width == WIDE else 180,
        "data": {"values": drawn},
        "mark": mark,
        "encoding": {
            "x": {"field": "x", "type": "temporal", "axis": years},
            "y": {"field": "value", "type": "quantitative", "axis": sums},
        },
    }
