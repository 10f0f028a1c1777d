"""Addresses of votes, under /debats/."""

from django.urls import path, register_converter

from parvis.core.processes.voting import views
from parvis.core.processes.voting.ballots import Form


class OnContribution:
    """What is voted on a contribution: « avis », « soutiens »."""

    regex = f"{Form.OPINION}|{Form.SUPPORT}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(OnContribution, "vote_form")

urlpatterns = [
    path("recus/<slug:receipt>/", views.receipt, name="receipt"),
    path("votes/<slug:slug>/", views.poll, name="poll"),
    path("votes/<slug:slug>/voter/", views.vote, name="vote"),
    path("votes/<slug:slug>/export.jsonl", views.export, name="poll-export"),
    path("votes/<slug:slug>/belenios.json", views.outside, name="poll-outside"),
    path("<slug:process>/contributions/<int:number>/voter/<vote_form:form>/", views.contribution_vote,
         name="contribution-vote"),
]  # fmt: skip
