"""A text's dossier: its steps on a line, what each changed, the life of each unit, what it leads to elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core import french
from parvis.core.texts import links
from parvis.core.texts.models import Passage, Reference, Text, Version
from parvis.core.texts.pages import dossier
from parvis.core.texts.views import (
    comparing,
    export_addresses,
    kind_title,
    named,
    published,
    unit_address,
    with_a_way_back,
)
from parvis.core.web.page import show

MANY_UNITS = 80
"""Units above which a dossier lists only those that changed."""

DATES = ("began_on", "ended_on")


@with_a_way_back
def text(request: HttpRequest, text: str) -> HttpResponseBase:
    stored, versions = published(text, "text__metadata", "edits")
    units = tuple(_lives(versions))
    shown = units if len(units) <= MANY_UNITS else tuple(unit for unit in units if _has_lived(unit))
    said = stored.metadata
    page = dossier.TextPage(
        title=str(stored),
        slug=stored.slug,
        long_title=stored.title,
        kind=kind_title(stored.kind),
        is_fictitious=stored.is_fictitious,
        is_code=stored.is_code,
        summary=said.get("summary", ""),
        facts=dossier.facts(said, {key: french.day(_day(said[key])) for key in DATES if said.get(key)}),
        files=tuple(said.get("files", ())),
        steps=tuple(_steps(versions, said.get("steps", ()))),
        versions=tuple(named(version) for version in versions),
        units=shown,
        unit_count=len(units),
        is_partial=len(shown) < len(units),
        related=tuple(_related_units(stored)),
        links=links.on(stored.slug),
        exports=export_addresses(versions[-1]),
        sha256=versions[-1].sha256,
        source=stored.source,
        licence=stored.licence,
        stream=stored.stream,
    )
    return show(request, "texts/text.html", page)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


# The steps on the line


def _steps(versions: Sequence[Version], said: Sequence[Mapping[str, Any]]) -> Iterator[dossier.StepLine]:
    """Yield the steps that the source tells, with or without a text, then the versions published since."""
    facts, parents = _said_of_steps(versions[0].text), parents_of(versions)
    lines = {one.slug: _step(one, next(iter(parents[one.pk]), None), facts[one.pk]) for one in versions}
    for step in said:
        yield lines.pop(step["version"], None) or _step_without_text(step)
    yield from lines.values()


def _said_of_steps(text: Text) -> dict[int, dict[str, Any]]:
    """Return by version what the line tells of its step: what else the source says may be long."""
    columns = {
        "outcomes": F("step__amendments__outcomes"), "debates": F("step__debates"), "remarks": F("step__remarks")
    }  # fmt: skip
    return {one["pk"]: one for one in Version.objects.filter(text=text).values("pk", **columns)}


def parents_of(versions: Sequence[Version]) -> dict[int, list[Version]]:
    """Return the parents of each version, in one query."""
    by_key = {version.pk: version for version in versions}
    pairs = Version.parents.through.objects.filter(from_version__in=by_key).order_by("pk")
    parents: dict[int, list[Version]] = {key: [] for key in by_key}
    for child, parent in pairs.values_list("from_version", "to_version"):
        parents[child].append(by_key[parent])
    return parents


def _step_without_text(step: Mapping[str, Any]) -> dossier.StepLine:
    return dossier.StepLine(
        rank=0,
        title=step["title"],
        on=_day(step["ended_on"]),
        author="",
        url="",
        source=step["source"],
        compare_url="",
        counted=None,
        amendments=(),
        words_spoken=0,
        remarks=(),
        edits=0,
    )


def _step(version: Version, parent: Version | None, said: Mapping[str, Any]) -> dossier.StepLine:
    return dossier.StepLine(
        rank=version.number,
        title=version.title,
        on=version.dated,
        author=version.author,
        url=reverse("text-version", args=[version.text.slug, version.slug]),
        source=version.basis if version.basis.startswith("http") else "",
        compare_url=comparing("text-compare", parent, version) if parent else "",
        counted=dossier.counted(version.changes),
        amendments=dossier.outcomes(said["outcomes"] or {}),
        words_spoken=dossier.words_spoken(said["debates"] or ()),
        remarks=tuple(remark["sentence"] for remark in said["remarks"] or ()),
        edits=len(version.edits),
    )


# The life of each unit


def _lives(versions: Sequence[Version]) -> Iterator[dossier.UnitLine]:
    """Yield each unit through the versions, in the order of the newest version that has it."""
    ranks, parents = {version.pk: rank for rank, version in enumerate(versions)}, parents_of(versions)
    there: dict[str, dict[int, bool]] = {}
    numbers: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    orders: list[list[str]] = [[] for _ in versions]
    columns = ("unit__uid", "version", "number", "heading", "kind", "wording__sha256")
    passages = Passage.objects.filter(version__text=versions[0].text).order_by("version__number", "position")
    for uid, version, number, heading, kind, words in passages.values_list(*columns):
        there.setdefault(uid, {})[ranks[version]] = words != NO_WORDS
        numbers.setdefault(uid, [f"Article {number}" if kind == "article" else number, number]).append(number)
        headings[uid] = heading
        orders[ranks[version]].append(uid)
    for uid in dossier.in_order(orders):
        url = unit_address(versions[0].text.slug, uid)
        name, first, *others = numbers[uid]
        became = others[-1] if others[-1] != first else ""
        cells = tuple(_cells(uid, versions, parents, there[uid]))
        yield dossier.UnitLine(uid, name, became, headings[uid], url, cells)


NO_WORDS = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The fingerprint of a unit without a word: « (Supprimé) »."""


def _cells(
    uid: str, versions: Sequence[Version], parents: Mapping[int, Sequence[Version]], there: Mapping[int, bool]
) -> Iterator[dossier.Cell]:
    present = [there.get(rank, False) for rank in range(len(versions))]
    found = dossier.states(uid, [version.changes for version in versions], present)
    for version, (state, difference) in zip(versions, found, strict=True):
        parent = next(iter(parents[version.pk]), None)
        is_change = parent is not None and state in {"changed", "gone"}
        url = comparing("text-unit-compare", parent, version, uid) if is_change else ""
        yield dossier.Cell(state, difference, url or unit_address(version.text.slug, uid, version.slug))


def _has_lived(unit: dossier.UnitLine) -> bool:
    """Whether something became of a unit after the first version that has it."""
    states = [cell.state for cell in unit.cells]
    return states[0] != "new" or bool({"changed", "gone"} & set(states))


# What it has to do with elsewhere


def related(found: Iterable[Reference], *, outward: bool) -> tuple[dossier.Related, ...]:
    """Return the other ends of references, as pages show them."""
    return tuple(
        dossier.Related(
            number=f"Article {end.number}",
            heading=end.heading,
            text=str(end.text),
            url=unit_address(end.text.slug, end.uid),
            found_by=Reference.FoundBy(one.found_by).label,
            evidence=one.evidence,
        )
        for one in found
        for end in [one.target if outward else one.unit]
    )


def references(condition: Q) -> QuerySet[Reference]:
    """Return references with both their ends, the surest first."""
    ends = [f"{end}__{column}" for end in ("unit", "target") for column in ENDS]
    return (
        Reference.objects.filter(condition)
        .select_related("unit__text", "target__text")
        .only("found_by", "evidence", *ends)
        .order_by("unit", "found_by", "-weight", "target")
    )


ENDS = ("uid", "number", "heading", "text__slug", "text__title", "text__short_title")


def _related_units(stored: Text) -> Iterator[dossier.RelatedUnit]:
    """Yield what each unit leads to in other texts, then what leads to it from them."""
    found = list(references(Q(unit__text=stored) | Q(target__text=stored)))
    for outward in (True, False):
        mine = [one for one in found if (one.unit if outward else one.target).text_id == stored.pk]
        yield from _grouped(stored, mine, outward=outward)


def _grouped(stored: Text, found: Iterable[Reference], *, outward: bool) -> Iterator[dossier.RelatedUnit]:
    def key(one: Reference) -> tuple[str, ...]:
        own, other = (one.unit, one.target) if outward else (one.target, one.unit)
        return (own.uid, own.number, other.text.slug, one.found_by)

    for (uid, number, _, _), group in groupby(sorted(found, key=key), key=key):
        ends = related(list(group), outward=outward)
        url = unit_address(stored.slug, uid)
        yield dossier.RelatedUnit(f"Article {number}", url, ends[0].text, ends[0].found_by, ends)
