"""The addresses of the public log, under /journal/: pages for people, and the files of C2SP tlog-tiles."""

from django.urls import path

from parvis.core.ledger import views

urlpatterns = [
    path("", views.head, name="log-head"),
    path("verifier/", views.how, name="log-how"),
    path("depuis/", views.since, name="log-since"),
    path("cle", views.key, name="log-key"),
    path("checkpoint", views.checkpoint, name="log-checkpoint"),
    path("tile/<path:path>", views.tile, name="log-tile"),
    path("<int:position>/", views.entry, name="log-entry"),
    path("<int:position>/feuille.json", views.leaf, name="log-leaf"),
    path("<int:position>/contenu.json", views.opening, name="log-opening"),
    path("<int:position>/reserve.json", views.hidden, name="log-hidden"),
    path("<int:position>/preuve.tlog-proof", views.proof, name="log-proof"),
]
