"""The page of the drift: what each commitment became from one version of the plan's text to another."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.models import Version
from parvis.core.texts.pages.comparison import Chooser
from parvis.core.texts.views import address, chosen, comparing, named, published, unit_address, with_a_way_back
from parvis.core.undertakings.succession import drafting
from parvis.core.undertakings.succession.drifting import TITLES, Became, Drift, drift
from parvis.core.undertakings.succession.pages import DriftLine, DriftPage, Place
from parvis.core.undertakings.succession.pledging import LIMITS
from parvis.core.undertakings.views import loaded_plan
from parvis.core.web.page import show


@with_a_way_back
def drifted(request: HttpRequest) -> HttpResponseBase:
    stored, versions = published(drafting.slug_of(loaded_plan().slug))
    before = chosen(stored, versions, request.GET.get("de", "") or versions[0].slug)
    after = chosen(stored, versions, request.GET.get("a", ""))
    was, now = before.document(), after.document()
    found = drift(was, now)
    page = DriftPage(
        title="Ce que le plan est devenu",
        text_title=str(stored),
        text_url=address(stored),
        chooser=_chooser(versions, before, after),
        counts=tuple(_counts(found)),
        limits=tuple(_limits(was, now)),
        lines=tuple(_line(one, before, after) for one in found),
        columns_url=comparing("text-columns", before, after),
    )
    return show(request, "undertakings/drift.html", page)


def _chooser(versions: Sequence[Version], before: Version, after: Version) -> Chooser:
    swapped = f"{reverse('plan-drift')}?de={after.slug}&a={before.slug}"
    is_backwards = before.number > after.number
    return Chooser(tuple(named(one) for one in versions), named(before), named(after), is_backwards, swapped)


def _counts(found: Sequence[Drift]) -> Iterator[tuple[str, int]]:
    """Count commitments, not lines: one that two others build on counts once."""
    for became in Became:
        mine = [one for one in found if one.became == became]
        units = {(one.before or one.after).unit for one in mine}
        if units:
            yield TITLES[became], len(units)


def _limits(*documents: Document) -> Iterator[str]:
    yield from (document.words(LIMITS) for document in documents if LIMITS in document)


def _line(one: Drift, before: Version, after: Version) -> DriftLine:
    is_same_unit = one.before and one.after and one.before.unit == one.after.unit
    url = comparing("text-unit-compare", before, after, one.before.unit) if is_same_unit else None
    return DriftLine(
        one.became,
        one.title,
        _place(one.before, before),
        _place(one.after, after),
        one.kept,
        "texte non retrouvé" if one.before and one.after and one.kept is None else "",
        url,
    )


def _place(passage: Passage | None, version: Version) -> Place | None:
    if passage is None:
        return None
    url = unit_address(version.text.slug, passage.unit, version.slug)
    return Place(passage.unit, passage.number, passage.heading, url)
