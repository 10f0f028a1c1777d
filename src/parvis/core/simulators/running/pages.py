"""What the pages of published calculations show: what was asked in plain words, what came out, what a replay says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.simulators.reforming.population import PopulationShown
from parvis.core.simulators.running.verifying import Difference, State, Verdict
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Pages


@dataclass(frozen=True)
class Given:
    """An input, in plain words: one value a row."""

    label: str
    period: str
    rows: tuple[str, ...]
    values: tuple[str, ...]

    def by_row(self) -> tuple[tuple[str, str], ...]:
        return tuple(zip(self.rows, self.values, strict=True))


@dataclass(frozen=True)
class Group:
    """The rows of an entity, and what was given for them."""

    title: str  # « Personnes », « Foyer fiscal »
    count: int
    rows: tuple[str, ...]  # their names
    given: tuple[Given, ...]
    members: tuple[str, ...]  # « personne 1 : déclarant »
    left: int  # inputs and rows not shown: the file has them


@dataclass(frozen=True)
class ChangeSaid:
    """A change of the rules, in plain words."""

    label: str
    parameter: str
    value: str
    before: str  # the value that the law gives on the day; "" where the rules are not here
    since: str
    until: str
    url: str


@dataclass(frozen=True)
class Told:
    """A result for one row, and the same without the changes."""

    row: str
    said: str
    raw: object
    before: str  # without the changes; "" where nothing moved
    raw_before: object
    difference: str  # "" where nothing moved

    def public(self) -> Mapping[str, object]:
        """Return the numbers of the model: its sign, all its digits."""
        return {"row": self.row, "value": self.raw, "without_changes": self.raw_before}


@dataclass(frozen=True)
class Result:
    """A result, a value a row."""

    label: str
    field: str
    period: str
    values: tuple[Told, ...]


@dataclass(frozen=True)
class Results:
    """What came out: one line a result, one column a row."""

    columns: tuple[str, ...]  # the rows' names, where all results have the same rows
    period: str  # where all results have the same
    lines: tuple[Result, ...]
    left: int  # values not shown: the file has them


@dataclass(frozen=True)
class RunSummary:
    """A published calculation, as other pages show it: no engine is needed to read it."""

    title: str
    url: str
    identity: str
    number: int
    engine: str
    engine_title: str
    version: str
    period: str
    is_personal: bool
    author: str
    published_at: datetime
    changes: tuple[ChangeSaid, ...]
    results: Results
    population: PopulationShown | None


@dataclass(frozen=True)
class RunPage:
    """A published calculation."""

    title: str
    summary: RunSummary
    digest: str
    results_hash: str
    asked: tuple[Group, ...]
    file: Mapping[str, Any]
    stream: str
    key: str
    calculator_url: str
    calculator_title: str
    reform_url: str
    is_mine: bool = field(metadata=HTML_ONLY)
    panels: tuple[Panel, ...] = field(metadata=HTML_ONLY)

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.summary.results.lines:
            for value in one.values:
                yield {"output": one.field, "period": one.period, **value.public()}


@dataclass(frozen=True)
class RunLine:
    """A calculation in the list; of an erased one, its number and the reason."""

    number: int
    title: str
    url: str
    engine: str
    period: str
    changes: int
    identity: str
    author: str
    published_at: datetime
    erased_because: str


@dataclass(frozen=True)
class RunsPage:
    """The published calculations."""

    title: str
    runs: tuple[RunLine, ...]
    pages: Pages

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.runs:
            yield {
                "number": one.number,
                "identity": one.identity,
                "title": one.title,
                "engine": one.engine,
                "period": one.period,
                "changes": one.changes,
                "published_at": one.published_at,
                "erased_because": one.erased_because,
                "url": one.url,
            }


@dataclass(frozen=True)
class VerifyPage:
    """Where a calculation is verified, and what the replay said."""

    title: str
    is_asked: bool
    refusal: str
    verdict: Verdict | None
    run_url: str
    labels: Mapping[str, str] = field(metadata=HTML_ONLY)
    form: Any = field(metadata=HTML_ONLY)

    def verdict_title(self) -> str:
        return VERDICTS[self.verdict.state][0] if self.verdict else ""

    def tone(self) -> str:
        return VERDICTS[self.verdict.state][1] if self.verdict else ""

    def differing(self) -> str:
        return VERDICTS[self.verdict.state][2] if self.verdict else ""

    def told(self) -> tuple[tuple[str, Difference], ...]:
        """Return the differences, each with the words of its result."""
        found = self.verdict.differences if self.verdict else ()
        return tuple((self.labels.get(one.field, one.field), one) for one in found)


VERDICTS: Mapping[State, tuple[str, str, str]] = {
    "same": ("C’est le même calcul", "good", ""),
    "input": ("Ce n’est pas le calcul que dit son identité", "bad", "ce qui est demandé"),
    "rules": ("Ce n’est pas le calcul que dit son identité", "bad", "les règles nommées"),
    "result": ("Les résultats ne sont pas ceux que l’on retrouve", "bad", "les résultats"),
    "elsewhere": ("Ce calcul ne peut pas être rejoué ici", "warn", ""),
}
"""The title of each verdict, its tone, and what differs."""


@dataclass(frozen=True)
class PublishPage:
    """What would become public, said before anyone decides."""

    title: str
    refusal: str
    asked: tuple[Group, ...]
    changes: tuple[ChangeSaid, ...]
    results: Results
    engine_title: str
    version: str
    is_personal: bool
    population: PopulationShown | None = None
    form: Any | None = field(default=None, metadata=HTML_ONLY)


@dataclass(frozen=True)
class ErasePage:
    """What erasing does, said before it is done."""

    title: str
    run_url: str
    form: Any = field(metadata=HTML_ONLY)


def named(labels: Sequence[str], count: int, entity: str) -> tuple[str, ...]:
    """Return the names of an entity's rows: those given where there is one a row."""
    if len(labels) == count:
        return tuple(labels)
    if count == 1:
        return (entity,)
    return tuple(f"{entity} {rank}" for rank in range(1, count + 1))
