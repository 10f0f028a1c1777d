"""What the pages of the plan are given: one frozen value each, shown as HTML, JSON or CSV."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from parvis.core import french
from parvis.core.undertakings import pictures
from parvis.core.undertakings.declared import Axis, Fact, Plan, ProcessItem, Source
from parvis.core.undertakings.reporting import Glance
from parvis.core.web.charts import Chart
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Pages, Step

Rows = Iterable[Mapping[str, object]]


def commitment_row(one: pictures.Commitment) -> dict[str, object]:
    """Return a commitment as one line of a table."""
    states = one.counts()
    return {
        "number": one.number,
        "title": one.title,
        "axis": one.axis,
        "subaxis": one.subaxis,
        "leads": "; ".join(name for name, _ in one.leads),
        "milestones": len(one.milestones),
        "done_claimed": states.get("done", 0),
        "late": states.get("late", 0),
        "abandoned": states.get("dropped", 0),
        "undated": states.get("undated", 0),
        "done_measured_percent": one.done.value,
        "numbers": len(one.numbers),
        "url": one.url,
    }


def step_row(commitment: int, step: pictures.Step) -> dict[str, object]:
    """Return a milestone as one line of a table."""
    return {"commitment": commitment, **asdict(step), "gaps": "; ".join(step.gaps)}


@dataclass(frozen=True)
class AxisList:
    """An axis or a sub-axis with its commitments, as the plan's page lists them."""

    title: str
    url: str
    commitments: tuple[pictures.Commitment, ...]
    subaxes: tuple["AxisList", ...] = ()


@dataclass(frozen=True)
class PlanPage:
    """The whole plan."""

    title: str
    plan: Plan
    axes: tuple[AxisList, ...] = field(metadata=HTML_ONLY)
    commitments: tuple[pictures.Commitment, ...]
    counts: Mapping[str, int]  # commitments, parts, milestones, dated, with_number, by state
    gaps: tuple[tuple[str, int], ...]
    glance: tuple[Glance, ...]
    reviews: tuple[tuple[str, str], ...]  # title, address
    ways: tuple[Step, ...]  # to the plan's text, to its drift
    sources: tuple[Source, ...]  # those that this page cites
    opened: Chart = field(metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return (commitment_row(one) for one in self.commitments)


@dataclass(frozen=True)
class AxisPage:
    """An axis, or a sub-axis."""

    title: str
    kicker: str
    axis: Axis
    parent_title: str | None
    parent_url: str | None
    groups: tuple[AxisList, ...] = field(metadata=HTML_ONLY)
    commitments: tuple[pictures.Commitment, ...]

    def rows(self) -> Rows:
        return (commitment_row(one) for one in self.commitments)


@dataclass(frozen=True)
class CommitmentPage:
    """A commitment: measured, claimed and judged side by side, never merged."""

    title: str
    commitment: pictures.Commitment
    stream: str
    axis_url: str
    subaxis_url: str | None
    sources: tuple[Source, ...]
    moments: tuple["Moment", ...]
    undated_facts: tuple[Fact, ...]
    corrections: tuple[Mapping[str, object], ...]
    ways: tuple[Step, ...]  # to its text, to the plan's drift
    evidence: tuple[tuple[str, str], ...]  # registers read, texts and debates that it is about: title, address
    claims_as: str  # the body that the reader may speak for; empty for others
    can_judge: bool

    @property
    def problem(self) -> str:
        return self.commitment.text["Le problème"]

    @property
    def promise(self) -> str:
        return self.commitment.text["Ce que Parvis doit montrer"]

    def rows(self) -> Rows:
        return (step_row(self.commitment.number, step) for step in self.commitment.milestones)


@dataclass(frozen=True)
class MilestonePage:
    """A milestone."""

    title: str
    step: pictures.Step
    commitment: pictures.Commitment
    stream: str
    claims: tuple[pictures.Said, ...]
    numbers: tuple[pictures.Number, ...]
    corrections: tuple[Mapping[str, object], ...]
    has_say: bool  # whether the reader may give it up, or take it up again

    def rows(self) -> Rows:
        return (step_row(self.commitment.number, self.step),)


@dataclass(frozen=True)
class Tenure:
    """A commitment that an organisation leads or led, with the days."""

    number: int
    title: str
    url: str
    part: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation: how long it existed, what it succeeds, what it leads."""

    title: str
    slug: str
    siren: str
    starts_on: date | None
    ends_on: date | None
    succeeds: tuple[str, str] | None  # name, address
    successors: tuple[tuple[str, str], ...]
    source: str
    tenures: tuple[Tenure, ...]
    stream: str

    def rows(self) -> Rows:
        return (asdict(tenure) for tenure in self.tenures)


@dataclass(frozen=True)
class OrganisationsPage:
    """Every organisation, with how many commitments it leads."""

    title: str
    organisations: tuple[Mapping[str, object], ...]

    def rows(self) -> Rows:
        return self.organisations


@dataclass(frozen=True)
class NumberPage:
    """A frozen number, and all that finds it again."""

    title: str
    number: pictures.Number
    commitment: tuple[str, str]  # title, address
    key: str
    stream: str
    sql: str
    rows_sql: str
    function: Mapping[str, Any] | None  # name, columns, source and its SHA-256, where a function counts the rows
    result_hash: str
    releases: tuple[Mapping[str, Any], ...]
    log_size: int
    log_root: str
    history: tuple[pictures.Number, ...]
    drawing: Chart | None = field(metadata=HTML_ONLY)

    def rows(self) -> Rows:
        """Every measure of this indicator, oldest first."""
        names = ("id", "measured_at", "value", "unit", "units", "progress_raw", "progress_cut", "because", "url")
        return ({name: getattr(one, name) for name in names} for one in self.history)


@dataclass(frozen=True)
class RowsPage:
    """The rows behind a number: HTML and JSON show some, CSV has them all."""

    title: str
    number: pictures.Number
    columns: tuple[str, ...]
    shown: tuple[tuple[tuple[object, str | None], ...], ...]  # cells: value, address
    pages: Pages
    all_rows: Callable[[], Rows] = field(metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return self.all_rows()


@dataclass(frozen=True)
class ReviewPage:
    """A review: the report as it was frozen."""

    title: str
    slug: str
    plan_title: str
    opened_at: datetime
    report: Mapping[str, Any]
    stream: str
    debate: Step | None  # where people comment it
    ways: tuple[Step, ...]  # to the plan's text, to its drift

    def rows(self) -> Rows:
        """One row per assessed unit, in the fields of OGP."""
        template: Rows = self.report["template"]
        return template


@dataclass(frozen=True)
class ReviewsPage:
    """Every review of the plan."""

    title: str
    reviews: tuple[Mapping[str, object], ...]

    def rows(self) -> Rows:
        return self.reviews


@dataclass(frozen=True)
class ExportPage:
    """The plan in the fields of OGP's template, self-assessment and independent review, with what the fields mean."""

    title: str
    units: tuple[Mapping[str, object], ...]
    fields: tuple[ProcessItem, ...]
    plan: Plan
    commitments: tuple[pictures.Commitment, ...]

    def rows(self) -> Rows:
        return self.units


@dataclass(frozen=True)
class FormPage:
    """An act on a commitment, as a form."""

    title: str
    lede: str
    act: str
    back: tuple[str, str]  # word, address
    form: Any = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class PanelCommitment:
    """A commitment on the front page."""

    number: int
    title: str
    url: str
    is_measured: bool


@dataclass(frozen=True)
class PanelAxis:
    """An axis on the front page."""

    title: str
    url: str
    commitments: tuple[PanelCommitment, ...]


@dataclass(frozen=True)
class PlanPanel:
    """The plan on the front page."""

    axes: tuple[PanelAxis, ...]


@dataclass(frozen=True)
class PanelMeasure:
    """A number on the front page."""

    title: str
    value: float
    unit: str
    url: str
    day: str


@dataclass(frozen=True)
class FiguresPanel:
    """The last frozen numbers on the front page."""

    measures: tuple[PanelMeasure, ...]


@dataclass(frozen=True)
class Moment:
    """A line of a timeline, dated no more precisely than its source is."""

    on: str  # ISO 8601, partial: 2016, 2016-03 or 2016-03-31
    day: str  # in French
    title: str
    text: str = ""
    url: str | None = None
    state: str | None = None
    state_title: str = ""
    sources: tuple[str, ...] = ()


def moments(commitment: pictures.Commitment) -> tuple[Moment, ...]:
    """Return a commitment's timeline: known facts, due dates, claims, measures, oldest first."""
    found = [*_facts(commitment), *_dues(commitment), *_acts(commitment)]
    return tuple(sorted(found, key=lambda moment: moment.on))


def _facts(commitment: pictures.Commitment) -> Iterator[Moment]:
    for fact in commitment.facts:
        if fact.date:
            said = "Fait connu" if fact.verified else "Fait non vérifié"
            yield Moment(fact.date, french.period(fact.date), said, fact.text, sources=fact.sources)


def _dues(commitment: pictures.Commitment) -> Iterator[Moment]:
    for step in commitment.milestones:
        if step.due:
            title = f"Échéance du jalon {step.key} : {step.due_text or step.due}"
            yield Moment(step.due, french.period(step.due), title, step.text, step.url, step.state, step.state_title)


def _acts(commitment: pictures.Commitment) -> Iterator[Moment]:
    for said in commitment.claims:
        on = said.made_at.astimezone(french.PARIS).date()
        yield Moment(on.isoformat(), french.day(on), f"Déclaration : {said.organisation}", said.what, state="claimed")
    days = [one.measured_at.astimezone(french.PARIS).date() for one in commitment.numbers]
    for on in dict.fromkeys(days):
        title = french.count(days.count(on), "nombre figé,nombres figés")
        yield Moment(on.isoformat(), french.day(on), title, url="#trois", state="measured")
