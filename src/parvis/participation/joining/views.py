"""The doors between texts and debates, which do not know each other: this room knows both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from parvis.core import french
from parvis.core.processes.models import Process
from parvis.core.processes.subjects import SubjectUnit
from parvis.core.texts.links import Link
from parvis.core.texts.models import Passage, Version
from parvis.core.texts.views import unit_address
from parvis.participation.joining import SCHEME


@dataclass(frozen=True)
class TextSubject:
    """A text at one version, as a debate sees it."""

    title: str
    url: str
    version: str
    current: str
    stored: Version
    found: dict[str, SubjectUnit] = field(default_factory=dict)

    def units(self) -> Sequence[SubjectUnit]:
        passages = self.stored.passages.readable().order_by("position")
        return tuple(self._shown(passage) for passage in passages)

    def outline(self) -> Sequence[SubjectUnit]:
        """Return the units in order without their words: what a table of contents needs, in one light query."""
        columns = ("unit__uid", "number", "heading", "kind")
        found = self.stored.passages.order_by("position").values_list(*columns)
        return tuple(self._titled(*passage) for passage in found)

    def unit(self, uid: str) -> SubjectUnit | None:
        if uid not in self.found:
            passage = self.stored.passages.readable().filter(unit__uid=uid).first()
            if passage is None:
                return None
            self.found[uid] = self._shown(passage)
        return self.found[uid]

    def _shown(self, passage: Passage) -> SubjectUnit:
        return self._titled(passage.unit.uid, passage.number, passage.heading, passage.kind, passage.wording.body)

    def _titled(self, uid: str, number: str, heading: str, kind: str, words: str = "") -> SubjectUnit:
        url = unit_address(self.stored.text.slug, uid, self.version)
        return SubjectUnit(uid, f"Article {number}" if kind == "article" else number, heading, words, url)


def opened(slug: str, version: str) -> TextSubject | None:
    """Return the text of that name at that version, the newest where none is named; None where it is not here."""
    versions = list(
        Version.objects.filter(text__slug=slug)
        .select_related("text")
        .only("slug", "number", "text__slug", "text__title", "text__short_title")
        .order_by("number")
    )
    shown = next((one for one in reversed(versions) if not version or one.slug == version), None)
    if shown is None:
        return None
    url = reverse("text-version", args=[slug, shown.slug])
    return TextSubject(str(shown.text), url, shown.slug, versions[-1].slug, shown)


def debates_on(text: str, unit: str) -> tuple[Link, ...]:
    """Return the debates about a text, or those where one of its units is discussed."""
    columns = ("slug", "title", "is_archive", "opens_at", "closes_at", "subject_version")
    counted = Sum("counts__count", filter=Q(counts__unit=unit) if unit else None)
    debates = Process.objects.published().filter(subject=f"{SCHEME}/{text}").order_by("-opens_at", "slug")
    found = list(debates.values(*columns, said=counted))
    there = _versions_with(text, unit) if unit and any(not one["said"] for one in found) else set()
    now = timezone.now()
    return tuple(_link(one, unit, now) for one in found if not unit or one["said"] or one["subject_version"] in there)


def _versions_with(text: str, unit: str) -> set[str]:
    passages = Passage.objects.filter(unit__text__slug=text, unit__uid=unit)
    return set(passages.values_list("version__slug", flat=True))


def _link(debate: Mapping[str, Any], unit: str, now: datetime) -> Link:
    slug, count = debate["slug"], debate["said"] or 0
    place = reverse("debate-unit", args=[slug, unit]) if unit else reverse("debate", args=[slug])
    said = french.count(count, "contribution publiée,contributions publiées")
    return Link(debate["title"], place, _moment(debate, now), said)


def _moment(debate: Mapping[str, Any], now: datetime) -> str:
    if debate["is_archive"]:
        return "Archive"
    if debate["opens_at"] is None or debate["closes_at"] is None or debate["closes_at"] <= now:
        return "Débat clos"
    return "Débat à venir" if now < debate["opens_at"] else "Débat ouvert"
