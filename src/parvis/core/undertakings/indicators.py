"""How a commitment measures itself: a question over registers, a start, a target, and the progress between them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from parvis.core.errors import ParvisError
from parvis.core.undertakings.functions import Function, QuestionWithoutText

VALUES: Final[Mapping[str, str]] = {
    "access_to_information": "Accès à l'information",
    "civic_participation": "Participation citoyenne",
    "public_accountability": "Redevabilité publique",
    "technology_and_innovation": "Technologie et innovation au service de l'ouverture",
}
"""The four values of the Open Government Partnership; the fourth only counts in the service of another."""


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Gauge(StrEnum):
    """The two gauges of a commitment, never merged."""

    DONE = "done"
    OPENED = "opened"


class TargetOnTheWrongSide(ParvisError):
    """A target lies below a start that should rise, or above one that should fall."""


class StartWithoutSource(ParvisError):
    """A start is given and nothing says where it was read, or the reverse."""


class UnknownValue(ParvisError):
    """An indicator claims to open an OGP value that does not exist, or feeds « opened » without naming one."""


@dataclass(frozen=True)
class Progress:
    """Where a value stands between start and target; `raw` is None when unknown, and `because` says why."""

    raw: float | None
    because: str

    @property
    def cut(self) -> float | None:
        """Percent cut to 0..100: hides targets passed and values gone backwards, so it is never shown alone."""
        return None if self.raw is None else min(100.0, max(0.0, self.raw))


def progress(*, start: float | None, target: float | None, current: float | None) -> Progress:
    """Return (current - start) / (target - start), in percent. What is unknown stays unknown, with its reason."""
    missing = [
        name for name, value in (("départ", start), ("cible", target), ("valeur actuelle", current)) if value is None
    ]
    if start is None or target is None or current is None:
        return Progress(None, f"Avancement inconnu. Il manque : {', '.join(missing)}.")
    if start == target:
        return Progress(None, "Avancement sans objet : la cible est égale au départ.")
    return Progress((current - start) / (target - start) * 100.0, "")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A number that a commitment is measured by.

    `question` is a SQL file whose first line is its question in French (`-- … ?`), or a function where SQL says it
    badly; its rows are the units counted, one a row, and `value` is one SQL aggregate over these rows. A number and
    the rows behind it thus come from the same text, and both can be run again from the releases' Parquet files alone.
    """

    slug: str
    title: str
    summary: str  # what is counted, and what it does not say
    question: Path | Function
    value: str  # an SQL aggregate over the question's rows: "100.0 * avg(met::int)", "count(*)"
    unit: str  # in the plural: « % des marchés », « jours »
    direction: Direction
    registers: tuple[str, ...]  # slugs of the registers read
    freshness_days: int  # past which a measure is shown as out of date
    unit_one: str = ""  # in the singular, where it differs: « jour »
    start: float | None = None
    start_on: date | None = None
    start_source: str = ""  # the fact that makes the start known; a start without one is refused
    target: float | None = None
    target_on: date | None = None
    target_source: str = ""  # the text that fixes the target, or who proposes it
    gauge: Gauge | None = None
    opens: tuple[str, ...] = ()  # keys of VALUES, for the gauge « opened »
    milestones: tuple[str, ...] = ()  # the milestones that this number is evidence for: "E02-J02"

    def __post_init__(self) -> None:
        """Refuse at declaration what would show a false progress."""
        self._refuse_wrong_side()
        if (self.start is not None) != bool(self.start_source):
            raise StartWithoutSource(
                f"« {self.slug} » : un départ se justifie. Dites d'où il vient (start_source), ou laissez-le inconnu."
            )
        if (self.gauge is Gauge.OPENED) != bool(self.opens) or not set(self.opens) <= set(VALUES):
            raise UnknownValue(
                f"« {self.slug} » : la jauge « ouvert » nomme au moins une valeur du PGO ({', '.join(VALUES)}), "
                "et les autres indicateurs n'en nomment aucune."
            )

    def _refuse_wrong_side(self) -> None:
        if self.start is None or self.target is None:
            return
        gap = self.target - self.start
        if (gap < 0) if self.direction is Direction.UP else (gap > 0):
            raise TargetOnTheWrongSide(
                f"« {self.slug} » : la cible ({self.target:g}) est du mauvais côté du départ ({self.start:g}) "
                f"pour un indicateur qui doit {'monter' if self.direction is Direction.UP else 'baisser'}. "
                "Corrigez la cible, le départ ou le sens."
            )

    @property
    def function(self) -> Function | None:
        """The function that counts, where it is not SQL."""
        return self.question if isinstance(self.question, Function) else None

    @property
    def asks(self) -> str:
        """The question in French: the first line of the SQL file, or of the function's docstring."""
        if isinstance(self.question, Function):
            return self.question.asks
        first = self.question.read_text(encoding="utf-8").partition("\n")[0]
        if not first.startswith("-- "):
            raise QuestionWithoutText(f"{self.question.name} : la première ligne doit être la question, après « -- ».")
        return first.removeprefix("-- ").strip()

    @property
    def rows_sql(self) -> str:
        """The SQL whose rows are the units counted; a function's rows stand in the table `counted`."""
        if isinstance(self.question, Function):
            return "select * from counted"
        return self.question.read_text(encoding="utf-8").strip().removesuffix(";").rstrip()

    @property
    def sql(self) -> str:
        """The SQL whose single row is the number, and how many units were counted."""
        number = f"select {self.value} as value, count(*) as units from counted"
        return number if self.function else f"with counted as (\n{self.rows_sql}\n)\n{number}"

    def public(self) -> dict[str, object]:
        """Return what the public may see of the declaration, as it is frozen with each measure."""
        shown = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "question"}
        days = {name: day and day.isoformat() for name, day in shown.items() if isinstance(day, date)}
        lists = {name: list(value) for name, value in shown.items() if isinstance(value, tuple)}
        counts = self.function.public() if self.function else None
        return {**shown, **days, **lists, "asks": self.asks, "function": counts}

    def progress(self, current: float | None) -> Progress:
        """Return how far `current` stands from start to target."""
        return progress(start=self.start, target=self.target, current=current)
