"""Addresses of exports and statistics, under /debats/."""

from django.urls import path

from parvis.core.processes.exporting import views

urlpatterns = [
    path("<slug:slug>/exports/", views.exports, name="debate-exports"),
    path("<slug:slug>/exports/contributions.<slug:form>", views.export, name="debate-export"),
    path("<slug:slug>/exports/figes/<str:name>", views.file, name="debate-export-file"),
    path("<slug:slug>/statistiques/", views.statistics, name="debate-statistics"),
]
