"""What the pages of models show: the directory, a model's card, the list of its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from parvis.core import french
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Chip, Facet, Fact, Pages, Step


@dataclass(frozen=True)
class Score:
    """What became of a model's own cases, as this site ran them."""

    passed: int
    total: int
    is_whole: bool  # all of them; otherwise a sample
    at: datetime | None
    failed: tuple[tuple[str, str], ...]  # name, expected and found: the first ones

    @property
    def sampled(self) -> str:
        """Say that not all were run, where it is so."""
        return "" if self.is_whole else "en échantillon"


@dataclass(frozen=True)
class CalculatorLine:
    """A calculator in a list: the way in for whoever has a question."""

    slug: str
    title: str
    summary: str
    engine: str
    engine_title: str
    period: str
    url: str  # "" while its engine is not installed


@dataclass(frozen=True)
class AroundLine:
    """A page that asks something of a model, and is not a calculator."""

    title: str
    summary: str
    url: str


@dataclass(frozen=True)
class EngineLine:
    """A model in the directory."""

    slug: str
    title: str
    summary: str
    is_installed: bool
    install: str  # the command that installs it
    version: str
    licence: str
    score: Score | None
    cases_published: bool  # by the model's own authors
    fields: int
    calculators: int
    url: str


@dataclass(frozen=True)
class DirectoryPage:
    """Every model, and the questions that they answer."""

    title: str
    calculators: tuple[CalculatorLine, ...]
    engines: tuple[EngineLine, ...]
    runs: int

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.engines:
            yield {
                "engine": one.slug,
                "title": one.title,
                "is_installed": one.is_installed,
                "version": one.version,
                "licence": one.licence,
                "cases_passed": one.score.passed if one.score else None,
                "cases_run": one.score.total if one.score else None,
                "calculators": one.calculators,
                "url": one.url,
            }


@dataclass(frozen=True)
class SimulatorsPanel:
    """The front page's questions."""

    calculators: tuple[CalculatorLine, ...]
    engines: int


@dataclass(frozen=True)
class AbsentPage:
    """A model that is declared here and not installed."""

    title: str
    summary: str
    engine: str
    install: str
    why: str


@dataclass(frozen=True)
class EntityLine:
    """For whom a model computes."""

    key: str
    label: str
    roles: tuple[str, ...]
    fields: int


@dataclass(frozen=True)
class CardPage:
    """The identity card of a model."""

    title: str
    engine: str
    summary: str
    version: str
    digest: str
    not_modelled: tuple[str, ...]
    source: str
    licence: str
    owner: str
    refs: tuple[Step, ...]
    facts: tuple[Fact, ...] = field(metadata=HTML_ONLY)
    entities: tuple[EntityLine, ...]
    counts: Mapping[str, int]  # kind -> fields
    score: Score | None
    cases_by: str
    cases_command: str
    calculators: tuple[CalculatorLine, ...]
    around: tuple[AroundLine, ...]
    reform_url: str

    def score_detail(self) -> str:
        """Say out of how many, and when."""
        if self.score is None:
            return ""
        told = [f"sur {french.number(self.score.total)} rejoués ici", self.score.sampled]
        told.append(f"le {french.day(self.score.at)}" if self.score.at else "")
        return ", ".join(part for part in told if part)


@dataclass(frozen=True)
class FieldLine:
    """A field in a list."""

    name: str
    label: str
    kind: str
    kind_title: str
    entity: str
    period: str
    unit: str
    value: str  # of a parameter, today
    since: str
    url: str


@dataclass(frozen=True)
class FolderLine:
    """A place of the tree of parameters."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class FieldsPage:
    """A model's fields: found, filtered, or walked through."""

    title: str
    engine: str
    engine_title: str
    sought: str
    total: int
    is_partial: bool
    place: str  # in the tree of parameters
    path: tuple[Step, ...]
    folders: tuple[FolderLine, ...]
    lines: tuple[FieldLine, ...]
    pages: Pages
    facets: tuple[Facet, ...] = field(metadata=HTML_ONLY)
    chips: tuple[Chip, ...] = field(metadata=HTML_ONLY)
    kept: tuple[tuple[str, str], ...] = field(metadata=HTML_ONLY)
    every: tuple[FieldLine, ...] = field(metadata=HTML_ONLY)

    def rows(self) -> Iterator[Mapping[str, object]]:
        """Yield every field found, not only this page's."""
        for one in self.every:
            yield {
                "name": one.name,
                "label": one.label,
                "kind": one.kind,
                "entity": one.entity,
                "period": one.period,
                "unit": one.unit,
                "value": one.value,
                "since": one.since,
                "url": one.url,
            }
