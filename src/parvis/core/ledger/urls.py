"""The addresses of the public log, under /journal/."""

urlpatterns: list = []
