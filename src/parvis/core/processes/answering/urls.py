"""Addresses of answers, under /debats/."""

from django.urls import path

from parvis.core.processes.answering import views
from parvis.core.processes.answering.desk import views as desk
from parvis.core.processes.answering.following import views as following

CONTRIBUTION = "<slug:slug>/contributions/<int:number>"

urlpatterns = [
    path("reponses/", views.owed, name="answers-owed"),
    path("reponses/bureau/", desk.desk, name="answers-desk"),
    path("reponses/bureau/<slug:slug>/<int:number>/", desk.near, name="answers-near"),
    path("<slug:slug>/repondre/", desk.write, name="answer-write"),
    path("<slug:slug>/reponses/", views.answers, name="answers"),
    path("<slug:slug>/reponses.atom", views.answers_feed, name="answers-feed"),
    path("<slug:slug>/reponses/<int:number>/", views.answer, name="answer"),
    path("<slug:slug>/reponses/<int:number>/corriger/", desk.correct, name="answer-correct"),
    path("<slug:slug>/suivre/", following.follow_debate, name="debate-follow"),
    path(f"{CONTRIBUTION}/echeance/", views.due, name="answer-due"),
    path(f"{CONTRIBUTION}/historique.atom", views.contribution_feed, name="contribution-feed"),
    path(f"{CONTRIBUTION}/contester/", following.contest, name="answer-contest"),
    path(f"{CONTRIBUTION}/maintenir/", desk.maintain, name="answer-maintain"),
    path(f"{CONTRIBUTION}/suivre/", following.follow_contribution, name="contribution-follow"),
]
