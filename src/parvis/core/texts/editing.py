"""Edits: another wording of a unit, told as the runs of words that it changes, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parvis.core.errors import ParvisError
from parvis.core.texts.comparing import Kind, compare


class StaleEdit(ParvisError):
    """An edit changes words that the unit does not hold, or no longer holds, at that place."""


class EditsOverlap(ParvisError):
    """Edits that change the same words are applied together, though a person was to choose."""


@dataclass(frozen=True)
class Source:
    """Where words come from: a contribution, an amendment, a law; who adopted them, and when."""

    kind: str  # "contribution", "amendment", "version"…
    label: str  # « Contribution n° 12 »
    url: str = ""
    adopted_by: str = ""
    adopted_on: date | None = None

    def __str__(self) -> str:
        by = f", adoptée par {self.adopted_by}" if self.adopted_by else ""
        return self.label + by + (f" le {self.adopted_on:%d/%m/%Y}" if self.adopted_on else "")


@dataclass(frozen=True)
class Edit:
    """Words of a unit, from one character to another, and what replaces them. Nothing before: an insertion."""

    unit: str
    start: int
    end: int
    before: str
    after: str
    source: Source

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    def does_as(self, other: "Edit") -> bool:
        """Tell an edit that has the same effect, whatever its source."""
        mine, its = (self.unit, self.start, self.end, self.after), (other.unit, other.start, other.end, other.after)
        return mine == its


def alternative(unit: str, words: str, proposed: str, source: Source) -> tuple[Edit, ...]:
    """Return the edits that lead from a unit's words to those proposed."""
    edits, start = [], 0
    for change in compare(words, proposed):
        end = start + len(change.before)
        if change.kind != Kind.EQUAL:
            edits.append(Edit(unit, start, end, change.before, change.after, source))
        start = end
    return tuple(edits)


def edited(words: str, edits: Iterable[Edit]) -> str:
    """Return a unit's words once changed by edits that do not touch each other. The same edit twice counts once."""
    parts, done = [], 0
    last: Edit | None = None
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end, edit.after)):
        if words[edit.start : edit.end] != edit.before:
            raise StaleEdit(
                f"Une modification de « {edit.unit} » ({edit.source.label}) porte sur « {edit.before} », qui "
                f"n'est pas, ou plus, à cet endroit. Reprenez-la sur la version en cours."
            )
        if last is not None and edit.does_as(last):
            continue
        if edit.start < done:
            raise EditsOverlap(
                f"Deux modifications de « {edit.unit} » changent « {edit.before or words[edit.start : done]} » "
                f"({edit.source.label} est l'une). Choisissez-en une avant de les appliquer."
            )
        parts += [words[done : edit.start], edit.after]
        done, last = edit.end, edit
    return "".join([*parts, words[done:]])
