"""Pages that join nouns: the consolidation of a text by its debate; under /debats/."""

from django.urls import path

from parvis.participation import views

urlpatterns = [
    path("<slug:slug>/consolidation/", views.consolidation, name="debate-consolidation"),
]
