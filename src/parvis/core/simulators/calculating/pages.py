"""What the pages of a calculator are given: its form, and a result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parvis.core.errors import ParvisError
from parvis.core.simulators.calculating.answers import Given, words
from parvis.core.simulators.calculating.asking import Form, every
from parvis.core.simulators.calculating.computing import Curve, Figure, main_shown
from parvis.core.simulators.calculating.explaining import Node, tree
from parvis.core.simulators.calculators import Calculator, Shown
from parvis.core.simulators.catalogue.pages import AroundLine
from parvis.core.simulators.contract import Card, Ref, Step, Value
from parvis.core.simulators.hosting.calling import Outcome
from parvis.core.simulators.units import period_words, unit_words, written
from parvis.core.web import charts
from parvis.core.web.charts import Chart
from parvis.core.web.page import HTML_ONLY

OF_ONE: Mapping[str, str] = {"part": "Composante", "value": "Valeur"}


@dataclass(frozen=True)
class Example:
    """A typical case, fictitious, that fills the form."""

    name: str
    url: str


@dataclass(frozen=True)
class About:
    """What every page of a calculator says of it."""

    engine: str
    engine_title: str
    calculator: str
    name: str
    summary: str
    period: str  # in words
    limits: tuple[str, ...]
    not_modelled: tuple[str, ...]  # by the model, whatever the calculator
    refs: tuple[Ref, ...]
    around: tuple[AroundLine, ...]


def about(calculator: Calculator, card: Card | None, engine_title: str, around: tuple[AroundLine, ...]) -> About:
    """Tell a calculator, its limits and those of its model."""
    return About(
        calculator.engine,
        engine_title,
        calculator.slug,
        calculator.title,
        calculator.summary,
        calculator.when or period_words(calculator.period),
        calculator.limits,
        card.not_modelled if card else (),
        calculator.refs,
        around,
    )


@dataclass(frozen=True)
class FormPage:
    """The questions, before they are answered or because some are to be mended."""

    title: str
    about: About
    form: Form
    examples: tuple[Example, ...]
    notice: str  # why the calculation was not made
    chosen: str = ""  # the typical case that fills the form


@dataclass(frozen=True)
class Answered:
    """A question and what was said, or what is computed for lack of an answer."""

    name: str
    text: str
    value: str
    is_default: bool


@dataclass(frozen=True)
class Expected:
    """What a link said of the calculation that it shares, beside what was found here."""

    identity: str
    is_same: bool
    why: str


@dataclass(frozen=True)
class Run:
    """Which calculation this is: the same one, of the same rules, gives the same identity anywhere."""

    identity: str
    results: str
    version: str
    digest: str


@dataclass(frozen=True)
class AxisChoice:
    """An answer along which the result may be drawn."""

    question: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Explained:
    """« Pourquoi ? » of one output, or why it is not told."""

    output: str
    label: str
    steps: tuple[Step, ...]
    is_whole: bool
    because: str  # French, where there is no explanation
    tree: tuple[Node, ...] = field(metadata=HTML_ONLY)


@dataclass(frozen=True)
class ResultPage:
    """A result: its sentence, its parts, its table, why, and what it depends on."""

    title: str
    about: About
    sentence: str
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    curve: Chart | None
    no_curve: str  # French, why there is none
    axes: tuple[AxisChoice, ...]
    explained: Explained
    answers: tuple[Answered, ...]
    run: Run
    expected: Expected | None
    main: Figure = field(metadata=HTML_ONLY)
    form: Form = field(metadata=HTML_ONLY)
    file: str = field(metadata=HTML_ONLY)  # the run file, as JSON

    def is_said(self) -> bool:
        """Tell whether the sentence says the main figure already: in figures, or that there is nothing."""
        return self.main.value == 0 or self.main.size in self.sentence


def sentence(shown: Shown, figure: Figure) -> str:
    """Tell the main figure in a whole French sentence."""
    value = figure.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"{figure.label} : {written(value, figure.unit)}, pour {period_words(figure.period)}."
    if not round(value, 2) and shown.sentence_zero:
        return shown.sentence_zero
    if value < 0 and shown.sentence_below:
        return shown.sentence_below.format(written(-value, figure.unit))
    if shown.sentence:
        return shown.sentence.format(written(value, figure.unit))
    return f"{figure.label} : {written(value, figure.unit)}, pour {period_words(figure.period)}."


def told(calculator: Calculator, figures: Sequence[Figure]) -> str:
    """Return the sentence of a calculator that has no telling of its own."""
    return sentence(main_shown(calculator), main_figure(calculator, figures))


def main_figure(calculator: Calculator, figures: Sequence[Figure]) -> Figure:
    """Return the figure that the page tells first."""
    return next(figure for figure in figures if figure.field == main_shown(calculator).field)


def parts_chart(figures: Sequence[Figure]) -> tuple[Chart, ...]:
    """Draw the parts of the result as bars, those that are nothing left out; a single one has nothing to compare."""
    parts = [figure for figure in figures if figure.is_part and isinstance(figure.value, int | float) and figure.value]
    if len(parts) < 2:
        return ()
    rows = [{"part": figure.label, "value": round(float(_number(figure.value)), 2)} for figure in parts]
    names = {**OF_ONE, "value": f"Valeur ({written_unit(parts[0])})"}
    return (
        charts.bar(
            rows, x="part", y="value", title=f"De quoi ce résultat est fait ({written_unit(parts[0])})", names=names
        ),
    )


def written_unit(figure: Figure) -> str:
    """Return a figure's unit and period in words."""
    words = [unit_words(figure.unit), f"pour {period_words(figure.period)}"]
    return ", ".join(word for word in words if word)


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return value


def curve_chart(calculator: Calculator, curve: Curve, figure: Figure) -> Chart:
    """Draw the main output along an answer."""
    text = next(one.text for one in axes(calculator, curve.axis.question) if one.is_chosen)
    rows = [{"x": x, "y": round(y, 2)} for x, y in zip(curve.places, curve.values, strict=True)]
    names = {"x": text, "y": f"{figure.label} ({written_unit(figure)})"}
    return charts.line(rows, x="x", y="y", title=f"{figure.label}, selon la réponse à « {text} »", names=names)


def axes(calculator: Calculator, chosen: str) -> tuple[AxisChoice, ...]:
    """Return the answers along which the result may be drawn, in words."""
    texts = {question.name: question.text for question in calculator.questions}
    return tuple(
        AxisChoice(axis.question, _text(texts, axis.question), axis.question == chosen) for axis in calculator.axes
    )


def _text(texts: Mapping[str, str], name: str) -> str:
    """Return the words of a question, or of the one that is repeated under this name."""
    asked, _, rank = name.rpartition("_")
    return texts[name] if name in texts else texts[asked] if rank == "1" else f"{texts[asked]} (n° {rank})"


def answered(calculator: Calculator, given: Given) -> tuple[Answered, ...]:
    """Say what the calculation was made of: answers, and the defaults of the questions that have one."""
    return tuple(
        Answered(
            asking.name,
            asking.text,
            words(asking.question, given.answers.get(asking.name, asking.question.default)),
            asking.name not in given.answers,
        )
        for asking in every(calculator, given.answers)
        if asking.name in given.answers or asking.question.default is not None
    )


def run(card: Card, outcome: Outcome) -> Run:
    return Run(outcome.identity, outcome.results, card.version, card.digest)


def expected(said: Mapping[str, str], found: Run) -> Expected | None:
    """Compare with the run that a link shares; None where none was said."""
    identity = said.get("identity", "")
    if not identity:
        return None
    is_same = identity == found.identity and said.get("results", found.results) == found.results
    return Expected(identity, is_same, "" if is_same else _why(said, found))


def _why(said: Mapping[str, str], found: Run) -> str:
    if said.get("version", found.version) != found.version:
        return (
            f"Le calcul partagé fut fait avec la version {said['version']} du modèle ; "
            f"ce site a la version {found.version}."
        )
    if said["identity"] == found.identity:
        return "Les questions et les règles sont les mêmes, mais les résultats diffèrent : signalez-le."
    return "Les règles portent la même version, mais leurs fichiers, ou les réponses, ne sont pas les mêmes."


def explained(
    calculator: Calculator, shown: Shown, steps: Sequence[Step], refusal: ParvisError | None, *, is_whole: bool
) -> Explained:
    """Arrange an explanation, or say why there is none."""
    arranged = tree(steps, calculator.outputs)
    return Explained(shown.field, shown.label, tuple(steps), is_whole, str(refusal or ""), arranged)
