"""A register's questions, and their answers: table, drawing, SQL, hash, releases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from parvis.core.registers.answers import Answer
from parvis.core.registers.asking import Question
from parvis.core.registers.downloads import FORMATS
from parvis.core.registers.pages.cells import MONTHS, YEARS, Cell, Line, title, written, written_in
from parvis.core.registers.pages.releases import ReleaseLine
from parvis.core.registers.register import Register
from parvis.core.web import parts
from parvis.core.web.charts import KINDS, Chart, NothingToDraw
from parvis.core.web.page import HTML_ONLY

SHOWN = 500  # rows in the page; the downloads have them all


@dataclass(frozen=True)
class QuestionsPage:
    """The questions of a register."""

    title: str
    register: str
    register_title: str
    questions: tuple[Question, ...]

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return [
            {"slug": question.slug, "question": question.title, "sql": question.sql} for question in self.questions
        ]


@dataclass(frozen=True)
class QuestionPage:
    """A question and its answer over the current releases."""

    title: str
    register: str
    register_title: str
    sql: str
    notes: tuple[str, ...]
    result_hash: str
    count: int  # rows of the whole answer
    kept: int  # rows that this page holds; its JSON has these, its downloads have all
    releases: tuple[ReleaseLine, ...]
    answer: tuple[Mapping[str, Any], ...]
    downloads: tuple[parts.Step, ...]
    chart: Chart | None = field(metadata=HTML_ONLY)
    heads: tuple[str, ...] = field(metadata=HTML_ONLY)
    lines: tuple[Line, ...] = field(metadata=HTML_ONLY)

    def rows(self) -> Iterable[Mapping[str, Any]]:
        return self.answer


def drawn(question: Question, answer: Answer) -> Chart | None:
    """Draw the answer as the question says; nothing where it has no chart, or no number to draw."""
    if not question.chart or not answer.rows:
        return None
    axes: dict[str, Any] = dict(question.axes)
    names = {column: title(column, {}) for column in answer.columns}
    years = YEARS.intersection(answer.columns)
    rows = [{**record, **{year: written_in(year, record[year]) for year in years}} for record in answer.records()]
    try:
        return by_month(KINDS[question.chart](rows, **axes, title=question.title, names=names))
    except NothingToDraw:
        return None


def by_month(chart: Chart) -> Chart:
    """Say months where a drawing's rows say their first days."""
    months = MONTHS.intersection(key for key, _ in chart.columns)
    days = [row[month] for row in chart.rows for month in months]
    summary = chart.summary
    for day in days:
        summary = summary.replace(written(day), written_in("mois", day))
    rows = tuple({**row, **{month: written_in(month, row[month]) for month in months}} for row in chart.rows)
    return replace(chart, summary=summary, rows=rows)


def question_page(
    register: Register, question: Question, answer: Answer, releases: tuple[ReleaseLine, ...]
) -> QuestionPage:
    """Show a question and its answer; the table of a drawing is its twin, so the answer is shown once."""
    chart = drawn(question, answer)
    return QuestionPage(
        title=question.title,
        register=register.slug,
        register_title=register.title,
        sql=question.sql,
        notes=question.notes,
        result_hash=answer.result_hash,
        count=answer.count,
        kept=len(answer.rows),
        releases=releases,
        answer=tuple(answer.records()),
        downloads=tuple(parts.Step(known.title, f"?format={known.slug}") for known in FORMATS.values()),
        chart=chart,
        heads=tuple(title(column, {}) for column in answer.columns),
        lines=() if chart else table(answer),
    )


def table(answer: Answer) -> tuple[Line, ...]:
    """Write the first rows of an answer."""
    numbers = [
        kind.startswith(("DECIMAL", "DOUBLE", "FLOAT", "HUGEINT", "BIGINT", "INTEGER")) for kind in answer.types
    ]
    return tuple(
        Line(
            tuple(
                Cell(column, written_in(column, value), is_number)
                for column, value, is_number in zip(answer.columns, row, numbers, strict=True)
            )
        )
        for row in answer.rows[:SHOWN]
    )
