"""The releases of a register: what was read, what was made of it, what was found wrong, and its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from parvis.core.registers.manifest import File
from parvis.core.registers.register import Register
from parvis.core.web.page import HTML_ONLY


@dataclass(frozen=True)
class ReleaseLine:
    """A release, in one line."""

    hash: str
    source: str
    source_name: str
    source_size: int
    source_hash: str
    reader: str
    loaded_at: datetime
    fictitious: bool
    rows: Mapping[str, int]
    defects: int
    state: str  # current, superseded or withdrawn
    withdrawn_because: str = ""


@dataclass(frozen=True)
class RuleLine:
    """A rule, and how many cells it met. `sentence` speaks to the producer, `why` to everyone."""

    rule: str
    status: str
    table: str
    column: str
    count: int
    why: str


@dataclass(frozen=True)
class ReleasesPage:
    """All the releases of a register, the last first."""

    title: str
    register: str
    register_title: str
    releases: tuple[ReleaseLine, ...]

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [vars(release) for release in self.releases]


@dataclass(frozen=True)
class ReleasePage:
    """One release."""

    title: str
    register: str
    register_title: str
    release: ReleaseLine
    source_title: str
    source_address: str
    files: tuple[File, ...]
    defects: tuple[RuleLine, ...]
    refused: int
    stream: str = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [vars(rule) for rule in self.defects]


def rules(register: Register, counts: Mapping[str, int]) -> tuple[RuleLine, ...]:
    """Say what each rule found, the most frequent first; a rule of an older reader is known by its name only."""
    declared = {rule.slug: rule for rule in register.rules}
    titles = column_titles(register)
    found = [
        RuleLine(slug, rule.status.value, rule.table, titles.get(rule.column, rule.column), count, rule.why)
        if (rule := declared.get(slug))
        else RuleLine(slug, "noted", "", "", count, "Règle d’un lecteur antérieur, ou du typage des colonnes.")
        for slug, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda line: (-line.count, line.rule)))


def column_titles(register: Register) -> dict[str, str]:
    """Return the French title of each column; a raw column that is not published keeps its name."""
    return {column.name: column.title for table in reversed(register.tables) for column in table.columns}


@dataclass(frozen=True)
class DefectsPage:
    """What the rules found in the current releases; one rule's cells when it is asked."""

    title: str
    register: str
    register_title: str
    rules: tuple[RuleLine, ...]
    rule: RuleLine | None
    found: tuple[Mapping[str, Any], ...]
    is_cut: bool
    total: int

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return self.found or [vars(rule) for rule in self.rules]
