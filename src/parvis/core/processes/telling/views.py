"""The page of a contribution."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from operator import attrgetter

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.ledger.leaves import canonical
from parvis.core.processes import acts, joins, subjects, views
from parvis.core.processes.checking import Json
from parvis.core.processes.diffing import pieces
from parvis.core.processes.kinds import KINDS, SIDES, Field, FieldType, Target, fields_of, ordered
from parvis.core.processes.models import Contribution, Edition, Process
from parvis.core.processes.pages import Card, Column, ContributionPage, EditionLine, KindSection, Said
from parvis.core.processes.subjects import SubjectUnit
from parvis.core.processes.views import Row
from parvis.core.web import panels
from parvis.core.web.page import show
from parvis.core.web.parts import Fact, Step

A_COLUMN = 20
"""Arguments of each side that the page shows before the whole list."""

READ_WITH_IT = ("author", "owner", "parent__author", "parent__parent")


def contribution(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    process = views.process_or_404(request, slug)
    whole = Contribution.objects.select_related(*READ_WITH_IT).prefetch_related("editions")
    one = get_object_or_404(whole, process=process, number=number)
    one.process = process
    labels = views.labels_of(views.counts_of(process))
    (card,) = views.cards([views.row_of(one)], process, labels)
    fields = fields_of(KINDS.filled()[one.kind], process.metadata)
    is_shown = one.state == Contribution.State.PUBLISHED or (one.author_id and one.author_id == request.user.pk)
    editions = sorted(one.editions.all(), key=attrgetter("number")) if is_shown else []
    children = list(_children(one)) if one.replies else []
    at = timezone.now()
    read = _read(one)
    page = ContributionPage(
        title=card.title or f"{card.kind_title} n° {number}",
        debate=views.debate_line(process, at=at),
        card=card,
        said=tuple(part for part in _said(read, fields, editions) if part.name != "title"),
        tombstone=_tombstone(one),
        quote=one.anchor["quote"] if one.anchor and is_shown else "",
        about=_about(one, process, labels),
        unit_url=reverse("debate-unit", args=[slug, one.unit]) if one.unit and process.subject else None,
        facts=tuple(_facts(one, card, read)),
        history=tuple(history(fields, editions)),
        columns=tuple(_columns(one, process, labels, children)),
        others=tuple(_others(one, process, labels, children)),
        acts=tuple(_acts(one, process)),
        panels=panels.gathered(joins.PANELS, one, request),
        fingerprint=sha256(canonical(editions[-1].fields)).hexdigest() if editions else "",
        own=tuple(_own(request, one, slug)),
        stream=process.stream,
        key=one.key,
    )
    return show(request, "processes/contribution.html", page)


def _children(one: Contribution) -> Iterable[Row]:
    return Contribution.objects.filter(parent=one).told().order_by("draw", "number")[: 8 * A_COLUMN]


def _said(read: SubjectUnit | None, fields: Sequence[Field], editions: Sequence[Edition]) -> Iterator[Said]:
    """Yield what the last edition says, its reasons before its words; its title is the page's."""
    if editions:
        values = editions[-1].fields
        is_compared = any(field.type is FieldType.WORDING and field.name in values for field in fields)
        told = said(fields, values, read.words if read and is_compared else "")
        yield from sorted(told, key=lambda part: part.type == FieldType.WORDING)


def _read(one: Contribution) -> SubjectUnit | None:
    """Return the unit that a contribution bears on, as its author read it."""
    if not one.unit or not one.process.subject:
        return None
    subject = subjects.opened(one.process.subject, one.unit_version)
    return subject.unit(one.unit) if subject else None


def said(fields: Sequence[Field], values: Mapping[str, Json], words: str = "") -> Iterator[Said]:
    """Yield what a contribution says, field by field; another wording is compared with the unit's words."""
    for field in fields:
        if field.name not in values:
            continue
        value = values[field.name]
        compared = tuple(pieces(words, str(value))) if field.type is FieldType.WORDING and words else ()
        url = str(value) if field.type is FieldType.ADDRESS else None
        yield Said(field.name, field.told or field.title, field.type, _text(field, value), url, compared)


def _text(field: Field, value: Json) -> str:
    choices = field.choices or {}
    if isinstance(value, list):
        return ", ".join(choices.get(one, one) for one in value)
    if field.type is FieldType.SCALE:
        return f"{value} sur {field.highest}"
    return choices.get(str(value), str(value))


def history(fields: Sequence[Field], editions: Sequence[Edition]) -> Iterator[EditionLine]:
    """Yield each edition, the last first, with what it changed in the one before."""
    for before, after in reversed(list(pairwise(editions))):
        yield EditionLine(after.number, after.made_at, tuple(_changes(fields, before.fields, after.fields)))
    if editions:
        yield EditionLine(editions[0].number, editions[0].made_at, ())


def _changes(fields: Sequence[Field], before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[Said]:
    for field in fields:
        old, new = before.get(field.name, ""), after.get(field.name, "")
        if old != new:
            texts = (_text(field, one) if one else "" for one in (old, new))
            yield Said(field.name, field.told or field.title, field.type, str(new), None, tuple(pieces(*texts)))


def _tombstone(one: Contribution) -> str:
    match one.state:
        case Contribution.State.WITHDRAWN:
            return f"Retirée par son auteur, avec ce motif : {one.withdrawn_because}"
        case Contribution.State.HIDDEN:
            return "Masquée par une décision de modération motivée, que son auteur peut contester."
        case _:
            return ""


def _about(one: Contribution, process: Process, labels: dict[str, str]) -> Card | None:
    return views.cards([views.row_of(one.parent)], process, labels)[0] if one.parent else None


def _facts(one: Contribution, card: Card, read: SubjectUnit | None) -> Iterator[Fact]:
    if card.unit:
        yield Fact("Porte sur", card.unit_title, reverse("debate-unit", args=[one.process.slug, card.unit]))
    if read and one.unit_version:
        yield Fact("Version lue", "celle que lisait son auteur", read.url)


def _columns(one: Contribution, process: Process, labels: dict[str, str], children: list[Row]) -> Iterator[Column]:
    """Yield the arguments for and against, side by side."""
    arguments = [child for child in children if child["kind"] == "argument"]
    base = f"{reverse('debate-contributions', args=[process.slug])}?sur={one.number}&espece=argument&cote="
    takes = any(one.kind in kind.answers_to for kind in KINDS.values() if kind.slug == "argument")
    if not arguments and not takes:
        return
    for side in ("for", "against"):
        mine = [child for child in arguments if child["side"] == side]
        shown = views.cards(mine[:A_COLUMN], process, labels)
        yield Column(side, SIDES[side], len(mine), shown, f"{base}{side}")


def _others(one: Contribution, process: Process, labels: dict[str, str], children: list[Row]) -> Iterator[KindSection]:
    base = f"{reverse('debate-contributions', args=[process.slug])}?sur={one.number}&espece="
    for kind in ordered():
        slug = kind.slug
        # A withdrawn argument has no side left: its tombstone stands with the rest.
        mine = [child for child in children if child["kind"] == slug and not (slug == "argument" and child["side"])]
        if mine:
            shown = views.cards(mine[:A_COLUMN], process, labels)
            yield KindSection(slug, kind.plural, len(mine), shown, f"{base}{slug}")


def _acts(one: Contribution, process: Process) -> Iterator[views.OpenAct]:
    if one.state != Contribution.State.PUBLISHED:
        return
    spot = views.Spot(process, Target.CONTRIBUTION, f"?sur={one.number}", one.kind)
    found = views.open_acts(spot, process.timetable(), at=timezone.now())
    yield from (act for act in found if act.url)


def _own(request: HttpRequest, one: Contribution, slug: str) -> Iterator[Step]:
    """Yield what its author may do with it."""
    if not request.user.is_authenticated or one.author_id != request.user.pk:
        return
    if one.state != Contribution.State.PUBLISHED:
        return
    is_open = acts.may(f"{acts.CONTRIBUTE}{one.kind}", one.process.timetable(), at=timezone.now())
    if isinstance(is_open, acts.Allowed):
        yield Step("Modifier", reverse("contribution-edit", args=[slug, one.number]))
    yield Step("Retirer", reverse("contribution-withdraw", args=[slug, one.number]))
