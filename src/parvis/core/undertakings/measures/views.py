"""Pages of numbers and reviews: what was frozen, from what, and how to find it again."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.french import number as french_number
from parvis.core.registers.answers import TooHeavy
from parvis.core.registers.models import shelter
from parvis.core.registers.questions import find
from parvis.core.registers.views import too_heavy
from parvis.core.undertakings import measuring, pages, pictures, queries
from parvis.core.undertakings.functions import Function
from parvis.core.undertakings.models import Measure, Review
from parvis.core.undertakings.succession.joining.views import debate_on, ways
from parvis.core.web import charts
from parvis.core.web.page import rank_asked, show
from parvis.core.web.parts import Pages

ROWS_A_PAGE = 100


def folders(measure: Measure) -> dict[str, list[Path]]:
    """Return where the releases of a measure are kept."""
    return {slug: [shelter(slug).release(one["hash"]) for one in found] for slug, found in measure.releases.items()}


def number(request: HttpRequest, number: int) -> HttpResponseBase:
    measure = get_object_or_404(Measure.objects.select_related("undertaking__plan"), pk=number)
    today = timezone.localdate()
    every = Measure.objects.filter(indicator=measure.indicator).order_by("measured_at", "pk")
    history = tuple(queries.number(one, on=today) for one in every)
    shown = queries.number(measure, on=today)
    led = measure.undertaking
    page = pages.NumberPage(
        title=shown.title,
        number=shown,
        commitment=(str(led), reverse("commitment", args=[led.slug])),
        key=measure.key,
        stream=led.stream,
        sql=measure.sql,
        rows_sql=measure.rows_sql,
        function=measure.function,
        result_hash=measure.result_hash,
        releases=tuple(_releases(measure)),
        log_size=measure.log_size,
        log_root=measure.log_root,
        history=history,
        drawing=_drawing(history),
    )
    return show(request, "undertakings/number.html", page)


def _releases(measure: Measure) -> Sequence[Mapping[str, Any]]:
    return [
        {**one, "register": slug, "url": reverse("register-release", args=[slug, one["hash"]])}
        for slug, found in measure.releases.items()
        for one in found
    ]


def _drawing(history: Sequence[pictures.Number]) -> charts.Chart | None:
    known = [{"day": one.measured_at.date(), "value": one.value} for one in history if one.value is not None]
    if len({one["day"] for one in known}) < 2:
        return None
    names = {"day": "Jour de la mesure", "value": f"{history[0].title} ({history[0].unit})"}
    return charts.line(known, x="day", y="value", title=f"Mesures successives : {history[0].title}", names=names)


def rows(request: HttpRequest, number: int) -> HttpResponseBase:
    measure = get_object_or_404(Measure, pk=number)
    start, function = rank_asked(request, "debut"), _function(measure)
    try:
        answer = measuring.rows(
            measure.rows_sql, folders(measure), start=start, count=ROWS_A_PAGE + 1, function=function
        )
    except TooHeavy as error:
        return too_heavy(request, find(next(iter(measure.releases))), error)
    shown = answer.rows[:ROWS_A_PAGE]
    page = pages.RowsPage(
        title=f"Les lignes derrière « {measure.definition['title']} »",
        number=queries.number(measure, on=timezone.localdate()),
        columns=answer.columns,
        shown=tuple(_cells(measure, answer.columns, row) for row in shown),
        pages=_pages(measure, start, len(shown), has_more=len(answer.rows) > ROWS_A_PAGE),
        all_rows=partial(measuring.every_row, measure.rows_sql, folders(measure), function),
    )
    return show(request, "undertakings/rows.html", page)


def _function(measure: Measure) -> Function | None:
    """Return the function whose rows are shown; once its text has changed, its rows are no longer those counted."""
    function = queries.function_of(measure)
    if changes := " ".join(measuring.changes_of_function(measure.function, function)):
        raise Http404(changes)
    return function


def _cells(measure: Measure, columns: Sequence[str], row: Sequence[Any]) -> tuple[tuple[object, str | None], ...]:
    """Pair each value with its address: the record that a row comes from, where the register has a page for it."""
    (register, *others) = measure.releases
    if others or "uid" not in columns:
        return tuple((value, None) for value in row)
    address = reverse("register-row", args=[register, row[columns.index("uid")]])
    return tuple((value, address if name == "uid" else None) for name, value in zip(columns, row, strict=True))


def _pages(measure: Measure, start: int, count: int, *, has_more: bool) -> Pages:
    here = reverse("measure-rows", args=[measure.pk])
    summary = f"Lignes {french_number(start + 1)} à {french_number(start + count)} sur {french_number(measure.units)}"
    before = f"{here}?debut={max(0, start - ROWS_A_PAGE)}" if start else None
    return Pages(summary, before, f"{here}?debut={start + ROWS_A_PAGE}" if has_more else None)


def script(request: HttpRequest, number: int) -> HttpResponse:
    """Give the SQL that finds the number again on one's own machine."""
    measure = get_object_or_404(Measure, pk=number)
    if measure.function:
        raise Http404("Une fonction compte ce nombre : prenez recalculer.py.")
    return _file(measuring.script(measure.sql, folders(measure)), "recalculer.sql", "application/sql")


def program(request: HttpRequest, number: int) -> HttpResponse:
    """Give the Python text that does the same, where a function counts."""
    measure = get_object_or_404(Measure, pk=number)
    if measure.function is None:
        raise Http404("Ce nombre se recalcule en SQL : prenez recalculer.sql.")
    return _file(measuring.program(measure.sql, folders(measure), measure.function), "recalculer.py", "text/x-python")


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def review(request: HttpRequest, slug: str) -> HttpResponseBase:
    stored = get_object_or_404(Review.objects.select_related("plan"), slug=slug)
    page = pages.ReviewPage(
        stored.title,
        stored.slug,
        stored.plan.title,
        stored.opened_at,
        stored.report,
        stored.plan.stream,
        debate_on(stored),
        ways(stored.plan),
    )
    return show(request, "undertakings/review.html", page)


def reviews(request: HttpRequest) -> HttpResponseBase:
    found = Review.objects.order_by("-opened_at")
    listed = tuple(
        {"title": one.title, "opened_at": one.opened_at, "url": reverse("review", args=[one.slug])} for one in found
    )
    return show(request, "undertakings/reviews.html", pages.ReviewsPage("Revues du plan", listed))
