"""The page of a vote whose words have changed."""

from django.http import HttpRequest, HttpResponseBase

from parvis.core.processes.kinds import fields_of, kind_named
from parvis.core.processes.telling.views import said
from parvis.core.processes.voting import pages
from parvis.core.processes.voting.actions import WordsChanged
from parvis.core.processes.voting.models import Poll
from parvis.core.web.page import show

CONFLICT = 409


def both_wordings(
    request: HttpRequest, refusal: WordsChanged, poll: Poll, *, about_url: str | None
) -> HttpResponseBase:
    """Show the words that were voted on beside those that stand, and the choice, to be sent on these."""
    about = poll.contribution
    fields = fields_of(kind_named(about.kind), poll.process.metadata)
    written = {one.number: one.fields for one in about.editions.filter(number__in=(refusal.read, refusal.now))}
    chosen = tuple(request.POST.getlist("choix"))
    page = pages.ChangedPage(
        title="Ces mots ont changé depuis que vous les avez lus",
        sentence=str(refusal),
        read=pages.Words(refusal.read, tuple(said(fields, written.get(refusal.read, {})))),
        now=pages.Words(refusal.now, tuple(said(fields, written[refusal.now]))),
        choice=", ".join(poll.choices[slug] for slug in chosen),
        chosen=chosen,
        send_url=request.path,
        sending=request.POST.get("envoi", ""),
        about_url=about_url,
    )
    return show(request, "voting/changed.html", page, CONFLICT)
