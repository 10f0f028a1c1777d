"""The debates' panel of the front page."""

from dataclasses import dataclass
from datetime import datetime

from parvis.core.processes.answering.pages import Line


@dataclass(frozen=True)
class OpenDebate:
    """A debate where something may be done now."""

    title: str
    url: str
    step: str  # the phase now open
    closes_at: datetime  # its end
    organisation: str
    received: int
    is_fictitious: bool


@dataclass(frozen=True)
class LastAnswer:
    """An answer given."""

    title: str
    url: str
    debate: str
    organisation: str
    fate: str
    fate_word: str
    given_at: datetime


@dataclass(frozen=True)
class DebatesPanel:
    """What is open, what is owed, what was answered."""

    open: tuple[OpenDebate, ...]
    open_count: int
    late_count: int
    coming_count: int  # answers owed whose date has not come
    late: tuple[Line, ...]
    answers: tuple[LastAnswer, ...]
