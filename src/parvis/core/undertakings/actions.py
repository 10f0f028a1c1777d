"""The acts on a plan: correct, abandon, claim, judge. Each has a mandate, and is sealed in the log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Mandate, Organisation
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.undertakings import declared
from parvis.core.undertakings.models import (
    Claim,
    Correction,
    Lead,
    Milestone,
    Plan,
    Undertaking,
    Verdict,
)


class ReasonMissing(ParvisError):
    """An act that must say why does not."""


class NotTheLead(ParvisError):
    """Someone speaks for a commitment that their organisation does not lead that day."""


class AlreadyLeads(ParvisError):
    """A body would answer twice for the same commitment at a time."""


class FieldNotEditable(ParvisError):
    """A correction touches what is computed, or what is the object's name."""


class NothingToChange(ParvisError):
    """A correction changes nothing."""


class AlreadyAbandoned(ParvisError):
    """A milestone would be abandoned twice."""


class NotAbandoned(ParvisError):
    """A milestone that nobody gave up would be taken up again."""


class NotTheClaimant(ParvisError):
    """A lead would withdraw what another lead said."""


class AlreadyWithdrawn(ParvisError):
    """A claim would be withdrawn twice."""


class AlreadyJudged(ParvisError):
    """A reader would judge the same commitment twice at the same stage."""


class PairComplete(ParvisError):
    """A third reader comes where two have judged."""


class ReaderIsInvolved(ParvisError):
    """A reader's own organisation leads the commitment to judge."""


EDITABLE = {
    "undertaking": frozenset({"title", "ambition"}),
    "milestone": frozenset({"text", "due", "due_text", "target", "target_unit"}),
}
"""What a steward may correct, with a reason; the rest comes from acts or is computed."""


def _reason(because: str) -> str:
    if not because.strip():
        raise ReasonMissing(
            "Dites en une phrase pourquoi : ce motif est public, et c'est lui qui permet de comprendre."
        )
    return because.strip()


# Corrections and abandonment


@transaction.atomic
def edit(
    *,
    thing: Undertaking | Milestone,
    changes: Mapping[str, Any],
    because: str,
    at: datetime,
    mandate: Mandate | None,
) -> Undertaking | Milestone:
    """Correct fields of a commitment or of a milestone; the former values stay, in the history and in the log."""
    actors.require(mandate, "plan.edit", at=at)
    because = _reason(because)
    if refused := set(changes) - EDITABLE[type(thing).__name__.lower()]:
        raise FieldNotEditable(f"Ces champs ne se corrigent pas à la main : {', '.join(sorted(refused))}.")
    before = {name: getattr(thing, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed:
        raise NothingToChange("Rien ne change : la correction n'est pas enregistrée.")
    for name, value in changed.items():
        setattr(thing, name, value)
        Correction.objects.create(
            key=thing.key,
            field=name,
            before="" if before[name] is None else str(before[name]),
            after="" if value is None else str(value),
            because=because,
            mandate=mandate,
            made_at=at,
        )
    if isinstance(thing, Milestone):
        thing.due_before = declared.due_before(thing.due or None)
    thing.full_clean()
    thing.save()
    content = {
        "changes": {name: [str(before[name]), str(value)] for name, value in changed.items()},
        "because": because,
        "by": actors.role_of(mandate),
    }
    ledger.append(kind="plan.corrected", stream=thing.stream, key=thing.key, content=content, at=at)
    return thing


@transaction.atomic
def change_lead(
    *,
    undertaking: Undertaking,
    leaves: Lead | None,
    comes: Organisation | None,
    on: date,
    because: str,
    at: datetime,
    mandate: Mandate | None,
) -> Lead:
    """Let a lead leave, another come, or both, from a day on; who led before stays written.

    A lead who has left may leave on another day: the day is corrected. Raises AlreadyLeads where one would come twice.
    """
    actors.require(mandate, "plan.edit", at=at)
    because = _reason(because)
    lead = leaves
    if leaves:
        leaves.ends_on = on
        leaves.full_clean()
        leaves.save()
    if comes:
        if undertaking.leads.filter(organisation=comes, ends_on=None).exists():
            raise AlreadyLeads(f"« {comes} » porte déjà l'engagement {undertaking.code} : rien n'a été enregistré.")
        lead = Lead.objects.create(undertaking=undertaking, organisation=comes, starts_on=on)
    if lead is None:
        raise NothingToChange("Dites quel porteur s'en va, ou lequel arrive.")
    content = {
        "leaves": leaves and leaves.organisation.slug,
        "comes": comes and comes.slug,
        "on": on.isoformat(),
        "because": because,
        "by": actors.role_of(mandate),
    }
    ledger.append(kind="lead.changed", stream=undertaking.plan.stream, key=undertaking.key, content=content, at=at)
    return lead


@transaction.atomic
def abandon(*, milestone: Milestone, on: str, because: str, at: datetime, mandate: Mandate | None) -> Milestone:
    """Give a milestone up, in public, with a date as precise as known and the reason."""
    _require_say(milestone, mandate, at=at)
    if milestone.state == Milestone.State.ABANDONED:
        raise AlreadyAbandoned(f"{milestone.key} est déjà abandonné depuis {milestone.abandoned_on}.")
    declared.due_before(on)  # raises where the date is not one
    because = _reason(because)
    milestone.state, milestone.done_on = Milestone.State.ABANDONED, None
    milestone.abandoned_on, milestone.abandoned_because, milestone.abandoned_by = on, because, mandate
    milestone.save()
    content = {"on": on, "because": milestone.abandoned_because, "by": actors.role_of(mandate)}
    plan = milestone.undertaking.plan
    ledger.append(kind="milestone.abandoned", stream=plan.stream, key=milestone.key, content=content, at=at)
    return milestone


@transaction.atomic
def resume(*, milestone: Milestone, because: str, at: datetime, mandate: Mandate | None) -> Milestone:
    """Take up again a milestone given up, or given up by mistake: it stands as its last claim says.

    When and why it had been given up stays in the log, with this reason.
    """
    _require_say(milestone, mandate, at=at)
    if milestone.state != Milestone.State.ABANDONED:
        raise NotAbandoned(f"{milestone.key} n'est pas abandonné : il n'y a rien à reprendre.")
    content = {
        "abandoned_on": milestone.abandoned_on,
        "abandoned_because": milestone.abandoned_because,
        "because": _reason(because),
        "by": actors.role_of(mandate),
    }
    milestone.state, milestone.abandoned_by = Milestone.State.PLANNED, None
    milestone.abandoned_on = milestone.abandoned_because = ""
    _settle(milestone, at=at)
    plan = milestone.undertaking.plan
    ledger.append(kind="milestone.resumed", stream=plan.stream, key=milestone.key, content=content, at=at)
    return milestone


def _require_say(milestone: Milestone, mandate: Mandate | None, *, at: datetime) -> None:
    """Refuse who may neither give a milestone up nor take it up again: a steward may, and who leads it that day."""
    actors.require(mandate, "milestone.abandon", at=at)
    if mandate and not mandate.opens("plan.edit"):
        _require_lead(mandate, milestone.undertaking, at=at)


def _require_lead(mandate: Mandate, undertaking: Undertaking, *, at: datetime) -> None:
    """Refuse one who speaks for a commitment that their organisation does not lead on that day."""
    leads = Lead.objects.leading(undertaking, on=localdate(at))
    if not leads.filter(organisation=mandate.organisation_id).exists():
        raise NotTheLead(
            f"« {mandate.organisation} » ne porte pas l'engagement {undertaking.code} à cette date. "
            "Seul un porteur parle pour lui ; l'équipe gouvernement ouvert tient la liste à jour."
        )


# Claims and verdicts


@transaction.atomic
def claim(
    *,
    undertaking: Undertaking,
    text: str,
    at: datetime,
    mandate: Mandate,
    milestone: Milestone | None = None,
    completion: str = "",
    state: str = "",
    done_on: date | None = None,
    evidence: str = "",
) -> Claim:
    """Say, as a lead, where a commitment or one of its milestones stands. It is a claim: shown as such, for ever."""
    actors.require(mandate, "claim.make", at=at)
    _require_lead(mandate, undertaking, at=at)
    made = Claim(
        undertaking=undertaking,
        milestone=milestone,
        mandate=mandate,
        completion=completion,
        state=state,
        done_on=done_on,
        text=_reason(text),
        evidence=evidence,
        made_at=at,
    )
    made.full_clean()
    made.save()
    content = {
        "claim": made.pk,
        "milestone": milestone and milestone.key,
        "completion": completion,
        "state": state,
        "done_on": done_on and done_on.isoformat(),
        "text": made.text,
        "evidence": evidence,
        "by": actors.role_of(mandate),
    }
    ledger.append(kind="claim.made", stream=undertaking.plan.stream, key=undertaking.key, content=content, at=at)
    _settle(milestone, at=at)
    return made


@transaction.atomic
def withdraw_claim(*, claim: Claim, because: str, at: datetime, mandate: Mandate) -> Claim:
    """Withdraw one's own body's claim, with the reason; it stays readable, and no longer counts.

    The claim of a ministry that has become another is withdrawn by its successor.
    """
    actors.require(mandate, "claim.withdraw", at=at)
    _require_lead(mandate, claim.undertaking, at=at)
    if claim.mandate.organisation_id not in (mandate.organisation_id, mandate.organisation.succeeds_id):
        raise NotTheClaimant(
            f"Cette déclaration est celle de « {claim.mandate.organisation} » : seule cette organisation la retire. "
            f"« {mandate.organisation} » peut faire la sienne, qui se lira à côté."
        )
    if claim.withdrawn_at:
        raise AlreadyWithdrawn(f"Cette déclaration est déjà retirée depuis le {claim.withdrawn_at:%d/%m/%Y}.")
    claim.withdrawn_at, claim.withdrawn_because, claim.withdrawn_by = at, _reason(because), mandate
    claim.save()
    content = {"claim": claim.pk, "because": claim.withdrawn_because, "by": actors.role_of(mandate)}
    plan = claim.undertaking.plan
    ledger.append(kind="claim.withdrawn", stream=plan.stream, key=claim.undertaking.key, content=content, at=at)
    _settle(claim.milestone, at=at)
    return claim


def _settle(milestone: Milestone | None, *, at: datetime) -> None:
    """Let a milestone stand as its last claim says; abandoned, it stays abandoned."""
    if milestone is None or milestone.state == Milestone.State.ABANDONED:
        return
    last = milestone.claims.filter(withdrawn_at=None).order_by("-made_at", "-pk").first()
    milestone.state = last.state if last else Milestone.State.PLANNED
    is_done = milestone.state == Milestone.State.DONE
    milestone.done_on = (last.done_on or localdate(at)) if is_done else None
    milestone.save()


@transaction.atomic
def judge(
    *,
    undertaking: Undertaking,
    stage: str,
    answers: Mapping[str, Any],
    reasons: str,
    at: datetime,
    mandate: Mandate,
) -> Verdict:
    """Give a verdict, blind: neither reader's is shown until both are in, and the log keeps them hidden."""
    actors.require(mandate, "verdict.give", at=at)
    # The plan's row is taken first, so that two readers who arrive together get two different places.
    Plan.objects.select_for_update().get(pk=undertaking.plan_id)
    _refuse_reader(undertaking, stage, mandate, at=at)
    given = Verdict(
        undertaking=undertaking,
        stage=stage,
        reader=undertaking.verdicts.filter(stage=stage).count() + 1,
        mandate=mandate,
        reasons=_reason(reasons),
        given_at=at,
        **answers,
    )
    given.full_clean()
    given.save()
    ledger.append(
        kind="verdict.given",
        stream=undertaking.plan.stream,
        key=undertaking.key,
        content={"stage": stage, "reader": given.reader, "by": actors.role_of(mandate)},
        hidden={**answers, "reasons": given.reasons},
        at=at,
    )
    return given


def _refuse_reader(undertaking: Undertaking, stage: str, mandate: Mandate, *, at: datetime) -> None:
    given = undertaking.verdicts.filter(stage=stage)
    if given.filter(mandate__actor=mandate.actor_id).exists():
        raise AlreadyJudged("Vous avez déjà rendu votre verdict : il ne se reprend pas, il se lit avec l'autre.")
    if given.count() >= 2:
        raise PairComplete("Deux lecteurs ont déjà jugé cet engagement à ce moment : la paire est complète.")
    if Lead.objects.leading(undertaking, on=localdate(at)).filter(organisation=mandate.organisation_id).exists():
        raise ReaderIsInvolved(
            f"« {mandate.organisation} » porte cet engagement : son évaluation revient à un lecteur indépendant."
        )
