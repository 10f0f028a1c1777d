"""What a text lacks, computed: a commitment that cannot be verified should be told so while it is being written."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from parvis.core.undertakings.declared import Commitment, Step


class OfMilestone(StrEnum):
    """What a milestone's text lacks."""

    NO_DATE = "Aucune échéance"
    VAGUE_DATE = "Échéance sans date : elle ne peut pas être dite en retard"
    DEDUCED_DATE = "Échéance déduite du contexte, non écrite"
    NO_NUMBER = "Aucun nombre à atteindre"
    NO_EVIDENCE = "Aucune preuve nommée : aucun indicateur n'est branché sur ce jalon"


SHORT: Final[Mapping[str, str]] = {
    OfMilestone.NO_DATE: "sans échéance",
    OfMilestone.VAGUE_DATE: "échéance vague",
    OfMilestone.DEDUCED_DATE: "échéance déduite",
    OfMilestone.NO_NUMBER: "sans nombre",
    OfMilestone.NO_EVIDENCE: "sans preuve",
}
"""The same in two words, for a table."""


class OfCommitment(StrEnum):
    """What a commitment's text lacks, taken as a whole."""

    NO_DATE = "Aucun jalon n'a d'échéance"
    NO_NUMBER = "Aucun jalon n'a de nombre à atteindre"
    NO_EVIDENCE = "Aucune preuve nommée : aucun indicateur ne le mesure"
    NOT_VERIFIABLE = "Jugé non vérifiable tel qu'il est écrit, par les évaluateurs indépendants"
    VERIFIABLE_UNKNOWN = "Vérifiable ou non : l'avis des évaluateurs indépendants n'a pas été retrouvé"


def gaps_of_step(step: Step, evidenced: frozenset[str] = frozenset()) -> tuple[OfMilestone, ...]:
    """Return what a milestone's text lacks. `evidenced`: the milestones that some indicator is evidence for."""
    found = {
        OfMilestone.NO_DATE: step.due is None and not step.due_text,
        OfMilestone.VAGUE_DATE: step.due is None and bool(step.due_text),
        OfMilestone.DEDUCED_DATE: step.due_is_deduced,
        OfMilestone.NO_NUMBER: step.target is None,
        OfMilestone.NO_EVIDENCE: step.key not in evidenced,
    }
    return tuple(gap for gap, is_so in found.items() if is_so)


def evidenced(commitment: Commitment) -> frozenset[str]:
    """Return the milestones that an indicator of the commitment is evidence for."""
    return frozenset(key for one in commitment.indicators for key in one.milestones)


def gaps_of(commitment: Commitment) -> tuple[OfCommitment, ...]:
    """Return what a commitment's text lacks."""
    steps, verdicts = commitment.milestones, [unit.verifiable for unit in commitment.assessments]
    found = {
        OfCommitment.NO_DATE: all(step.due is None for step in steps),
        OfCommitment.NO_NUMBER: all(step.target is None for step in steps),
        OfCommitment.NO_EVIDENCE: not commitment.indicators,
        OfCommitment.NOT_VERIFIABLE: False in verdicts,
        OfCommitment.VERIFIABLE_UNKNOWN: None in verdicts,
    }
    return tuple(gap for gap, is_so in found.items() if is_so)
