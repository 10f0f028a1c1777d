"""Addresses of moderation, under /debats/."""

from django.urls import path

from parvis.core.processes.moderating import views
from parvis.core.processes.moderating.deciding import views as deciding
from parvis.core.processes.moderating.speaking import views as speaking

urlpatterns = [
    path("moderation/", views.register, name="moderation"),
    path("moderation/charte/", views.charter, name="moderation-charter"),
    path("moderation/file/", deciding.queue, name="moderation-queue"),
    path("moderation/decider/", deciding.decide, name="moderation-decide"),
    path("moderation/<int:number>/", views.decision, name="decision"),
    path("moderation/<int:number>/recours/", speaking.appeal, name="appeal"),
    path("moderation/<int:number>/recours/trancher/", deciding.decide_appeal, name="appeal-decide"),
    path("<slug:slug>/contributions/<int:number>/signaler/", speaking.report, name="report"),
]
