"""Read the plan: what the tables hold, beside what is declared, as plain pictures for pages, exports and reviews."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from parvis.core.actors.models import Actor
from parvis.core.errors import ParvisError
from parvis.core.undertakings import declared, gaps, pictures, reporting
from parvis.core.undertakings.functions import Function
from parvis.core.undertakings.models import Claim, Measure, Milestone, Plan, Undertaking, Verdict
from parvis.core.web.page import public


class PlanNotLoaded(ParvisError):
    """The tables hold no plan yet."""


def current_plan() -> Plan:
    """Return the plan that this server shows."""
    plan = Plan.objects.order_by("-loaded_at", "-pk").first()
    if plan is None:
        raise PlanNotLoaded("Aucun plan n'est chargé : lancez « parvis plan load », ou « parvis demo ».")
    return plan


def commitments(plan: Plan, *, on: date) -> tuple[pictures.Commitment, ...]:
    """Return every commitment of the plan as it stands on a day, as everyone may see it."""
    said = {one.number: one for one in declared.commitments(plan.slug)}
    stored = _with_all(plan.undertakings.filter(parent=None), reader=None).order_by("number")
    return tuple(_commitment(one, said[one.number], on=on) for one in stored)


def commitment(plan: Plan, number: int, *, on: date, reader: Actor | None = None) -> pictures.Commitment | None:
    """Return one commitment as it stands on a day, or None where the plan has no such number."""
    stored = _with_all(plan.undertakings.filter(parent=None, number=number), reader=reader).first()
    if stored is None:
        return None
    said = next(one for one in declared.commitments(plan.slug) if one.number == number)
    return _commitment(stored, said, on=on)


def _with_all(found: QuerySet[Undertaking], *, reader: Actor | None) -> QuerySet[Undertaking]:
    verdicts = Verdict.objects.visible_to(reader).select_related("mandate__organisation").order_by("stage", "reader")
    claims = Claim.objects.select_related("mandate__organisation", "withdrawn_by__organisation", "milestone")
    claims = claims.order_by("-made_at", "-pk")
    milestones = Milestone.objects.select_related("abandoned_by__organisation").order_by("position")
    return found.select_related("plan").prefetch_related(
        Prefetch("parts", Undertaking.objects.order_by("code")),
        "parts__leads__organisation",
        "leads__organisation",
        Prefetch("milestones", milestones),
        Prefetch("parts__milestones", milestones),
        Prefetch("measures", Measure.objects.order_by("measured_at", "pk")),
        Prefetch("claims", claims),
        Prefetch("parts__claims", claims),
        Prefetch("verdicts", verdicts, to_attr="visible_verdicts"),
        "verdicts",
    )


def _commitment(stored: Undertaking, said: declared.Commitment, *, on: date) -> pictures.Commitment:
    plan = declared.PLANS.filled()[said.plan]
    axis = next(one for one in plan.axes if one.slug == stored.axis)
    subaxis = next((one for one in axis.subaxes if one.slug == stored.subaxis), None)
    claims = [claim for one in (stored, *stored.parts.all()) for claim in one.claims.all()]
    return pictures.Commitment(
        number=stored.number,
        key=stored.key,
        slug=stored.slug,
        url=reverse("commitment", args=[stored.slug]),
        title=stored.title,
        axis=axis.slug,
        axis_title=axis.title,
        subaxis=subaxis.slug if subaxis else None,
        subaxis_title=subaxis.title if subaxis else None,
        ambition=stored.ambition,
        text=said.text,
        leads=_leads(stored, on),
        parts=tuple(_part(part, on) for part in stored.parts.all()),
        milestones=steps(stored, said, on=on),
        numbers=pictures.latest(number(one, on=on) for one in stored.measures.all()),
        claims=tuple(_said(claim) for claim in sorted(claims, key=lambda claim: claim.made_at, reverse=True)),
        pairs=_pairs(stored),
        gaps=tuple(gap.value for gap in gaps.gaps_of(_as_it_stands(said, stored))),
        assessments=said.assessments,
        self_assessments=said.self_assessments,
        facts=said.facts,
        carried_over=said.carried_over,
        existing_systems=said.existing_systems,
        reading=said.reading,
        text_url=f"{plan.text_address}{said.slug}.md",
        plan_starts=stored.plan.starts_on,
        plan_ends=stored.plan.ends_on,
    )


def _leads(stored: Undertaking, on: date) -> tuple[tuple[str, str], ...]:
    valid = [lead for lead in stored.leads.all() if lead.starts_on <= on and (not lead.ends_on or on < lead.ends_on)]
    bodies = [lead.organisation for lead in sorted(valid, key=lambda lead: lead.pk)]
    return tuple((body.name, reverse("organisation", args=[body.slug])) for body in bodies)


def _part(part: Undertaking, on: date) -> pictures.Part:
    return pictures.Part(code=part.code, title=part.title, leads=tuple(name for name, _ in _leads(part, on)))


def steps(stored: Undertaking, said: declared.Commitment, *, on: date) -> tuple[pictures.Step, ...]:
    """Return the milestones of a commitment and of its parts, in the order of the text."""
    texts = {step.key: step for step in said.milestones}
    evidenced = gaps.evidenced(said)
    units = (stored, *stored.parts.all())
    found = [milestone for unit in units for milestone in unit.milestones.all()]
    claimed = {claim.milestone_id for unit in units for claim in unit.claims.all() if not claim.withdrawn_at}
    return tuple(
        step(milestone, texts[milestone.key], evidenced, is_claimed=milestone.pk in claimed, on=on)
        for milestone in sorted(found, key=lambda milestone: milestone.position)
    )


def step(
    milestone: Milestone, said: declared.Step, evidenced: frozenset[str], *, is_claimed: bool, on: date
) -> pictures.Step:
    """Return a milestone as it stands on a day. `is_claimed`: a lead's claim on it stands."""
    state, title = standing(milestone, is_claimed=is_claimed, on=on)
    part = milestone.undertaking
    plan = declared.PLANS.filled()[part.plan.slug]
    target = "" if milestone.target is None else f"{milestone.target.normalize():f} {milestone.target_unit}"
    return pictures.Step(
        key=milestone.key,
        url=reverse("milestone", args=[milestone.key]),
        text=milestone.text,
        part=part.code if part.parent_id else "",
        due=milestone.due,
        due_text=milestone.due_text,
        due_before=milestone.due_before,
        state=state,
        state_title=title,
        target=target,
        abandoned_on=milestone.abandoned_on,
        abandoned_because=milestone.abandoned_because,
        abandoned_by=milestone.abandoned_by.organisation.name if milestone.abandoned_by else "",
        done_on=milestone.done_on,
        tracker=said.tracker,
        tracker_url=f"{plan.tracker_address}{said.tracker}" if said.tracker else None,
        gaps=tuple(gap.value for gap in gaps.gaps_of_step(_corrected(said, milestone), evidenced)),
    )


def _corrected(said: declared.Step, milestone: Milestone) -> declared.Step:
    """Return a milestone's text with what a steward corrected of its date and of its number."""
    target = declared.Target(milestone.target, milestone.target_unit) if milestone.target is not None else None
    return replace(
        said,
        due=milestone.due or None,
        due_text=milestone.due_text or None,
        due_is_deduced=said.due_is_deduced and milestone.due == said.due,
        target=target,
    )


def _as_it_stands(said: declared.Commitment, stored: Undertaking) -> declared.Commitment:
    held = {one.key: one for unit in (stored, *stored.parts.all()) for one in unit.milestones.all()}
    return replace(said, milestones=tuple(_corrected(step, held[step.key]) for step in said.milestones))


def standing(milestone: Milestone, *, is_claimed: bool, on: date) -> tuple[str, str]:
    """Return how a milestone stands on a day: the theme's word for its state, and the French one.

    A date gone by is a fact, not a verdict on the work: the words say only that, and what the lead says.
    """
    if milestone.state == Milestone.State.ABANDONED:
        return "dropped", "Abandonné"
    if milestone.state == Milestone.State.DONE:
        return "done", "Réalisé, selon le porteur"
    if milestone.is_late(on=on):
        said = f"{milestone.get_state_display().lower()}, selon le porteur"
        return "late", f"Échéance passée, {said if is_claimed else 'aucune déclaration du porteur'}"
    if milestone.state == Milestone.State.IN_PROGRESS:
        return "ongoing", "En cours, selon le porteur"
    return ("undated", "Sans date") if milestone.due_before is None else ("upcoming", "À venir")


def number(measure: Measure, *, on: date) -> pictures.Number:
    """Return a frozen measure with its progress, and whether it is out of date."""
    said, progress = measure.definition, measure.progress
    oldest = localdate(measure.measured_at) + timedelta(days=said["freshness_days"])
    return pictures.Number(
        id=measure.pk,
        url=reverse("measure", args=[measure.pk]),
        indicator=measure.indicator,
        value=measure.value,
        because=measure.because,
        units=measure.units,
        progress_raw=progress.raw,
        progress_cut=progress.cut,
        progress_because=progress.because,
        opens=tuple(said["opens"]),
        milestones=tuple(said["milestones"]),
        unit_one=said.get("unit_one", ""),
        measured_at=measure.measured_at,
        is_stale=oldest < on,
        is_fictitious=any(release["fictitious"] for found in measure.releases.values() for release in found),
        **{name: said[name] for name in ("title", "asks", "summary", "unit", "start", "start_on", "start_source")},
        **{name: said[name] for name in ("target", "target_on", "target_source", "gauge")},
    )


def function_of(measure: Measure) -> Function | None:
    """Return the function that counted this measure, as it is written today; None where SQL did, or it is gone."""
    today = declared.indicator(measure.indicator)
    function = today.function if today else None
    return function if function and measure.function and function.name == measure.function["name"] else None


def _said(claim: Claim) -> pictures.Said:
    return pictures.Said(
        id=claim.pk,
        milestone=claim.milestone.key if claim.milestone else "",
        organisation=claim.mandate.organisation.name,
        completion=claim.get_completion_display(),
        state=claim.get_state_display(),
        text=claim.text,
        evidence=claim.evidence,
        made_at=claim.made_at,
        withdrawn_at=claim.withdrawn_at,
        withdrawn_because=claim.withdrawn_because,
        withdrawn_by=claim.withdrawn_by.organisation.name if claim.withdrawn_by else "",
    )


def _pairs(stored: Undertaking) -> tuple[pictures.Pair, ...]:
    received = [verdict.stage for verdict in stored.verdicts.all()]
    return tuple(
        pictures.Pair(
            stage=stage.label,
            received=received.count(stage),
            readings=tuple(_reading(one) for one in stored.visible_verdicts if one.stage == stage),
        )
        for stage in Verdict.Stage
        if stage in received
    )


def _reading(verdict: Verdict) -> pictures.Reading:
    return pictures.Reading(
        stage=verdict.stage,
        reader=verdict.reader,
        organisation=verdict.mandate.organisation.name,
        answers=tuple(
            (title, pictures.answer(key, getattr(verdict, key))) for key, title in pictures.QUESTIONS.items()
        ),
        given={key: getattr(verdict, key) for key in pictures.QUESTIONS},
        opened_values=tuple(verdict.opened_values),
        reasons=verdict.reasons,
        given_at=verdict.given_at,
    )


def report(plan: Plan, measures: Iterable[Measure], *, on: date) -> dict[str, Any]:
    """Return the whole plan as it stands on a day, ready to be frozen: JSON, with the first page's figures."""
    found = commitments(plan, on=on)
    return public(
        {
            "on": on,
            "at_a_glance": glance(plan, found),
            "measures": [_measured(number(measure, on=on)) for measure in measures],
            "commitments": [
                {
                    "number": one.number,
                    "title": one.title,
                    "url": one.url,
                    "done": one.done,
                    "opened": one.opened,
                    "claimed": one.claimed,
                    "milestones": one.counts(),
                    "numbers": [_measured(measure) for measure in one.numbers],
                    "claims": len(one.claims),
                    "said": [{**public(said), "what": said.what} for said in one.claims if not said.withdrawn_at],
                    "pairs": [{**public(pair), "agreement": pair.agreement} for pair in one.pairs],
                    "gaps": one.gaps,
                }
                for one in found
            ],
            "template": list(reporting.template_rows(found, declared.PLANS.filled()[plan.slug].country)),
        }
    )


def _measured(one: pictures.Number) -> dict[str, Any]:
    return {**public(one), "value_unit": one.value_unit}


def glance(plan: Plan, found: Sequence[pictures.Commitment]) -> tuple[reporting.Glance, ...]:
    """Return the first page's figures."""
    return reporting.at_a_glance(found, declared.PLANS.filled()[plan.slug].assessed_units)
