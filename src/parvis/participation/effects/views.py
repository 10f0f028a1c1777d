"""The doors between debates and simulators, which do not know each other: this room knows both."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from parvis.core import analyzer
from parvis.core.errors import ParvisError
from parvis.core.processes import acts, kinds, subjects
from parvis.core.processes.kinds import FieldType, Kind, Target
from parvis.core.processes.models import Contribution, Lexeme, Process
from parvis.core.simulators.models import Run
from parvis.core.simulators.reforming.views import reform_address
from parvis.core.simulators.running.files import asked_of
from parvis.core.simulators.running.pages import Results
from parvis.core.simulators.running.views import run_or_none, summary_of
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step
from parvis.participation.effects import EFFECT
from parvis.participation.effects.pages import Carried, Effect, Offer

OFFERED = 6
"""Open debates offered on a calculation's page: the newest."""

SHOWN = 50
"""Contributions named on a calculation's page: the newest."""

PERSONAL = (
    "Ce calcul décrit la situation d'une personne : une contribution, qui reste, ne le porte pas. "
    "Publiez ces changements de règles sur les cas types, puis joignez ce calcul-là."
)


class UnknownRun(ParvisError):
    """A contribution would carry a calculation that this site has not published."""


class PersonalRun(ParvisError):
    """A contribution would keep the situation of a person, which its author may wish to erase."""


def require_run(*, contribution: Contribution, at: datetime) -> None:
    """Refuse a contribution that carries a calculation nobody can replay, or someone's situation.

    Raises UnknownRun, PersonalRun.
    """
    identity = carried_by(contribution)
    if not identity or contribution.state != Contribution.State.PUBLISHED:
        return
    run = run_or_none(identity)
    if run is None:
        raise UnknownRun(
            "Aucun calcul publié ici ne porte cette identité : publiez-le d'abord, depuis la page de ses résultats."
        )
    if run.is_personal:
        raise PersonalRun(PERSONAL)


def carried_by(contribution: Contribution) -> str:
    """Return the identity of the calculation that a contribution carries; '' where it carries none."""
    if not carries(contribution.kind):
        return ""
    # Read among all: where a page has read them already, nothing is asked of the database.
    last = next(one for one in contribution.editions.all() if one.number == contribution.edition)
    return str(last.fields.get(EFFECT.name, ""))


def carries(kind: str) -> bool:
    return any(field.type is FieldType.RUN for field in kinds.kind_named(kind).fields)


def effect_panel(contribution: Contribution, _request: HttpRequest) -> Panel | None:
    """Show, on a contribution's page, the effect that its author had this site compute."""
    identity = carried_by(contribution) if contribution.state == Contribution.State.PUBLISHED else ""
    if not identity:
        return None
    return Panel("effet", "L'effet calculé", 30, "participation/panel_effect.html", effect_of(identity))


def effect_of(identity: str) -> Effect:
    run = run_or_none(identity)
    if run is None:
        return Effect(None, None, 0, "", "")
    asked, summary = asked_of(run.asked), summary_of(run)
    replay = reform_address(run.engine, asked.changes, run.calculator) if asked.changes else ""
    shown = moved(summary.results) if asked.changes else summary.results
    same = len(summary.results.lines) - len(shown.lines)
    return Effect(summary, shown, same, replay, reverse("run-verify"))


def moved(results: Results) -> Results:
    """Keep the results that the changes move."""
    lines = tuple(line for line in results.lines if any(value.difference for value in line.values))
    rows = {tuple(value.row for value in line.values) for line in lines}
    return replace(results, lines=lines, columns=rows.pop() if len(rows) == 1 else ())


def carried_panel(run: Run, _request: HttpRequest) -> Panel:
    """Show, on a calculation's page, who carries it, and where one may."""
    offers = () if run.is_personal else tuple(offered())
    refusal = PERSONAL if run.is_personal else "" if offers else "Aucun débat ouvert aujourd'hui n'en reçoit."
    content = Carried(run.identity, tuple(carriers(run.identity)), offers, refusal)
    return Panel("debats", "Dans les débats", 50, "participation/panel_carried.html", content)


def carriers(identity: str) -> Iterator[Step]:
    """Yield the contributions that carry a calculation, newest first."""
    debates = Process.objects.filter(is_archive=False).values("pk")
    words = analyzer.found_by(identity)
    held = Lexeme.objects.filter(process__in=debates, word__in=words).values("contribution")
    found = Contribution.objects.live().filter(pk__in=held).select_related("process").order_by("-received_at", "-pk")
    for one in found[:SHOWN]:
        if carried_by(one) == identity:
            title = one.title or f"Contribution n° {one.number}"
            yield Step(f"{title}, {one.process.title}", reverse("contribution", args=[one.process.slug, one.number]))


def offered() -> Iterator[Offer]:
    """Yield what open debates take a calculation with, newest debates first."""
    at, left = timezone.now(), OFFERED
    found = Process.objects.filter(is_archive=False).prefetch_related("phases").order_by("-pk")
    for process in found.iterator(chunk_size=OFFERED):
        offers = [offer(process, kind) for kind in kinds.ordered() if takes(process, kind, at)]
        yield from offers[:left]
        left -= min(left, len(offers))
        if not left:
            return


def takes(process: Process, kind: Kind, at: datetime) -> bool:
    answer = acts.may(f"{acts.CONTRIBUTE}{kind.slug}", process.timetable(), at=at)
    return carries(kind.slug) and isinstance(answer, acts.Allowed)


def offer(process: Process, kind: Kind) -> Offer:
    subject = subjects.opened(process.subject, process.subject_version) if Target.UNIT in kind.targets else None
    units = tuple(Step(f"{one.number} {one.heading}".strip(), one.uid) for one in subject.outline()) if subject else ()
    address = reverse("contribute", args=[process.slug, kind.slug])
    return Offer(process.title, reverse("debate", args=[process.slug]), kind.act, address, units)
