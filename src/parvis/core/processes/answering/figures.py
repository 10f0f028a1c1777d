"""What an authority owes and gives: counts, rate, median delay. Anyone may recompute them from the rows of the page.

The rate is that of the answers whose date has come: given, out of given or overdue. What is not yet due is apart, so
that a new debate neither flatters nor shames. The median counts the open ones (parvis.core.clock.waiting).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from parvis.core.clock.waiting import median_counted

RANK_FLOOR: Final = 10
"""Below so many answers owed, an authority is shown and not ranked: chance would rank it."""

METHOD: Final = (
    "Taux de réponse : réponses données, parmi celles qui sont données ou dont l’échéance est passée. Délai médian : "
    "de Kaplan-Meier, en jours depuis le départ du délai, les réponses encore attendues comptées comme « plus long "
    "que l’attente à ce jour » ; « non atteint » quand moins de la moitié a reçu réponse. Une autorité n’est classée "
    f"qu’à partir de {RANK_FLOOR} réponses dues. Répliques en retard : contestations auxquelles l’organisme n’a pas "
    "répliqué dans le mois qu’il avait ; la réponse contestée, elle, reste comptée comme donnée."
)


@dataclass(frozen=True)
class Waiting:
    """Answers owed by one body that have the same history: so many, from when, due when, answered when."""

    owner: str  # slug
    name: str
    starts_at: datetime
    due_at: datetime
    answered_at: datetime | None
    count: int


@dataclass(frozen=True)
class Unreplied:
    """Contests of answers of one body whose reply is overdue: so many."""

    owner: str  # slug
    name: str
    count: int


@dataclass(frozen=True)
class Authority:
    """A body that owes answers."""

    slug: str
    name: str
    owed: int
    answered: int
    in_time: int
    overdue: int
    not_yet_due: int
    rate: float | None  # percent; None while nothing is due
    median_days: float | None  # None: not reached
    overdue_replies: int  # to contests; the contested answers stay among those given
    rank: int | None = None

    @property
    def median(self) -> str:
        return "non atteint" if self.median_days is None else f"{self.median_days:.0f} j"


def authorities(
    waiting: Iterable[Waiting], unreplied: Iterable[Unreplied] = (), *, at: datetime
) -> tuple[Authority, ...]:
    """Return each body's figures: those that are ranked first, best rate then shortest median, then the others."""
    by_owner: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    for one in waiting:
        by_owner[one.owner, one.name].append(one)
    late = {(one.owner, one.name): one.count for one in unreplied}
    bodies = [*by_owner, *(body for body in late if body not in by_owner)]
    made = [_authority(body, by_owner.get(body, []), late.get(body, 0), at=at) for body in bodies]
    ranked = sorted((one for one in made if one.owed >= RANK_FLOOR and one.rate is not None), key=_merit)
    others = sorted((one for one in made if one not in ranked), key=lambda one: one.name)
    places = {one.slug: 1 + sum(_merit(better) < _merit(one) for better in ranked) for one in ranked}
    return tuple(_placed(one, places.get(one.slug)) for one in [*ranked, *others])


def _merit(one: Authority) -> tuple[float, float]:
    return (-(one.rate or 0), float("inf") if one.median_days is None else one.median_days)


def _placed(one: Authority, rank: int | None) -> Authority:
    return Authority(**{**one.__dict__, "rank": rank})


def _authority(body: tuple[str, str], rows: list[Waiting], overdue_replies: int, *, at: datetime) -> Authority:
    slug, name = body
    given, silent = [one for one in rows if one.answered_at], [one for one in rows if not one.answered_at]
    answered = _sum(given)
    overdue = _sum(one for one in silent if one.due_at <= at)
    return Authority(
        slug=slug,
        name=name,
        owed=_sum(rows),
        answered=answered,
        in_time=_sum(one for one in given if one.answered_at and one.answered_at < one.due_at),
        overdue=overdue,
        not_yet_due=_sum(silent) - overdue,
        rate=round(100 * answered / (answered + overdue), 2) if answered + overdue else None,
        median_days=median_counted(_delays(given, at=at), _delays(silent, at=at)),
        overdue_replies=overdue_replies,
    )


def _sum(rows: Iterable[Waiting]) -> int:
    return sum(one.count for one in rows)


def _delays(rows: Iterable[Waiting], *, at: datetime) -> Counter[float]:
    """Count by whole days from the start of the delay, to the answer or so far; one given before it starts took none.

    Counted, not told one by one: a body may owe a hundred thousand answers on one day.
    """
    found: Counter[float] = Counter()
    for one in rows:
        found[max(0, ((one.answered_at or at) - one.starts_at).days)] += one.count
    return found
