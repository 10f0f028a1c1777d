"""The acts of answers: answer, correct, contest, maintain, follow; what is owed is said by `assigning`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from parvis.core.actors.actions import require, require_confirmed, role_of
from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.leaves import Json
from parvis.core.ledger.models import Entry
from parvis.core.processes.actions import hold
from parvis.core.processes.answering.counting.actions import count_in, count_out
from parvis.core.processes.answering.models import Answer, Answered, AnswerVersion, Contest, Follow, Notice
from parvis.core.processes.answering.owing import CONTEST, due_date
from parvis.core.processes.answering.saying import Saying, check
from parvis.core.processes.answering.telling import Message, numbers
from parvis.core.processes.models import Contribution, Process


class NothingToAnswer(ParvisError):
    """An answer would bear on no contribution, or on contributions of several debates."""


class NotYourAnswer(ParvisError):
    """A body would answer what another one owes."""


class AlreadyAnswered(ParvisError):
    """A contribution that has its answer would get another: the answer is corrected, or contested first."""


class NotAnswerable(ParvisError):
    """A contribution that says nothing any more, or that was made elsewhere, would be answered."""


class CannotContest(ParvisError):
    """Someone who may not, or a second time, contests an answer."""


class AlreadySettled(ParvisError):
    """A contest that was settled would be settled again."""


class NothingChanged(ParvisError):
    """A correction says what the answer says already."""


@transaction.atomic
def answer(
    *,
    contributions: Sequence[Contribution],
    fate: str,
    reasons: str,
    at: datetime,
    mandate: Mandate | None,
    words: Sequence[Mapping[str, Json]] = (),
    evidence: str = "",
) -> Answer:
    """Answer one or several contributions of a debate, once and for each; their authors and supporters will be told.

    Raises NothingToAnswer, NotAnswerable, NotYourAnswer, AlreadyAnswered, and SayingRefused.
    """
    require(mandate, "answer.give", at=at)
    answered = _locked(contributions)
    process = answered[0].process
    body = _answering_body(answered, mandate)
    said = check(Saying(fate, reasons, tuple(dict(one) for one in words), evidence), answered)
    given = Answer.objects.create(
        process=process,
        number=_next_number(process),
        organisation=body,
        mandate=mandate,
        given_at=at,
        changed_at=at,
        **said.columns(),
    )
    _keep_version(given, because="", mandate=mandate, at=at)
    count_out(contributions=answered)
    for contribution in answered:
        _bear(given, contribution, mandate=mandate, at=at)
    count_in(contributions=answered)
    _seal("answer.given", given, because="", mandate=mandate, at=at)
    _tell(given, f"Réponse : {given.get_fate_display().lower()}", at=at)
    return given


def _locked(contributions: Sequence[Contribution]) -> list[Contribution]:
    """Hold the debate, then the contributions, until the end of the act; refuse those that no one can answer."""
    hold(contributions=contributions)
    keys = {one.pk for one in contributions}
    found = list(
        Contribution.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=keys)
        .select_related("process__organisation", "owner")
        .order_by("number")
    )
    if not found or len({one.process_id for one in found}) > 1:
        raise NothingToAnswer(
            "Une réponse porte sur une ou plusieurs contributions d'un même débat. Choisissez-les sur le bureau."
        )
    if found[0].process.is_archive:
        raise NotAnswerable("Ce débat est une archive : ses réponses sont celles de sa source, il n'en reçoit plus.")
    gone = [one.number for one in found if one.state != Contribution.State.PUBLISHED]
    if gone:
        raise NotAnswerable(
            f"Contribution {numbers(gone)} : retirée ou masquée, elle n'appelle plus de réponse. Ôtez-la du choix."
        )
    _refuse_answered(found)
    return found


def _refuse_answered(found: Sequence[Contribution]) -> None:
    open_contests = Contest.objects.filter(contribution__in=found, state=Contest.State.OPEN)
    contested = set(open_contests.values_list("contribution", flat=True))
    known = [one.number for one in found if one.answered_at and one.pk not in contested]
    if known:
        raise AlreadyAnswered(
            f"Contribution {numbers(known)} : une réponse a déjà été donnée. Corrigez cette réponse, avec un motif ; "
            "ses versions restent lisibles."
        )


def _answering_body(answered: Sequence[Contribution], mandate: Mandate | None) -> Organisation:
    """Return the body that owes these answers, and refuse any other. Without a date yet, who holds the debate owes."""
    owners = {one.owner or one.process.organisation for one in answered}
    if len(owners) > 1 or (mandate and mandate.organisation not in owners):
        names = ", ".join(sorted(str(owner) for owner in owners))
        raise NotYourAnswer(
            f"La réponse est due par : {names}. Vous répondez pour un seul organisme, le vôtre : ôtez du choix les "
            "contributions qui reviennent à d'autres."
        )
    return owners.pop()


def _next_number(process: Process) -> int:
    # The debate's row is held (_locked): two answers at once would otherwise take one number.
    return 1 + (Answer.objects.filter(process=process).aggregate(last=Max("number"))["last"] or 0)


def _bear(given: Answer, contribution: Contribution, *, mandate: Mandate | None, at: datetime) -> None:
    """Let the answer be the contribution's own; one that was contested gives way, and its contest is settled."""
    Answered.objects.filter(contribution=contribution, is_current=True).update(is_current=False)
    Answered.objects.create(answer=given, contribution=contribution)
    Contest.objects.filter(contribution=contribution, state="open").update(
        state=Contest.State.REVISED, new_answer=given, mandate=mandate, settled_at=at
    )
    contribution.fate = given.fate
    contribution.answered_at = contribution.answered_at or at
    contribution.save(update_fields=["fate", "answered_at"])


def _keep_version(given: Answer, *, because: str, mandate: Mandate | None, at: datetime) -> None:
    AnswerVersion.objects.create(
        answer=given,
        number=given.version,
        fate=given.fate,
        reasons=given.reasons,
        words=given.words,
        evidence=given.evidence,
        because=because,
        mandate=mandate,
        made_at=at,
    )


@transaction.atomic
def correct(
    *,
    given: Answer,
    fate: str,
    reasons: str,
    because: str,
    at: datetime,
    mandate: Mandate | None,
    words: Sequence[Mapping[str, Json]] = (),
    evidence: str = "",
) -> Answer:
    """Correct an answer: a new version, with why; the former ones stay to be read.

    Raises NotYourAnswer, NothingChanged, and SayingRefused.
    """
    require(mandate, "answer.give", at=at)
    known = Answer.objects.select_for_update(of=("self",)).select_related("process", "organisation").get(pk=given.pk)
    if mandate and mandate.organisation != known.organisation:
        raise NotYourAnswer(f"Cette réponse est de « {known.organisation} » : lui seul la corrige.")
    # The debate's row keeps its counts for one act at a time.
    Process.objects.select_for_update(of=("self",)).get(pk=known.process_id)
    answered = list(Contribution.objects.filter(bearings__answer=known, bearings__is_current=True))
    said = check(Saying(fate, reasons, tuple(dict(one) for one in words), evidence), answered, because=because)
    if said.columns() == {name: getattr(known, name) for name in said.columns()}:
        raise NothingChanged("Cette correction dit ce que la réponse dit déjà. Changez-la, ou revenez en arrière.")
    for name, value in said.columns().items():
        setattr(known, name, value)
    known.version, known.changed_at = known.version + 1, at
    known.save()
    _keep_version(known, because=because, mandate=mandate, at=at)
    count_out(contributions=answered)
    for contribution in answered:
        contribution.fate = known.fate
    Contribution.objects.bulk_update(answered, ["fate"])
    count_in(contributions=answered)
    _seal("answer.corrected", known, because=because, mandate=mandate, at=at)
    _tell(known, f"Réponse corrigée : {known.get_fate_display().lower()}", at=at)
    return known


def _seal(kind: str, given: Answer, *, because: str, mandate: Mandate | None, at: datetime) -> None:
    content = {
        "number": given.number,
        "version": given.version,
        "contributions": sorted(given.contributions.values_list("number", flat=True)),
        "fate": given.fate,
        "reasons": given.reasons,
        "words": given.words,
        "evidence": given.evidence,
        "organisation": given.organisation.slug,
        "because": because,
        "by": role_of(mandate),
    }
    ledger.append(kind=kind, stream=given.process.stream, key=given.key, content=content, at=at)


@transaction.atomic
def contest(*, contribution: Contribution, because: str, author: Actor, at: datetime) -> Contest:
    """Contest, once, the answer to one's contribution; the body that answered owes a reply.

    Raises CannotContest.
    """
    require_confirmed(author)
    bearing = (
        Answered.objects.select_for_update(of=("self",))
        .filter(contribution=contribution, is_current=True)
        .select_related("answer__organisation", "answer__process", "contribution")
        .first()
    )
    if why := _no_contest(contribution, bearing, author, because):
        raise CannotContest(why)
    found = due_date(CONTEST, at, of="contestation")
    made = Contest.objects.create(
        contribution=contribution,
        answer=bearing.answer,
        author=author,
        because=because.strip(),
        made_at=at,
        owner=bearing.answer.organisation,
        due_at=found.at,
    )
    content = {"number": contribution.number, "answer": bearing.answer.number, "owner": made.owner.slug}
    process = bearing.answer.process
    ledger.append(
        kind="answer.contested",
        stream=process.stream,
        key=contribution.key,
        content={**content, "last_day": found.last_day.isoformat(), "explanation": list(found.explanation)},
        at=at,
        hidden={"because": made.because},
    )
    return made


def _no_contest(contribution: Contribution, bearing: Answered | None, author: Actor, because: str) -> str:
    if bearing is None:
        return "Cette contribution n'a pas encore de réponse : il n'y a rien à contester. Suivez-la pour être prévenu."
    if contribution.author_id != author.pk:
        return "Seul l'auteur d'une contribution en conteste la réponse. Vous pouvez donner une contribution sur elle."
    if Contest.objects.filter(contribution=contribution).exists():
        return "Une réponse se conteste une fois : la vôtre l'a été. Ce qu'il en est advenu se lit sur sa page."
    return "" if because.strip() else "Dites pourquoi la réponse ne convient pas : l'organisme doit pouvoir répliquer."


@transaction.atomic
def maintain(*, contested: Contest, reply: str, at: datetime, mandate: Mandate | None) -> Contest:
    """Reply to a contest that the answer stands, and why; otherwise the body answers anew. Raises AlreadySettled."""
    require(mandate, "answer.give", at=at)
    known = Contest.objects.select_for_update(of=("self",)).get(pk=contested.pk)
    if mandate and mandate.organisation != known.owner:
        raise NotYourAnswer(f"La réplique est due par « {known.owner} ».")
    if known.state != Contest.State.OPEN:
        raise AlreadySettled(f"Cette contestation est réglée : {known.get_state_display().lower()}.")
    if not reply.strip():
        raise CannotContest("Dites pourquoi la réponse est maintenue : l'auteur a dit pourquoi il la conteste.")
    known.state, known.reply, known.mandate, known.settled_at = Contest.State.UPHELD, reply.strip(), mandate, at
    known.save()
    contribution, process = known.contribution, known.answer.process
    content = {"number": contribution.number, "answer": known.answer.number, "reply": known.reply}
    ledger.append(
        kind="answer.maintained",
        stream=process.stream,
        key=contribution.key,
        content={**content, "by": role_of(mandate)},
        at=at,
    )
    path = reverse("contribution", args=[process.slug, contribution.number])
    message = Message(
        f"Réponse maintenue : contribution {numbers([contribution.number])}, {process.title}",
        f"{known.owner} maintient sa réponse à la contribution {numbers([contribution.number])} :\n\n{known.reply}",
        path,
    )
    _write_notice(process, [contribution], message, is_for_authors_only=False, at=at)
    return known


@transaction.atomic
def tell_authors(*, contributions: Sequence[Contribution], message: Message, at: datetime) -> Notice:
    """Have the authors of some contributions told of something, by whoever acts on them, in that act's transaction."""
    return _write_notice(contributions[0].process, contributions, message, is_for_authors_only=True, at=at)


@transaction.atomic
def tell_accounts(*, process: Process, accounts: Sequence[Actor], message: Message, at: datetime) -> Notice:
    """Have some accounts, and nobody else, told of something in a debate. Who they are goes once it is sent."""
    notice = _write_notice(process, [], message, is_for_authors_only=True, at=at)
    notice.accounts.set(accounts)
    return notice


def _tell(given: Answer, title: str, *, at: datetime) -> None:
    answered = list(given.contributions.filter(bearings__is_current=True).distinct())
    which = numbers(one.number for one in answered)
    noun = "contribution" if len(answered) == 1 else "contributions"
    message = Message(
        f"{title} ({noun} {which}, {given.process.title})"[:300],
        f"{given.organisation} répond : « {given.get_fate_display()} ».\n"
        f"Débat : {given.process.title}\nSur : {noun} {which}\n\n{given.reasons}",
        reverse("answer", args=[given.process.slug, given.number]),
    )
    _write_notice(given.process, answered, message, is_for_authors_only=False, at=at)


def _write_notice(
    process: Process,
    contributions: Sequence[Contribution],
    message: Message,
    *,
    is_for_authors_only: bool,
    at: datetime,
) -> Notice:
    notice = Notice.objects.create(
        process=process,
        is_for_authors_only=is_for_authors_only,
        subject=message.subject[:300],
        text=message.text,
        path=message.path,
        made_at=at,
    )
    notice.contributions.set(contributions)
    content = {"subject": notice.subject, "page": notice.path}
    ledger.append(kind="notice.written", stream=process.stream, key=notice.key, content=content, at=at)
    return notice


@transaction.atomic
def follow(*, actor: Actor, process: Process, at: datetime, contribution: Contribution | None = None) -> Follow:
    """Be told by e-mail of what becomes of a debate, or of one contribution."""
    require_confirmed(actor)
    made, is_new = Follow.objects.get_or_create(
        actor=actor, process=process, contribution=contribution, defaults={"since": at}
    )
    if is_new:
        _seal_follow("follow.started", process, contribution, at=at)
    return made


@transaction.atomic
def unfollow(*, actor: Actor, process: Process, at: datetime, contribution: Contribution | None = None) -> None:
    """Stop being told; done twice, it changes nothing."""
    removed, _ = Follow.objects.filter(actor=actor, process=process, contribution=contribution).delete()
    if removed:
        _seal_follow("follow.stopped", process, contribution, at=at)


@transaction.atomic
def forget(*, actor: Actor, at: datetime) -> None:
    """Erase what a person wrote in contests, and what they followed; the answers stay."""
    hold(contributions=Contribution.objects.filter(author=actor))  # an answer takes the debate before the contest
    for made in Contest.objects.filter(author=actor).select_related("contribution__process"):
        one = made.contribution
        entries = Entry.objects.about(stream=one.process.stream, key=one.key)
        for entry in entries.filter(kind="answer.contested", erased_by=None):
            ledger.erase(entry=entry, because="L'auteur a effacé son compte.", at=at)
    Contest.objects.filter(author=actor).update(author=None, because="")
    Follow.objects.filter(actor=actor).delete()
    Notice.accounts.through.objects.filter(actor=actor).delete()


def _seal_follow(kind: str, process: Process, contribution: Contribution | None, *, at: datetime) -> None:
    """Seal that someone follows, and not who: the number of followers can be recounted."""
    key = contribution.key if contribution else "debat"
    ledger.append(kind=kind, stream=process.stream, key=key, content={}, at=at)
