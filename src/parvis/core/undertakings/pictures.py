"""The plan as pages, exports and reviews show it: plain values, where measured, claimed and judged never meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from parvis.core.undertakings.declared import COMPLETION, OPENED, Assessment, CarriedOver, Fact, SelfAssessment
from parvis.core.undertakings.gaps import SHORT
from parvis.core.undertakings.indicators import VALUES

QUESTIONS: Final[Mapping[str, str]] = {
    "completion": "Niveau de réalisation",
    "did_it_open_government": "A-t-il ouvert le gouvernement ?",
    "is_verifiable": "Vérifiable tel qu'il est écrit",
    "is_relevant": "Pertinent pour une valeur du PGO",
}
"""What each reader answers; agreement is counted on these."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A frozen measure. Progress is shown raw and cut: the cut hides targets passed and values gone backwards."""

    id: int
    url: str
    indicator: str
    title: str
    asks: str
    summary: str
    value: float | None
    because: str
    unit: str  # in the plural
    unit_one: str  # in the singular, where it differs
    units: int
    progress_raw: float | None
    progress_cut: float | None
    progress_because: str
    start: float | None
    start_on: str | None
    start_source: str
    target: float | None
    target_on: str | None
    target_source: str
    gauge: str | None
    opens: tuple[str, ...]
    milestones: tuple[str, ...]
    measured_at: datetime
    is_stale: bool
    is_fictitious: bool

    @property
    def value_unit(self) -> str:
        return self._agreeing(self.value)

    @property
    def start_unit(self) -> str:
        return self._agreeing(self.start)

    @property
    def target_unit(self) -> str:
        return self._agreeing(self.target)

    def _agreeing(self, value: float | None) -> str:
        """Return the unit as it is written after a value: in French, the plural starts at two."""
        return self.unit_one if self.unit_one and value is not None and abs(value) < 2 else self.unit


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone as it stands on a day. `state` is a lead's claim, but for late and undated, which are computed."""

    key: str
    url: str
    text: str
    part: str
    due: str
    due_text: str
    due_before: date | None
    state: str  # done ongoing late dropped undated upcoming
    state_title: str
    target: str
    abandoned_on: str
    abandoned_because: str
    abandoned_by: str  # the body that gave it up; empty where the plan's own text says so
    done_on: date | None
    tracker: int | None
    tracker_url: str | None
    gaps: tuple[str, ...]

    @property
    def short_gaps(self) -> tuple[str, ...]:
        """What the text lacks, in two words each."""
        return tuple(SHORT[gap] for gap in self.gaps)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A claim by a lead."""

    id: int
    milestone: str
    organisation: str
    completion: str
    state: str
    text: str
    evidence: str
    made_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str
    withdrawn_by: str  # the body that withdrew it: its own, or the one that succeeds it

    @property
    def what(self) -> str:
        """What is claimed, in a few words."""
        return f"{self.milestone} : {self.state}" if self.milestone else self.completion


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A verdict by one reader."""

    stage: str  # midterm or end
    reader: int
    organisation: str
    answers: tuple[tuple[str, str], ...]  # question and answer, in French
    given: Mapping[str, str | bool]  # question and answer, as the log seals them
    opened_values: tuple[str, ...]
    reasons: str
    given_at: datetime


@dataclass(frozen=True)
class Agreement:
    """Whether two blind readers answered the same to one question."""

    question: str
    first: str
    second: str

    @property
    def is_same(self) -> bool:
        return self.first == self.second


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two readings of a commitment at one stage. Readings are shown once both are in."""

    stage: str
    received: int
    readings: tuple[Reading, ...]

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        if len(self.readings) < 2:
            return ()
        first, second = self.readings
        pairs = zip(first.answers, second.answers, strict=True)
        return tuple(Agreement(question, one, other) for (question, one), (_, other) in pairs)

    @property
    def agreement(self) -> str:
        """Say in French how far the readers agree."""
        same = sum(one.is_same for one in self.agreements)
        if not self.agreements:
            return f"{self.received} lecture reçue sur 2 : elle se montre quand la seconde est rendue."
        return f"Les deux lecteurs s'accordent sur {same} questions sur {len(self.agreements)}."


@dataclass(frozen=True)
class Gauge:
    """One of the two gauges, in percent of the way; None where nothing measures it, and `because` says so."""

    title: str
    value: float | None
    because: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a commitment."""

    code: str
    title: str
    leads: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """Everything a commitment's page shows, as it stands on a day."""

    number: int
    key: str
    slug: str
    url: str
    title: str
    axis: str
    axis_title: str
    subaxis: str | None
    subaxis_title: str | None
    ambition: str
    text: Mapping[str, str]
    leads: tuple[tuple[str, str], ...]  # name, url
    parts: tuple[Part, ...]
    milestones: tuple[Step, ...]
    numbers: tuple[Number, ...]
    claims: tuple[Said, ...]
    pairs: tuple[Pair, ...]
    gaps: tuple[str, ...]
    assessments: tuple[Assessment, ...]
    self_assessments: tuple[SelfAssessment, ...]
    facts: tuple[Fact, ...]
    carried_over: tuple[CarriedOver, ...]
    existing_systems: tuple[str, ...]
    reading: tuple[str, ...]
    text_url: str
    plan_starts: date
    plan_ends: date

    def public(self) -> dict[str, object]:
        """Return what JSON shows: every field, and the gauges."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**kept, "done": self.done, "opened": self.opened, "claimed": self.claimed, "states": self.counts()}

    @property
    def log_keys(self) -> tuple[str, ...]:
        """How the log names this commitment, its parts and its milestones."""
        parts = (self.key + part.code.removeprefix(str(self.number)) for part in self.parts)
        return (self.key, *parts, *(step.key for step in self.milestones))

    @property
    def kicker(self) -> str:
        return f"Engagement {self.number}"

    @property
    def late(self) -> int:
        return self.counts().get("late", 0)

    @property
    def undated(self) -> int:
        return self.counts().get("undated", 0)

    @property
    def done(self) -> Gauge:
        """The measured gauge « done »."""
        return gauge("Réalisé", [one for one in self.numbers if one.gauge == "done"])

    @property
    def opened(self) -> tuple[Gauge, ...]:
        """The measured gauge « opened », one per OGP value."""
        return tuple(gauge(title, [one for one in self.numbers if key in one.opens]) for key, title in VALUES.items())

    @property
    def claimed(self) -> Gauge:
        """The share of milestones that leads say are done; abandoned ones count as not done."""
        done = sum(step.state == "done" for step in self.milestones)
        if not any(not said.withdrawn_at for said in self.claims):
            return Gauge("Réalisé, selon les porteurs", None, "Aucune déclaration en vigueur.")
        return Gauge("Réalisé, selon les porteurs", 100.0 * done / len(self.milestones), "")

    @property
    def standing_claim(self) -> Said | None:
        """The last standing claim on the whole commitment."""
        whole = [said for said in self.claims if not said.milestone and not said.withdrawn_at]
        return max(whole, key=lambda said: said.made_at, default=None)

    def counts(self) -> Mapping[str, int]:
        """How many milestones stand in each state."""
        states = [step.state for step in self.milestones]
        return {state: states.count(state) for state in dict.fromkeys(states)}


def gauge(title: str, numbers: Sequence[Number]) -> Gauge:
    """Return the mean of the cut progress of some numbers: one target passed must not hide another that is missed."""
    known = [one.progress_cut for one in numbers if one.progress_cut is not None]
    if not numbers:
        return Gauge(title, None, "Aucun indicateur n'y est branché.")
    if not known:
        return Gauge(title, None, "Les indicateurs branchés n'ont pas d'avancement connu.")
    because = f"Moyenne de {len(known)} avancements, coupés à 0 et 100." if len(known) > 1 else "Un seul indicateur."
    return Gauge(title, sum(known) / len(known), because)


def answer(question: str, value: object) -> str:
    """Say a reader's answer in French."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    return (COMPLETION if question == "completion" else OPENED)[str(value)]


def latest(numbers: Iterable[Number]) -> tuple[Number, ...]:
    """Keep the last number of each indicator, in the order given first."""
    last: dict[str, Number] = {}
    for one in sorted(numbers, key=lambda number: number.measured_at):
        last[one.indicator] = one
    return tuple(last.values())
