"""What became of quoted words, told on both sides: on the contribution's page, and on the article's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import reverse

from parvis.core.processes.models import Contribution, Process
from parvis.core.texts.anchors import Anchor, Lost
from parvis.core.texts.documents import Document
from parvis.core.texts.links import Link
from parvis.core.texts.models import Version
from parvis.core.texts.views import unit_address
from parvis.core.web.panels import Panel
from parvis.participation.joining import SCHEME

SHOWN = 20
"""Quotes followed on an article's page; the others are on the pages of their contributions."""

QUOTED = 60
"""Characters of a quote shown in a title."""


@dataclass(frozen=True)
class Followed:
    """Quoted words in the newest version: the same, others at their place, or none with the reason."""

    version: str  # title of the newest version
    url: str  # of the unit there
    quote: str
    now: str
    reason: str  # French, where the words are lost


def anchor_panel(contribution: Contribution, _request: HttpRequest) -> Panel | None:
    """Tell, on a contribution's page, what became of the words that it quotes since the version it was read in."""
    scheme, _, slug = contribution.process.subject.partition("/")
    if scheme != SCHEME or not contribution.anchor or contribution.state != Contribution.State.PUBLISHED:
        return None
    versions = _versions(slug)
    newest = next(reversed(versions.values()), None)
    if newest is None or contribution.unit_version not in versions or contribution.unit_version == newest.slug:
        return None
    found = _followed(contribution, versions[contribution.unit_version], newest, Version.document)
    return Panel("mots-cites", "Les mots cités, aujourd’hui", 30, "participation/panel_anchor.html", found)


def quotes_on(text: str, unit: str) -> tuple[Link, ...]:
    """Tell, on a unit's page, who quotes its words, and whose quotes are lost in the newest version."""
    if not unit:
        return ()
    # By the debates' keys: from the subject's name, SQLite would look at every contribution of the site.
    debates = Process.objects.filter(subject=f"{SCHEME}/{text}").values("pk")
    quoting = (
        Contribution.objects.live()
        .filter(process__in=debates, unit=unit, anchor__isnull=False)
        .select_related("process")
        .order_by("-number")[:SHOWN]
    )
    found = list(quoting)
    versions = _versions(text) if found else {}
    read = cache(Version.document)  # many quotes are of one version
    return tuple(
        _link(one, _followed(one, versions[one.unit_version], next(reversed(versions.values())), read))
        for one in found
        if one.unit_version in versions
    )


def _versions(text: str) -> dict[str, Version]:
    return {one.slug: one for one in Version.objects.filter(text__slug=text).select_related("text").order_by("number")}


def _followed(
    contribution: Contribution, then: Version, newest: Version, read: Callable[[Version], Document]
) -> Followed:
    anchor = Anchor(contribution.unit, **contribution.anchor)
    found = anchor.follow_through(read(then), read(newest))
    unit = contribution.unit if isinstance(found, Lost) else found.unit
    return Followed(
        version=newest.title,
        url=unit_address(newest.text.slug, unit, newest.slug),
        quote=anchor.quote,
        now=found.now if isinstance(found, Lost) else found.quote,
        reason=found.reason if isinstance(found, Lost) else "",
    )


def _link(contribution: Contribution, followed: Followed) -> Link:
    url = reverse("contribution", args=[contribution.process.slug, contribution.number])
    short = followed.quote if len(followed.quote) <= QUOTED else f"{followed.quote[:QUOTED].rstrip()}…"
    title = f"Contribution n° {contribution.number} : « {short} »"
    kind = "Mots cités, perdus" if followed.reason else "Mots cités"
    changed = f"ils se lisent aujourd’hui « {followed.now} »" if followed.now != followed.quote else ""
    return Link(title, url, kind, followed.reason or changed)
