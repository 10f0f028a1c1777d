"""What a room declares when it makes a plan: commitments, milestones, known outcomes, each fact with its sources.

What is not known is None, and pages say so: nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from parvis.core.discovery import Shelf
from parvis.core.errors import ParvisError
from parvis.core.undertakings.indicators import Indicator

OPENED: Final[Mapping[str, str]] = {
    "worsened": "Recul",
    "did_not_change": "Inchangé",
    "marginal": "Marginal",
    "major": "Majeur",
    "outstanding": "Exceptionnel",
}
"""OGP's « did it open government », from worst to best."""

COMPLETION: Final[Mapping[str, str]] = {
    "not_started": "Non commencé",
    "limited": "Limité",
    "substantial": "Substantiel",
    "completed": "Complet",
}
"""OGP's levels of completion, from nothing to all."""

LEVELS: Final = {**COMPLETION, "substantial_or_complete": "Substantiel ou complet (déduit de l'étoile)"}
"""Levels as they are known: four are only deduced, from a star."""

UNKNOWN: Final = "Non retrouvé"


class UnreadableDue(ParvisError):
    """A partial date is neither a day, a month nor a year of the calendar."""


PARTIAL_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
"""A year, a month or a day, as precise as known."""


def due_before(text: str | None) -> date | None:
    """Return the first day when « 2016 », « 2015-12 » or « 2016-03-31 » is late; None where there is no date.

    Raises UnreadableDue for any other text, and for a day that no calendar has.
    """
    if text is None:
        return None
    wrong = UnreadableDue(
        f"« {text} » n'est pas une date : écrivez une année, un mois ou un jour qui existe, "
        "comme 2016, 2016-07 ou 2016-07-13."
    )
    if not PARTIAL_DATE.fullmatch(text):
        raise wrong
    year, *rest = (int(part) for part in text.split("-"))
    try:
        match rest:
            case [month, day]:
                return date(year, month, day) + timedelta(days=1)
            case [month]:
                return (date(year, month, 1) + timedelta(days=31)).replace(day=1)
        return date(year, 12, 31) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise wrong from None


@dataclass(frozen=True)
class Source:
    """Where a fact was read."""

    key: str
    title: str
    address: str | None
    kind: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, said in our words. `date` is partial: a year, a month or a day, as precise as known."""

    text: str
    sources: tuple[str, ...]
    date: str | None = None
    verified: bool = True
    from_memory: bool = False


@dataclass(frozen=True)
class Target:
    """The number that a milestone names."""

    value: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone of the official text. `due` is partial, as precise as the text; None where it gives no date."""

    key: str  # E02-J01
    text: str
    tracker: int | None  # the public ticket of the time
    due: str | None = None
    due_text: str | None = None
    due_is_deduced: bool = False
    part: str | None = None
    target: Target | None = None
    note: str | None = None
    sources: tuple[str, ...] = ("PLAN",)
    verified: bool = True


@dataclass(frozen=True)
class Part:
    """A part of a commitment, with its own leads, milestones and assessment."""

    code: str  # 1.1
    title: str
    leads: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What OGP's independent reviewers said of one unit. None: not found, never guessed."""

    ogp_id: str
    ogp_title: str
    part: str | None = None
    did_it_open_government: str | None = None  # a key of OPENED
    verifiable: bool | None = None
    relevant: bool | None = None
    ogp_values: tuple[str, ...] = ()
    ambition: str | None = None  # "low", "high"
    starred: bool | None = None
    completion: str | None = None  # a key of COMPLETION, or "substantial_or_complete"
    completion_note: str | None = None
    note: str | None = None
    verified: bool = True
    sources: tuple[str, ...] = ()

    @property
    def opened_title(self) -> str:
        return OPENED.get(self.did_it_open_government or "", UNKNOWN)

    @property
    def completion_title(self) -> str:
        return LEVELS.get(self.completion or "", UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class SelfAssessment:
    """What the government said of its own commitment, in one of its two reports."""

    year: int
    status: str | None
    note: str
    verified: bool
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CarriedOver:
    """A commitment of a later plan that takes this one further."""

    plan: str
    ogp_id: str
    sources: tuple[str, ...]
    verified: bool = True
    note: str | None = None
    bond: str | None = None  # "extends", "builds-on"; None where no source says which


@dataclass(frozen=True, kw_only=True)
class Abandonment:
    """Milestones that the government gave up, when it said so, and why."""

    steps: tuple[str, ...]
    date: str  # partial, as precise as the source
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """One commitment of a plan: `plan/commitments/cNN_name/__init__.py` holds it as COMMITMENT."""

    plan: str
    number: int
    slug: str  # the address in the official text
    title: str
    axis: str
    subaxis: str | None
    ambition: str  # in our words
    leads: tuple[str, ...]
    parts: tuple[Part, ...]
    milestones: tuple[Step, ...]
    assessments: tuple[Assessment, ...]
    self_assessments: tuple[SelfAssessment, ...]
    facts: tuple[Fact, ...]
    carried_over: tuple[CarriedOver, ...]
    existing_systems: tuple[str, ...]
    reading: tuple[str, ...]  # our reading: the systems that the text asks for
    sources: tuple[str, ...]
    folder: Path
    abandonments: tuple[Abandonment, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    related: tuple[str, ...] = ()  # what it is about: « textes/<nom> », « debats/<nom> », « simulateurs/<moteur> »

    @property
    def key(self) -> str:
        """E02: how milestones, log entries and exports name the commitment."""
        return f"E{self.number:02}"

    @property
    def text(self) -> Mapping[str, str]:
        """Our short text, by heading of text.md."""
        sections = (self.folder / "text.md").read_text(encoding="utf-8").split("## ")[1:]
        return {head.strip(): body.strip() for head, _, body in (part.partition("\n") for part in sections)}


@dataclass(frozen=True)
class Subaxis:
    """A part of an axis."""

    slug: str
    title: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Axis:
    """A chapter of the plan."""

    slug: str
    order: int
    title: str
    numbers: tuple[int, ...]
    subaxes: tuple[Subaxis, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation named by the plan. Dates are None where we hold no source for them."""

    slug: str
    name: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProcessItem:
    """A stage, field, variable or rule of the OGP process. `verified` is False where it is known from memory only."""

    key: str
    text: str
    values: tuple[str, ...] = ()
    verified: bool = True
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A government's plan: `<room>/plans/<name>.py` holds it as PLAN."""

    slug: str
    title: str
    short_title: str
    country: str
    country_code: str
    framework: str
    starts: str  # partial date
    ends: str
    period_note: str
    coordinator: str
    political_lead: str
    held_by: str  # slug of the body that answers for the whole plan
    licence: str
    tracking: str
    text_address: str  # the official text's folder; a commitment's slug and « .md » complete it
    tracker_address: str  # a ticket's number completes it
    assessed_units: int
    assessed_units_note: str
    timeline: tuple[Fact, ...]
    overall: tuple[Fact, ...]
    axes: tuple[Axis, ...]
    bodies: tuple[Body, ...]
    sources: Mapping[str, Source]
    process: Mapping[str, tuple[ProcessItem, ...]] = field(default_factory=dict)


PLANS: Final = Shelf[Plan]("plans", "PLAN")
COMMITMENTS: Final = Shelf[Commitment]("commitments", "COMMITMENT")


def plan() -> Plan:
    """Return the plan that this server shows: the first declared."""
    return next(iter(PLANS.filled().values()))


def commitments(plan_slug: str) -> tuple[Commitment, ...]:
    """Return the plan's commitments, by number."""
    found = (one for one in COMMITMENTS.filled().values() if one.plan == plan_slug)
    return tuple(sorted(found, key=lambda one: one.number))


def indicator(slug: str) -> Indicator | None:
    """Return a declared indicator, or None where no commitment declares it any more."""
    every = (one for commitment in COMMITMENTS.filled().values() for one in commitment.indicators)
    return next((one for one in every if one.slug == slug), None)
