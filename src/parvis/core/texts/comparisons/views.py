"""Pages where two versions are compared: the whole text, a unit, three columns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core.texts import documents
from parvis.core.texts.comparing import UnitChange, difference
from parvis.core.texts.comparing import compare as compared
from parvis.core.texts.editing import Edit, Source, alternative
from parvis.core.texts.keeping import taken
from parvis.core.texts.models import Passage, Text, Version
from parvis.core.texts.pages import comparison
from parvis.core.texts.pages.marks import in_line, side_by_side
from parvis.core.texts.pages.tables import in_columns
from parvis.core.texts.reading.views import passages_of
from parvis.core.texts.renumbering import followed, renumbered
from parvis.core.texts.views import address, chosen, comparing, named, published, unit_address, with_a_way_back
from parvis.core.web.page import rank_asked, show
from parvis.core.web.parts import Pages

UNITS_A_PAGE = 12


def _pair(request: HttpRequest, text: Text, versions: Sequence[Version]) -> tuple[Version, Version]:
    """Return the two versions asked: by default the first and the newest."""
    before = chosen(text, versions, request.GET.get("de", "") or versions[0].slug)
    return before, chosen(text, versions, request.GET.get("a", ""))


def _chooser(
    name: str, versions: Sequence[Version], before: Version, after: Version, *places: str
) -> comparison.Chooser:
    return comparison.Chooser(
        tuple(named(version) for version in versions),
        named(before),
        named(after),
        is_backwards=before.number > after.number,
        swapped_url=comparing(name, after, before, *places),
    )


def _title(before: Version, after: Version) -> str:
    return "Ce qui change d’une version à l’autre" if before.pk != after.pk else "Une version comparée à elle-même"


@with_a_way_back
def compare(request: HttpRequest, text: str) -> HttpResponseBase:
    stored, versions = published(text)
    before, after = _pair(request, stored, versions)
    found = tuple(_drift(change, before, after) for change in followed(before.document(), after.document()))
    states = [one.state for one in found]
    page = comparison.ComparePage(
        title=_title(before, after),
        text_title=str(stored),
        text_url=address(stored),
        chooser=_chooser("text-compare", versions, before, after),
        counts={state: states.count(state) for state in ("new", "changed", "renumbered", "gone", "same")},
        units=tuple(one for one in found if one.state != "same"),
        columns_url=comparing("text-columns", before, after),
    )
    return show(request, "texts/compare.html", page)


def _drift(change: UnitChange, before: Version, after: Version) -> comparison.UnitDrift:
    passage = change.after or change.before
    return comparison.UnitDrift(
        uid=change.unit,
        title=passage.title,
        heading=passage.heading,
        renumbered_from=change.before.number if change.is_renumbered else "",
        state=_state(change),
        difference=change.difference,
        lines=in_line(change.changes),
        url=comparing("text-unit-compare", before, after, change.unit),
    )


def _state(change: UnitChange) -> str:
    was, now = bool(change.before and change.before.words), bool(change.after and change.after.words)
    if was != now:
        return "new" if now else "gone"
    if change.is_renumbered:
        return "renumbered"
    return "changed" if change.is_reworded else "same"


@with_a_way_back
def compare_unit(request: HttpRequest, text: str, uid: str) -> HttpResponseBase:
    stored, versions = published(text)
    passages = passages_of(stored, uid)
    before, after = _pair_of_unit(request, stored, versions, passages)
    was, now = _facing(before, after, passages)
    words = [one.words if one else "" for one in (was, now)]
    newest = max(passages.values(), key=lambda one: one.version_id)
    page = comparison.UnitComparePage(
        title=f"{newest.read().title}, d’une version à l’autre",
        text_title=str(stored),
        text_url=address(stored),
        unit_title=newest.read().title,
        unit_url=unit_address(text, uid),
        chooser=_chooser("text-unit-compare", versions, before, after, uid),
        difference=difference(*words),
        was=was.number if was else "",
        now=now.number if now else "",
        lines=side_by_side(compared(*words)),
    )
    return show(request, "texts/compare_unit.html", page)


def _facing(
    before: Version, after: Version, passages: Mapping[int, Passage]
) -> tuple[documents.Passage | None, documents.Passage | None]:
    """Return a unit at two versions; where one does not have it, what it was or became under another number."""
    was, now = (found.read() if (found := passages.get(one.pk)) else None for one in (before, after))
    if bool(was) == bool(now):
        return was, now
    pairs = renumbered(before.document(), after.document())
    pair = next((one for one in pairs if one.before == was or one.after == now), None)
    return (pair.before, pair.after) if pair else (was, now)


def _pair_of_unit(
    request: HttpRequest, text: Text, versions: Sequence[Version], passages: Mapping[int, Passage]
) -> tuple[Version, Version]:
    """Return the two versions asked: by default those of the last change of the unit's words."""
    having = [one for one in versions if one.pk in passages]
    changed = [pair for pair in pairwise(having) if len({passages[one.pk].wording_id for one in pair}) > 1]
    first, last = changed[-1] if changed else (having[0], having[-1])
    before = chosen(text, versions, request.GET.get("de", "") or first.slug)
    return before, chosen(text, versions, request.GET.get("a", "") or last.slug)


@with_a_way_back
def columns(request: HttpRequest, text: str) -> HttpResponseBase:
    stored, versions = published(text, "edits")
    before, after = _pair(request, stored, versions)
    units = tuple(_in_columns(before, after, _edits(before, after)))
    start = _start(request, len(units))
    page = comparison.ColumnsPage(
        title="Avant, proposé, après",
        text_title=str(stored),
        text_url=address(stored),
        chooser=_chooser("text-columns", versions, before, after),
        units=units,
        shown=units[start : start + UNITS_A_PAGE],
        pages=_pages(comparing("text-columns", before, after), start, len(units)),
        compare_url=comparing("text-compare", before, after),
    )
    return show(request, "texts/columns.html", page)


def _start(request: HttpRequest, count: int) -> int:
    """Return the first unit shown: what is asked, cut to a whole page of what there is."""
    return min(rank_asked(request, "depuis"), max(count - 1, 0)) // UNITS_A_PAGE * UNITS_A_PAGE


def _pages(url: str, start: int, count: int) -> Pages | None:
    """Return where a reader stands in the changed units; None where one page holds them all."""
    if count <= UNITS_A_PAGE:
        return None
    end = min(start + UNITS_A_PAGE, count)
    return Pages(
        f"Unités {start + 1} à {end}, sur {count} qui changent",
        f"{url}&depuis={start - UNITS_A_PAGE}" if start else None,
        f"{url}&depuis={end}" if end < count else None,
    )


def _edits(before: Version, after: Version) -> tuple[Edit, ...]:
    """Return the edits that led from a version to the next, where they are known."""
    is_next = after.parents.filter(pk=before.pk).exists()
    return taken(after.edits) if is_next else ()


def _in_columns(before: Version, after: Version, edits: Sequence[Edit]) -> Iterator[comparison.Columns]:
    """Yield the units that change; what no known edit explains is told as the version's own."""
    url = reverse("text-version", args=[after.text.slug, after.slug])
    itself = Source("version", after.title, url)
    for change in followed(before.document(), after.document()):
        was, now = (one.words if one else "" for one in (change.before, change.after))
        own = [edit for edit in edits if edit.unit == change.unit] or alternative(change.unit, was, now, itself)
        if was != now:
            yield comparison.Columns(
                uid=change.unit,
                title=(change.after or change.before).title,
                lines=in_columns(was, own),
                url=comparing("text-unit-compare", before, after, change.unit),
            )
