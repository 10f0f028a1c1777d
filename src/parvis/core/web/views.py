"""The pages that belong to no noun: home, about, errors."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

from parvis.core.web.page import show


@dataclass(frozen=True)
class HomePage:
    """The front page."""

    title: str


def home(request: HttpRequest) -> HttpResponseBase:
    return show(request, "web/home.html", HomePage("Le plan et ses preuves"))


def about(request: HttpRequest) -> HttpResponseBase:
    return show(request, "web/home.html", HomePage("À propos"))
