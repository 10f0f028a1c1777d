"""What the pages of moderation show: frozen values, with no table behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from parvis.core.processes.answering.owing import last_moment
from parvis.core.processes.moderating.charter import Rule
from parvis.core.processes.moderating.figures import Delays, MonthLine
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Chip, Pages


@dataclass(frozen=True)
class CharterPage:
    """The charter: its rules, and what moderation owes."""

    title: str
    version: str
    rules: tuple[tuple[str, tuple[Rule, ...]], ...]  # by ground, in French
    decision_delay: str
    appeal_delay: str
    redress: str


@dataclass(frozen=True)
class AppealLine:
    """An appeal, as the public sees it."""

    because: str
    made_at: datetime
    due_at: datetime
    outcome: str
    outcome_word: str
    reasons: str
    decided_at: datetime | None
    decided_by: str

    @property
    def due_on(self) -> datetime:
        """The last day, as a person says it."""
        return last_moment(self.due_at)


@dataclass(frozen=True)
class DecisionLine:
    """A decision, in the register."""

    number: int
    process: str
    process_title: str
    contribution: int
    outcome: str
    outcome_word: str
    rule: str
    ground: str
    facts: str
    is_automated: bool
    ends_on: date | None
    decided_at: datetime
    reports: int
    appeal: AppealLine | None
    url: str
    contribution_url: str


@dataclass(frozen=True)
class RegisterPage:
    """Every decision, and what they amount to."""

    title: str
    months: tuple[MonthLine, ...]
    reports: Delays
    appeals: Delays
    reversed_count: int
    chips: tuple[Chip, ...]
    decisions: tuple[DecisionLine, ...]
    pages: Pages | None
    every: Iterable[Mapping[str, object]] = field(metadata=HTML_ONLY)
    has_queue: bool = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, object]]:
        return self.every


@dataclass(frozen=True)
class DecisionPage:
    """One decision: its statement of reasons, its appeal."""

    title: str
    decision: DecisionLine
    basis: str
    charter: str
    is_detected_by_machine: bool
    redress: str
    stream: str
    key: str
    appeal_url: str
    decide_url: str


@dataclass(frozen=True)
class Reported:
    """A contribution that waits for a decision, as the moderator reads it."""

    pk: int = field(metadata=HTML_ONLY)
    process_title: str
    number: int
    title: str
    excerpt: str
    author: str
    state: str
    url: str
    due_at: datetime | None
    days_late: int
    reports: tuple[tuple[str, str], ...]  # title of the rule, what was written

    @property
    def lateness(self) -> str:
        return f"{self.days_late}\u00a0j de retard"

    @property
    def due_on(self) -> datetime | None:
        """The last day, as a person says it."""
        return last_moment(self.due_at) if self.due_at else None


@dataclass(frozen=True)
class QueuePage:
    """What waits for a decision: reports, then appeals."""

    title: str
    reported: tuple[Reported, ...]
    count: int
    appeals: tuple[DecisionLine, ...]
    pages: Pages | None


@dataclass(frozen=True)
class DecidePage:
    """The form of a decision on some contributions, then its preview."""

    title: str
    chosen: tuple[Reported, ...]
    preview: "RulingShown | None"
    form: Any = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class RulingShown:
    """What is about to be decided."""

    outcome_word: str
    rule: str
    basis: str
    ground: str
    facts: str
    ends_on: date | None
    redress: str


@dataclass(frozen=True)
class FormPage:
    """A page of one form."""

    title: str
    lede: str
    act: str
    back: tuple[str, str]
    form: Any = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class ModerationPanel:
    """What was decided of a contribution, on its page, and how to report it."""

    decisions: tuple[DecisionLine, ...]
    report_url: str
    charter_url: str
