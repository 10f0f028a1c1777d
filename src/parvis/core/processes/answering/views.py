"""The public pages of answers: what is owed and given, why on that day, the feeds, their part of debates' pages."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from parvis.core import french
from parvis.core.actors.models import Organisation
from parvis.core.ledger import naming
from parvis.core.ledger.models import Entry
from parvis.core.processes.answering import pages
from parvis.core.processes.answering.figures import METHOD, authorities
from parvis.core.processes.answering.models import Answer, Contest, Follow, OwedCount
from parvis.core.processes.answering.owing import due_date
from parvis.core.processes.answering.reading import views as reading
from parvis.core.processes.models import Contribution, Process
from parvis.core.processes.views import process_or_404
from parvis.core.web.front import Section
from parvis.core.web.page import rank_asked, show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Chip, Pages, Step

PAGE = 50
FEED = 50
EXCERPT = 200


def owed(request: HttpRequest) -> HttpResponseBase:
    """Show every answer owed, those that are late first, and what each authority owes and gives."""
    at = timezone.now()
    chips, concerned = _filters(request)
    shown, turning = turned(request, reading.owed().filter(**concerned, due_at__lte=at))
    of_contests = {name.replace("process", "contribution__process"): value for name, value in concerned.items()}
    contests, turning_contests = turned(request, reading.contested().filter(**of_contests, due_at__lte=at), "c")
    unreplied = reading.unreplied(at=at, **of_contests)
    waiting = reading.waiting(**concerned)
    still = [one for one in waiting if one.answered_at is None]
    everything = Contribution.objects.filter(**concerned)
    page = pages.OwedPage(
        title="Réponses dues",
        method=METHOD,
        authorities=authorities(waiting, unreplied, at=at),
        late=tuple(reading.line(one, at=at) for one in shown),
        late_count=sum(one.count for one in still if one.due_at <= at),
        coming_count=sum(one.count for one in still if one.due_at > at),
        unreplied=tuple(_contested(one, at) for one in contests),
        unreplied_count=sum(one.count for one in unreplied),
        chips=chips,
        pages=turning,
        contest_pages=turning_contests,
        every=reading.every_row(everything, at=at),
        has_desk=request.user.is_authenticated and bool(reading.mandates(request)),
    )
    return show(request, "answering/owed.html", page)


def _contested(one: Contest, at: datetime) -> pages.Line:
    told = reverse("contribution", args=[one.contribution.process.slug, one.contribution.number])
    return reading.contest_line(one, f"{told}#sort", at=at)


def _filters(request: HttpRequest) -> tuple[tuple[Chip, ...], dict[str, object]]:
    """Read the filters of the address: one body, one debate."""
    chips, concerned = [], {}
    for name, column, model in (("organisme", "owner", Organisation), ("debat", "process", Process)):
        if slug := request.GET.get(name):
            found = get_object_or_404(model, slug=slug)
            concerned[column] = found
            kept = request.GET.copy()
            kept.pop(name)
            chips.append(Chip(str(found), f"{request.path}?{kept.urlencode()}"))
    return tuple(chips), concerned


def turned(request: HttpRequest, found, name: str = "a") -> tuple[list, Pages | None]:
    """Cut a list into pages of fifty, by rank: `?a=50` begins at the fifty-first."""
    begin = rank_asked(request, name)
    shown = list(found[begin : begin + PAGE + 1])
    if begin == 0 and len(shown) <= PAGE:
        return shown, None
    kept = request.GET.copy()

    def at_rank(rank: int) -> str:
        kept[name] = rank
        return f"{request.path}?{kept.urlencode()}"

    before = at_rank(max(0, begin - PAGE)) if begin else None
    after = at_rank(begin + PAGE) if len(shown) > PAGE else None
    return shown[:PAGE], Pages(f"De {begin + 1} à {begin + len(shown[:PAGE])}", before, after)


def answers(request: HttpRequest, slug: str) -> HttpResponseBase:
    """List the answers of a debate, newest first."""
    process = process_or_404(request, slug)
    found = process.answers.select_related("organisation", "process").prefetch_related("contributions")
    shown, turning = turned(request, found.order_by("-number"))
    page = pages.AnswersPage(
        title="Réponses données",
        process=slug,
        process_title=process.title,
        process_url=reverse("debate", args=[slug]),
        answers=tuple(_given(one) for one in shown),
        pages=turning,
        every=(_row(one) for one in found.order_by("number").iterator(chunk_size=500)),
    )
    return show(request, "answering/answers.html", page)


def _given(one: Answer) -> pages.Given:
    return pages.Given(
        number=one.number,
        fate=one.fate,
        fate_word=one.get_fate_display(),
        organisation=one.organisation.name,
        contributions=tuple(sorted(about.number for about in one.contributions.all())),
        excerpt=one.reasons if len(one.reasons) <= EXCERPT else f"{one.reasons[:EXCERPT].rsplit(' ', 1)[0]} …",
        given_at=one.given_at,
        version=one.version,
        url=reverse("answer", args=[one.process.slug, one.number]),
    )


def _row(one: Answer) -> Mapping[str, object]:
    return {
        "reponse": one.number,
        "version": one.version,
        "sort": one.fate,
        "organisme": one.organisation.slug,
        "contributions": sorted(about.number for about in one.contributions.all()),
        "motifs": one.reasons,
        "mots": one.words,
        "preuve": one.evidence,
        "donnee_le": one.given_at,
        "corrigee_le": one.changed_at,
    }


def answer(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show an answer, with its versions."""
    process = process_or_404(request, slug)
    given = get_object_or_404(Answer.objects.select_related("organisation", "process"), process=process, number=number)
    bearings = given.bearings.select_related("contribution__author", "contribution__process")
    about = (_about(one.contribution, is_current=one.is_current) for one in bearings.order_by("contribution__number"))
    page = pages.AnswerPage(
        title=f"Réponse n° {number}",
        process=slug,
        process_title=process.title,
        process_url=reverse("debate", args=[slug]),
        number=number,
        fate=given.fate,
        fate_word=given.get_fate_display(),
        reasons=given.reasons,
        evidence=given.evidence,
        organisation=given.organisation.name,
        given_at=given.given_at,
        version=given.version,
        about=tuple(about),
        words=reading.adopted(given),
        versions=tuple(
            pages.Past(one.number, one.fate, one.get_fate_display(), one.reasons, one.because, one.made_at)
            for one in given.versions.order_by("-number")
        ),
        stream=process.stream,
        key=given.key,
        can_correct=request.user.is_authenticated and reading.mandate_for(request, given.organisation) is not None,
    )
    return show(request, "answering/answer.html", page)


def _about(one: Contribution, *, is_current: bool) -> pages.About:
    return pages.About(
        one.number,
        reading.named(one),
        one.signature,
        reverse("contribution", args=[one.process.slug, one.number]),
        is_current,
    )


def due(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Explain the date at which an answer is due, line by line."""
    process = process_or_404(request, slug)
    found = Contribution.objects.select_related("process", "phase", "owner")
    one = get_object_or_404(found, process=process, number=number)
    promise = reading.promise(one)
    if one.due_at is None or promise is None:
        raise Http404(
            "Aucune réponse n’est encore due à cette contribution : l’échéance est fixée quand son étape se clôt."
        )
    explained = due_date(promise, reading.started(one))
    page = pages.DuePage(
        title=f"Pourquoi cette échéance : contribution n° {number}",
        process=slug,
        process_title=process.title,
        process_url=reverse("debate", args=[slug]),
        number=number,
        url=reverse("contribution", args=[slug, number]),
        owner=one.owner.name,
        due_at=one.due_at,
        calendar=explained.calendar,
        explanation=explained.explanation,
        is_as_given=explained.at == one.due_at,
    )
    return show(request, "answering/due.html", page)


def answers_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the answers of a debate as an Atom feed (RFC 4287), newest first."""
    process = process_or_404(request, slug)
    feed = _feed(request, f"Réponses : {process.title}", reverse("answers", args=[slug]))
    found = process.answers.select_related("organisation").prefetch_related("contributions")
    for one in found.order_by("-changed_at", "-pk")[:FEED]:
        which = ", ".join(str(about.number) for about in one.contributions.all())
        feed.add_item(
            title=f"{one.get_fate_display()} : contribution {which}",
            link=request.build_absolute_uri(reverse("answer", args=[slug, one.number])),
            description=one.reasons,
            author_name=one.organisation.name,
            pubdate=one.given_at,
            updateddate=one.changed_at,
        )
    return _atom(feed)


def contribution_feed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish what becomes of a contribution as an Atom feed: the acts that the public log holds on it."""
    process = process_or_404(request, slug)
    one = get_object_or_404(Contribution, process=process, number=number)
    feed = _feed(request, f"Contribution n° {number} : {process.title}", reverse("contribution", args=[slug, number]))
    keys = [one.key, *(given.key for given in one.answers.all())]
    entries = Entry.objects.filter(stream=process.stream, key__in=keys).exclude(kind__startswith="follow.")
    for entry in entries.order_by("-pk")[:FEED]:
        path = naming.address(entry.stream, entry.key) or reverse("contribution", args=[slug, number])
        feed.add_item(
            title=naming.name(entry.kind),
            link=request.build_absolute_uri(path),
            description="",
            unique_id=f"tag:{request.get_host().partition(':')[0]},2026:{process.stream}/{entry.pk}",
            updateddate=datetime.fromisoformat(entry.hour),
        )
    return _atom(feed)


def _feed(request: HttpRequest, title: str, path: str) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=request.build_absolute_uri(path),
        description="",
        language="fr",
        feed_url=request.build_absolute_uri(),
    )


def _atom(feed: Atom1Feed) -> HttpResponse:
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def fate_panel(one: Contribution, request: HttpRequest) -> Panel | None:
    """Tell, on a contribution's page, what becomes of it and what the reader may do about it."""
    slug, at = one.process.slug, timezone.now()
    if one.process.is_archive or (one.state != Contribution.State.PUBLISHED and not one.answered_at):
        return None
    contest, current = _given_to(one) if one.answered_at else (None, [])
    is_ours = request.user.is_authenticated and reading.mandate_for(request, reading.owner_of(one, one.process))
    content = pages.FatePanel(
        slug=slug,
        number=one.number,
        fate=one.fate,
        fate_word=one.get_fate_display(),
        owner=one.owner.name if one.owner else "",
        due_at=one.due_at if not one.answered_at else None,
        days_late=0 if one.answered_at else reading.days_late(one.due_at, at),
        due_url=reverse("answer-due", args=[slug, one.number]) if one.due_at else "",
        feed_url=reverse("contribution-feed", args=[slug, one.number]),
        answers=tuple(
            pages.Preview(given.fate, given.get_fate_display(), given.reasons, given.evidence, reading.adopted(given))
            for given in current
        ),
        answer_urls=tuple(
            (
                f"Réponse n° {given.number}, de {given.organisation}, le {french.day(given.given_at)}",
                reverse("answer", args=[slug, given.number]),
            )
            for given in current
        ),
        contest=_contest(contest, at),
        contest_url=reverse("answer-contest", args=[slug, one.number]) if _may_contest(one, contest, request) else "",
        settle_url=reverse("answer-maintain", args=[slug, one.number])
        if is_ours and contest and contest.state == Contest.State.OPEN
        else "",
        write_url=f"{reverse('answer-write', args=[slug])}?n={one.number}" if is_ours and not one.answered_at else "",
        follow_url=reverse("contribution-follow", args=[slug, one.number]),
        is_following=following(request, one.process, one),
    )
    return Panel("sort", "Ce qu’elle devient", 10, "answering/fate_panel.html", content)


def _given_to(one: Contribution) -> tuple[Contest | None, list[Answer]]:
    current = one.answers.filter(bearings__is_current=True, bearings__contribution=one)
    contest = Contest.objects.filter(contribution=one).first()
    return contest, list(current.select_related("process", "organisation"))


def _contest(contest: Contest | None, at: datetime) -> pages.ContestFigures | None:
    if contest is None:
        return None
    return pages.ContestFigures(
        contest.state,
        contest.get_state_display(),
        contest.because,
        contest.reply,
        contest.made_at,
        contest.due_at,
        contest.settled_at,
        0 if contest.settled_at else reading.days_late(contest.due_at, at),
    )


def _may_contest(one: Contribution, contest: Contest | None, request: HttpRequest) -> bool:
    return bool(one.answered_at and contest is None and one.author_id and one.author_id == request.user.pk)


def following(request: HttpRequest, process: Process, one: Contribution | None) -> bool | None:
    """Tell whether the reader follows this; None where nobody is signed in."""
    if not request.user.is_authenticated:
        return None
    return Follow.objects.filter(actor=request.user.pk, process=process, contribution=one).exists()


def debate_panel(process: Process, request: HttpRequest) -> Panel | None:
    """Tell, on a debate's page, how many answers are owed and given."""
    if process.is_archive:
        return None
    slug = process.slug
    late = Sum("count", filter=Q(due_at__lte=timezone.now()), default=0)
    counted = OwedCount.objects.filter(process=process).values_list("fate").annotate(n=Sum("count"), late=late)
    fates = {fate: (count, overdue) for fate, count, overdue in counted.order_by()}
    waiting, overdue = fates.pop("", (0, 0))
    content = pages.DebatePanel(
        owed=waiting,
        answered=sum(count for count, _ in fates.values()),
        late=overdue,
        fates=tuple((code, word, fates[code][0]) for code, word in Contribution.Fate.choices if code in fates),
        answers_url=reverse("answers", args=[slug]),
        owed_url=f"{reverse('answers-owed')}?debat={slug}",
        feed_url=reverse("answers-feed", args=[slug]),
        follow_url=reverse("debate-follow", args=[slug]),
        is_following=following(request, process, None),
    )
    return Panel("reponses", "Réponses", 40, "answering/debate_panel.html", content)


def log_address(stream: str, key: str) -> str | None:
    """Return the page of an answer that the log names."""
    slug, number = stream.removeprefix("debats/"), key.removeprefix("reponse-")
    if stream.startswith("debats/") and key.startswith("reponse-") and number.isdecimal():
        return reverse("answer", args=[slug, int(number)])
    return None


def map_section() -> Section:
    """List the public pages of answers in the site map."""
    return Section("Réponses aux contributions", 22, (Step("Réponses dues, par organisme", reverse("answers-owed")),))


def followed_and_contested(*, actor) -> Mapping[str, object]:
    """Return what an account follows and contested, to be taken away by its person (RGPD, art. 20)."""
    follows = Follow.objects.filter(actor=actor).select_related("process", "contribution")
    contests = Contest.objects.filter(author=actor).select_related("contribution__process")
    return {
        "Ce que je suis": [{"suivi": str(one.contribution or one.process), "depuis": one.since} for one in follows],
        "Mes contestations": [
            {"contribution": str(one.contribution), "motif": one.because, "le": one.made_at, "issue": one.state}
            for one in contests
        ],
    }
