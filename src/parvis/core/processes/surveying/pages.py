"""What the page of a survey's results is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from parvis.core import french
from parvis.core.processes.exporting.pages import Statistic
from parvis.core.web.parts import Step

LISTED = 100
"""Open answers that the page lists."""


@dataclass(frozen=True)
class OpenAnswer:
    """What one person answered in their own words, and where the whole of it is."""

    contribution: int
    text: str
    url: str


@dataclass(frozen=True)
class Result:
    """One question of a survey, and what was answered."""

    name: str
    title: str
    help: str  # to whom it was asked
    people: int  # who answered it
    mean: float | None  # of the marks of a scale
    counts: Statistic
    texts: tuple[OpenAnswer, ...]  # of an open question

    @property
    def first(self) -> tuple[OpenAnswer, ...]:
        """The answers that the page lists; its JSON and CSV have them all."""
        return self.texts[:LISTED]

    @property
    def left(self) -> int:
        return max(0, len(self.texts) - LISTED)

    @property
    def said_mean(self) -> str:
        return "" if self.mean is None else f"Moyenne : {french.number(self.mean, 2)}."

    def rows(self) -> Iterable[Mapping[str, object]]:
        told = {"question": self.title, "ont_repondu": self.people}
        if self.texts:
            yield from ({**told, "reponse": one.text, "contribution": one.contribution} for one in self.texts)
        elif self.counts.chart is not None:
            yield from ({**told, "reponse": answer, "personnes": count} for answer, count in self.counts.values)


@dataclass(frozen=True)
class SurveyPage:
    """What a survey was answered, in figures that anyone finds again."""

    title: str
    debate: Step
    exports: Step
    made_at: datetime
    sha256: str
    people: int
    results: tuple[Result, ...]

    def rows(self) -> Iterable[Mapping[str, object]]:
        empty = {"question": "", "ont_repondu": 0, "reponse": "", "personnes": None, "contribution": None}
        return ({**empty, **row} for one in self.results for row in one.rows())
