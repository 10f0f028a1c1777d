"""Procedures: the steps that a room declares, the acts that each opens, the answers that it owes."""

from dataclasses import dataclass
from typing import Final

from parvis.core.discovery import Shelf


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
    """A step: what may be done while it lasts. `acts` are « contribute:<kind> », « vote », « answer », « report »."""

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


PROCEDURES: Final = Shelf[Procedure]("procedures", "PROCEDURE")
