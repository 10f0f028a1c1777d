"""One lead: what it says, whom it names, and what they answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.registers.replying import Concerned
from parvis.core.web.page import HTML_ONLY


@dataclass(frozen=True)
class Reply:
    """What a body answered about a lead; `key` is its name in the public log."""

    label: str
    subject: str
    organisation: str
    text: str
    replied_at: datetime
    key: str
    withdrawn_at: datetime | None
    withdrawn_because: str

    @property
    def number(self) -> str:
        """The last part of its name: its address has it."""
        return self.key.rpartition("/")[2]


@dataclass(frozen=True)
class WithdrawPage:
    """A reply that its body is about to withdraw."""

    title: str
    text: str
    back: tuple[str, str]  # word, address
    form: Any = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class LeadPage:
    """A lead, and the replies of those whom it names."""

    title: str
    register: str
    register_title: str
    code: str
    flag_title: str
    notice: str
    subject: str
    lead: Mapping[str, Any] | None  # None once the current releases no longer give it
    concerned: tuple[Concerned, ...]
    replies: tuple[Reply, ...]
    replies_as: str = field(metadata=HTML_ONLY)  # the body for which the reader may answer; empty for the others
    mine: frozenset[str] = field(metadata=HTML_ONLY)  # keys of the replies that the reader may withdraw
    is_signed_in: bool = field(metadata=HTML_ONLY)
    form: Any = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [vars(reply) for reply in self.replies]
