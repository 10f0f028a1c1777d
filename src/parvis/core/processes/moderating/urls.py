"""Addresses of modération, under /debats/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
