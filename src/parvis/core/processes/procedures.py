"""Procedures: the steps that a room declares, the acts that each opens, the answers that it owes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from parvis.core.discovery import Shelf
from parvis.core.errors import ParvisError
from parvis.core.french import PARIS


class UnknownProcedure(ParvisError):
    """A process would follow a procedure that no room declares."""


class UnknownStep(ParvisError):
    """A phase names a step that its procedure does not have."""


@dataclass(frozen=True)
class Owed:
    """An answer owed to each contribution of some kinds."""

    kinds: frozenset[str]
    length: int
    unit: str  # of parvis.core.clock: "calendar", "working", "months"
    basis: str  # the text or the promise that fixes the delay, in French
    counted_from: str = "closing"  # "closing" of the step, or "receipt" of the contribution


@dataclass(frozen=True)
class Step:
    """A step: what may be done while it lasts.

    `acts` are « contribute:<kind> », « vote », « support », « consolidate ». Whatever the step, what is said may be
    reported, and an answer that is owed may be given.
    """

    slug: str
    title: str
    days: int  # proposed length
    acts: frozenset[str]
    owed: Owed | None = None
    explanation: str = ""  # what a person may do here, and what becomes of it


@dataclass(frozen=True)
class Procedure:
    """A procedure: `participation/procedures/<name>.py` holds it as PROCEDURE."""

    slug: str
    title: str
    purpose: str  # one sentence, for the guide
    steps: tuple[Step, ...]
    needs_subject: bool = False
    suits: Mapping[str, str] = field(
        default_factory=dict
    )  # « question/answer » of the guide -> why it fits, in French

    def step(self, slug: str) -> Step:
        """Return a step by its slug. Raises UnknownStep, naming those there are."""
        for one in self.steps:
            if one.slug == slug:
                return one
        names = ", ".join(one.slug for one in self.steps)
        raise UnknownStep(f"« {slug} » n'est pas une étape de « {self.title} ». Ses étapes : {names}.")


@dataclass(frozen=True)
class Dates:
    """When a step lasts, the closing instant excluded."""

    step: str
    opens_at: datetime
    closes_at: datetime


PROCEDURES: Final = Shelf[Procedure]("procedures", "PROCEDURE")


def procedure_named(slug: str) -> Procedure:
    """Return a declared procedure. Raises UnknownProcedure, naming those that exist."""
    known = PROCEDURES.filled()
    if slug not in known:
        raise UnknownProcedure(f"« {slug} » n'est pas une procédure. Procédures connues : {', '.join(known)}.")
    return known[slug]


def proposed(procedure: Procedure, *, starts_at: datetime) -> Iterator[Dates]:
    """Yield the dates of each step in turn, of the length that the procedure proposes.

    A day is a day of the clock in Paris, of 23 or 25 hours when the hour changes: opened at noon, closed at noon.
    """
    opens = starts_at.astimezone(PARIS)
    for step in procedure.steps:
        closes = (opens.replace(tzinfo=None) + timedelta(days=step.days)).replace(tzinfo=PARIS)
        yield Dates(step.slug, opens, closes)
        opens = closes
