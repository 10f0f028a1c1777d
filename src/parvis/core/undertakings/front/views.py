"""The plan on the front page and in the site map."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core.french import day
from parvis.core.undertakings import declared, pictures, queries
from parvis.core.undertakings.models import Measure, Plan, Undertaking, Verdict
from parvis.core.undertakings.pages import FiguresPanel, PanelAxis, PanelCommitment, PanelMeasure, PlanPanel
from parvis.core.web.front import Section
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step

FIGURES = 6


def plan_panel(at: datetime) -> Panel | None:
    """Show the axes and their commitments; nothing before a plan is loaded."""
    plan = Plan.objects.filter(loaded_at__lte=at).first()
    if plan is None:
        return None
    content = PlanPanel(tuple(_axes(plan)))
    return Panel("plan", "Le plan", 20, "undertakings/panel_plan.html", content)


def _axes(plan: Plan) -> Iterator[PanelAxis]:
    """Yield the axes with their commitments, all read at once."""
    is_measured = Exists(Measure.objects.filter(undertaking=OuterRef("pk")))
    whole = plan.undertakings.filter(parent=None).order_by("number").annotate(is_measured=is_measured)
    lines = [
        (one.axis, PanelCommitment(one.number, one.title, reverse("commitment", args=[one.slug]), one.is_measured))
        for one in whole
    ]
    for axis in declared.PLANS.filled()[plan.slug].axes:
        here = tuple(line for slug, line in lines if slug == axis.slug)
        yield PanelAxis(axis.title, reverse("plan-axis", args=[axis.slug]), here)


def figures_panel(at: datetime) -> Panel | None:
    """Show the last known value of each indicator, one of each commitment in turn."""
    every = list(Measure.objects.filter(measured_at__lte=at).order_by("measured_at", "pk"))
    last = pictures.latest(queries.number(one, on=localdate(at)) for one in every)
    known = [one for one in last if one.value is not None]
    shown = tuple(
        PanelMeasure(one.title, one.value, one.value_unit, one.url, f"mesuré le {day(one.measured_at)}")
        for one in _in_turn(known, {one.indicator: one.undertaking_id for one in every})[:FIGURES]
    )
    if not shown:
        return None
    return Panel("chiffres", "Derniers nombres mesurés", 10, "undertakings/panel_figures.html", FiguresPanel(shown))


def _in_turn(numbers: list[pictures.Number], commitment: dict[str, int]) -> list[pictures.Number]:
    """Return the first number of each commitment, then the second ones: none fills the page alone."""
    seen: Counter[int] = Counter()
    turns = []
    for one in numbers:
        seen[commitment[one.indicator]] += 1
        turns.append((seen[commitment[one.indicator]], one))
    return [one for _, one in sorted(turns, key=itemgetter(0))]


def map_section() -> Section:
    """List the plan's pages in the site map."""
    plan = Plan.objects.first()
    fixed = [("Le plan", "plan"), ("Organisations", "organisations"), ("Revues", "reviews"), ("Export", "plan-export")]
    steps = [Step(label, reverse(name)) for label, name in fixed]
    if plan is not None:
        axes = declared.PLANS.filled()[plan.slug].axes
        steps += [Step(axis.title, reverse("plan-axis", args=[axis.slug])) for axis in axes]
        whole = plan.undertakings.filter(parent=None).order_by("number")
        steps += [Step(str(one), reverse("commitment", args=[one.slug])) for one in whole]
    return Section("Le plan", 10, tuple(steps))


def log_address(stream: str, key: str) -> str | None:
    """Return the page of an object that the log speaks of, where it is one of the plan's."""
    if stream == "organisations":
        return reverse("organisation", args=[key])
    if not stream.startswith("plan/"):
        return None
    kind, _, rest = key.partition("-")
    if kind == "nombre":
        return reverse("measure", args=[rest])
    if kind == "revue":
        return reverse("review", args=[key])
    return _of_the_text(kind, rest, key)


def is_pair_complete(stream: str, key: str, content: Mapping[str, Any]) -> bool:
    """Say whether a verdict is read by everyone: both readers have given theirs on this commitment, at this stage."""
    plan, code = stream.removeprefix("plan/"), Undertaking.code_of(key)
    pair = Verdict.objects.filter(undertaking__plan__slug=plan, undertaking__code=code, stage=content["stage"])
    return pair.filter(reader=2).exists()


def _of_the_text(kind: str, rest: str, key: str) -> str:
    """Return the page of E02-J01, a milestone, of E02 or E01.1, a commitment or its part, or the plan's own."""
    number = kind.removeprefix("E").partition(".")[0]
    if rest.startswith("J"):
        return reverse("milestone", args=[key])
    whole = Undertaking.objects.filter(parent=None, number=int(number)).first() if number.isdecimal() else None
    return reverse("commitment", args=[whole.slug]) if whole else reverse("plan")
