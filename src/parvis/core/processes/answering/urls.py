"""Addresses of réponses, under /debats/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
