"""Addresses of texts, under /textes/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
