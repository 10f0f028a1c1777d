"""Store a declared plan."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parvis.core.actors import actions as actors
from parvis.core.actors.models import Organisation
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger
from parvis.core.ledger.models import Entry
from parvis.core.undertakings import declared
from parvis.core.undertakings.models import Correction, Lead, Milestone, Plan, Undertaking

TOGETHER = ({"due", "due_text"}, {"target", "target_unit"})
"""Fields that only make sense together: a correction of one keeps the other as it is."""


class MilestoneGone(ParvisError):
    """The plan is no longer declared with a milestone that this server holds."""


@transaction.atomic
def load_plan(*, at: datetime, plan: declared.Plan | None = None) -> Plan:
    """Store the declared plan: bodies, commitments, parts, leads, milestones.

    Done again, it brings the facts declared otherwise since, but for those that someone corrected here, and seals each
    change; where none changed, it does nothing. Leads are not facts that change: they leave and come by acts.
    """
    said = plan or declared.plan()
    known = Plan.objects.filter(slug=said.slug).first()
    if known:
        _redeclare_all(known, said, at=at)
        return known
    stored = Plan.objects.create(slug=said.slug, loaded_at=at, **_of_plan(said))
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


def _of_plan(said: declared.Plan) -> dict[str, Any]:
    return {"title": said.title, "starts_on": _month(said.starts), "ends_on": declared.due_before(said.ends)}


def _month(text: str) -> date:
    """Return the first day of « 2015-07 »."""
    year, month = text.split("-")
    return date(int(year), int(month), 1)


def _load_commitment(
    plan: Plan, commitment: declared.Commitment, bodies: Mapping[str, Organisation], *, at: datetime
) -> None:
    facts = _of_commitment(commitment)
    whole = Undertaking.objects.create(plan=plan, number=commitment.number, code=str(commitment.number), **facts)
    _load_leads(whole, commitment.leads, bodies)
    parts = {part.code: _load_part(whole, part, bodies) for part in commitment.parts}
    Milestone.objects.bulk_create(
        _milestone(parts.get(step.part or "", whole), step.key, facts) for step, facts in _of_steps(commitment)
    )
    content = {
        "number": commitment.number,
        "title": commitment.title,
        "leads": list(commitment.leads),
        "parts": [part.code for part in commitment.parts],
        "milestones": {step.key: step.text for step in commitment.milestones},
    }
    ledger.append(kind="undertaking.declared", stream=plan.stream, key=whole.key, content=content, at=at)


def _of_commitment(said: declared.Commitment) -> dict[str, Any]:
    return {
        "slug": said.slug,
        "axis": said.axis,
        "subaxis": said.subaxis or "",
        "title": said.title,
        "ambition": said.ambition,
    }


def _of_part(whole: Undertaking, part: declared.Part) -> dict[str, Any]:
    return {"slug": whole.slug, "axis": whole.axis, "subaxis": whole.subaxis, "title": part.title}


def _load_part(whole: Undertaking, part: declared.Part, bodies: Mapping[str, Organisation]) -> Undertaking:
    facts = _of_part(whole, part)
    stored = Undertaking.objects.create(plan=whole.plan, parent=whole, number=whole.number, code=part.code, **facts)
    _load_leads(stored, part.leads, bodies)
    return stored


def _load_leads(undertaking: Undertaking, names: tuple[str, ...], bodies: Mapping[str, Organisation]) -> None:
    Lead.objects.bulk_create(
        Lead(undertaking=undertaking, organisation=bodies[name], starts_on=undertaking.plan.starts_on)
        for name in names
    )


def _of_steps(said: declared.Commitment) -> Iterator[tuple[declared.Step, dict[str, Any]]]:
    """Yield each milestone with its facts, given up where the government said so."""
    given_up = {key: given for given in said.abandonments for key in given.steps}
    for position, step in enumerate(said.milestones, start=1):
        yield step, {"position": position, **_of_step(step), **_of_abandonment(given_up.get(step.key))}


def _of_step(step: declared.Step) -> dict[str, Any]:
    return {
        "text": step.text,
        "due": step.due or "",
        "due_text": step.due_text or "",
        "target": step.target and step.target.value,
        "target_unit": step.target.unit if step.target else "",
    }


def _of_abandonment(given: declared.Abandonment | None) -> dict[str, Any]:
    if given is None:
        return {}
    return {"state": Milestone.State.ABANDONED, "abandoned_on": given.date, "abandoned_because": given.because}


def _milestone(undertaking: Undertaking, key: str, facts: Mapping[str, Any]) -> Milestone:
    late = declared.due_before(facts["due"] or None)
    return Milestone(undertaking=undertaking, key=key, due_before=late, **facts)


# A plan declared otherwise since


def _redeclare_all(plan: Plan, said: declared.Plan, *, at: datetime) -> None:
    _redeclare(plan, said.slug, _of_plan(said), at=at)
    stored = {one.code: one for one in plan.undertakings.select_related("plan")}
    steps = {
        one.key: one for one in Milestone.objects.select_related("undertaking__plan").filter(undertaking__plan=plan)
    }
    for commitment in declared.commitments(said.slug):
        whole = stored[str(commitment.number)]
        _redeclare(whole, whole.key, _of_commitment(commitment), at=at)
        for part in commitment.parts:
            _redeclare(stored[part.code], stored[part.code].key, _of_part(whole, part), at=at)
        for step, facts in _of_steps(commitment):
            home = stored[step.part or str(commitment.number)]
            held = steps.pop(step.key, None) or _milestone(home, step.key, facts)
            _redeclare(held, step.key, facts, at=at)
    if steps:
        raise MilestoneGone(
            f"Le plan déclaré n'a plus {', '.join(sorted(steps))}, que cette base connaît. Un jalon ne disparaît pas "
            ": remettez-le dans sa déclaration, et abandonnez-le avec un motif."
        )


def _redeclare(thing: Plan | Undertaking | Milestone, key: str, facts: Mapping[str, Any], *, at: datetime) -> None:
    """Bring the facts that changed, and seal what they were and what they are."""
    before = {name: getattr(thing, name) if thing.pk else None for name in facts}
    changed = {name: value for name, value in facts.items() if before[name] != value}
    if changed and thing.pk:
        kept = _corrected(thing, key)
        changed = {name: value for name, value in changed.items() if name not in kept}
    if not changed:
        return
    for name, value in changed.items():
        setattr(thing, name, value)
    if isinstance(thing, Milestone):
        thing.due_before = declared.due_before(thing.due or None)
    thing.full_clean()
    thing.save()
    content = {"changes": {name: [_said(before[name]), _said(value)] for name, value in changed.items()}}
    ledger.append(kind="plan.redeclared", stream=thing.stream, key=key, content=content, at=at)


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _corrected(thing: Plan | Undertaking | Milestone, key: str) -> set[str]:
    """Return the fields that someone corrected here, with those that go with them, and the state once acted upon."""
    fields = set(Correction.objects.filter(key=key).values_list("field", flat=True))
    fields = fields.union(*(group for group in TOGETHER if group & fields))
    if isinstance(thing, Milestone) and _is_acted_upon(thing):
        fields |= {"state", "abandoned_on", "abandoned_because"}
    return fields


def _is_acted_upon(milestone: Milestone) -> bool:
    acts = Entry.objects.about(stream=milestone.stream, key=milestone.key)
    acts = acts.filter(kind__in=["milestone.abandoned", "milestone.resumed"])
    return milestone.claims.exists() or acts.exists()
