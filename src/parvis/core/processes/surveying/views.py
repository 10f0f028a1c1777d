"""The page of a survey's results, asked of the debate's frozen export as its statistics are."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from parvis.core.processes.exporting import asking
from parvis.core.processes.exporting import views as exporting
from parvis.core.processes.kinds import Field, FieldType
from parvis.core.processes.surveying import counting
from parvis.core.processes.surveying.pages import OpenAnswer, Result, SurveyPage
from parvis.core.web.page import show
from parvis.core.web.parts import Step


def results(request: HttpRequest, slug: str) -> HttpResponseBase:
    process = exporting.published(slug)
    fields = process.questions
    if not fields:
        raise Http404(f"« {process.title} » ne pose aucune question : voyez ses contributions sur sa page.")
    frozen = exporting.frozen_of(process)
    asked = [counting.answered(), *(ask(one) for one in fields for ask in (counting.answered, counting.answers))]
    total, *found = asking.answer(frozen.parquet, asked)
    pairs = zip(found[::2], found[1::2], strict=True)
    base = reverse("debate-contributions", args=[slug])
    page = SurveyPage(
        title="Résultats du questionnaire",
        debate=Step(process.title, reverse("debate", args=[slug])),
        exports=Step(frozen.parquet.name, reverse("debate-export-file", args=[slug, frozen.parquet.name])),
        made_at=frozen.made_at,
        sha256=frozen.hashes[frozen.parquet.name],
        people=total.rows[0][0],
        results=tuple(_result(one, fields, *pair, base) for one, pair in zip(fields, pairs, strict=True)),
    )
    return show(request, "processes/survey.html", page)


def _result(
    field: Field, fields: Sequence[Field], people: asking.Answered, answers: asking.Answered, base: str
) -> Result:
    is_counted = counting.is_counted(field)
    return Result(
        name=field.name,
        title=field.title,
        help=_to_whom(field, fields),
        people=people.rows[0][0],
        mean=_mean(answers.records()) if field.type is FieldType.SCALE else None,
        counts=exporting.statistic(answers, is_drawn=is_counted),
        texts=() if is_counted else tuple(OpenAnswer(*row, f"{base}{row[0]}/") for row in answers.rows),
    )


def _to_whom(field: Field, fields: Sequence[Field]) -> str:
    """Say who was asked a question, '' where everyone was."""
    if field.shown_if is None:
        return ""
    other = next(one for one in fields if one.name == field.shown_if[0])
    value = (other.choices or {}).get(field.shown_if[1], field.shown_if[1])
    return f"Posée à qui a répondu « {value} » à « {other.title} »."


def _mean(marks: Sequence[Mapping[str, object]]) -> float | None:
    """Return the mean of the marks given, None where nobody gave one."""
    given = [(int(str(one["reponse"])), int(str(one["personnes"]))) for one in marks]
    people = sum(count for _, count in given)
    return sum(mark * count for mark, count in given) / people if people else None
