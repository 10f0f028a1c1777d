"""Pages of texts: the list, the search, a text's dossier; and how every page of texts finds what its address names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from parvis.core import french
from parvis.core.analyzer import asked
from parvis.core.errors import ParvisError
from parvis.core.texts.kinds import TEXT_KINDS
from parvis.core.texts.models import Passage, Text, Unit, Version
from parvis.core.texts.pages import dossier, listing
from parvis.core.texts.pages.excerpts import excerpt
from parvis.core.web import front
from parvis.core.web.errors import ErrorPage
from parvis.core.web.page import rank_asked, show
from parvis.core.web.parts import Pages, Step

HITS_A_PAGE = 25

EXTENSIONS = {"akn.xml": "Akoma Ntoso", "md": "Markdown", "txt": "texte brut", "json": "JSON"}

WHY = "Un texte et ses versions ne disparaissent pas d’ici : l’adresse est incomplète, ou elle nomme autre chose."


class NotPublished(ParvisError):
    """An address names a text, a version or a unit that is not published; `steps` lead back."""

    def __init__(self, sentence: str, *steps: Step):
        super().__init__(sentence)
        self.steps = steps


def with_a_way_back(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 404 with the sentence and the steps of NotPublished."""

    @wraps(view)
    def answered(request: HttpRequest, **place: str) -> HttpResponseBase:
        try:
            return view(request, **place)
        except NotPublished as absence:
            page = ErrorPage("Ce passage n’est pas publié", "Erreur 404", str(absence), WHY, absence.steps)
            return render(request, "web/error.html", {"page": page}, status=404)

    return answered


def published(slug: str, *heavy: str) -> tuple[Text, list[Version]]:
    """Return a text and its versions, oldest first, in one query; `heavy` names the columns that the page shows."""
    unread = {"text__metadata", "edits", "step"} - set(heavy)
    found = list(Version.objects.filter(text__slug=slug).select_related("text").defer(*unread).order_by("number"))
    if not found:
        raise NotPublished(
            f"Aucun texte ne s’appelle « {slug} ».", Step("Voir la liste des textes.", reverse("texts"))
        )
    return found[0].text, found


def chosen(text: Text, versions: Sequence[Version], slug: str) -> Version:
    """Return the version that an address names, the newest where it names none."""
    if not slug:
        return versions[-1]
    found = next((one for one in versions if one.slug == slug), None)
    if found is None:
        raise NotPublished(
            f"« {text} » n’a pas de version « {slug} ». Il en a {len(versions)}, de « {versions[0].slug} » à "
            f"« {versions[-1].slug} ».",
            Step(f"Voir les versions de « {text} ».", address(text)),
        )
    return found


def unknown_unit(text: Text, uid: str) -> NotPublished:
    """Say that a text never had a unit."""
    return NotPublished(
        f"« {text} » n’a pas d’article « {uid} », dans aucune de ses versions.",
        Step(f"Voir les articles de « {text} ».", address(text)),
        Step("Chercher des mots dans les textes.", reverse("text-search")),
    )


def address(text: Text) -> str:
    return reverse("text", args=[text.slug])


def unit_address(text: str, uid: str, version: str = "") -> str:
    """Return a unit's address, at a version where one is named."""
    return reverse("text-unit", args=[text, uid]) + (f"?version={version}" if version else "")


def named(version: Version) -> dossier.VersionName:
    url = reverse("text-version", args=[version.text.slug, version.slug])
    return dossier.VersionName(version.slug, version.title, version.dated, url)


def comparing(name: str, before: Version, after: Version, *places: str) -> str:
    """Return the address where two versions are compared."""
    where = reverse(name, args=[after.text.slug, *places])
    return f"{where}?de={before.slug}&a={after.slug}"


def export_addresses(version: Version) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, reverse("text-export", args=[version.text.slug, version.slug, extension]))
        for extension, name in EXTENSIONS.items()
    )


# The list, the search


def texts(request: HttpRequest) -> HttpResponseBase:
    page = listing.TextsPage("Textes", tuple(_shelves(Text.objects.counted().order_by("kind", "slug"))))
    return show(request, "texts/texts.html", page)


def kind_title(kind: str) -> str:
    """Return the French title of a kind; its slug where no room declares it any more."""
    declared = TEXT_KINDS.filled().get(kind)
    return declared.title if declared else kind


def _shelves(found: Iterable[Text]) -> Iterator[listing.Shelf]:
    by_kind: dict[str, list[listing.TextLine]] = {}
    for text in found:
        by_kind.setdefault(text.kind, []).append(
            listing.TextLine(
                text.slug,
                str(text),
                text.title,
                address(text),
                text.version_count,
                text.last_title or "",
                text.last_dated,
                text.is_fictitious,
            )
        )
    for kind, lines in by_kind.items():
        yield listing.Shelf(kind, kind_title(kind), tuple(lines))


def search(request: HttpRequest) -> HttpResponseBase:
    sought = request.GET.get("q", "").strip()
    words = asked(sought)
    start = rank_asked(request, "apres")
    units = Unit.objects.finding(words) if words else Unit.objects.none()
    total = units.count()
    page = listing.SearchPage(
        title="Chercher dans les textes",
        sought=sought,
        total=total,
        hits=tuple(_hits(_newest(units.values("pk"))[start : start + HITS_A_PAGE], words)),
        pages=_pages(sought, start, total),
    )
    return show(request, "texts/search.html", page)


def _newest(units):
    """Return the newest passage of each unit, in the order of texts."""
    newest = Passage.objects.filter(unit=OuterRef("unit")).order_by("-version__number").values("pk")[:1]
    return (
        Passage.objects.filter(unit__in=units, pk=Subquery(newest))
        .select_related("unit__text", "wording", "version")
        .defer("unit__text__metadata", "version__edits", "version__step", "version__changes")
        .annotate(
            last=Subquery(Version.objects.filter(text=OuterRef("unit__text")).order_by("-number").values("pk")[:1])
        )
        .order_by("unit__text__kind", "unit__text__slug", "position", "pk")
    )


def _hits(passages: Iterable[Passage], words: Sequence[Sequence[str]]) -> Iterator[listing.Hit]:
    for passage in passages:
        text = passage.unit.text
        yield listing.Hit(
            text=str(text),
            text_url=address(text),
            number=passage.read().title,
            heading=passage.heading,
            url=unit_address(text.slug, passage.unit.uid),
            version=passage.version.title,
            is_current=passage.version_id == passage.last,
            excerpt=excerpt(passage.wording.body, words),
        )


def _pages(sought: str, start: int, total: int) -> Pages:
    def at(place: int) -> str:
        return f"?{urlencode({'q': sought, 'apres': place})}"

    end = min(start + HITS_A_PAGE, total)
    return Pages(
        summary=f"{french.count(total, 'passage trouvé,passages trouvés')}, du {start + 1}e au {end}e"
        if total
        else "",
        previous_url=at(max(0, start - HITS_A_PAGE)) if start else None,
        next_url=at(end) if end < total else None,
    )


# What hangs on the shell


def map_section() -> front.Section:
    """Give the site map its texts."""
    steps = [Step("Les textes", reverse("texts")), Step("Chercher dans les textes", reverse("text-search"))]
    steps += [Step(str(one), address(one)) for one in Text.objects.defer("metadata").order_by("kind", "slug")]
    return front.Section("Textes", 15, tuple(steps))


def log_address(stream: str, key: str) -> str | None:
    """Lead from an entry of the log to the version, or the text, that it seals."""
    scheme, _, slug = stream.partition("/")
    if scheme != "textes" or not Text.objects.filter(slug=slug).exists():
        return None
    if key and Version.objects.filter(text__slug=slug, slug=key).exists():
        return reverse("text-version", args=[slug, key])
    return reverse("text", args=[slug])
