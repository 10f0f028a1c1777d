"""Pages that join nouns: the guide, the consolidation of a text by its debate; under /debats/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
