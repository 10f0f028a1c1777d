"""Addresses of the climate, under /climat/."""

from django.urls import path

from parvis.climate import views

urlpatterns = [
    path("part-d-un-pays/", views.nation, name="climate-nation"),
]
