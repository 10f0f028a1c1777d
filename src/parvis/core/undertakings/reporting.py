"""The first page of a report, as OGP's reviewers write it, and a plan in the fields of OGP's template."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parvis.core.undertakings.declared import LEVELS, OPENED, Assessment
from parvis.core.undertakings.indicators import VALUES
from parvis.core.undertakings.pictures import Commitment


@dataclass(frozen=True)
class Glance:
    """One figure of the first page; `unknown` says over how many units nothing was found."""

    key: str
    title: str
    value: int | None
    of: int
    unknown: int
    detail: str = ""


def at_a_glance(commitments: Sequence[Commitment], units: int) -> tuple[Glance, ...]:
    """Return the figures of OGP's first page, from what independent reviewers are known to have written."""
    found = [unit for one in commitments for unit in one.assessments]
    levels = [unit.completion for unit in found]
    return (
        Glance("commitments", "Engagements", len(commitments), len(commitments), 0, f"{units} unités évaluées"),
        _levels("completion", "Niveaux de réalisation connus", levels, LEVELS),
        _true("relevance", "Pertinence claire", [unit.relevant for unit in found]),
        Glance(
            "potential_impact",
            "Impact transformateur",
            None,
            len(found),
            len(found),
            "Variable non retrouvée par engagement ; voyez l'ambition.",
        ),
        _true("ambition", "Ambition forte", [_is_high(unit) for unit in found]),
        _true("completed", "Réalisation substantielle ou complète", [_is_substantial(level) for level in levels]),
        _true("starred", "Les trois à la fois (étoile)", [unit.starred for unit in found]),
        _levels(
            "did_it_open_government",
            "Ont ouvert le gouvernement",
            [unit.did_it_open_government for unit in found],
            OPENED,
            counted={"marginal", "major", "outstanding"},
        ),
        Glance(
            "carried_over",
            "Repris dans le plan suivant",
            sum(bool(one.carried_over) for one in commitments),
            len(commitments),
            0,
        ),
    )


def _is_high(unit: Assessment) -> bool | None:
    return None if unit.ambition is None else unit.ambition == "high"


def _is_substantial(level: str | None) -> bool | None:
    return None if level is None else level in {"substantial", "completed", "substantial_or_complete"}


def _true(key: str, title: str, answers: Sequence[bool | None]) -> Glance:
    return Glance(key, title, answers.count(True), len(answers), answers.count(None))


def _levels(
    key: str,
    title: str,
    answers: Sequence[str | None],
    words: Mapping[str, str],
    counted: set[str] | None = None,
) -> Glance:
    counts = Counter(answer for answer in answers if answer is not None)
    detail = ", ".join(f"{word.lower()} : {counts[level]}" for level, word in words.items() if counts[level])
    value = sum(count for level, count in counts.items() if counted is None or level in counted)
    return Glance(key, title, value, len(answers), answers.count(None), detail)


def template_rows(commitments: Iterable[Commitment], country: str) -> Iterator[dict[str, object]]:
    """Yield one row per assessed unit, in the fields of OGP's template, self-assessment and independent review.

    What is not known is None: an empty cell, never a guess.
    """
    for commitment in commitments:
        for unit in commitment.assessments:
            yield {
                **_identity(commitment, unit, country),
                **_template(commitment, unit),
                **_self_assessment(commitment),
                **_review(unit),
            }


def _identity(commitment: Commitment, unit: Assessment, country: str) -> dict[str, object]:
    return {
        "case_number": unit.ogp_id,
        "country": country,
        "cluster": commitment.axis_title,
        "title": commitment.title,
        "part": unit.part,
        "responsible_institution": "; ".join(_leads(commitment, unit)),
        "supporting_institution": None,
        "point_of_contact_specified": None,
        "ogp_values": "; ".join(unit.ogp_values) or None,
    }


def _leads(commitment: Commitment, unit: Assessment) -> Iterable[str]:
    parts = [part.leads for part in commitment.parts if part.code == unit.part]
    return parts[0] if parts else [name for name, _ in commitment.leads]


def _template(commitment: Commitment, unit: Assessment) -> dict[str, object]:
    steps = [step for step in commitment.milestones if unit.part in {None, step.part}]
    return {
        "number_and_name": f"{unit.part or commitment.number}. {commitment.title}",
        "start_date": commitment.plan_starts,
        "end_date": commitment.plan_ends,
        "lead_agency": "; ".join(_leads(commitment, unit)),
        "contact_person": None,
        "other_actors_government": None,
        "other_actors_civil_society": None,
        "public_problem": commitment.text["Le problème"],
        "what_is_the_commitment": commitment.ambition,
        "how_it_contributes": None,
        "relevance_to_ogp_values": "; ".join(VALUES[key] for key in unit.ogp_values) or None,
        "additional_information": "; ".join(commitment.existing_systems) or None,
        "milestones": "; ".join(f"{step.key} {step.text} [{step.due or 'sans date'}]" for step in steps),
        "extends_commitment": "; ".join(f"{one.ogp_id} ({one.plan})" for one in commitment.carried_over) or None,
    }


def _self_assessment(commitment: Commitment) -> dict[str, object]:
    said = commitment.standing_claim
    return {
        "completion_level": said.completion if said else None,
        "description_of_results": said.text if said else None,
        "next_steps": None,
        "milestone_status": "; ".join(f"{step.key} {step.state_title}" for step in commitment.milestones),
        "lessons_learned": None,
        "consultation_summary": None,
    }


def _review(unit: Assessment) -> dict[str, object]:
    return {
        "specificity": None,
        "verifiable": unit.verifiable,
        "relevance": unit.relevant,
        "potential_impact": None,
        "ambition": unit.ambition,
        "completion": unit.completion,
        "did_it_open_government": unit.did_it_open_government,
        "starred": unit.starred,
        "policy_areas": None,
    }
