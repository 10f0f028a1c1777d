"""The doors between texts and debates, which do not know each other: this room knows both."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils import timezone

from parvis.core.processes.models import Process, UnitCount
from parvis.core.processes.subjects import SubjectUnit
from parvis.core.texts.links import Link
from parvis.core.texts.models import Passage, Version
from parvis.core.texts.views import unit_address
from parvis.core.web import french
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
    said = UnitCount.objects.filter(process=OuterRef("pk"), **({"unit": unit} if unit else {}))
    there = Passage.objects.filter(version__text__slug=text, version__slug=OuterRef("subject_version"), unit__uid=unit)
    debates = (
        Process.objects.published()
        .filter(subject=f"{SCHEME}/{text}")
        .defer("metadata", "words", "summary")
        .annotate(
            said=Subquery(said.values("process").annotate(total=Sum("count")).values("total")), there=Exists(there)
        )
        .order_by("-opens_at", "slug")
    )
    now = timezone.now()
    return tuple(_link(debate, unit, now) for debate in debates if not unit or debate.there or debate.said)


def _link(debate: Process, unit: str, now: datetime) -> Link:
    place = reverse("debate-unit", args=[debate.slug, unit]) if unit else reverse("debate", args=[debate.slug])
    count = french.count(debate.said or 0, "contribution publiée,contributions publiées")
    return Link(debate.title, place, _moment(debate, now), count)


def _moment(debate: Process, now: datetime) -> str:
    if debate.is_archive:
        return "Archive"
    if debate.opens_at is None or debate.closes_at is None or debate.closes_at <= now:
        return "Débat clos"
    return "Débat à venir" if now < debate.opens_at else "Débat ouvert"
