"""Addresses of imports, under /debats/."""

from django.urls import path

from parvis.core.processes.importing import views

urlpatterns = [
    path("imports/", views.drafts, name="imports"),
    path("imports/<int:number>/", views.draft, name="import"),
    path("<slug:slug>/importer/", views.send, name="import-send"),
]
