"""Who may do what, when: the phase that is open alone opens acts. Bounds are instants, the closing one excluded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from parvis.core import french
from parvis.core.errors import ParvisError
from parvis.core.processes.kinds import KINDS

NAMES: Final = {
    "vote": "Voter",
    "support": "Soutenir",
    "consolidate": "Consolider le texte",
}
"""The acts that phases open and that are not a contribution, in French. Reporting and answering have no phase."""

CONTRIBUTE = "contribute:"


class ActNotOpen(ParvisError):
    """An act came while no open phase opens it."""


@dataclass(frozen=True)
class Window:
    """A phase, as acts see it."""

    step: str
    title: str
    opens_at: datetime
    closes_at: datetime  # excluded
    acts: frozenset[str]

    def is_open(self, *, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


@dataclass(frozen=True)
class Timetable:
    """The phases of one process, and whether it opens anything at all."""

    title: str
    windows: Sequence[Window]
    is_published: bool = True
    is_archive: bool = False

    def current(self, *, at: datetime) -> Window | None:
        return next((window for window in self.windows if window.is_open(at=at)), None)

    def acts(self, *, at: datetime) -> frozenset[str]:
        """Return every act that is open at that instant."""
        if self.is_archive or not self.is_published:
            return frozenset()
        return frozenset().union(*(window.acts for window in self.windows if window.is_open(at=at)))


@dataclass(frozen=True)
class Allowed:
    """The act is open: by this phase."""

    window: Window


@dataclass(frozen=True)
class Refused:
    """The act is not open: why, and what the person may do instead."""

    sentence: str


Answer: TypeAlias = Allowed | Refused


def name(act: str) -> str:
    """Say an act in French: « Donner un avis »."""
    if act.startswith(CONTRIBUTE):
        kind = KINDS.filled().get(act.removeprefix(CONTRIBUTE))
        return kind.act if kind else act
    return NAMES.get(act, act)


def place(act: str) -> tuple[int, int, str]:
    """Return where an act stands among others: to contribute first, in the order of kinds, then the rest as named."""
    kind = KINDS.filled().get(act.removeprefix(CONTRIBUTE)) if act.startswith(CONTRIBUTE) else None
    if kind is not None:
        return 0, kind.rank, act
    return 1, list(NAMES).index(act) if act in NAMES else len(NAMES), act


def may(act: str, timetable: Timetable, *, at: datetime) -> Answer:
    """Answer whether the act is open at that instant, by which phase, or why not and until when or from when."""
    if timetable.is_archive:
        return Refused(
            f"« {timetable.title} » est une archive : ce débat s'est tenu ailleurs, il se lit et ne reçoit plus rien."
        )
    if not timetable.is_published:
        return Refused(f"« {timetable.title} » n'est pas encore publié : rien n'y est ouvert.")
    opening = [window for window in timetable.windows if act in window.acts]
    found = next((window for window in opening if window.is_open(at=at)), None)
    return Allowed(found) if found else Refused(_why(act, timetable, opening, at=at))


def require(act: str, timetable: Timetable, *, at: datetime) -> Window:
    """Return the phase that opens the act. Raises ActNotOpen with the sentence of the refusal."""
    match may(act, timetable, at=at):
        case Allowed(window=window):
            return window
        case Refused(sentence=sentence):
            raise ActNotOpen(sentence)


def _why(act: str, timetable: Timetable, opening: Sequence[Window], *, at: datetime) -> str:
    doing = name(act)
    coming = [window for window in opening if at < window.opens_at]
    if not opening:
        return f"« {doing} » n'est ouvert par aucune étape de « {timetable.title} ». Voyez ce que ses étapes ouvrent."
    if coming:
        return (
            f"« {doing} » n'est pas encore ouvert : l'étape « {coming[0].title} » commence le "
            f"{french.moment(coming[0].opens_at)}. Revenez alors."
        )
    return (
        f"« {doing} » n'est plus ouvert : l'étape « {opening[-1].title} » s'est close le "
        f"{french.moment(opening[-1].closes_at)}. Vous pouvez suivre la suite sur la page du débat."
    )
