"""The page of one field: what it is, where it comes from, what it was, how it is computed, who uses it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from parvis.core import french
from parvis.core.simulators.calculators import Calculator
from parvis.core.simulators.catalogue import wording
from parvis.core.simulators.contract import Card, Dated, Field, Ref
from parvis.core.simulators.units import unit_words
from parvis.core.web.charts import Chart
from parvis.core.web.page import HTML_ONLY
from parvis.core.web.parts import Fact, Step
from parvis.core.web.stairs import stairs

LEAST_DRAWN = 2
"""Values from which a history is drawn."""

RECENT = 8
"""Values shown at once: the older ones are unfolded."""

FOLLOWED = ("https://", "http://")
"""What an address must begin with to be followed from a page: a package's data may hold anything."""


@dataclass(frozen=True)
class Source:
    """A law or a paper, with its address where the model gives one."""

    title: str
    url: str
    since: date | None


@dataclass(frozen=True)
class PastValue:
    """A value of a parameter, from a day on."""

    since: date
    until: date | None  # excluded
    value: object
    said: str
    sources: tuple[Source, ...]
    is_current: bool


@dataclass(frozen=True)
class FormulaText:
    """A rule as the model writes it, from a day on."""

    since: date | None  # None: since always, or until the next one
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class FieldPage:
    """A field."""

    title: str
    name: str
    kind: str
    kind_title: str
    engine: str
    engine_title: str
    version: str
    licence: str
    path: tuple[Step, ...]
    description: str
    facts: tuple[Fact, ...]
    choices: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    current: tuple[str, ...]  # the brackets of a scale; one value of anything else
    current_since: str
    history: tuple[PastValue, ...]
    chart: Chart | None = field(metadata=HTML_ONLY)
    formulas: tuple[FormulaText, ...]
    used_by: tuple[Step, ...]
    change_url: str

    def recent(self) -> tuple[PastValue, ...]:
        return self.history[:RECENT]

    def older(self) -> tuple[PastValue, ...]:
        return self.history[RECENT:]

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.history:
            sources = "; ".join(f"{source.title} {source.url}".strip() for source in one.sources)
            yield {"since": one.since, "until": one.until, "value": one.value, "sources": sources}


def sources(refs: tuple[Ref, ...]) -> tuple[Source, ...]:
    """Return references with the addresses that may be followed."""
    return tuple(
        Source(ref.title or ref.href, ref.href if ref.href.startswith(FOLLOWED) else "", ref.valid_from)
        for ref in refs
    )


def facts(known: Field, card: Card, place_url: str) -> Iterator[Fact]:
    """Yield what is known of a field; `place_url` is that of the field of which it is a part."""
    entities = {entity.key: entity.label for entity in card.entities}
    yield Fact("Nature", wording.KINDS_SINGULAR[known.kind])
    yield Fact("Type", wording.TYPES[known.type])
    if known.unit and known.type != "scale":
        yield Fact("Unité", unit_words(known.unit) or "sans dimension")
    if known.entity:
        yield Fact("Pour", entities.get(known.entity, known.entity))
    if known.period:
        yield Fact("Période", wording.PERIODS.get(known.period, known.period))
    if known.kind != "parameter" and known.default is not None:
        yield Fact("Valeur par défaut", wording.value(known.default, known), help="ce qui est pris si rien n’est dit")
    if said := wording.bounds(known):
        yield Fact("Bornes", said)
    if known.place:
        yield Fact("Place dans le modèle", known.place, place_url or None)


def history(known: Field, on: date) -> tuple[PastValue, ...]:
    """Return the values of a parameter, newest first."""
    ends = [*(one.start for one in known.history[1:]), None][: len(known.history)]
    now = known.on(on)
    lived = [
        PastValue(one.start, end, one.value, wording.value(one.value, known), sources(one.refs), is_current=one is now)
        for one, end in zip(known.history, ends, strict=True)
    ]
    return tuple(reversed(lived))


def drawn(known: Field, on: date) -> Chart | None:
    """Draw the history of a parameter as steps, to the end of this year; nothing where it never changed."""
    numbers = [one for one in known.history if isinstance(one.value, int | float) and not isinstance(one.value, bool)]
    if len(numbers) < LEAST_DRAWN:
        return None
    end = max(date(on.year, 12, 31), known.history[-1].start)
    unit, count = unit_words(known.unit), french.count(len(known.history), "valeur,valeurs")
    return stairs(
        [_row(one) for one in known.history],
        x="since",
        y="value",
        until=end,
        title="Valeurs au fil du temps",
        summary=f"{count} depuis le {french.day(known.history[0].start)}.",
        names={"since": "Depuis le", "value": f"Valeur ({unit})" if unit else "Valeur"},
    )


def _row(one: Dated) -> Mapping[str, object]:
    is_number = isinstance(one.value, int | float) and not isinstance(one.value, bool)
    return {"since": one.start, "value": one.value if is_number else None}


def formulas(known: Field) -> tuple[FormulaText, ...]:
    """Return the rules that compute an output, the one in force last first."""
    return tuple(
        FormulaText(None if one.start == date.min else one.start, one.text, sources(one.refs))
        for one in reversed(known.formulas)
    )


def uses(calculator: Calculator, name: str) -> bool:
    """Whether a calculator asks, shows or proposes to change a field."""
    asked = any(name in question.fields for question in calculator.questions)
    return asked or any(shown.field == name for shown in calculator.outputs) or name in calculator.parameters
