"""What the pages of debates are given: one frozen value each, shown as HTML, JSON or CSV."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core import french
from parvis.core.processes.diffing import Alinea, Piece, changed
from parvis.core.processes.guiding import Proposal, Question
from parvis.core.processes.joins import SEALED_WITH_OTHERS
from parvis.core.processes.orders import Order
from parvis.core.processes.simulating import Line
from parvis.core.processes.voting.ballots import Promise
from parvis.core.web import parts
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.panels import Panel

Rows = Iterable[Mapping[str, object]]
UNDATED = "date non donnée par la source"


@dataclass(frozen=True)
class Card:
    """A contribution, as a list shows it. Withdrawn or hidden, it says so and nothing of what it said."""

    number: int
    kind: str
    kind_title: str
    title: str
    excerpt: str
    side: str
    side_title: str
    signature: str
    received_at: datetime | None  # None: the source of an archive does not date it
    state: str
    state_title: str
    unit: str
    unit_title: str
    about: int | None  # the number of the contribution that it bears on
    supports: int
    votes_for: int
    votes_mixed: int
    votes_against: int
    replies: int
    fate: str
    fate_title: str
    due_at: datetime | None
    answered_at: datetime | None
    url: str
    is_archive: bool = field(metadata=HTML_ONLY)

    def row(self) -> dict[str, object]:
        """Return the card as one line of a table."""
        return {name: value for name, value in vars(self).items() if name != "is_archive"}

    @property
    def name(self) -> str:
        """Its title; where its kind has none, its kind and number."""
        return self.title or f"{self.kind_title} n° {self.number}"

    @property
    def byline(self) -> str:
        """Say what it is, on what, of whom and when, in one line."""
        said = (
            f"{self.kind_title} n° {self.number}" if self.title else "",
            self.side_title.lower(),
            f"sur {self.unit_title}" if self.unit else "",
            f"sur la n° {self.about}" if self.about else "",
            f"de {self.signature}",
            f"le {french.day(self.received_at)}" if self.received_at else UNDATED,
        )
        return ", ".join(part for part in said if part)

    @property
    def tallies(self) -> tuple[str, ...]:
        """Say what became of it and what was counted on it; an archive's counts are its source's."""
        votes = self.votes_for, self.votes_mixed, self.votes_against
        told = "{} pour, {} mitigé, {} contre".format(*map(french.number, votes)) if any(votes) else ""
        said = (
            self.fate_title,
            french.count(self.supports, "soutien,soutiens") if self.supports else "",
            f"{told}, comptés par la source" if told and self.is_archive else told,
            french.count(self.replies, "réaction,réactions") if self.replies else "",
        )
        return tuple(part for part in said if part)


@dataclass(frozen=True)
class PhaseLine:
    """A phase, on the line of a debate."""

    title: str
    opens_at: datetime
    closes_at: datetime
    state: str  # past, now, coming
    explanation: str
    owed: str  # the answer due, in French; empty where none is


@dataclass(frozen=True)
class OpenAct:
    """Something that may be done now, who may, and where."""

    title: str
    who: str
    url: str | None
    where: str = ""  # where to begin, when it is not from here


@dataclass(frozen=True)
class DebateLine:
    """A debate in the directory."""

    slug: str
    title: str
    summary: str
    when: str  # a-venir, ouverts, clos
    when_title: str
    opens_at: datetime | None
    closes_at: datetime | None
    procedure: str
    procedure_title: str
    organisation: str
    received: int
    is_archive: bool
    is_fictitious: bool
    source: str
    licence: str
    url: str
    notice: tuple[parts.Fact, ...]  # its DebatesCore fields

    def row(self) -> dict[str, object]:
        """Return the debate as one line of a table: the fields of its notice are columns of their own."""
        given = {name: value for name, value in vars(self).items() if name != "notice"}
        return {**given, **{fact.term: fact.value for fact in self.notice}}


@dataclass(frozen=True)
class DirectoryPage:
    """Every debate: to come, open, closed; ours, and those held elsewhere."""

    title: str
    lede: str
    debates: tuple[DebateLine, ...]
    total: int
    facets: tuple[parts.Facet, ...]
    chips: tuple[parts.Chip, ...]
    q: str
    pages: parts.Pages
    may_open: bool = field(metadata=HTML_ONLY)
    may_import: bool = field(metadata=HTML_ONLY)
    drafts: tuple[parts.Step, ...] = field(metadata=HTML_ONLY)
    kept: tuple[tuple[str, str], ...] = field(metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return (one.row() for one in self.debates)


@dataclass(frozen=True)
class UnitLine:
    """A unit of the text under debate, with what was said on it."""

    uid: str
    number: str
    heading: str
    counts: Mapping[str, int]  # by kind
    total: int
    url: str

    def row(self) -> dict[str, object]:
        return {"uid": self.uid, "number": self.number, "heading": self.heading, "total": self.total, **self.counts}


@dataclass(frozen=True)
class DebatePage:
    """A debate: where it stands, what is open, its text's units, what came last."""

    title: str
    debate: DebateLine
    facts: tuple[parts.Fact, ...]
    phases: tuple[PhaseLine, ...]
    acts: tuple[OpenAct, ...]
    elsewhere: str  # what is done from an article or a contribution, in one sentence
    closed: str  # why nothing is open, where nothing is
    is_published: bool
    dates_changed: str  # when and why they were, in one sentence
    subject_title: str
    subject_url: str
    stale: str  # the sentence that says that the text has a newer version
    kinds: tuple[tuple[str, str, int], ...]  # slug, plural, published contributions
    units: tuple[UnitLine, ...]
    latest: tuple[Card, ...]
    panels: tuple[Panel, ...]
    team: tuple[parts.Step, ...] = field(metadata=HTML_ONLY)
    stream: str = field(metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return (one.row() for one in self.units)

    def given(self) -> tuple[parts.Fact, ...]:
        """Return the facts that are known: the page shows these, and names the others."""
        return tuple(fact for fact in self.facts if fact.value not in (None, ""))

    def missing(self) -> str:
        """Name the fields of the notice that are not given."""
        return ", ".join(fact.term for fact in self.facts if fact.value in (None, ""))


@dataclass(frozen=True)
class KindSection:
    """The first contributions of a kind on a unit."""

    slug: str
    plural: str
    count: int
    cards: tuple[Card, ...]
    url: str  # of the whole list


@dataclass(frozen=True)
class UnitPage:
    """A unit under debate: its words, and what was said on it, by kind."""

    title: str
    debate: DebateLine
    uid: str
    number: str
    heading: str
    version: str
    words: str
    subject_url: str
    opinions: tuple[tuple[str, str, int], ...]  # side, its French, how many
    sections: tuple[KindSection, ...]
    acts: tuple[OpenAct, ...]
    closed: str
    order: str  # the sentence
    previous: parts.Step | None
    next: parts.Step | None

    def rows(self) -> Rows:
        return (card.row() for section in self.sections for card in section.cards)


@dataclass(frozen=True)
class ListPage:
    """A list of contributions: filters, search, an order that explains itself."""

    title: str
    debate: DebateLine
    q: str
    order: Order
    seed: str  # the public text from which the day's beginning is drawn
    orders: tuple[parts.Choice, ...] = field(metadata=HTML_ONLY)
    total: int | None  # None where only a count would tell
    cards: tuple[Card, ...] = ()
    facets: tuple[parts.Facet, ...] = ()
    chips: tuple[parts.Chip, ...] = ()
    pages: parts.Pages | None = None
    every: Any = field(default=None, metadata=HTML_ONLY)  # a function that gives every line, for CSV
    kept: tuple[tuple[str, str], ...] = field(default=(), metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return (card.row() for card in self.every())


@dataclass(frozen=True)
class Said:
    """One field of a contribution, as it is shown."""

    name: str
    title: str
    type: str
    text: str
    url: str | None = None
    pieces: tuple[Piece, ...] = ()  # another wording, compared with the unit's words

    def alineas(self) -> tuple[Alinea, ...]:
        return tuple(changed(self.pieces))


@dataclass(frozen=True)
class EditionLine:
    """An edition in a contribution's history, compared with the one before."""

    number: int
    made_at: datetime | None
    changes: tuple[Said, ...]


@dataclass(frozen=True)
class Column:
    """The arguments of one side."""

    side: str
    title: str
    count: int
    cards: tuple[Card, ...]
    url: str


@dataclass(frozen=True)
class ContributionPage:
    """A contribution: what it says, its history, what others wrote on it, what became of it."""

    title: str
    debate: DebateLine
    card: Card
    said: tuple[Said, ...]
    tombstone: str  # why it is not shown, where it is not
    quote: str
    about: Card | None
    unit_url: str | None
    facts: tuple[parts.Fact, ...]
    history: tuple[EditionLine, ...]
    columns: tuple[Column, ...]
    others: tuple[KindSection, ...]
    acts: tuple[OpenAct, ...]
    panels: tuple[Panel, ...]
    fingerprint: str
    own: tuple[parts.Step, ...] = field(metadata=HTML_ONLY)
    stream: str = field(metadata=HTML_ONLY)
    key: str = field(metadata=HTML_ONLY)

    @property
    def number(self) -> str:
        return f"n° {self.card.number}"

    @property
    def is_sealed_alone(self) -> bool:
        """Whether the log has an entry of its own for it; else a panel tells how it was sealed with others."""
        return all(panel.slug != SEALED_WITH_OTHERS for panel in self.panels)

    def rows(self) -> Rows:
        every = [column.cards for column in self.columns] + [section.cards for section in self.others]
        return (card.row() for cards in every for card in cards)


@dataclass(frozen=True)
class WritingPage:
    """A form in which someone writes, beside what they write on."""

    title: str
    lede: str
    act: str  # the word of the button
    back: tuple[str, str]
    crumb: tuple[str, str]
    form: Any = field(metadata=HTML_ONLY)
    beside_title: str = ""
    beside: str = ""
    theirs: tuple[Said, ...] = ()  # what another wrote in between
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefusedPage:
    """An act that is not open: why, and where to go on."""

    title: str
    sentence: str
    back: tuple[str, str]
    crumb: tuple[str, str]


@dataclass(frozen=True)
class GuidePage:
    """Six questions, and what the answers speak for."""

    title: str
    lede: str
    questions: tuple[Question, ...]
    answers: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    warnings: tuple[str, ...]
    may_open: bool = field(metadata=HTML_ONLY)

    def rows(self) -> Rows:
        return ({**vars(one), "reasons": list(one.reasons)} for one in self.proposals)


@dataclass(frozen=True)
class OpeningPage:
    """A form of the team's, with what it would open."""

    title: str
    lede: str
    act: str  # the word of the button
    crumb: tuple[str, str]
    form: Any = field(metadata=HTML_ONLY)
    lines: tuple[Line, ...] = ()
    mode: Promise | None = None  # how the votes of the debate are counted
    survey: Any = field(default=None, metadata=HTML_ONLY)  # its questions, to write
    preview: Any = field(default=None, metadata=HTML_ONLY)  # and as they will be asked
