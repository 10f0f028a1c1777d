"""The amounts, excluding tax, under which a French buyer may follow a lighter procedure, and since when."""

from dataclasses import dataclass
from datetime import date
from typing import Final

WORKS, SUPPLIES, STATE_SUPPLIES = "works", "supplies", "state_supplies"
"""Works are CPV division 45; the State's own purchases are those of buyers whose SIREN begins with 1."""


@dataclass(frozen=True)
class Threshold:
    """An amount in euros, in force from a day (included) to another (excluded)."""

    kind: str  # "direct": under it, no advertising nor competition is required; "formal": above, a formal procedure is
    category: str
    starts_on: date
    ends_on: date
    euros: int
    source: str


_DECREE_2015 = "décret n° 2015-1163 du 17 septembre 2015"
_DECREE_2019 = "décret n° 2019-1344 du 12 décembre 2019, article R. 2122-8 du code de la commande publique"
_DECREE_2020 = "décret n° 2020-893 du 22 juillet 2020"
_ASAP = "loi n° 2020-1525 du 7 décembre 2020, article 142, prolongée par décrets jusqu'au 31 décembre 2025"
_DECREE_2025 = "décret n° 2025-1386 du 29 décembre 2025"
_EUROPE = "avis relatif aux seuils de procédure, annexe 2 du code de la commande publique"
_FAR = date(2100, 1, 1)


def _direct(category: str, starts_on: date, ends_on: date, euros: int, source: str) -> Threshold:
    return Threshold("direct", category, starts_on, ends_on, euros, source)


def _formal(year: int, *, state: int, others: int, works: int) -> tuple[Threshold, ...]:
    """European thresholds are fixed for two years."""
    starts_on, ends_on = date(year, 1, 1), date(year + 2, 1, 1)
    amounts = {STATE_SUPPLIES: state, SUPPLIES: others, WORKS: works}
    return tuple(
        Threshold("formal", category, starts_on, ends_on, euros, _EUROPE) for category, euros in amounts.items()
    )


THRESHOLDS: Final[tuple[Threshold, ...]] = (
    *(
        threshold
        for category in (SUPPLIES, STATE_SUPPLIES)
        for threshold in (
            _direct(category, date(2015, 10, 1), date(2020, 1, 1), 25_000, _DECREE_2015),
            _direct(category, date(2020, 1, 1), date(2026, 4, 1), 40_000, _DECREE_2019),
            _direct(category, date(2026, 4, 1), _FAR, 60_000, _DECREE_2025),
        )
    ),
    _direct(WORKS, date(2015, 10, 1), date(2020, 1, 1), 25_000, _DECREE_2015),
    _direct(WORKS, date(2020, 1, 1), date(2020, 7, 24), 40_000, _DECREE_2019),
    _direct(WORKS, date(2020, 7, 24), date(2020, 12, 8), 70_000, _DECREE_2020),
    _direct(WORKS, date(2020, 12, 8), date(2026, 1, 1), 100_000, _ASAP),
    _direct(WORKS, date(2026, 1, 1), _FAR, 100_000, _DECREE_2025),
    *_formal(2016, state=135_000, others=209_000, works=5_225_000),
    *_formal(2018, state=144_000, others=221_000, works=5_548_000),
    *_formal(2020, state=139_000, others=214_000, works=5_350_000),
    *_formal(2022, state=140_000, others=215_000, works=5_382_000),
    *_formal(2024, state=143_000, others=221_000, works=5_538_000),
    *_formal(2026, state=140_000, others=216_000, works=5_404_000),
)


def as_sql() -> str:
    """Write the table as a SELECT: kind, category, starts_on, ends_on, euros."""
    rows = ", ".join(
        f"('{each.kind}', '{each.category}', date '{each.starts_on}', date '{each.ends_on}', {each.euros})"
        for each in THRESHOLDS
    )
    return f"select * from (values {rows}) as listed(kind, category, starts_on, ends_on, euros)"
