"""The page of a plan's drift: what each commitment became from one version of its text to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from parvis.core.texts.pages.comparison import Chooser
from parvis.core.undertakings.succession.drifting import Became
from parvis.core.web.page import HTML_ONLY

TONES: Final[Mapping[Became, str]] = {
    Became.KEPT: "good",
    Became.REWORDED: "accent",
    Became.EXTENDED: "good",
    Became.BUILT_ON: "accent",
    Became.TAKEN_UP: "accent",
    Became.PERHAPS: "warn",
    Became.DROPPED: "bad",
    Became.UNKNOWN: "mute",
    Became.NEW: "accent",
}


@dataclass(frozen=True)
class Place:
    """A commitment in one of the two versions."""

    unit: str
    number: str
    title: str
    url: str


@dataclass(frozen=True)
class DriftLine:
    """A commitment, what follows it, and how."""

    became: Became
    word: str
    before: Place | None
    after: Place | None
    kept: float | None  # percent of the words
    because: str  # why no share is given
    comparison_url: str | None

    @property
    def tone(self) -> str:
        return TONES[self.became]

    def row(self) -> dict[str, object]:
        return {
            "before": self.before and self.before.unit,
            "before_title": self.before and self.before.title,
            "became": self.became.value,
            "became_title": self.word,
            "after": self.after and self.after.unit,
            "after_number": self.after and self.after.number,
            "after_title": self.after and self.after.title,
            "words_kept_percent": None if self.kept is None else round(self.kept, 1),
            "before_url": self.before and self.before.url,
            "after_url": self.after and self.after.url,
            "comparison_url": self.comparison_url,
        }


@dataclass(frozen=True)
class DriftPage:
    """The drift of the plan between two versions of its text."""

    title: str
    text_title: str
    text_url: str
    chooser: Chooser
    counts: tuple[tuple[str, int], ...]  # commitments before, by what they became; then the new ones
    limits: tuple[str, ...]  # what is not known of one of the two versions
    lines: tuple[DriftLine, ...] = field(metadata=HTML_ONLY)
    columns_url: str

    def public(self) -> dict[str, object]:
        """Return what JSON shows."""
        kept = {name: getattr(self, name) for name in ("title", "text_title", "text_url", "limits", "columns_url")}
        versions = {"before": self.chooser.before, "after": self.chooser.after}
        return {**kept, **versions, "counts": dict(self.counts), "commitments": [line.row() for line in self.lines]}

    def rows(self) -> tuple[dict[str, object], ...]:
        return tuple(line.row() for line in self.lines)
