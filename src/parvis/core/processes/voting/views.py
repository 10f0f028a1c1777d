"""The pages of votes: the panel on a contribution, the page of a vote, sending a ballot, its receipt, the export."""

import re
import secrets
import time
from collections.abc import Sequence
from functools import cache, wraps
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parvis.core.actors.actions import NotConfirmed
from parvis.core.actors.models import Actor
from parvis.core.actors.views import may
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger import naming
from parvis.core.processes import views as debates
from parvis.core.processes.acts import ActNotOpen
from parvis.core.processes.kinds import kind_named
from parvis.core.processes.models import Contribution
from parvis.core.processes.voting import actions, ballots, pages
from parvis.core.processes.voting.actions import AlreadyVoted, Vote, WordsChanged
from parvis.core.processes.voting.ballots import MODES, Form, Mode, UnknownChoice
from parvis.core.processes.voting.counting import actions as counting
from parvis.core.processes.voting.gating import RETRY_SECONDS
from parvis.core.processes.voting.grouping import NotWritten, Together
from parvis.core.processes.voting.models import Ballot, Poll
from parvis.core.processes.voting.rereading import views as rereading
from parvis.core.web import charts, page
from parvis.core.web.errors import ErrorPage
from parvis.core.web.page import show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step

WRITTEN_TOGETHER = 256
CHART_NAMES = {"option": "Option", "voices": "Voix"}

STATUSES = {AlreadyVoted: 409, actions.VoteClosed: 409, ActNotOpen: 409, actions.VoteElsewhere: 409,
            actions.NotVotable: 409, UnknownChoice: 400, NotConfirmed: 403}  # fmt: skip
"""The answer to each refusal; what overloads the server has its own."""


def _write(votes: Sequence[Vote]) -> list[actions.Outcome]:
    return actions.cast_in_turn(votes=votes, at=timezone.now())


def _give_the_connection_back() -> None:
    """Leave the pool's connection to whoever writes: it may have few."""
    if connection.vendor == "postgresql":
        connection.close()


RECENT: dict[tuple[object, ...], Poll] = {}
MANY = 1_000
"""Polls read in the last seconds, and how many of them are kept: in a rush, all vote on the same ones."""

URN = Together[Vote, actions.Outcome](_write, together=WRITTEN_TOGETHER, before_waiting=_give_the_connection_back)
"""Where the ballots of this process wait for each other."""


def _cast(vote: Vote) -> Ballot:
    """Receive a ballot with those that come meanwhile; inside someone's transaction, by itself."""
    if connection.in_atomic_block:
        return actions.kept(actions.cast_together(votes=[vote], at=timezone.now())[0])
    return actions.kept(URN.do(vote))


def _ballot(view):
    """Receive a ballot in the poll that the view finds."""

    @require_POST
    @wraps(view)
    def answer(request, **named):
        return _received(request, view(request, **named))

    return answer


@_ballot
def vote(request, slug):
    """Receive a ballot in a vote that has its page."""
    found = _known(slug=slug)
    if found is None:
        raise Http404(f"Aucun vote ne porte l’identifiant « {slug} ».")
    return found


@_ballot
def contribution_vote(request, process, number, form):
    """Receive an opinion on a contribution, or a support."""
    found = _known(process__slug=process, contribution__number=number, form=form)
    if found is not None:
        return found
    about = get_object_or_404(_contributions(), process__slug=process, number=number)
    return actions.unopened(about, form)


def _known(**which):
    """Return a poll as it was a second ago at most: the write looks again at whether it is closed."""
    if connection.in_atomic_block:
        return _polls().filter(**which).first()
    name = (*which.values(), int(time.monotonic()))
    found = RECENT.get(name)
    if found is None:
        found = _polls().filter(**which).first()
        if len(RECENT) >= MANY:
            RECENT.clear()
        if found is not None:
            RECENT[name] = found
    return found


def _polls():
    return Poll.objects.select_related("process", "contribution").prefetch_related("process__phases")


def _contributions():
    return Contribution.objects.select_related("process").prefetch_related("process__phases")


def _act(form):
    return "support" if form == Form.SUPPORT else "vote"


def _received(request, poll):
    """Cast the ballot, and lead to its receipt; a refusal is its page, or its JSON."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(_sign_in(_page_of(poll) if poll.pk else _about(poll)))
    sent = {
        "chosen": request.POST.getlist("choix"),
        "idempotency_key": request.POST.get("envoi", "")[:200],
        "edition": _edition(request.POST.get("redaction", "")),
    }
    try:
        ballot = _cast(_checked(poll, actor=request.user, at=timezone.now(), **sent))
    except NotWritten:
        return HttpResponse(waiting_room(), status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    except WordsChanged as refusal:
        return rereading.both_wordings(request, refusal, poll, about_url=_about(poll))
    except tuple(STATUSES) as refusal:
        return _refused(request, refusal, poll)
    address = reverse("receipt", args=[ballot.receipt])
    if request.accepts("text/html"):
        return HttpResponseRedirect(address)
    answer = page.json_response({"receipt": ballot.receipt, "url": request.build_absolute_uri(address)}, 201)
    answer["Location"] = address
    return answer


def _edition(written):
    """Return the edition whose words were read, None for a sending that does not say."""
    return int(written) if re.fullmatch("[0-9]{1,5}", written) else None


def _checked(poll, *, at, **sent):
    """Check a ballot; the first that is sound opens the vote of its contribution."""
    if poll.pk is not None:
        return actions.checked(poll=poll, at=at, **sent)
    actions.checked(poll=poll, at=at, **sent)
    return actions.checked(poll=actions.poll_on(contribution=poll.contribution, form=poll.form, at=at), at=at, **sent)


def _refused(request, refusal, poll):
    own = _own(poll, request.user) if isinstance(refusal, AlreadyVoted) else None
    steps = [Step("Voir votre reçu.", reverse("receipt", args=[own.receipt]))] if own else []
    steps += [Step("Revenir au vote et à son décompte.", _page_of(poll) if poll.pk else _about(poll))]
    status = STATUSES[type(refusal)]
    title = "Vous avez déjà voté" if isinstance(refusal, AlreadyVoted) else "Vote non reçu"
    told = ErrorPage(title, f"Erreur {status}", "Cet envoi n’a pas été compté.", str(refusal), tuple(steps))
    return show(request, "web/error.html", told, status)


@cache
def waiting_room() -> bytes:
    """Return the page of a ballot too many; it needs neither a session nor a database."""
    told = ErrorPage(
        "Beaucoup de personnes votent en ce moment",
        "Erreur 503",
        "Votre vote n’a pas été enregistré, ou n’a pas pu être confirmé.",
        "Le serveur reçoit plus de votes qu’il ne peut en inscrire durablement à la seconde. Plutôt que de vous faire "
        "attendre, il vous le dit. Rien n’est perdu : le vote reste ouvert, et un même envoi ne compte qu’une fois.",
        (Step("Attendez quelques secondes, revenez en arrière, puis envoyez de nouveau.", None),),
    )
    return render_to_string("web/broken.html", {"page": told}).encode()


@require_safe
def poll(request, slug):
    """Show a vote, its count, and how to check it oneself."""
    found = get_object_or_404(Poll.objects.select_related("process", "contribution", "tally"), slug=slug)
    head = ledger.head()
    size = 0 if head is None else head.size
    late = Q(entry__position=None) | Q(entry__position__gte=size)
    shown = pages.PollPage(
        title=found.question,
        urn=_urn(found, request, with_chart=True),
        process_title=found.process.title,
        process_url=_address("debate", found.process.slug),
        about_url=_about(found),
        export_url=reverse("poll-export", args=[found.slug]),
        outside_url=reverse("poll-outside", args=[found.slug]) if found.mode == Mode.OUTSIDE else None,
        log_url=reverse("log-head", query={"fil": found.stream}),
        stream=found.stream,
        waiting=Ballot.objects.filter(poll=found).filter(late).count(),
        tally_position=found.tally and found.tally.position,
        key_destroyed_at=found.key_destroyed_at,
        key_days=found.key_days,
        eligible=_eligible(),
    )
    return show(request, "voting/poll.html", shown)


def _address(name, *arguments):
    """Return the address of a page of debates, or None where a deployment does not have it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def _about(poll):
    return poll.contribution and _address("contribution", poll.process.slug, poll.contribution.number)


def _page_of(poll):
    return reverse("poll", args=[poll.slug])


def _own(poll, actor):
    """Return the ballot of the person who looks, while the key tells whose it is."""
    if poll.pk is None or poll.key is None or not actor.is_authenticated:
        return None
    name = ballots.nullifier(bytes(poll.key), actor.pk)
    return Ballot.objects.filter(poll=poll, nullifier=name).first()


def _urn(poll, request, *, with_chart, edition=None):
    own = _own(poll, request.user)
    send = reverse("vote", args=[poll.slug])
    if poll.contribution is not None:
        send = reverse("contribution-vote", args=[poll.process.slug, poll.contribution.number, poll.form])
    return pages.Urn(
        slug=poll.slug,
        question=poll.question,
        form=poll.form,
        mode=poll.mode,
        promise=MODES[Mode(poll.mode)],
        options=_options(poll),
        ballots=poll.ballots,
        closed_at=poll.closed_at,
        closes_at=poll.closes_at,
        refused=_why_not(poll),
        url=_page_of(poll) if poll.pk else None,
        send_url=send,
        sign_in_url="" if request.user.is_authenticated else _sign_in(request.path),
        receipt_url=reverse("receipt", args=[own.receipt]) if own else "",
        sending=secrets.token_urlsafe(16),
        edition=edition,
        chart=_chart(poll) if with_chart and poll.ballots and poll.shows_counts else None,
    )


def _options(poll):
    counts = poll.counts if poll.shows_counts else {}
    return tuple(pages.Option(slug, title, counts.get(slug)) for slug, title in poll.choices.items())


def _why_not(poll):
    try:
        actions.require_open(poll, at=timezone.now())
    except ParvisError as refusal:
        return str(refusal)
    return ""


def _sign_in(following):
    return f"{reverse('login')}?{urlencode({'next': following or '/'})}"


def _chart(poll):
    rows = [{"option": title, "voices": poll.counts[slug]} for slug, title in poll.choices.items()]
    return charts.bar(rows, x="option", y="voices", title="Voix par option", names=CHART_NAMES)


@require_safe
def export(request, slug):
    """Stream the public export of a vote: JSON lines, from which anyone counts again."""
    found = get_object_or_404(Poll, slug=slug)
    try:
        lines = counting.export(poll=found)
    except counting.NothingPublished as refusal:
        raise Http404(str(refusal)) from refusal
    answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="vote-{found.slug}.jsonl"'
    return answer


@require_safe
def outside(request, slug):
    """Give the question of a vote held elsewhere, in the form that Belenios reads, and how many people are called."""
    found = get_object_or_404(Poll, slug=slug, mode=Mode.OUTSIDE)
    return page.json_response(ballots.outside(found.question, found.choices, found.form, eligible=_eligible()))


def _eligible():
    return Actor.objects.filter(is_active=True, confirmed_at__isnull=False).count()


@require_safe
def receipt(request, receipt):
    """Show a receipt to whoever has its address: nobody guesses it, and it does not say whose it is."""
    ballot = get_object_or_404(Ballot.objects.select_related("poll", "entry"), receipt=receipt)
    entry, head = ballot.entry, ledger.head()
    is_published = entry.position is not None and head is not None and entry.position < head.size
    is_public = ballot.poll.mode == Mode.PUBLIC
    shown = pages.ReceiptPage(
        title="Reçu de vote",
        receipt=ballot.receipt,
        question=ballot.poll.question,
        mode=MODES[Mode(ballot.poll.mode)].title,
        poll_url=_page_of(ballot.poll),
        position=entry.position,
        is_published=is_published,
        hour=entry.hour,
        when=naming.hour(entry.hour),
        commitment=entry.commitment,
        choice=_words(ballot) if is_public else None,
        nullifier=ballot.nullifier if is_public else None,
        salt=bytes(entry.salt).hex() if is_public else None,
        hidden_salt=bytes(entry.hidden_salt).hex() if is_public else None,
        entry_url=reverse("log-entry", args=[entry.position]) if is_published else None,
        proof_url=reverse("log-proof", args=[entry.position]) if is_published else None,
    )
    answer = show(request, "voting/receipt.html", shown)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _words(ballot):
    return ", ".join(ballot.poll.choices[slug] for slug in ballot.choice.split(","))


def contribution_panel(contribution, request):
    """Give a contribution's page its votes and its supports: those it has, and those its debate opens on its kind."""
    held = {poll.form: poll for poll in Poll.objects.filter(contribution=contribution)}
    opened = set()
    if kind_named(contribution.kind).is_votable:
        opened = {act for window in contribution.process.timetable().windows for act in window.acts}
    wanted = [form for form in (Form.OPINION, Form.SUPPORT) if form in held or _act(form) in opened]
    urns = [_on(contribution, held.get(form), form, request) for form in wanted]
    if not urns or contribution.process.is_archive:
        return None
    return Panel("votes", "Votes et soutiens", 20, "voting/panel.html", pages.Urns(tuple(urns)))


def _on(contribution, poll, form, request):
    """Return the urn of a contribution; before its first ballot, there is no row for it yet."""
    shown = poll or actions.unopened(contribution, form)
    shown.contribution, shown.process = contribution, contribution.process
    return _urn(shown, request, with_chart=form == Form.OPINION, edition=contribution.edition)


def process_panel(process, request):
    """Give a debate's page the votes held by themselves in it, and how those on its contributions are counted."""
    held = Poll.objects.filter(process=process, contribution=None).order_by("opens_at", "pk")
    urns = tuple(_urn(poll, request, with_chart=False) for poll in held)
    opens = not process.is_archive and may(debates.OPEN, request)
    opened = {act for window in process.timetable().windows for act in window.acts}
    mode = MODES[process.vote_mode] if opened & {"vote", "support"} and not process.is_archive else None
    if not urns and not opens and mode is None:
        return None
    shown = pages.Urns(urns, reverse("poll-open", args=[process.slug]) if opens else "", mode)
    return Panel("votes", "Votes", 20, "voting/polls.html", shown)


def log_address(stream, key):
    """Lead from the log's entries to the page of their vote."""
    scheme, _, slug = stream.partition("/")
    return reverse("poll", args=[slug]) if scheme == "votes" and slug else None
