"""Addresses of texts, under /textes/."""

from django.urls import path

from parvis.core.texts import views
from parvis.core.texts.comparisons import views as comparisons
from parvis.core.texts.exports import views as exports
from parvis.core.texts.following import views as following
from parvis.core.texts.reading import views as reading

urlpatterns = [
    path("", views.texts, name="texts"),
    path("recherche/", views.search, name="text-search"),
    path("<slug:text>/", following.text, name="text"),
    path("<slug:text>/comparer/", comparisons.compare, name="text-compare"),
    path("<slug:text>/tableau/", comparisons.columns, name="text-columns"),
    path("<slug:text>/versions/<slug:version>/", reading.version, name="text-version"),
    path("<slug:text>/versions/<slug:version>/export.<str:extension>", exports.export, name="text-export"),
    path("<slug:text>/articles/<str:uid>/", reading.unit, name="text-unit"),
    path("<slug:text>/articles/<str:uid>/comparer/", comparisons.compare_unit, name="text-unit-compare"),
    path("<slug:text>/articles/<str:uid>/origine/", reading.blame, name="text-blame"),
]
