"""Addresses of votes, under /debats/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
