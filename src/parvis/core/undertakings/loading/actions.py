"""Store a declared plan, and open a demonstration of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Organisation
from parvis.core.ledger import actions as ledger
from parvis.core.undertakings import declared
from parvis.core.undertakings.models import Lead, Milestone, Plan, Undertaking


@transaction.atomic
def load_plan(*, at: datetime, plan: declared.Plan | None = None) -> Plan:
    """Store the declared plan: bodies, commitments, parts, leads, milestones. Done twice, it changes nothing."""
    said = plan or declared.plan()
    known = Plan.objects.filter(slug=said.slug).first()
    if known:
        return known
    starts, ends = _month(said.starts), declared.due_before(said.ends)
    stored = Plan.objects.create(slug=said.slug, title=said.title, starts_on=starts, ends_on=ends, loaded_at=at)
    bodies = {
        body.name: actors.register_organisation(
            slug=body.slug, name=body.name, starts_on=body.starts, ends_on=body.ends, source="PLAN", at=at
        )
        for body in said.bodies
    }
    for commitment in declared.commitments(said.slug):
        _load_commitment(stored, commitment, bodies, at=at)
    content = {"title": said.title, "starts": said.starts, "ends": said.ends}
    ledger.append(kind="plan.loaded", stream=stored.stream, key=said.slug, content=content, at=at)
    return stored


def _month(text: str) -> date:
    """Return the first day of « 2015-07 »."""
    year, month = text.split("-")
    return date(int(year), int(month), 1)


def _load_commitment(
    plan: Plan, commitment: declared.Commitment, bodies: Mapping[str, Organisation], *, at: datetime
) -> None:
    whole = Undertaking.objects.create(
        plan=plan,
        number=commitment.number,
        code=str(commitment.number),
        slug=commitment.slug,
        axis=commitment.axis,
        subaxis=commitment.subaxis or "",
        title=commitment.title,
        ambition=commitment.ambition,
    )
    _load_leads(whole, commitment.leads, bodies)
    parts = {part.code: _load_part(whole, part, bodies) for part in commitment.parts}
    given_up = {key: given for given in commitment.abandonments for key in given.steps}
    Milestone.objects.bulk_create(
        _milestone(parts.get(step.part or "", whole), step, position, given_up.get(step.key))
        for position, step in enumerate(commitment.milestones, start=1)
    )
    content = {
        "number": commitment.number,
        "title": commitment.title,
        "leads": list(commitment.leads),
        "parts": [part.code for part in commitment.parts],
        "milestones": {step.key: step.text for step in commitment.milestones},
    }
    ledger.append(kind="undertaking.declared", stream=plan.stream, key=whole.key, content=content, at=at)


def _load_part(whole: Undertaking, part: declared.Part, bodies: Mapping[str, Organisation]) -> Undertaking:
    stored = Undertaking.objects.create(
        plan=whole.plan,
        parent=whole,
        number=whole.number,
        code=part.code,
        slug=whole.slug,
        axis=whole.axis,
        subaxis=whole.subaxis,
        title=part.title,
    )
    _load_leads(stored, part.leads, bodies)
    return stored


def _load_leads(undertaking: Undertaking, names: tuple[str, ...], bodies: Mapping[str, Organisation]) -> None:
    Lead.objects.bulk_create(
        Lead(undertaking=undertaking, organisation=bodies[name], starts_on=undertaking.plan.starts_on)
        for name in names
    )


def _milestone(
    undertaking: Undertaking, step: declared.Step, position: int, given_up: declared.Abandonment | None
) -> Milestone:
    milestone = Milestone(
        undertaking=undertaking,
        key=step.key,
        position=position,
        text=step.text,
        due=step.due or "",
        due_text=step.due_text or "",
        due_before=declared.due_before(step.due),
        target=step.target and step.target.value,
        target_unit=step.target.unit if step.target else "",
    )
    if given_up:
        milestone.state = Milestone.State.ABANDONED
        milestone.abandoned_on, milestone.abandoned_because = given_up.date, given_up.because
    return milestone


@dataclass(frozen=True)
class Demonstration:
    """What a demonstration's last lines print."""

    accounts: tuple[actors.DemonstrationAccount, ...]


@transaction.atomic
def demonstrate(*, at: datetime) -> Demonstration:
    """Load the plan and open the demonstration accounts; the lead's is mandated by commitment 2's first lead."""
    plan = load_plan(at=at)
    lead = plan.undertakings.get(code="2").leads.order_by("pk").first()
    return Demonstration(actors.open_demonstration_accounts(lead_for=lead.organisation, at=at))
