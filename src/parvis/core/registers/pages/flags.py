"""The flags of a register: all of them, computable or not and why; one of them, with its leads and the replies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from parvis.core.finding import NOTICE, Flag
from parvis.core.registers.filters import AFTER
from parvis.core.registers.listing import PAGE
from parvis.core.registers.pages.leads import Reply
from parvis.core.registers.register import Register
from parvis.core.web import parts
from parvis.core.web.page import HTML_ONLY


@dataclass(frozen=True)
class FlagLine:
    """A flag, in one line."""

    code: str
    title: str
    original: str
    group: str
    subject: str
    state: str  # computable or not_computable
    because: str
    population: int | None
    hits: int | None


@dataclass(frozen=True)
class FlagsPage:
    """Every flag of the catalogue that the register follows."""

    title: str
    register: str
    register_title: str
    notice: str
    computable: int
    flags: tuple[FlagLine, ...]

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [vars(flag) for flag in self.flags]


@dataclass(frozen=True)
class FlagPage:
    """One flag: its formula, its population, its limits, its leads with their reasons, and the replies."""

    title: str
    register: str
    register_title: str
    notice: str
    flag: FlagLine
    formula: str
    examined: str
    why: str
    innocent: str
    limits: str
    bound: str
    fields: Mapping[str, str]
    missing: tuple[str, ...]
    sql: str
    leads: tuple[Mapping[str, Any], ...]
    replies: tuple[Reply, ...]
    pages: parts.Pages | None = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return self.leads


def flag_line(flag: Flag, surveyed: Mapping[str, Any] | None) -> FlagLine:
    """Say whether a flag is computable, why, and what it found."""
    return FlagLine(
        code=flag.code,
        title=flag.title,
        original=flag.original,
        group=flag.group.value,
        subject=flag.subject.word,
        state="computable" if flag.is_computable else "not_computable",
        because=surveyed["because"] if surveyed else flag.because,
        population=surveyed["population"] if surveyed else None,
        hits=surveyed["hits"] if surveyed else None,
    )


def flag_page(
    register: Register,
    flag: Flag,
    surveyed: Mapping[str, Any] | None,
    leads: list[Mapping[str, Any]],
    replies: tuple[Reply, ...],
) -> FlagPage:
    """Show a flag; `leads` has one more than a page where the list goes on."""
    more = f"?{AFTER}={leads[PAGE - 1]['rank']}" if len(leads) > PAGE else None
    line = flag_line(flag, surveyed)
    return FlagPage(
        title=f"{flag.code} : {flag.title}",
        register=register.slug,
        register_title=register.title,
        notice=NOTICE,
        flag=line,
        formula=flag.formula,
        examined=flag.examined,
        why=flag.why,
        innocent=flag.innocent,
        limits=flag.limits,
        bound=flag.bound.sentence if flag.bound else "",
        fields=dict(flag.needs),
        missing=flag.missing,
        sql=flag.sql or "",
        leads=tuple(leads[:PAGE]),
        replies=replies,
        pages=parts.Pages(f"{len(leads[:PAGE])} sur {line.hits}", None, more) if leads else None,
    )
