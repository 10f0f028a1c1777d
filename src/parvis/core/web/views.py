"""The pages that belong to no noun: home, site map, what is said about the site, errors."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from parvis.core.web import errors, front, panels
from parvis.core.web.page import show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Fact

FORMATS = (
    Fact("HTML", "la page, pour une personne"),
    Fact("JSON", "la même page, pour un programme : dates ISO 8601, montants en texte pour ne perdre aucun centime"),
    Fact("CSV", "le tableau de la page, sans limite de lignes : UTF-8, virgules, une ligne d’en-tête (RFC 4180)"),
    Fact("Parquet", "les tables d’une version de registre, nommées par leur empreinte"),
)


@dataclass(frozen=True)
class HomePage:
    """The front page."""

    title: str
    lede: str
    panels: tuple[Panel, ...]

    def phrases(self) -> list[str]:
        """Cut the title where a line may end."""
        return re.split(r"(?<=,) ", self.title)


@dataclass(frozen=True)
class SiteMapPage:
    """Every public place, by section."""

    title: str
    sections: tuple[front.Section, ...]


@dataclass(frozen=True)
class TextPage:
    """A page of text: what it says stands in its template."""

    title: str
    site: str


@dataclass(frozen=True)
class DataPage:
    """How to take the data away, and under which licences."""

    title: str
    formats: tuple[Fact, ...]


def home(request: HttpRequest) -> HttpResponseBase:
    page = HomePage(
        "Ce qui a été promis, ce qui est fait, et la preuve",
        "Ici, un gouvernement rend compte : chaque engagement se mesure lui-même sur des données ouvertes, "
        "et chaque nombre mène à ses lignes et à sa preuve.",
        panels.gathered(front.PANELS, timezone.now()),
    )
    return show(request, "web/home.html", page)


def site_map(request: HttpRequest) -> HttpResponseBase:
    return show(request, "web/site_map.html", SiteMapPage("Plan du site", front.sections()))


def about(request: HttpRequest) -> HttpResponseBase:
    return _text(request, "web/about.html", "À propos")


def accessibility(request: HttpRequest) -> HttpResponseBase:
    return _text(request, "web/accessibility.html", "Accessibilité : non conforme, faute d’audit")


def data(request: HttpRequest) -> HttpResponseBase:
    return show(request, "web/data.html", DataPage("Données, API et licences", FORMATS))


def _text(request: HttpRequest, template: str, title: str) -> HttpResponseBase:
    return show(request, template, TextPage(title, settings.PARVIS_SITE_NAME))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400. Little is sure at this point (the host itself may be false): the bare page."""
    return render(request, "web/broken.html", {"page": errors.BAD_REQUEST}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/error.html", {"page": errors.forbidden(reverse("home"), exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, with the sentence that the view gave where it gave one."""
    page = errors.not_found(reverse("home"), reverse("site-map"), exception)
    return render(request, "web/error.html", {"page": page}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without a database, a session or a menu: any of them may be what is broken."""
    return render(None, "web/broken.html", {"page": errors.BROKEN}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/error.html", {"page": errors.EXPIRED_FORM}, status=403)
