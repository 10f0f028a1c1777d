"""Addresses of votes, under /debats/."""

from django.urls import path, re_path

from parvis.core.processes.voting import views
from parvis.core.processes.voting.opening import views as opening

CONTRIBUTION = r"^(?P<process>[-a-z0-9]+)/contributions/(?P<number>[0-9]+)/"

urlpatterns = [
    path("recus/<slug:receipt>/", views.receipt, name="receipt"),
    path("votes/<slug:slug>/", views.poll, name="poll"),
    path("votes/<slug:slug>/voter/", views.vote, name="vote"),
    path("votes/<slug:slug>/export.jsonl", views.export, name="poll-export"),
    path("votes/<slug:slug>/belenios.json", views.outside, name="poll-outside"),
    path("<slug:process>/ouvrir-un-vote/", opening.open_poll, name="poll-open"),
    re_path(f"{CONTRIBUTION}voter/(?P<form>opinion|support)/$", views.contribution_vote, name="contribution-vote"),
]
