"""What all pages of debates share: who looks, which debate, how a debate and its contributions are told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from parvis.core.actors.views import may
from parvis.core.processes import acts, metadata
from parvis.core.processes.acts import Allowed, Timetable
from parvis.core.processes.kinds import KINDS, SIDES, Kind, Target
from parvis.core.processes.models import TOLD, Contribution, Process, UnitCount, signature
from parvis.core.processes.pages import Card, DebateLine, OpenAct, RefusedPage
from parvis.core.processes.procedures import PROCEDURES
from parvis.core.processes.simulating import EVERYONE, MANDATED
from parvis.core.web.front import Section
from parvis.core.web.page import show
from parvis.core.web.parts import Step

WHEN = {"ouverts": "Ouvert", "a-venir": "À venir", "clos": "Clos"}
Row: TypeAlias = Mapping[str, Any]
"""A contribution as lists read it (`ContributionQuerySet.told`)."""

OPEN = "process.open"
"""The act of those who open debates: they see the drafts."""

IMPORT = "import.accept"
"""The act of those who bring in what was said elsewhere."""

STATES = dict(Contribution.State.choices)
FATES = dict(Contribution.Fate.choices)
AS_STORED = tuple({field.name for field in fields(Card)} & {*TOLD, "about"} - {"title"})
TOMBSTONES = {
    Contribution.State.WITHDRAWN: "Contribution retirée par son auteur",
    Contribution.State.HIDDEN: "Contribution masquée par la modération",
}


def process_or_404(request: HttpRequest, slug: str) -> Process:
    """Return a debate; a draft does not exist but for those who open debates."""
    found = Process.objects.select_related("organisation").prefetch_related("phases")
    process = get_object_or_404(found, slug=slug)
    if not process.is_published and not may(OPEN, request):
        raise Http404
    return process


def debate_line(process: Process, *, at: datetime) -> DebateLine:
    """Tell a debate in one line of the directory."""
    when = moment_of(process, at=at)
    procedure = PROCEDURES.filled().get(process.procedure)
    return DebateLine(
        slug=process.slug,
        title=process.title,
        summary=process.summary,
        when=when,
        when_title=WHEN[when],
        opens_at=process.opens_at,
        closes_at=process.closes_at,
        procedure=process.procedure,
        procedure_title=procedure.title if procedure else process.procedure,
        organisation=process.organisation.name,
        received=process.received,
        is_archive=process.is_archive,
        is_fictitious=process.is_fictitious,
        source=process.source,
        licence=process.licence,
        url=reverse("debate", args=[process.slug]),
        notice=tuple(metadata.facts(process.metadata)),
    )


def moment_of(process: Process, *, at: datetime) -> str:
    if process.opens_at is not None and at < process.opens_at:
        return "a-venir"
    return "ouverts" if process.closes_at is not None and at < process.closes_at else "clos"


def cards(found: Iterable[Row], process: Process, labels: Mapping[str, str]) -> tuple[Card, ...]:
    """Tell contributions, read by `told()`; what is withdrawn or hidden says nothing more than that."""
    KINDS.filled()
    base = reverse("debate-contributions", args=[process.slug])
    return tuple(_card(one, process, labels, base) for one in found)


def _card(one: Row, process: Process, labels: Mapping[str, str], base: str) -> Card:
    kind = KINDS[one["kind"]]
    kept = {name: one[name] for name in AS_STORED}
    return Card(
        **kept,
        kind_title=kind.title,
        title=TOMBSTONES.get(one["state"]) or one["title"],
        side_title=SIDES.get(one["side"], ""),
        signature=signature(one["public_name"], one["author_name"], process),
        state_title=STATES[one["state"]],
        unit_title=labels.get(one["unit"]) or one["unit"],
        fate_title=FATES[one["fate"]] if one["fate"] else "",
        url=f"{base}{one['number']}/",
        is_archive=process.is_archive,
    )


def row_of(one: Contribution) -> Row:
    """Return a contribution that is read already, with its author and parent, as lists read it."""
    public_name, about = one.author and one.author.public_name, one.parent and one.parent.number
    return {name: getattr(one, name) for name in TOLD} | {"public_name": public_name, "about": about}


class Count(NamedTuple):
    """How many published contributions of a kind and a side bear on a unit."""

    unit: str
    kind: str
    side: str
    label: str
    count: int


def counts_of(process: Process, **place: str) -> list[Count]:
    """Read the counts that are kept with the writes."""
    found = UnitCount.objects.filter(process=process, count__gt=0, **place)
    return [Count(*one) for one in found.values_list(*Count._fields)]


def labels_of(counts: Iterable[Count]) -> dict[str, str]:
    """Return the number of each unit that bears contributions."""
    return {one.unit: one.label for one in counts if one.label}


@dataclass(frozen=True)
class Spot:
    """From where one would contribute: a debate, a unit, a contribution of some kind."""

    process: Process
    target: Target
    query: str = ""  # what the address of the form says of it
    kind: str = ""  # of the contribution

    def takes(self, kind: Kind) -> bool:
        return self.target in kind.targets and (not self.kind or self.kind in kind.answers_to)


def open_acts(spot: Spot, timetable: Timetable, *, at: datetime) -> Iterator[OpenAct]:
    """Yield what may be done now from a spot: contribute what bears on it, and the rest told."""
    for act in sorted(timetable.acts(at=at), key=acts.place):
        if not act.startswith(acts.CONTRIBUTE):
            yield OpenAct(acts.name(act), MANDATED.get(act, EVERYONE), None)
            continue
        declared = KINDS.filled()[act.removeprefix(acts.CONTRIBUTE)]
        if spot.takes(declared):
            url = reverse("contribute", args=[spot.process.slug, declared.slug])
            yield OpenAct(declared.act, EVERYONE, f"{url}{spot.query}")
        elif spot.target is Target.PROCESS:
            yield OpenAct(declared.act, EVERYONE, None, _where(declared))


def _where(kind: Kind) -> str:
    return "depuis un article" if Target.UNIT in kind.targets else "depuis une contribution"


def why_closed(timetable: Timetable, *, at: datetime) -> str:
    """Say why nothing may be contributed now, '' where something may."""
    contributing = sorted(act for window in timetable.windows for act in window.acts if act.startswith("contribute:"))
    answers = [acts.may(act, timetable, at=at) for act in contributing] or [acts.may("vote", timetable, at=at)]
    return "" if any(isinstance(one, Allowed) for one in answers) else answers[0].sentence


def refused(request: HttpRequest, process: Process, title: str, sentence: str) -> HttpResponseBase:
    """Answer that an act is not open, before anyone is asked to sign in."""
    back = reverse("debate", args=[process.slug])
    page = RefusedPage(title, sentence, ("Revenir au débat", back), (process.title, back))
    return show(request, "processes/refused.html", page, status=403)


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in, and back here."""
    return redirect_to_login(request.get_full_path())


def map_section() -> Section:
    """List the pages of debates in the site map."""
    steps = (Step("Tous les débats", reverse("debates")), Step("Choisir une procédure", reverse("debate-guide")))
    return Section("Débats", 20, steps)


def log_address(stream: str, key: str) -> str | None:
    """Return the page of what the log names under « debats/… »."""
    if not stream.startswith("debats/"):
        return None
    slug = stream.removeprefix("debats/")
    if key.startswith("contribution-") and key.removeprefix("contribution-").isdecimal():
        return reverse("contribution", args=[slug, int(key.removeprefix("contribution-"))])
    return reverse("debate", args=[slug]) if key == slug else None
