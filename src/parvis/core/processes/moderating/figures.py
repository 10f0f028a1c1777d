"""What moderation does, month by month and rule by rule, from the rows that its public register gives."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from parvis.core.clock.waiting import median
from parvis.core.processes.moderating.charter import RULES


@dataclass(frozen=True)
class Decided:
    """A decision, as the figures need it."""

    rule: str
    outcome: str
    on: date
    is_automated: bool


@dataclass(frozen=True)
class MonthLine:
    """One month: what was decided, rule by rule."""

    month: date
    hidden: int
    kept: int
    restored: int
    automated: int
    rules: tuple[tuple[str, int], ...]  # title of the rule, contributions hidden under it


@dataclass(frozen=True)
class Waited:
    """A report: when it came, when it was decided."""

    made_at: datetime
    due_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class Delays:
    """How long reports, or appeals, wait; those still open are counted (Kaplan-Meier median)."""

    received: int
    decided: int
    in_time: int
    overdue: int
    median_days: float | None

    @property
    def median(self) -> str:
        if not self.received:
            return "rien à compter"
        return "non atteint" if self.median_days is None else f"{self.median_days:.0f} j"


def months(decisions: Iterable[Decided]) -> tuple[MonthLine, ...]:
    """Return one line a month, the last first."""
    by_month: dict[date, list[Decided]] = defaultdict(list)
    for one in decisions:
        by_month[one.on.replace(day=1)].append(one)
    return tuple(_month(month, by_month[month]) for month in sorted(by_month, reverse=True))


def _month(month: date, decided: list[Decided]) -> MonthLine:
    outcomes = Counter(one.outcome for one in decided)
    rules = Counter(one.rule for one in decided if one.outcome == "hidden")
    return MonthLine(
        month=month,
        hidden=outcomes["hidden"],
        kept=outcomes["kept"],
        restored=outcomes["restored"],
        automated=sum(one.is_automated for one in decided),
        rules=tuple((rule.title, rules[rule.slug]) for rule in RULES if rules[rule.slug]),
    )


def delays(waited: Iterable[Waited], *, at: datetime) -> Delays:
    """Return how long they wait."""
    every = list(waited)
    done = [(one.decided_at - one.made_at).days for one in every if one.decided_at]
    still_open = [one for one in every if not one.decided_at]
    return Delays(
        received=len(every),
        decided=len(done),
        in_time=sum(bool(one.decided_at and one.decided_at < one.due_at) for one in every),
        overdue=sum(one.due_at <= at for one in still_open),
        median_days=median(done, [(at - one.made_at).days for one in still_open]),
    )
