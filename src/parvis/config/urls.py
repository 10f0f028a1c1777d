"""The only place that knows every room: each app's addresses, one line each."""

from django.contrib import admin
from django.urls import include, path

from parvis.core.registers.api import api

urlpatterns = [
    path("", include("parvis.core.web.urls")),
    path("", include("parvis.core.undertakings.urls")),
    path("journal/", include("parvis.core.ledger.urls")),
    path("compte/", include("parvis.core.actors.urls")),
    path("registres/", include("parvis.core.registers.urls")),
    path("api/", api.urls),
    path("gestion/", admin.site.urls),
]

handler400 = "parvis.core.web.views.bad_request"
handler403 = "parvis.core.web.views.forbidden"
handler404 = "parvis.core.web.views.not_found"
handler500 = "parvis.core.web.views.broken"
