"""Addresses of the simulators: what is listed first wins."""

urlpatterns = []
