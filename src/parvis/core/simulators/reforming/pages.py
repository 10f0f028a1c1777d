"""What the page of a reform is given: its changes, the parameter being changed, and what it does to whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from parvis.core.simulators.contract import Field
from parvis.core.simulators.differing import Differing
from parvis.core.simulators.reforming import choosing
from parvis.core.simulators.reforming.changes import START, STOP, VALUE
from parvis.core.simulators.reforming.choosing import Changed, Parameter, Suggestion
from parvis.core.simulators.reforming.effects import CaseEffect, PopulationEffect
from parvis.core.simulators.units import unit_words, written
from parvis.core.web import charts, french
from parvis.core.web.charts import Chart
from parvis.core.web.page import HTML_ONLY


@dataclass(frozen=True)
class Box:
    """A box of the form of a change."""

    name: str
    label: str
    help: str
    value: str
    error: str
    type: str = "text"


@dataclass(frozen=True)
class Editing:
    """The parameter being changed."""

    parameter: Parameter
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class CalculatorChoice:
    """A calculator by which to see what a reform does."""

    slug: str
    title: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Detail:
    """What a reform does to one case, output by output and step by step."""

    effect: CaseEffect
    is_fictitious: bool
    steps: tuple[Differing, ...]


@dataclass(frozen=True)
class Publishing:
    """What is published of a reform: a run over the typical cases, with the population's summary."""

    run: str  # the run file, as JSON
    names: str  # of its cases, as JSON
    summary: str  # signed; "" where the population was not computed


@dataclass(frozen=True)
class ReformPage:
    """A reform: it is a link, in which no household is."""

    title: str
    engine: str
    engine_title: str
    calculator: str
    calculator_title: str
    period: str
    address: str
    changes: tuple[Changed, ...]
    cases: tuple[CaseEffect, ...]
    detail: Detail | None
    population: PopulationEffect | None
    refusal: str  # why something was not computed
    limits: tuple[str, ...]
    texts: tuple[str, ...] = field(metadata=HTML_ONLY)  # the changes, as the address holds them
    calculators: tuple[CalculatorChoice, ...] = field(metadata=HTML_ONLY)
    editing: Editing | None = field(metadata=HTML_ONLY)
    query: str = field(metadata=HTML_ONLY)
    found: tuple[Parameter, ...] = field(metadata=HTML_ONLY)
    suggestions: tuple[Suggestion, ...] = field(metadata=HTML_ONLY)
    household: str = field(metadata=HTML_ONLY)  # what the person said, as JSON, in a page that nothing keeps
    has_population: bool = field(metadata=HTML_ONLY)
    cases_chart: Chart | None = field(metadata=HTML_ONLY)
    decile_charts: tuple[Chart, ...] = field(metadata=HTML_ONLY)
    publishing: Publishing | None = field(metadata=HTML_ONLY)

    @property
    def population_sentence(self) -> str:
        """Say in a sentence who gains and who loses."""
        return population_sentence(self.population) if self.population else ""

    @property
    def population_texts(self) -> Mapping[str, str]:
        """Write the population's sums with their unit: totals as the page counts them, gains as households do."""
        return population_texts(self.population) if self.population else {}

    def rows(self) -> Iterable[Mapping[str, object]]:
        """Give the deciles of the population where they were computed, the cases otherwise."""
        return _deciles(self.population) if self.population else _cases(self.cases)


def _deciles(effect: PopulationEffect) -> Iterator[Mapping[str, object]]:
    """Give the deciles as the page counts them: a tax above zero; a gain above zero, whatever the output."""
    for decile in effect.comparison.deciles:
        yield {
            "decile": decile.rank,
            "ranking_low": decile.low,
            "ranking_high": decile.high,
            "households": decile.households,
            "mean_before": effect.sign * decile.mean_before + 0.0,
            "mean_after": effect.sign * decile.mean_after + 0.0,
            "mean_gain": decile.mean_change,
            "winners": decile.winners,
            "losers": decile.losers,
            "unchanged": decile.unchanged,
        }


def _cases(cases: Sequence[CaseEffect]) -> Iterator[Mapping[str, object]]:
    for case in cases:
        for line in case.lines:
            yield {
                "case": case.name,
                "output": line.output,
                "label": line.label,
                "before": line.before,
                "after": line.after,
                "change": line.change,
                "unit": line.unit,
            }


def editing(parameter: Field, day: date, said: Mapping[str, str], errors: Mapping[str, str]) -> Editing:
    """Make the form of a change: what was written is kept, what is wrong is said beside."""
    unit = unit_words(parameter.unit)
    help_ = "Une part s’écrit 0,45 ou 45 %." if parameter.unit == "1" else f"En {unit}." if unit else ""
    boxes = (
        Box(VALUE, "Nouvelle valeur", help_, said.get(VALUE, ""), errors.get(VALUE, "")),
        Box(START, "À partir du", "", said.get(START, day.isoformat()), errors.get(START, ""), "date"),
        Box(
            STOP,
            "Jusqu’au",
            "Ce jour n’en est plus. Sans date : pour de bon.",
            said.get(STOP, ""),
            errors.get(STOP, ""),
            "date",
        ),
    )
    return Editing(choosing.parameter(parameter, day), boxes)


def cases_chart(cases: Sequence[CaseEffect]) -> Chart | None:
    """Draw the difference that each case meets; nothing where there is none."""
    rows = [{"case": case.name, "change": round(case.main.change or 0.0, 2)} for case in cases]
    if not any(row["change"] for row in rows):
        return None
    main = cases[0].main
    names = {"case": "Cas", "change": in_unit("Différence", main.unit)}
    return charts.bar(rows, x="case", y="change", title=f"{main.label} : {names['change'].lower()}", names=names)


def decile_charts(effect: PopulationEffect) -> tuple[Chart, ...]:
    """Draw the mean gain or loss of each decile, and the households that gain and lose."""
    deciles = effect.comparison.deciles
    means = [
        {
            "decile": ordinal(decile.rank),
            "change": round(decile.mean_change, 2),
            "low": round(decile.low),
            "high": round(decile.high),
            "before": round(decile.mean_before * effect.sign, 2) + 0.0,
            "after": round(decile.mean_after * effect.sign, 2) + 0.0,
            "winners": decile.winners,
            "losers": decile.losers,
            "unchanged": decile.unchanged,
        }
        for decile in deciles
    ]
    names = {
        "decile": f"Décile de « {effect.ranking} »",
        "change": in_unit("Gain moyen", effect.unit),
        "low": "De",
        "high": "À",
        "before": "Moyenne avant",
        "after": "Moyenne après",
        "winners": "Gagnants",
        "losers": "Perdants",
        "unchanged": "Inchangés",
    }
    return (
        charts.bar(
            means,
            x="decile",
            y="change",
            title=in_unit("Gain moyen par ménage, décile par décile", effect.unit),
            names=names,
        ),
    )


def in_unit(title: str, unit: str) -> str:
    """Say the unit after a title; nothing where the model gives none."""
    words = unit_words(unit)
    return f"{title} ({words})" if words else title


def ordinal(rank: int) -> str:
    return f"{rank}er décile" if rank == 1 else f"{rank}e décile"


def population_sentence(effect: PopulationEffect) -> str:
    """Say in a sentence who gains and who loses."""
    found = effect.comparison
    count, least = french.count(found.households, "ménage,ménages"), written(found.threshold, effect.unit)
    return (
        f"Sur {count}, {french.number(found.winners)} gagnent au moins {least}, {french.number(found.losers)} "
        f"perdent au moins {least}, et {french.number(found.unchanged)} ne sont pas touchés."
    )


def population_texts(effect: PopulationEffect) -> dict[str, str]:
    """Write totals with the sign that the page gives them, and gains above zero."""
    found, unit = effect.comparison, effect.unit
    totals = {
        name: written(round(effect.sign * value) + 0, unit)
        for name, value in (
            ("total_before", found.total_before),
            ("total_after", found.total_after),
            ("total_change", found.total_change),
        )
    }
    means = {"mean_change": found.mean_change, "mean_gain": found.mean_gain, "mean_loss": found.mean_loss}
    gains = {name: "" if value is None else written(round(value, 2) + 0.0, unit) for name, value in means.items()}
    return {**totals, **gains, "threshold": written(found.threshold, unit)}
