"""Addresses of debates, under /debats/."""

from django.urls import path

from parvis.core.processes.listing import views as listing
from parvis.core.processes.opening import views as opening
from parvis.core.processes.reading import views as reading
from parvis.core.processes.surveying import views as surveying
from parvis.core.processes.telling import views as telling
from parvis.core.processes.writing import views as writing

urlpatterns = [
    path("", listing.directory, name="debates"),
    path("guide/", opening.guide, name="debate-guide"),
    path("ouvrir/", opening.open_debate, name="debate-open"),
    path("<slug:slug>/", reading.debate, name="debate"),
    path("<slug:slug>/publier/", opening.publish, name="debate-publish"),
    path("<slug:slug>/dates/", opening.dates, name="debate-dates"),
    path("<slug:slug>/questionnaire/", surveying.results, name="debate-survey"),
    path("<slug:slug>/articles/<str:uid>/", reading.unit, name="debate-unit"),
    path("<slug:slug>/contributions/", listing.contributions, name="debate-contributions"),
    path("<slug:slug>/contributions/<int:number>/", telling.contribution, name="contribution"),
    path("<slug:slug>/contributions/<int:number>/modifier/", writing.edit, name="contribution-edit"),
    path("<slug:slug>/contributions/<int:number>/retirer/", writing.withdraw, name="contribution-withdraw"),
    path("<slug:slug>/contribuer/<slug:kind>/", writing.contribute, name="contribute"),
]
