"""The acts of moderation: report, decide with reasons, appeal, decide the appeal, end what was hidden for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core.actors.actions import require, require_confirmed, role_of
from parvis.core.actors.models import Actor, Mandate
from parvis.core.clock import due
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry, LogState
from parvis.core.processes import actions as debates
from parvis.core.processes.answering.actions import tell_accounts, tell_authors
from parvis.core.processes.answering.telling import Message
from parvis.core.processes.models import Contribution
from parvis.core.processes.moderating.api import reaches
from parvis.core.processes.moderating.charter import (
    APPEAL,
    APPEAL_WITHIN,
    DECISION,
    REDRESS,
    VERSION,
    rule_named,
)
from parvis.core.processes.moderating.models import Appeal, Decision, Report


class CannotReport(ParvisError):
    """A report is made twice, on one's own words, or on what is not shown."""


class CannotDecide(ParvisError):
    """A decision would decide nothing, say no facts, or judge in one's own cause."""


class CannotAppeal(ParvisError):
    """Someone who may not, twice or too late, asks for a decision to be looked at again."""


class NotYourDebate(ParvisError):
    """Someone mandated by a body would moderate a debate that another one holds."""


class SamePersonDecides(ParvisError):
    """Whoever took a decision would decide the appeal against it."""


TWICE = "Vous avez déjà signalé cette contribution. La décision se lira sur sa page, et vous serez prévenu."


@dataclass(frozen=True)
class Ruling:
    """What is decided of some contributions, and why."""

    outcome: str
    rule: str
    facts: str
    ends_on: date | None = None
    is_automated: bool = False
    is_detected_by_machine: bool = False


@transaction.atomic
def report(*, contribution: Contribution, rule: str, text: str, reporter: Actor, at: datetime) -> Report:
    """Say that a contribution breaks a rule of the charter; a decision is owed by a date. Raises CannotReport."""
    require_confirmed(reporter)
    broken = rule_named(rule)
    if why := _no_report(contribution, reporter):
        raise CannotReport(why)
    found = due(at, DECISION, of="signalement")
    told = {"rule": broken.slug, "text": text.strip(), "made_at": at, "due_at": found.at}
    # Sent twice at once, the second meets the database's own rule: one report a person.
    made, is_new = Report.objects.get_or_create(contribution=contribution, reporter=reporter, defaults=told)
    if not is_new:
        raise CannotReport(TWICE)
    content = {"number": contribution.number, "rule": broken.slug, "last_day": found.last_day.isoformat()}
    ledger.append(
        kind="contribution.reported",
        stream=contribution.process.stream,
        key=made.key,
        content=content,
        at=at,
        hidden={"text": made.text, "reporter": reporter.pk},
    )
    return made


def _no_report(contribution: Contribution, reporter: Actor) -> str:
    if contribution.state != Contribution.State.PUBLISHED:
        return "Cette contribution n'est plus montrée : il n'y a rien à signaler."
    if contribution.author_id == reporter.pk:
        return "Cette contribution est la vôtre : retirez-la si elle ne doit plus être lue."
    if Report.objects.filter(contribution=contribution, reporter=reporter).exists():
        return TWICE
    return ""


@transaction.atomic
def decide(
    *, contributions: Sequence[Contribution], ruling: Ruling, at: datetime, mandate: Mandate | None
) -> list[Decision]:
    """Decide of one or several contributions, each with its own statement of reasons; all, or none.

    Reports that wait on them are answered, their authors and those who reported are to be told. Raises CannotDecide
    and NotYourDebate.
    """
    require(mandate, "moderation.decide", at=at)
    rule_named(ruling.rule)
    if not contributions:
        raise CannotDecide("Choisissez dans la file les contributions dont vous décidez.")
    if not ruling.facts.strip():
        raise CannotDecide("Dites les faits : ce que la contribution dit ou fait, et en quoi la règle s'y applique.")
    if ruling.ends_on is not None and ruling.ends_on <= localdate(at):
        raise CannotDecide("La durée doit finir après aujourd'hui. Laissez ce champ vide pour ne pas la limiter.")
    held = _held(contributions, ruling, mandate=mandate, at=at)
    return [_decide(one, ruling, mandate=mandate, at=at) for one in held]


def _held(
    contributions: Sequence[Contribution], ruling: Ruling, *, mandate: Mandate | None, at: datetime
) -> list[Contribution]:
    debates.hold(contributions=contributions)
    keys = [one.pk for one in contributions]
    found = Contribution.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    held = list(found.select_related("process__organisation", "author").order_by("pk"))
    _require_reach(mandate, held, at=at)
    expected = {
        Decision.Outcome.HIDDEN: Contribution.State.PUBLISHED,
        Decision.Outcome.KEPT: Contribution.State.PUBLISHED,
        Decision.Outcome.RESTORED: Contribution.State.HIDDEN,
    }
    if ruling.outcome not in expected:
        raise CannotDecide("Une décision masque, laisse publique, ou rend publique.")
    for one in held:
        if mandate is not None and one.author_id == mandate.actor_id:
            raise CannotDecide(f"La contribution n° {one.number} est la vôtre : quelqu'un d'autre doit en décider.")
        if one.state != expected[ruling.outcome]:
            raise CannotDecide(
                f"La contribution n° {one.number} de « {one.process} » est {one.get_state_display().lower()} : cette "
                "décision n'y changerait rien. Ôtez-la du choix."
            )
    return held


def _require_reach(mandate: Mandate | None, contributions: Sequence[Contribution], *, at: datetime) -> None:
    """Refuse a debate of another body to whom a body mandates; the team and the operator moderate all of them."""
    if mandate is None or reaches(mandate, contributions, on=localdate(at)):
        return
    holders = sorted({str(one.process.organisation) for one in contributions})
    raise NotYourDebate(
        f"Votre mandat de modération est de « {mandate.organisation} » : il vaut pour les débats que cet organisme "
        f"tient. Ceux-ci sont tenus par : {', '.join(holders)}. Laissez-les à sa modération, ou à l'équipe du site."
    )


def _decide(one: Contribution, ruling: Ruling, *, mandate: Mandate | None, at: datetime) -> Decision:
    made = Decision.objects.create(
        number=_next_number(),
        contribution=one,
        outcome=ruling.outcome,
        rule=ruling.rule,
        charter=VERSION,
        facts=ruling.facts.strip(),
        is_automated=ruling.is_automated,
        is_detected_by_machine=ruling.is_detected_by_machine,
        ends_on=ruling.ends_on if ruling.outcome == Decision.Outcome.HIDDEN else None,
        mandate=mandate,
        decided_at=at,
    )
    _apply(made, at=at)
    _seal_decision(made, at=at)
    waiting = list(Report.objects.filter(contribution=one, decision=None).select_related("reporter"))
    Report.objects.filter(pk__in=[report.pk for report in waiting]).update(decision=made)
    _tell_decision(made, [report.reporter for report in waiting if report.reporter], at=at)
    return made


def _next_number() -> int:
    # One row that always exists is the lock of the register's numbers.
    LogState.objects.select_for_update(of=("self",)).get_or_create(pk=1)
    return 1 + (Decision.objects.aggregate(last=Max("number"))["last"] or 0)


def _apply(made: Decision, *, at: datetime) -> None:
    """Hide the contribution, or show it again, by the acts of debates, which keep counts and searches right."""
    because = f"Décision de modération n° {made.number}"
    if made.outcome == Decision.Outcome.HIDDEN:
        debates.hide(contribution=made.contribution, because=because, at=at)
    elif made.outcome == Decision.Outcome.RESTORED:
        debates.restore(contribution=made.contribution, because=because, at=at)


def statement(made: Decision) -> dict[str, object]:
    """Return the statement of reasons, as the public register and the log give it (regulation 2022/2065, art. 17)."""
    rule = rule_named(made.rule)
    return {
        "decision": made.number,
        "debate": made.contribution.process.slug,
        "contribution": made.contribution.number,
        "outcome": made.outcome,
        "ground": rule.ground,
        "rule": made.rule,
        "basis": rule.basis,
        "charter": made.charter,
        "facts": made.facts,
        "automated_decision": made.is_automated,
        "automated_detection": made.is_detected_by_machine,
        "territory": "partout où le site se lit",
        "until": made.ends_on.isoformat() if made.ends_on else None,
        "redress": REDRESS,
    }


def _seal_decision(made: Decision, *, at: datetime) -> None:
    one = made.contribution
    content = {**statement(made), "by": role_of(made.mandate)}
    ledger.append(kind="moderation.decided", stream=one.process.stream, key=one.key, content=content, at=at)


def _tell_decision(made: Decision, reporters: Sequence[Actor], *, at: datetime) -> None:
    one, rule = made.contribution, rule_named(made.rule)
    path = reverse("decision", args=[made.number])
    subject = f"Contribution n° {one.number} {made.get_outcome_display().lower()} ({one.process.title})"
    text = (
        f"Décision n° {made.number} : {made.get_outcome_display().lower()}, {made.ground}.\n"
        f"Règle : {rule.title} ({rule.basis}).\nFaits : {made.facts}\n"
        f"Durée : {f'jusqu’au {made.ends_on:%d/%m/%Y}' if made.ends_on else 'sans limite'}.\n{REDRESS}"
    )
    if made.outcome != Decision.Outcome.KEPT:
        tell_authors(contributions=[one], message=Message(subject, text, path), at=at)
    if reporters:
        said = Message(f"Votre signalement : {subject}", text, path)
        tell_accounts(process=one.process, accounts=reporters, message=said, at=at)


@transaction.atomic
def appeal(*, decision: Decision, because: str, author: Actor, at: datetime) -> Appeal:
    """Ask that someone else look again at the decision that hid one's contribution. Raises CannotAppeal."""
    require_confirmed(author)
    decision = (
        Decision.objects.select_for_update(of=("self",)).select_related("contribution__process").get(pk=decision.pk)
    )
    if why := _no_appeal(decision, author, because, at):
        raise CannotAppeal(why)
    found = due(at, APPEAL, of="recours")
    made = Appeal.objects.create(
        decision=decision, author=author, because=because.strip(), made_at=at, due_at=found.at
    )
    one = decision.contribution
    content = {"decision": decision.number, "contribution": one.number, "last_day": found.last_day.isoformat()}
    ledger.append(
        kind="appeal.made",
        stream=one.process.stream,
        key=one.key,
        content=content,
        at=at,
        hidden={"because": made.because},
    )
    return made


def _no_appeal(decision: Decision, author: Actor, because: str, at: datetime) -> str:
    if decision.outcome != Decision.Outcome.HIDDEN:
        return "Cette décision ne masque rien : il n'y a pas de recours contre elle."
    if decision.contribution.author_id != author.pk:
        return "Seul l'auteur de la contribution masquée fait recours."
    if Appeal.objects.filter(decision=decision).exists():
        return "Le recours contre cette décision a déjà été fait. Son issue se lit sur la page de la décision."
    last = due(decision.decided_at, APPEAL_WITHIN)
    if at >= last.at:
        return f"Le recours était ouvert six mois, jusqu'au {last.last_day:%d/%m/%Y}. Le juge peut encore être saisi."
    return (
        "" if because.strip() else "Dites pourquoi cette décision vous paraît fausse : quelqu'un d'autre va la revoir."
    )


@transaction.atomic
def decide_appeal(*, appealed: Appeal, outcome: str, reasons: str, at: datetime, mandate: Mandate | None) -> Appeal:
    """Uphold the decision, or reverse it and show the contribution again.

    Raises SamePersonDecides, NotYourDebate and CannotDecide.
    """
    require(mandate, "appeal.decide", at=at)
    found = Appeal.objects.select_for_update(of=("self",)).select_related("decision__mandate")
    known = found.select_related("decision__contribution__process__organisation").get(pk=appealed.pk)
    _refuse_same_person(known, mandate)
    _require_reach(mandate, [known.decision.contribution], at=at)
    if known.outcome:
        raise CannotDecide(f"Ce recours est tranché : {known.get_outcome_display().lower()}.")
    if outcome not in {Appeal.Outcome.UPHELD, Appeal.Outcome.REVERSED} or not reasons.strip():
        raise CannotDecide("Dites si la décision est confirmée ou annulée, et pourquoi.")
    known.outcome, known.reasons, known.mandate, known.decided_at = outcome, reasons.strip(), mandate, at
    known.save()
    one = known.decision.contribution
    content = {"decision": known.decision.number, "outcome": outcome, "reasons": known.reasons}
    ledger.append(
        kind="appeal.decided",
        stream=one.process.stream,
        key=one.key,
        content={**content, "by": role_of(mandate)},
        at=at,
    )
    if outcome == Appeal.Outcome.REVERSED:
        _reverse(decision=known.decision, at=at)
    _tell_appeal(known, at=at)
    return known


def _reverse(*, decision: Decision, at: datetime) -> None:
    """Show the contribution again, unless another decision hides it since."""
    debates.hold(contributions=[decision.contribution])
    if Decision.objects.in_force().filter(pk=decision.pk).exists():
        because = f"Recours contre la décision n° {decision.number}"
        debates.restore(contribution=decision.contribution, because=because, at=at)


def _tell_appeal(known: Appeal, *, at: datetime) -> None:
    decision, one = known.decision, known.decision.contribution
    text = (
        f"Décision n° {decision.number}, contribution n° {one.number} : "
        f"{known.get_outcome_display().lower()}.\n{known.reasons}"
    )
    last = one.decisions.in_force().get()
    if last != decision and last.outcome == Decision.Outcome.HIDDEN:
        text += f"\nLa contribution reste masquée par la décision n° {last.number}, qui a son propre recours."
    subject = f"Votre recours : {known.get_outcome_display().lower()}"
    message = Message(subject, text, reverse("decision", args=[decision.number]))
    tell_authors(contributions=[one], message=message, at=at)


def _refuse_same_person(known: Appeal, mandate: Mandate | None) -> None:
    """Refuse whoever decided, under whatever mandate; the operator, who has none, decides only one of the two."""
    first = known.decision.mandate.actor_id if known.decision.mandate else None
    second = mandate.actor_id if mandate else None
    if first == second and not known.decision.is_automated:
        raise SamePersonDecides(
            "Vous avez pris cette décision : quelqu'un d'autre tranche le recours. Passez-le à une collègue."
        )
    if mandate is not None and mandate.actor_id == known.decision.contribution.author_id:
        raise SamePersonDecides("Cette contribution est la vôtre : quelqu'un d'autre tranche le recours.")


def end_hidings(*, at: datetime) -> int:
    """Show again, each with its own statement, what was hidden for a time that is over; return how many."""
    over = Decision.objects.in_force().filter(
        outcome=Decision.Outcome.HIDDEN,
        ends_on__lte=localdate(at),
        contribution__state=Contribution.State.HIDDEN,
    )
    found = list(over.select_related("contribution__process").order_by("pk"))
    return sum(_end(decision=decision, at=at) for decision in found)


@transaction.atomic
def _end(*, decision: Decision, at: datetime) -> bool:
    debates.hold(contributions=[decision.contribution])
    if not Decision.objects.in_force().filter(pk=decision.pk).exists():
        return False
    facts = f"La durée fixée par la décision n° {decision.number} est écoulée."
    ruling = Ruling(Decision.Outcome.RESTORED, decision.rule, facts, is_automated=True)
    decide(contributions=[decision.contribution], ruling=ruling, at=at, mandate=None)
    return True


@transaction.atomic
def forget(*, actor: Actor, at: datetime) -> None:
    """Erase what a person wrote in reports and appeals, and who they were; what was decided stays."""
    for made in Report.objects.filter(reporter=actor).select_related("contribution__process"):
        _erase(made.contribution, made.key, "contribution.reported", at=at)
    Report.objects.filter(reporter=actor).update(reporter=None, text="")
    for made in Appeal.objects.filter(author=actor).select_related("decision__contribution__process"):
        one = made.decision.contribution
        _erase(one, one.key, "appeal.made", at=at)
    Appeal.objects.filter(author=actor).update(author=None, because="")


def _erase(one: Contribution, key: str, kind: str, *, at: datetime) -> None:
    for entry in Entry.objects.about(stream=one.process.stream, key=key).filter(kind=kind, erased_by=None):
        ledger.erase(entry=entry, because="L'auteur a effacé son compte.", at=at)
