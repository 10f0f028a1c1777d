"""Addresses of the plan, its organisations and its numbers."""

urlpatterns = []
