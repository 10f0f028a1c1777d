"""The only place that knows every room: each app's addresses, one line each."""

from django.contrib import admin
from django.urls import include, path

from parvis.config.api import api

urlpatterns = [
    path("", include("parvis.core.web.urls")),
    path("", include("parvis.core.undertakings.urls")),
    path("journal/", include("parvis.core.ledger.urls")),
    path("compte/", include("parvis.core.actors.urls")),
    path("registres/", include("parvis.core.registers.urls")),
    path("textes/", include("parvis.core.texts.urls")),
    path("simulateurs/", include("parvis.core.simulators.urls")),
    path("climat/", include("parvis.climate.urls")),
    path("debats/", include("parvis.participation.urls")),
    path("debats/", include("parvis.core.processes.voting.urls")),
    path("debats/", include("parvis.core.processes.answering.urls")),
    path("debats/", include("parvis.core.processes.moderating.urls")),
    path("debats/", include("parvis.core.processes.exporting.urls")),
    path("debats/", include("parvis.core.processes.importing.urls")),
    path("debats/", include("parvis.core.processes.urls")),
    path("api/", api.urls),
    path("gestion/", admin.site.urls),
]

handler400 = "parvis.core.web.views.bad_request"
handler403 = "parvis.core.web.views.forbidden"
handler404 = "parvis.core.web.views.not_found"
handler500 = "parvis.core.web.views.broken"
