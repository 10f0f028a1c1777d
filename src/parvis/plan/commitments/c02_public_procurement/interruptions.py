"""How long publication stops, in working days. Stands alone: it imports the standard library and DuckDB."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby, pairwise

from duckdb import DuckDBPyConnection

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Monday, Ascension, Whit Monday

# One wrong date would make an interruption of its own: a file's first and last hundredths of dates do not count.
DAYS = """
with files as (
    select release, quantile_disc(published_on, [0.01, 0.99]) as bounds
    from procurement.versions where published_on is not null group by release
)
select distinct release, published_on
from procurement.versions join files using (release)
where published_on between bounds[1] and bounds[2]
order by release, published_on
"""


def interruptions(connection: DuckDBPyConnection) -> Iterator[dict[str, object]]:
    """Combien de jours ouvrés de suite un fichier passe-t-il sans une publication ?

    One row for each two publication days of a file that follow one another.
    """
    for release, days in groupby(connection.execute(DAYS).fetchall(), key=lambda row: row[0]):
        for (_, before), (_, after) in pairwise(days):
            yield {"version": release, "apres_le": before, "avant_le": after, "jours": working_days(before, after)}


def working_days(before: date, after: date) -> int:
    """Return how many working days stand strictly between two days."""
    between = (before + timedelta(days=count) for count in range(1, (after - before).days))
    return sum(day.weekday() < 5 and day not in holidays(day.year) for day in between)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the holidays of code du travail, article L. 3133-1: those of the whole country."""
    moving = (easter(year) + timedelta(days=days) for days in AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in FIXED), *moving))


def easter(year: int) -> date:
    """Return Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + weekday - 7 * ((year % 19 + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)
