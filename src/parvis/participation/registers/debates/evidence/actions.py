"""Publish what this site holds as releases of the register of debates, when something has changed."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db.models import F, Max, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core.processes import subjects
from parvis.core.processes.answering.models import Answer, Answered
from parvis.core.processes.exporting import actions as exporting
from parvis.core.processes.models import Contribution, Process, UnitCount
from parvis.core.processes.procedures import procedure_named
from parvis.core.registers import actions as registers
from parvis.core.registers.models import Release
from parvis.core.registers.shelf import REGISTERS
from parvis.core.texts.keeping import taken
from parvis.core.texts.models import Version
from parvis.participation.registers.debates import DEMONSTRATION

SLUG = "debates"
HERE = "parvis"
"""The source of what is held here, but for fictitious debates."""

CHUNK = 5_000
AN_HOUR = timedelta(hours=1)
Line = Mapping[str, Any]


def refresh(*, at: datetime) -> list[Release]:
    """Publish the site's evidence as it is, in real debates and in fictitious ones; the same gives the same release.

    Not atomic by itself, as publishing a register is not.
    """
    made = []
    for source, is_fictitious in ((HERE, False), (DEMONSTRATION, True)):
        processes = Process.objects.published().filter(is_fictitious=is_fictitious)
        if processes.exists():
            made.append(_publish(source, processes, at=at, is_fictitious=is_fictitious))
    return made


def refresh_changed(*, at: datetime) -> int:
    """Publish the site's evidence if a row of it has changed since the last time; return how many releases it has.

    What `parvis tick` calls each minute: to see that nothing changed reads counts, not rows. A debate that is busy
    makes one release an hour; `parvis measure` does not wait.
    """
    seen = Path(settings.PARVIS_HOME) / "exports" / "evidence.json"
    last = orjson.loads(seen.read_bytes()) if seen.exists() else None
    if last and timedelta(0) <= at - datetime.fromisoformat(last["at"]) < AN_HOUR:
        return 0
    state = _state(at=at)
    if last and last["state"] == state:
        return 0
    made = refresh(at=at)
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.write_bytes(orjson.dumps({"at": at, "state": state}))
    return len(made)


def _state(*, at: datetime) -> str:
    processes = Process.objects.published().order_by("slug")
    states = [[one.slug, exporting.state_of(one)] for one in processes]
    versions = Version.objects.aggregate(last=Max("published_at"))["last"]
    parts = [processes.filter(is_fictitious=one) for one in (False, True)]
    days = [_day(part, at=at) for part in parts if part.exists()]
    return orjson.dumps([states, versions, days]).decode()


def _publish(source: str, processes: QuerySet, *, at: datetime, is_fictitious: bool) -> Release:
    with tempfile.TemporaryDirectory(prefix="parvis-") as folder:
        path = Path(folder) / f"{source}.jsonl"
        with path.open("wb") as file:
            file.writelines(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines(processes, at=at))
        return registers.publish(
            register=REGISTERS.filled()[SLUG], source=source, path=path, at=at, fictitious=is_fictitious
        )


def lines(processes: QuerySet, *, at: datetime) -> Iterator[Line]:
    """Yield the rows of every table, each naming its own. The order and the words depend on the tables alone."""
    yield {"table": "days", "on_day": _day(processes, at=at)}
    for table, found in TABLES.items():
        for line in found(processes.order_by("slug")):
            yield {"table": table, **line}


def _day(processes: QuerySet, *, at: datetime) -> date:
    """Return the day of the situation: today while an answer is awaited, else the day of the last change.

    Lateness grows by itself; without it, a site where nothing happens publishes nothing new.
    """
    said = Contribution.objects.live().filter(process__in=processes)
    if said.filter(due_at__isnull=False, answered_at=None).exists():
        return localdate(at)
    changed = said.aggregate(last=Max("changed_at"))["last"]
    answered = Answer.objects.filter(process__in=processes).aggregate(last=Max("changed_at"))["last"]
    opened = processes.aggregate(last=Max("created_at"))["last"]
    return localdate(max(one for one in (changed, answered, opened) if one))


def debates(processes: QuerySet) -> Iterator[Line]:
    """Yield each debate's notice, in DebatesCore's fields."""
    for one in processes.select_related("organisation"):
        said, votes = one.metadata, _votes(one)
        yield {
            "id": one.slug,
            "title": one.title,
            "description": one.summary,
            "organiser": one.organisation.name,
            "opened_on": one.opens_at and localdate(one.opens_at),
            "closed_on": one.closes_at and localdate(one.closes_at),
            **{name: said.get(name) for name in ("territory", "subjects", "methods", "participants", "documents")},
            "results": said.get("results"),
            "url": said.get("url") or reverse("debate", args=[one.slug]),
            "licence": one.licence,
            "procedure": one.procedure,
            "subject": one.subject,
            "held_here": not one.is_archive,
            "counted_by": one.source if one.is_archive else HERE,
            "contributions_count": one.received,
            "votes_count": votes,
            "fictitious": one.is_fictitious,
        }


def _votes(process: Process) -> int:
    found = Contribution.objects.filter(process=process)
    return found.aggregate(all=Sum(F("votes_for") + F("votes_mixed") + F("votes_against")))["all"] or 0


def contributions(processes: QuerySet) -> Iterator[Line]:
    """Yield every contribution by what is counted of it: neither its words nor its author."""
    rows = (
        Contribution.objects.filter(process__in=processes)
        .select_related("process", "owner", "phase", "parent")
        .only(
            *("number", "kind", "unit", "unit_version", "received_at", "state", "fate", "due_at", "answered_at"),
            *("votes_for", "votes_mixed", "votes_against", "supports", "parent__number", "owner__name"),
            *("process__slug", "process__procedure", "process__is_archive", "phase__step", "phase__closes_at"),
        )
        .order_by("process__slug", "number")
    )
    for one in rows.iterator(chunk_size=CHUNK):
        slug = one.process.slug
        yield {
            "id": f"{slug}/{one.number}",
            "debate": slug,
            "number": one.number,
            "kind": one.kind,
            "unit": one.unit,
            "version": one.unit_version,
            "parent": f"{slug}/{one.parent.number}" if one.parent else None,
            "received_on": one.received_at and localdate(one.received_at),
            "state": one.state,
            "fate": one.fate,
            "authority": one.owner and one.owner.name,
            "waits_since": _waits_since(one),
            "due_on": one.due_at and localdate(one.due_at),
            "answered_on": one.answered_at and localdate(one.answered_at),
            **{name: getattr(one, name) for name in ("votes_for", "votes_mixed", "votes_against", "supports")},
            "counted_by": "source" if one.process.is_archive else HERE,
        }


def _waits_since(one: Contribution) -> date | None:
    """Return the day from which its answer is waited for, where one is owed."""
    if one.due_at is None:
        return None
    owed = procedure_named(one.process.procedure).step(one.phase.step).owed
    return localdate(one.phase.closes_at if owed and owed.counted_from == "closing" else one.received_at)


def answers(processes: QuerySet) -> Iterator[Line]:
    """Yield the answers in force, one row a contribution answered."""
    found = (
        Answered.objects.filter(is_current=True, answer__process__in=processes)
        .select_related("answer__process", "answer__organisation", "contribution")
        .order_by("answer__process__slug", "answer__number", "contribution__number")
    )
    for one in found.iterator(chunk_size=CHUNK):
        answer, slug = one.answer, one.answer.process.slug
        yield {
            "id": f"{slug}/{answer.number}",
            "debate": slug,
            "contribution": f"{slug}/{one.contribution.number}",
            "fate": answer.fate,
            "authority": answer.organisation.name,
            "answered_on": localdate(answer.given_at),
            "due_on": one.contribution.due_at and localdate(one.contribution.due_at),
            "evidence": answer.evidence,
        }


def words(processes: QuerySet) -> Iterator[Line]:
    """Yield the words that entered the texts under debate, each with the source that its version keeps."""
    names = sorted({one.subject.partition("/")[2] for one in processes if one.subject})
    addresses = {reverse("debate", args=[one.slug]): one.slug for one in processes}
    versions = Version.objects.filter(text__slug__in=names).exclude(edits=[]).select_related("text")
    for version in versions.order_by("text__slug", "number"):
        for edit in taken(version.edits):
            contribution = _contribution(edit.source.url, addresses)
            if contribution:
                yield {
                    "text": version.text.slug,
                    "version": version.slug,
                    "unit": edit.unit,
                    "words": edit.after,
                    "removed": edit.before,
                    "count": len(edit.after.split()),
                    "source_kind": edit.source.kind,
                    "source": str(edit.source),
                    "contribution": contribution,
                    "adopted_by": edit.source.adopted_by,
                    "adopted_on": edit.source.adopted_on,
                }


def _contribution(url: str, addresses: Mapping[str, str]) -> str:
    """Return « debat/12 » from the address of a contribution of one of these debates; nothing for another source."""
    for address, slug in addresses.items():
        if url.startswith(f"{address}contributions/"):
            return f"{slug}/{url.removeprefix(f'{address}contributions/').strip('/')}"
    return ""


def texts(processes: QuerySet) -> Iterator[Line]:
    """Yield the units that a debate opens, or opened, to contribution, with how many it received."""
    for one in processes.exclude(subject=""):
        subject = subjects.opened(one.subject, one.subject_version)
        counts = UnitCount.objects.filter(process=one).values("unit").annotate(all=Sum("count"))
        received = dict(counts.values_list("unit", "all"))
        for unit in subject.units() if subject else ():
            yield {
                "text": one.subject.partition("/")[2],
                "title": subject.title if subject else "",
                "version": one.subject_version,
                "unit": unit.uid,
                "number": unit.number,
                "debate": one.slug,
                "contributions": received.get(unit.uid, 0),
            }


TABLES: dict[str, Callable[[QuerySet], Iterator[Line]]] = {
    "debates": debates,
    "contributions": contributions,
    "answers": answers,
    "words": words,
    "texts": texts,
}
