"""Gather adopted wordings into edits of the text under debate; what cannot be applied together is a named conflict.

Nothing here chooses: where two adopted wordings touch the same words, a person corrects one of the answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from parvis.core.texts.conflicts import Conflict, conflicts
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Edit, Source, alternative
from parvis.core.texts.merging import Applied, Conflicted, apply, rebased

Documents: TypeAlias = Mapping[str, Document]


@dataclass(frozen=True)
class Adopted:
    """Words that an answer adopts: of which contribution, for which unit, as read in which version."""

    contribution: int
    unit: str
    words: str
    version: str
    source: Source
    answer_url: str


@dataclass(frozen=True)
class Gathered:
    """What the adopted wordings make together: their edits, and what keeps them from being applied."""

    edits: tuple[Edit, ...]
    conflicts: tuple[Conflict, ...]
    lost: tuple[Adopted, ...]  # whose unit is not in the text under debate
    idle: tuple[Adopted, ...]  # whose words are those of the text already

    def consolidated(self, document: Document) -> Applied:
        """Return the text that the edits make; there must be no conflict."""
        applied = apply(document, self.edits)
        if isinstance(applied, Conflicted):
            raise AssertionError(f"conflicts were not asked first: {applied.conflicts}")  # noqa: TRY004 -- a state
        return applied


def gather(adopted: Iterable[Adopted], now: Document, versions: Documents) -> Gathered:
    """Return the edits that lead from the text under debate to the adopted words.

    A wording written on a former version is carried over by three-way merge; where it meets what changed since, that
    is a conflict too.
    """
    edits: list[Edit] = []
    met: list[Conflict] = []
    lost: list[Adopted] = []
    idle: list[Adopted] = []
    for one in adopted:
        if one.unit not in now:
            lost.append(one)
            continue
        found = _edits(one, now, versions)
        if isinstance(found, Conflicted):
            met += found.conflicts
        elif found:
            edits += found
        else:
            idle.append(one)
    return Gathered(tuple(edits), (*met, *conflicts(now, edits)), tuple(lost), tuple(idle))


def _edits(one: Adopted, now: Document, versions: Documents) -> tuple[Edit, ...] | Conflicted:
    words, today = plain(one.words), now.words(one.unit)
    base = versions[one.version].words(one.unit) if one.version in versions else today
    proposed = alternative(one.unit, base, words, one.source)
    return proposed if base == today else rebased(one.unit, base, today, proposed)


def plain(words: str) -> str:
    """Return words with line feeds alone: browsers send carriage returns too."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def contributions(edits: Sequence[Edit], adopted: Iterable[Adopted]) -> list[int]:
    """Return the numbers of the contributions whose words are among the edits."""
    sources = {edit.source for edit in edits}
    return sorted({one.contribution for one in adopted if one.source in sources})
