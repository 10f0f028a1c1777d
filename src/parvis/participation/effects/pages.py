"""What the two sides of a carried calculation show: the contribution, and the calculation."""

from dataclasses import dataclass

from parvis.core.simulators.running.pages import Results, RunSummary
from parvis.core.web.parts import Step


@dataclass(frozen=True)
class Effect:
    """The calculation that a contribution carries: with what it found, or the admission that it is no longer here."""

    run: RunSummary | None  # None where its author erased it
    shown: Results | None  # what the changes move; all of it where the calculation changes no rule
    same: int  # results that the changes leave as they are
    replay_url: str  # the same changes on other households; "" where it changes no rule
    verify_url: str


@dataclass(frozen=True)
class Offer:
    """A debate that receives, today, a contribution that carries a calculation."""

    title: str
    url: str
    act: str  # « Proposer une autre rédaction »
    form_url: str
    units: tuple[Step, ...]  # the articles it may bear on: label, uid; none where it bears on the whole


@dataclass(frozen=True)
class Carried:
    """Where a calculation is put to use: contributions that carry it, debates that would take one."""

    identity: str
    contributions: tuple[Step, ...]
    offers: tuple[Offer, ...]
    refusal: str  # why no contribution may carry it; "" where one may
