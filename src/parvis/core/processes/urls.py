"""Addresses of debates, under /debats/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
