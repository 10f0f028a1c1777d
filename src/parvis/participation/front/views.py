"""Debates on the front page, in five queries at most: each visitor meets them first."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from parvis.core.actors.models import Organisation
from parvis.core.processes.answering.models import Answer
from parvis.core.processes.answering.reading import views as reading
from parvis.core.processes.models import Phase, Process
from parvis.core.web.panels import Panel
from parvis.participation.front.pages import DebatesPanel, LastAnswer, OpenDebate

SHOWN = 3


def debates_panel(at: datetime) -> Panel | None:
    """Show what is open now, what is owed and late, and the last answers; nothing before a first debate."""
    published = Phase.objects.filter(process__is_published=True, process__is_archive=False)
    running = published.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at", "pk")
    running = list(running.select_related("process__organisation"))
    if not running and not Process.objects.published().exists():
        return None
    # By its owners: the index of what is owed begins with them, so what nobody owes is never read.
    owed = reading.owed().filter(owner__in=Organisation.objects.all())
    late = Q(due_at__lte=at)
    owing = owed.order_by().aggregate(late=Count("pk", filter=late), coming=Count("pk", filter=~late))
    content = DebatesPanel(
        open=tuple(_open(phase) for phase in running[:SHOWN]),
        open_count=len(running),
        late_count=owing["late"],
        coming_count=owing["coming"],
        late=tuple(reading.line(one, at=at) for one in owed.filter(late)[:SHOWN]) if owing["late"] else (),
        answers=_answers(),
    )
    return Panel("debats", "Débattre, et recevoir réponse", 15, "participation/panel_debates.html", content)


def _open(phase: Phase) -> OpenDebate:
    return OpenDebate(
        title=phase.process.title,
        url=reverse("debate", args=[phase.process.slug]),
        step=phase.title,
        closes_at=phase.closes_at,
        organisation=phase.process.organisation.name,
        received=phase.process.received,
        is_fictitious=phase.process.is_fictitious,
    )


def _answers() -> tuple[LastAnswer, ...]:
    given = Answer.objects.filter(process__is_published=True).select_related("process", "organisation")
    return tuple(_answer(one) for one in given.order_by("-given_at", "-pk")[:SHOWN])


def _answer(one: Answer) -> LastAnswer:
    return LastAnswer(
        title=f"Réponse n° {one.number}",
        url=reverse("answer", args=[one.process.slug, one.number]),
        debate=one.process.title,
        organisation=one.organisation.name,
        fate=one.fate,
        fate_word=one.get_fate_display(),
        given_at=one.given_at,
    )
