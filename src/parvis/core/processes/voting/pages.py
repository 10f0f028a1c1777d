"""What the pages of votes say, in HTML, JSON and CSV."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.processes.pages import Said
from parvis.core.processes.voting.ballots import Promise
from parvis.core.web.charts import Chart
from parvis.core.web.page import HTML_ONLY

Row = Mapping[str, object]


@dataclass(frozen=True)
class Option:
    """An option of a vote, and its voices where they are public."""

    slug: str
    title: str
    count: int | None


@dataclass(frozen=True)
class Urn:
    """One vote as a panel or its page shows it: the question, the mode, the count, and whether one may vote now."""

    slug: str
    question: str
    form: str
    mode: str
    promise: Promise
    options: tuple[Option, ...]
    ballots: int
    closed_at: datetime | None
    closes_at: datetime | None
    refused: str
    """Why nobody votes now, or nothing when the vote is open."""
    url: str | None
    """The page of the vote; none before the first ballot of a contribution's."""
    send_url: str = field(metadata=HTML_ONLY)
    sign_in_url: str = field(metadata=HTML_ONLY)
    """Where an anonymous visitor signs in to vote; empty for someone who is signed in."""
    receipt_url: str = field(metadata=HTML_ONLY)
    """The receipt of the person who looks, where they have voted and the key is still there."""
    sending: str = field(metadata=HTML_ONLY)
    """The key of this sending: sent twice, it counts once."""
    edition: int | None = field(metadata=HTML_ONLY)
    """Which edition of the contribution the page shows: a vote says which words it bears on."""
    chart: Chart | None = field(metadata=HTML_ONLY)

    @property
    def takes_many(self) -> bool:
        return self.form == "many"

    @property
    def is_support(self) -> bool:
        return self.form == "support"

    @property
    def is_simple(self) -> bool:
        """Whether one press of a button says it all."""
        return self.form in {"opinion", "support"}

    @property
    def total(self) -> str:
        return "soutien,soutiens" if self.is_support else "bulletin,bulletins"

    def rows(self) -> Iterable[Row]:
        return ({"option": one.slug, "titre": one.title, "voix": one.count} for one in self.options)


@dataclass(frozen=True)
class Urns:
    """The votes of a contribution, or of a debate."""

    urns: tuple[Urn, ...]
    open_url: str = field(default="", metadata=HTML_ONLY)
    """Where the team puts another question to the vote; empty for everyone else."""
    mode: Promise | None = None
    """How the votes on the contributions of the debate are counted, where it opens some."""


@dataclass(frozen=True)
class Preview:
    """A vote that is about to be opened, as voters will see it."""

    question: str
    options: tuple[str, ...]
    form: str
    promise: Promise
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class OpenPollPage:
    """The form of a question put to the vote, and what it would open once it is sound."""

    title: str
    process_title: str
    process_url: str
    preview: Preview | None
    form: Any = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class Words:
    """What an edition of a contribution says."""

    number: int
    said: tuple[Said, ...]


@dataclass(frozen=True)
class ChangedPage:
    """A vote on words that have changed since: both, and the choice that was made."""

    title: str
    sentence: str
    read: Words
    now: Words
    choice: str
    chosen: tuple[str, ...]
    send_url: str
    sending: str = field(metadata=HTML_ONLY)
    about_url: str | None


@dataclass(frozen=True)
class PollPage:
    """The page of a vote: its count, and how to check it oneself."""

    title: str
    urn: Urn
    process_title: str
    process_url: str | None
    about_url: str | None
    """The contribution it is on."""
    export_url: str
    outside_url: str | None
    """The question for an outside ballot system, where the vote is held there."""
    log_url: str
    """The poll's entries in the public log."""
    stream: str
    waiting: int
    """Ballots received, not yet in the published log: a second's worth."""
    tally_position: int | None
    """The entry that fixes the final count."""
    key_destroyed_at: datetime | None
    key_days: int
    eligible: int
    """Accounts with a confirmed address: who could vote."""

    @property
    def commands(self) -> str:
        file = f"vote-{self.urn.slug}.jsonl"
        return f"python3 recompter.py {file}\nparvis verify poll {file}\n"

    def rows(self) -> Iterable[Row]:
        return self.urn.rows()


@dataclass(frozen=True)
class ReceiptPage:
    """A voter's receipt: where their ballot is sealed; and what it says, in a public vote only."""

    title: str
    receipt: str
    question: str
    mode: str
    poll_url: str
    position: int | None
    """Its place in the public log; nothing while it waits, a second."""
    is_published: bool
    hour: str
    when: str
    commitment: str
    choice: str | None
    """What was voted; never shown for a vote counted in secret: an opening can be sold, or demanded."""
    nullifier: str | None
    salt: str | None
    hidden_salt: str | None
    entry_url: str | None
    proof_url: str | None
