"""Addresses of the simulators: what is listed first wins."""

from django.urls import path

from parvis.core.simulators.calculating import views as calculating
from parvis.core.simulators.catalogue import views as catalogue
from parvis.core.simulators.catalogue.browsing import views as browsing
from parvis.core.simulators.reforming import views as reforming
from parvis.core.simulators.running import views as running
from parvis.core.simulators.running.publishing import views as publishing

urlpatterns = [
    path("", catalogue.simulators, name="simulators"),
    path("verifier/", running.verify_run, name="run-verify"),
    path("calculs/", running.runs, name="runs"),
    path("calculs/publier/", publishing.publish, name="run-publish"),
    path("calculs/<str:identity>/", running.run, name="run"),
    path("calculs/<str:identity>/fichier/", running.run_file, name="run-file"),
    path("calculs/<str:identity>/effacer/", publishing.erase, name="run-erase"),
    path("<slug:engine>/", catalogue.simulator, name="simulator"),
    path("<slug:engine>/calculer/<slug:slug>/", calculating.calculator, name="calculator"),
    path("<slug:engine>/reforme/", reforming.reform, name="reform"),
    path("<slug:engine>/champs/", browsing.fields, name="simulator-fields"),
    path("<slug:engine>/champs/<path:name>/", browsing.field, name="simulator-field"),
]
