"""Pages where a text is read: a version, a unit, who its words come from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core.texts import links
from parvis.core.texts.blaming import Stage
from parvis.core.texts.blaming import blame as origins
from parvis.core.texts.documents import Document, new_divisions
from parvis.core.texts.following.views import parents_of, references, related
from parvis.core.texts.keeping import taken
from parvis.core.texts.models import Passage, Text, Version
from parvis.core.texts.pages import article, sources
from parvis.core.texts.pages.dossier import states
from parvis.core.texts.views import (
    address,
    chosen,
    comparing,
    export_addresses,
    named,
    published,
    unit_address,
    unknown_unit,
    with_a_way_back,
)
from parvis.core.web.page import show
from parvis.core.web.parts import Step

MANY_UNITS = 80
"""Units above which a version's page is a table of contents: their words are on their own pages, and in files."""

FIRST_WORDS = 160
"""Characters of a unit that a table of contents shows."""


@with_a_way_back
def version(request: HttpRequest, text: str, version: str) -> HttpResponseBase:
    stored, versions = published(text, "step")
    shown = chosen(stored, versions, version)
    document = shown.document()
    parents = list(shown.parents.select_related("text").order_by("number"))
    page = article.VersionPage(
        title=shown.title,
        text_title=str(stored),
        text_url=address(stored),
        slug=shown.slug,
        dated=shown.dated,
        author=shown.author,
        basis=shown.basis,
        sha256=shown.sha256,
        licence=stored.licence,
        source=stored.source,
        is_fictitious=stored.is_fictitious,
        is_contents_only=len(document.passages) > MANY_UNITS,
        units=tuple(_shown_units(stored, shown, document)),
        remarks=tuple(remark["sentence"] for remark in shown.step.get("remarks", ())),
        parents=tuple(named(parent) for parent in parents),
        children=tuple(named(child) for child in shown.children.select_related("text").order_by("number")),
        compare_url=comparing("text-compare", parents[0], shown) if parents else "",
        columns_url=comparing("text-columns", parents[0], shown) if parents else "",
        exports=export_addresses(shown),
        stream=stored.stream,
    )
    return show(request, "texts/version.html", page)


def _shown_units(text: Text, version: Version, document: Document) -> Iterator[article.ShownUnit]:
    above: tuple[str, ...] = ()
    is_short = len(document.passages) <= MANY_UNITS
    for passage in document.passages:
        lines = passage.words.split("\n") if passage.words else []
        yield article.ShownUnit(
            uid=passage.unit,
            title=passage.title,
            heading=passage.heading,
            divisions=new_divisions(above, passage.path),
            status=passage.status,
            alineas=tuple(lines) if is_short else tuple(_first_words(line) for line in lines[:1]),
            url=unit_address(text.slug, passage.unit, version.slug),
        )
        above = passage.path


def _first_words(line: str) -> str:
    return line if len(line) <= FIRST_WORDS else f"{line[:FIRST_WORDS]}…"


# A unit


@with_a_way_back
def unit(request: HttpRequest, text: str, uid: str) -> HttpResponseBase:
    stored, versions = published(text)
    passages = passages_of(stored, uid)
    shown = _shown_version(request, stored, versions, passages)
    here = passages[shown.pk]
    linked = list(references(Q(unit=here.unit) | Q(target=here.unit)))
    lived = tuple(_lived(uid, versions, passages, shown))
    previous, following = _neighbours(stored, shown, here)
    page = article.UnitPage(
        title=here.read().title,
        kicker=f"{stored}, {shown.title}",
        text_title=str(stored),
        text_url=address(stored),
        uid=uid,
        number=here.number,
        heading=here.heading,
        path=tuple(here.path),
        status=here.status,
        is_fictitious=stored.is_fictitious,
        shown=named(shown),
        is_newest=shown.pk == versions[-1].pk,
        alineas=tuple(line for line in here.wording.body.split("\n") if line.strip()),
        versions=lived,
        previous=previous,
        following=following,
        changed_by=tuple(_changed_by(here.unit.facts)),
        related=related([one for one in linked if one.unit_id == here.unit_id], outward=True),
        related_by=related([one for one in linked if one.target_id == here.unit_id], outward=False),
        links=links.on(stored.slug, uid),
        compare_url=reverse("text-unit-compare", args=[text, uid]),
        blame_url=f"{reverse('text-blame', args=[text, uid])}?version={shown.slug}",
        version_url=reverse("text-version", args=[text, shown.slug]),
    )
    return show(request, "texts/unit.html", page)


def _changed_by(facts: Mapping[str, Any]) -> Iterator[article.ChangedBy]:
    for change in facts.get("changes", ()):
        signed = date.fromisoformat(change["signed"]) if change["signed"] else None
        how = article.LAWS_ACTS.get(change["kind"], change["kind"].lower())
        yield article.ChangedBy(how, change["law"].removesuffix(" - art."), signed)


def passages_of(text: Text, uid: str) -> dict[int, Passage]:
    """Return a unit's passages by version. Raises NotPublished where no version has it."""
    found = Passage.objects.readable().filter(version__text=text, unit__text=text, unit__uid=uid)
    passages = {passage.version_id: passage for passage in found}
    if not passages:
        raise unknown_unit(text, uid)
    return passages


def _shown_version(
    request: HttpRequest, text: Text, versions: Sequence[Version], passages: Mapping[int, Passage]
) -> Version:
    """Return the version that the address names, else the newest that has words for the unit."""
    asked = request.GET.get("version", "")
    having = [one for one in versions if one.pk in passages]
    if not asked:
        return next((one for one in reversed(having) if passages[one.pk].wording.body), having[-1])
    wanted = chosen(text, versions, asked)
    if wanted.pk not in passages:
        uid = next(iter(passages.values())).unit.uid
        raise unknown_unit_at(text, uid, wanted, having)
    return wanted


def unknown_unit_at(text: Text, uid: str, version: Version, having: Sequence[Version]):
    """Say that a version does not have a unit that others have."""
    lost = unknown_unit(text, uid)
    lost.args = (f"L’article « {uid} » n’est pas dans la version « {version.title} » ; d’autres versions l’ont.",)
    lost.steps = tuple(
        Step(f"Le lire dans « {one.title} ».", unit_address(text.slug, uid, one.slug)) for one in having[-3:]
    )
    return lost


def _lived(
    uid: str, versions: Sequence[Version], passages: Mapping[int, Passage], shown: Version
) -> Iterator[article.UnitVersion]:
    present = [one.pk in passages and bool(passages[one.pk].wording.body) for one in versions]
    found = states(uid, [one.changes for one in versions], present)
    before: Version | None = None
    for one, (state, difference) in zip(versions, found, strict=True):
        is_change = before is not None and state in {"changed", "gone"}
        yield article.UnitVersion(
            slug=one.slug,
            title=one.title,
            dated=one.dated,
            url=unit_address(one.text.slug, uid, one.slug) if one.pk in passages else "",
            state=state,
            difference=difference,
            compare_url=comparing("text-unit-compare", before, one, uid) if is_change else "",
            is_shown=one.pk == shown.pk,
        )
        before = one if one.pk in passages else before


def _neighbours(text: Text, version: Version, here: Passage) -> tuple[Step | None, Step | None]:
    around = Passage.objects.filter(version=version, position__in=(here.position - 1, here.position + 1))
    steps = {
        position: Step(
            number if kind != "article" else f"Article {number}", unit_address(text.slug, uid, version.slug)
        )
        for position, number, kind, uid in around.values_list("position", "number", "kind", "unit__uid")
    }
    return steps.get(here.position - 1), steps.get(here.position + 1)


# Who the words come from


@with_a_way_back
def blame(request: HttpRequest, text: str, uid: str) -> HttpResponseBase:
    stored, versions = published(text, "edits")
    passages = passages_of(stored, uid)
    shown = _shown_version(request, stored, versions, passages)
    by_slug = {one.slug: named(one) for one in versions}
    spans = origins(tuple(_stages(uid, _lineage(shown, versions), passages)))
    lines, found = sources.origins(spans, by_slug)
    page = article.BlamePage(
        title=f"D’où viennent les mots de l’{passages[shown.pk].read().title[:1].lower()}"
        f"{passages[shown.pk].read().title[1:]}",
        text_title=str(stored),
        text_url=address(stored),
        unit_title=passages[shown.pk].read().title,
        unit_url=unit_address(text, uid, shown.slug),
        shown=named(shown),
        lines=lines,
        origins=found,
    )
    return show(request, "texts/blame.html", page)


def _lineage(version: Version, versions: Sequence[Version]) -> list[tuple[Version, list[str]]]:
    """Return a version and all that it descends from, each with its parents' slugs, oldest first."""
    parents = parents_of(versions)
    wanted = {version.pk}
    for one in reversed(versions):
        if one.pk in wanted:
            wanted.update(parent.pk for parent in parents[one.pk])
    return [(one, [parent.slug for parent in parents[one.pk]]) for one in versions if one.pk in wanted]


def _stages(
    uid: str, lineage: Sequence[tuple[Version, list[str]]], passages: Mapping[int, Passage]
) -> Iterator[Stage]:
    for one, parents in lineage:
        words = passages[one.pk].wording.body if one.pk in passages else ""
        edits = tuple(edit for edit in taken(one.edits) if edit.unit == uid)
        yield Stage(one.slug, words, tuple(parents), edits)
