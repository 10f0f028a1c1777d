"""What the page of a reform is given: its changes, the parameter being changed, and what it does to whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from parvis.core.simulators.contract import Field
from parvis.core.simulators.differing import Differing
from parvis.core.simulators.reforming import choosing
from parvis.core.simulators.reforming.changes import START, STOP, VALUE
from parvis.core.simulators.reforming.choosing import Changed, Parameter, Suggestion
from parvis.core.simulators.reforming.effects import CaseEffect
from parvis.core.simulators.reforming.population import PopulationShown, in_unit
from parvis.core.simulators.units import unit_words
from parvis.core.web import charts
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
    population: PopulationShown | None
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
    publishing: Publishing | None = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, object]]:
        """Give the deciles of the population where they were computed, the cases otherwise."""
        return self.population.rows() if self.population else _cases(self.cases)


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
