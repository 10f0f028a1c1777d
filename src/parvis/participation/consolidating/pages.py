"""The page where a text is consolidated, and the panel that leads to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parvis.core.texts.pages.comparison import Columns
from parvis.core.web.parts import Step


@dataclass(frozen=True)
class ConflictLine:
    """Two adopted wordings that cannot both stand, and the answers that one may correct."""

    unit: str
    sentence: str
    first: Step
    second: Step


@dataclass(frozen=True)
class AdoptedLine:
    """An adopted wording that changes nothing, or whose unit is not in the text."""

    contribution: str
    url: str
    unit: str
    because: str


@dataclass(frozen=True)
class ConsolidationPage:
    """What the adopted words make of a text."""

    title: str
    debate: Step
    text: Step
    adopted: int
    edits: int
    conflicts: tuple[ConflictLine, ...]
    units: tuple[Columns, ...]
    left: tuple[AdoptedLine, ...]
    refusal: str
    published: Step | None
    may_publish: bool

    def rows(self) -> Iterator[Mapping[str, object]]:
        for unit in self.units:
            for line in unit.lines:
                yield {
                    "unit": unit.uid,
                    "before": "\n".join(line.before),
                    "sources": [said.label for said in line.proposals],
                    "conflicts": list(line.conflicts),
                    "after": "\n".join("".join(run.words for run in one) for one in line.after),
                }


@dataclass(frozen=True)
class ConsolidationPanel:
    """What a debate's page says of the consolidation of its text."""

    url: str
    adopted: int
    versions: tuple[Step, ...]
