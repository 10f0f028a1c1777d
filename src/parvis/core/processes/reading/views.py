"""A debate, and a unit of its text under debate."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from parvis.core import french
from parvis.core.actors.views import mandate_to, may
from parvis.core.processes import joins, kinds, orders, subjects, views
from parvis.core.processes.acts import Window
from parvis.core.processes.kinds import KINDS, SIDES, Target
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.pages import DebatePage, KindSection, OpenAct, PhaseLine, UnitLine, UnitPage
from parvis.core.processes.placing import is_name
from parvis.core.processes.procedures import Procedure, procedure_named
from parvis.core.processes.simulating import EVERYONE, owed
from parvis.core.processes.subjects import Subject, SubjectUnit
from parvis.core.processes.views import Count
from parvis.core.web import panels
from parvis.core.web.page import show
from parvis.core.web.parts import Fact, Step

LATEST = 5
A_KIND = 5
"""Contributions of each kind that a unit's page shows before the whole list."""


def debate(request: HttpRequest, slug: str) -> HttpResponseBase:
    at = timezone.now()
    process = views.process_or_404(request, slug)
    timetable = process.timetable()
    subject = subjects.opened(process.subject, process.subject_version)
    counts = views.counts_of(process)
    latest = Contribution.objects.filter(process=process).live().told().order_by("-number")[:LATEST]
    open_acts = tuple(views.open_acts(views.Spot(process, Target.PROCESS), timetable, at=at))
    page = DebatePage(
        title=process.title,
        debate=views.debate_line(process, at=at),
        facts=tuple(_facts(process)),
        phases=tuple(_phases(process, timetable.windows, at)),
        acts=open_acts,
        elsewhere=_elsewhere(open_acts),
        closed=views.why_closed(timetable, at=at),
        is_published=process.is_published,
        dates_changed=_dates_changed(process),
        subject_title=subject.title if subject else "",
        subject_url=subject.url if subject else "",
        stale=_stale(subject),
        kinds=tuple(_kinds(counts)),
        units=tuple(_units(process, subject, counts)),
        latest=views.cards(latest, process, views.labels_of(counts)),
        panels=panels.gathered(joins.PROCESS_PANELS, process, request),
        team=_team(request, process),
        stream=process.stream,
    )
    return show(request, "processes/debate.html", page)


def _elsewhere(open_acts: Iterable[OpenAct]) -> str:
    """Say what is open and does not begin on this page."""
    said = [f"{act.title[0].lower()}{act.title[1:]}" for act in open_acts if not act.url and act.who == EVERYONE]
    return f"Depuis un article ou une contribution : {', '.join(said)}." if said else ""


def _dates_changed(process: Process) -> str:
    if process.dates_changed_at is None:
        return ""
    return f"Dates changées le {french.day(process.dates_changed_at)} : {process.dates_changed_because}"


def _facts(process: Process) -> Iterator[Fact]:
    line = views.debate_line(process, at=process.created_at)
    yield Fact("Tenu par", line.organisation)
    yield Fact("Procédure", line.procedure_title)
    yield Fact("Contributions reçues", french.number(process.received) if process.received else "aucune")
    yield from line.notice
    if process.is_archive:
        yield Fact("Source", process.source)
        yield Fact("Licence", process.licence)


def _phases(process: Process, windows: list[Window], at: datetime) -> Iterator[PhaseLine]:
    procedure: Procedure = procedure_named(process.procedure)
    for window in windows:
        step = procedure.step(window.step)
        state = "coming" if at < window.opens_at else "now" if at < window.closes_at else "past"
        due = "" if process.is_archive or step.owed is None else owed(step.owed)
        told = "" if process.is_archive else step.explanation
        yield PhaseLine(window.title, window.opens_at, window.closes_at, state, told, due)


def _stale(subject: Subject | None) -> str:
    if subject is None or subject.version == subject.current:
        return ""
    return (
        f"Ce débat porte sur la version « {subject.version} » ; le texte en a depuis une autre, « {subject.current} »."
    )


def _kinds(counts: list[Count]) -> Iterator[tuple[str, str, int]]:
    totals = Counter()
    for one in counts:
        totals[one.kind] += one.count
    for kind in kinds.ordered():
        if totals[kind.slug]:
            yield kind.slug, kind.plural, totals[kind.slug]


def _units(process: Process, subject: Subject | None, counts: list[Count]) -> Iterator[UnitLine]:
    said: dict[str, Counter[str]] = {}
    for one in counts:
        said.setdefault(one.unit, Counter())[one.kind] += one.count
    for unit in subject.outline() if subject else ():
        url = reverse("debate-unit", args=[process.slug, unit.uid])
        found = said.get(unit.uid, Counter())
        by_kind = {kind.slug: found[kind.slug] for kind in kinds.ordered()}
        yield UnitLine(unit.uid, unit.number, unit.heading, by_kind, found.total(), url)


def _team(request: HttpRequest, process: Process) -> tuple[Step, ...]:
    """Return what the team may do here: publish a draft, move dates, import what was said elsewhere."""
    if process.is_archive:
        return ()
    steps = []
    if may(views.OPEN, request):
        steps = [Step("Changer les dates", reverse("debate-dates", args=[process.slug]))]
        if not process.is_published:
            steps.insert(0, Step("Publier ce débat", reverse("debate-publish", args=[process.slug])))
    if mandate_to(views.IMPORT, request):
        steps.append(Step("Importer des contributions", reverse("import-send", args=[process.slug])))
    return tuple(steps)


def unit(request: HttpRequest, slug: str, uid: str) -> HttpResponseBase:
    at = timezone.now()
    process = views.process_or_404(request, slug)
    subject = subjects.opened(process.subject, process.subject_version)
    found = subject.unit(uid) if subject and is_name(uid) else None
    if found is None:
        raise Http404(f"« {uid} » n'est pas une unité du texte en débat. Choisissez un article sur la page du débat.")
    counts = views.counts_of(process, unit=uid)
    timetable = process.timetable()
    query = f"?unite={uid}&version={process.subject_version}"
    before, after = _neighbours(process, subject, uid)
    page = UnitPage(
        title=f"{found.number} en débat",
        debate=views.debate_line(process, at=at),
        uid=uid,
        number=found.number,
        heading=found.heading,
        version=subject.version,
        words=found.words,
        subject_url=found.url,
        opinions=tuple(_opinions(counts)),
        sections=tuple(_sections(process, found, counts, at)),
        acts=tuple(views.open_acts(views.Spot(process, Target.UNIT, query), timetable, at=at)),
        closed=views.why_closed(timetable, at=at),
        order=orders.ROTATING.because,
        previous=before,
        next=after,
    )
    return show(request, "processes/unit.html", page)


def _neighbours(process: Process, subject: Subject, uid: str) -> tuple[Step | None, Step | None]:
    every: list[SubjectUnit] = list(subject.outline())
    here = next(rank for rank, one in enumerate(every) if one.uid == uid)
    return tuple(
        Step(every[rank].number, reverse("debate-unit", args=[process.slug, every[rank].uid]))
        if 0 <= rank < len(every)
        else None
        for rank in (here - 1, here + 1)
    )


def _opinions(counts: list[Count]) -> Iterator[tuple[str, str, int]]:
    found = {one.side: one.count for one in counts if one.kind == "opinion"}
    if found:
        yield from ((side, title, found.get(side, 0)) for side, title in SIDES.items())


def _sections(process: Process, found: SubjectUnit, counts: list[Count], at: datetime) -> Iterator[KindSection]:
    totals = Counter()
    for one in counts:
        totals[one.kind] += one.count
    shown = [kind.slug for kind in kinds.ordered() if totals[kind.slug] and Target.UNIT in kind.targets]
    if not shown:
        return
    start = orders.beginning(process.slug, timezone.localdate(at))
    heads = Contribution.objects.told().heads(process, found.uid, shown, beginning=start, size=A_KIND)
    told = {slug: [one for one in heads if one["kind"] == slug] for slug in shown}
    for slug in shown:
        cards = views.cards(told[slug][:A_KIND], process, {found.uid: found.number})
        url = f"{reverse('debate-contributions', args=[process.slug])}?article={found.uid}&espece={slug}"
        yield KindSection(slug, KINDS[slug].plural, totals[slug], cards, url)
