"""What the pages of answers show: frozen values, with no table behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.processes.answering.figures import Authority
from parvis.core.processes.answering.owing import last_moment
from parvis.core.processes.answering.resembling import Resembling
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Chip, Pages


@dataclass(frozen=True)
class Line:
    """A contribution whose answer is owed."""

    process: str
    process_title: str
    number: int
    title: str
    kind: str
    side: str
    supports: int
    owner: str
    due_at: datetime
    days_late: int  # 0 while it is not late
    url: str
    due_url: str
    is_contest: bool = False

    @property
    def lateness(self) -> str:
        return f"{self.days_late}\u00a0j de retard"

    @property
    def due_on(self) -> datetime:
        """The last day, as a person says it."""
        return last_moment(self.due_at)


@dataclass(frozen=True)
class OwedPage:
    """Every answer owed, those that are late first, and what each authority owes and gives."""

    title: str
    method: str
    authorities: tuple[Authority, ...]
    late: tuple[Line, ...]
    late_count: int
    coming_count: int
    unreplied: tuple[Line, ...]  # contests whose reply is late
    unreplied_count: int
    chips: tuple[Chip, ...]
    pages: Pages | None
    contest_pages: Pages | None
    every: Iterable[Mapping[str, object]] = field(metadata=HTML_ONLY)
    has_desk: bool = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, object]]:
        """One line for each answer owed, given or contested: what the figures are computed from."""
        return self.every


@dataclass(frozen=True)
class Asked:
    """A contribution as the one who answers reads it, whole."""

    number: int
    title: str
    kind: str
    author: str
    unit: str
    side: str
    supports: int
    fields: tuple[tuple[str, str], ...]  # French title, words
    url: str
    due_at: datetime | None
    near: Resembling | None = None
    wording: str = ""

    @property
    def due_on(self) -> datetime | None:
        """The last day, as a person says it."""
        return last_moment(self.due_at) if self.due_at else None


@dataclass(frozen=True)
class DeskDebate:
    """What one debate owes, on the desk of one body."""

    slug: str
    title: str
    url: str
    lines: tuple[Line, ...]
    count: int
    pages: Pages | None


@dataclass(frozen=True)
class DeskPage:
    """What my body owes, by when, the late first."""

    title: str
    bodies: tuple[str, ...]
    contests: tuple[Line, ...]
    debates: tuple[DeskDebate, ...]
    late_count: int

    def rows(self) -> Iterable[Mapping[str, object]]:
        shown = [line for debate in self.debates for line in debate.lines]
        for line in [*self.contests, *shown]:
            yield {
                "debat": line.process,
                "contribution": line.number,
                "titre": line.title,
                "contestation": line.is_contest,
                "due_le": line.due_at,
                "jours_de_retard": line.days_late,
                "adresse": line.url,
            }


@dataclass(frozen=True)
class NearPage:
    """A contribution and those that resemble it, side by side, to be answered together."""

    title: str
    process: str
    process_title: str
    seed: Asked
    near: tuple[Asked, ...]
    compared: int


@dataclass(frozen=True)
class WritePage:
    """The form of an answer, then its preview."""

    title: str
    process: str
    process_title: str
    lede: str
    act: str
    back: tuple[str, str]
    asked: tuple[Asked, ...]
    told: int  # accounts that will be told
    preview: "Preview | None"
    form: Any = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class Preview:
    """The answer as it will be read."""

    fate: str
    fate_word: str
    reasons: str
    evidence: str
    words: tuple["Adopted", ...]
    because: str = ""


@dataclass(frozen=True)
class Adopted:
    """Words of the text that an answer changes, and whose they are."""

    contribution: int
    url: str
    unit: str
    words: str


@dataclass(frozen=True)
class Past:
    """A former version of an answer."""

    number: int
    fate: str
    fate_word: str
    reasons: str
    because: str
    made_at: datetime


@dataclass(frozen=True)
class About:
    """A contribution that an answer bears on."""

    number: int
    title: str
    author: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class AnswerPage:
    """An answer: its fate, its reasons, what it changed, whom it answers, its versions."""

    title: str
    process: str
    process_title: str
    process_url: str
    number: int
    fate: str
    fate_word: str
    reasons: str
    evidence: str
    organisation: str
    given_at: datetime
    version: int
    about: tuple[About, ...]
    words: tuple[Adopted, ...]
    versions: tuple[Past, ...]
    stream: str
    key: str
    can_correct: bool

    def rows(self) -> Iterable[Mapping[str, object]]:
        for one in self.versions:
            yield {"version": one.number, "sort": one.fate, "motifs": one.reasons, "date": one.made_at}


@dataclass(frozen=True)
class Given:
    """An answer, in a list."""

    number: int
    fate: str
    fate_word: str
    organisation: str
    contributions: tuple[int, ...]
    excerpt: str
    given_at: datetime
    version: int
    url: str


@dataclass(frozen=True)
class AnswersPage:
    """The answers of one debate, newest first."""

    title: str
    process: str
    process_title: str
    process_url: str
    answers: tuple[Given, ...]
    pages: Pages | None
    every: Iterable[Mapping[str, object]] = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, object]]:
        return self.every


@dataclass(frozen=True)
class DuePage:
    """Why an answer is due on that day, line by line."""

    title: str
    process: str
    process_title: str
    process_url: str
    number: int
    url: str
    owner: str
    due_at: datetime
    calendar: str
    explanation: tuple[str, ...]
    is_as_given: bool  # False: the rule gives another date today; the date that was given is kept

    @property
    def due_on(self) -> datetime:
        """The last day, as a person says it."""
        return last_moment(self.due_at)


@dataclass(frozen=True)
class ContestFigures:
    """What became of a contest, on the contribution's page."""

    state: str
    word: str
    because: str
    reply: str
    made_at: datetime
    due_at: datetime
    settled_at: datetime | None
    days_late: int

    @property
    def due_on(self) -> datetime:
        """The last day, as a person says it."""
        return last_moment(self.due_at)


@dataclass(frozen=True)
class FatePanel:
    """What becomes of a contribution: owed, answered, contested; and what the reader may do about it."""

    slug: str
    number: int
    fate: str
    fate_word: str
    owner: str
    due_at: datetime | None
    days_late: int
    due_url: str
    feed_url: str
    answers: tuple[Preview, ...]
    answer_urls: tuple[tuple[str, str], ...]
    contest: ContestFigures | None
    contest_url: str
    settle_url: str
    write_url: str
    follow_url: str
    is_following: bool | None  # None: nobody is signed in

    @property
    def due_on(self) -> datetime | None:
        """The last day, as a person says it."""
        return last_moment(self.due_at) if self.due_at else None


@dataclass(frozen=True)
class DebatePanel:
    """The answers of a debate, on its page."""

    owed: int
    answered: int
    late: int
    fates: tuple[tuple[str, str, int], ...]
    answers_url: str
    owed_url: str
    feed_url: str
    follow_url: str
    is_following: bool | None


@dataclass(frozen=True)
class FormPage:
    """A page of one form."""

    title: str
    lede: str
    act: str
    process: str
    process_title: str
    back: tuple[str, str]
    notes: tuple[str, ...] = ()
    form: Any = field(default=None, metadata=HTML_ONLY)
