"""Turn a Vega-Lite specification into an inline SVG that a strict page accepts: French, light, coloured by tokens.

The result is kept in PARVIS_HOME/charts by the hash of its specification: the same rows are drawn once.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

INK, QUIET, RULE, PAPER = "#1d1b18", "#655f55", "#d9d3c8", "#fcfbf8"
SERIES = ("#0b5d57", "#b4571e", "#5b4b8a", "#8a6d00", "#7a2e3a")
"""Colours of the light theme. Each is drawn as its token, itself as fallback: dark mode and print follow."""

TOKENS = {
    INK: "--ink",
    QUIET: "--quiet",
    RULE: "--rule",
    PAPER: "--paper",
    **{colour: f"--chart-{rank}" for rank, colour in enumerate(SERIES, start=1)},
}

CONFIG: Mapping[str, Any] = {
    "background": None,
    "font": "sans-serif",
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET,
        "labelFontSize": 12,
        "titleColor": QUIET,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "labelPadding": 6,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "titleColor": QUIET,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "symbolStrokeColor": QUIET,
    },
    "range": {"category": list(SERIES)},
}

VERSION = "1"  # part of the cache key: raise it when what follows draws differently
DROPPED = {"class", "role", "pointer-events", "font-family", "stroke-miterlimit", "version", "width", "height"}
INHERITED = {"fill", "stroke", "stroke-width", "fill-opacity", "font-size", "text-anchor", "stroke-dasharray"}
CIRCLE = re.compile(r"M([\d.]+),0A[^A]+A[^A]+")
PLACE = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
Node = Any  # an lxml element: its stubs say that every text may be bytes
SVG = "{http://www.w3.org/2000/svg}"
_IS_KEPT: ContextVar[bool] = ContextVar("is_kept", default=True)


@contextmanager
def unkept() -> Iterator[None]:
    """Draw what follows without writing it anywhere: it shows a person's situation."""
    before = _IS_KEPT.set(False)
    try:
        yield
    finally:
        _IS_KEPT.reset(before)


def draw(spec: Mapping[str, Any], label: str, css_class: str) -> SafeString:
    """Return the drawing of a specification as inline SVG, from the cache where it is.

    `label` is its French name for those who do not see it.
    """
    whole = {"config": CONFIG, **spec}
    if not _IS_KEPT.get():
        return mark_safe(_clean(_svg(whole), label, css_class))  # noqa: S308 -- texts are escaped by lxml
    key = sha256(orjson.dumps([VERSION, whole, label, css_class], option=orjson.OPT_SORT_KEYS)).hexdigest()
    path = Path(settings.PARVIS_HOME) / "charts" / f"{key}.svg"
    if not path.exists():
        _keep(path, _clean(_svg(whole), label, css_class))
    return mark_safe(path.read_text())  # noqa: S308 -- made by _clean, where texts are escaped by lxml


def _svg(spec: Mapping[str, Any]) -> bytes:
    import vl_convert  # noqa: PLC0415 -- 8 MB, which only a process that draws needs

    drawn: str = vl_convert.vegalite_to_svg(dict(spec), format_locale="fr-FR", time_format_locale="fr-FR")
    return drawn.encode()


def _keep(path: Path, text: str) -> None:
    """Write by rename: two processes may draw the same chart at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{uuid4()}.tmp")
    draft.write_text(text)
    draft.rename(path)


def _clean(svg: bytes, label: str, css_class: str) -> str:
    """Make a drawing ours: one French label, no English ones, no size, colours by tokens, short numbers."""
    root: Node = etree.fromstring(svg)
    width, height = (float(root.attrib[side]) for side in ("width", "height"))
    for element in root.iter(f"{SVG}*"):
        _strip(element)
    for element in [found for found in root.iter(f"{SVG}path", f"{SVG}g") if _is_empty(found)]:
        element.getparent().remove(element)
    for element in root.iter(f"{SVG}path"):
        _round(element)
    for group in root.iter(f"{SVG}g"):
        _hoist(group)
    root.attrib.update({"class": css_class, "role": "img", "aria-label": label, "focusable": "false"})
    root.attrib.update({"viewBox": f"0 0 {width:g} {height:g}", "width": f"{width:g}", "height": f"{height:g}"})
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _strip(element: Node) -> None:
    for name, value in list(element.attrib.items()):
        if name in DROPPED or name.startswith("aria-") or (name, value) == ("opacity", "1"):
            del element.attrib[name]
        else:
            element.attrib[name] = _short(name, value)


def _short(name: str, value: str) -> str:
    if name in {"fill", "stroke"}:
        return f"var({TOKENS[value]},{value})" if value in TOKENS else value
    return re.sub(r"-?\d+\.\d+(e-\d+)?", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value)


def _is_empty(element: Node) -> bool:
    """Whether an element draws nothing: Vega leaves empty backgrounds and foregrounds around each group."""
    if element.tag == f"{SVG}g":
        return len(element) == 0
    return element.get("d") in {"", "M0,0h0v0h0Z"} or ("fill" not in element.attrib and "stroke" not in element.attrib)


def _round(element: Node) -> None:
    """Say a circle as one: Vega draws it as two arcs, four times as long."""
    arcs = CIRCLE.fullmatch(element.attrib["d"])
    place = PLACE.fullmatch(element.get("transform", ""))
    if arcs and place:
        element.tag = f"{SVG}circle"
        del element.attrib["d"], element.attrib["transform"]
        element.attrib.update({"cx": place[1], "cy": place[2], "r": arcs[1]})


def _hoist(group: Node) -> None:
    """Move to a group the inherited attributes that all its children share."""
    children = list(group)
    if len(children) < 2:
        return
    shared = [
        (name, value)
        for name, value in children[0].attrib.items()
        if name in INHERITED and all(child.get(name) == value for child in children)
    ]
    for name, value in shared:
        group.attrib[name] = value
        for child in children:
            del child.attrib[name]
