"""Pages of a debate's exports and statistics, and the files themselves."""

from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from parvis.core.processes.exporting import actions, asking
from parvis.core.processes.exporting.formats import COLUMNS, FORMATS
from parvis.core.processes.exporting.pages import DataPanel, ExportsPage, FileLine, Statistic, StatisticsPage
from parvis.core.processes.kinds import KINDS
from parvis.core.processes.models import Process
from parvis.core.web import charts
from parvis.core.web.page import show
from parvis.core.web.panels import Panel
from parvis.core.web.parts import Fact, Step

AT_ONCE = 20_000
"""A debate of at most so many contributions is first frozen when its page is read; otherwise by `parvis tick`."""

DESCRIBED = {"manifest.json": "application/json", "schema.json": "application/schema+json"}
NOT_FROZEN = (
    "L'export figé de ce débat n'est pas encore fait : il l'est chaque heure. Revenez, ou prenez un export direct."
)


def published(slug: str) -> Process:
    """Return a debate that everyone sees."""
    return get_object_or_404(Process.objects.published().select_related("organisation"), slug=slug)


def frozen_of(process: Process) -> actions.Frozen:
    """Return the export that pages ask, made now where there is none and the debate is small."""
    frozen = actions.last_frozen(process)
    if frozen is None and process.received <= AT_ONCE:
        frozen = actions.freeze(process=process, at=timezone.now())
    if frozen is None:
        raise Http404(NOT_FROZEN)
    return frozen


def _file(process: Process, name: str) -> IO[bytes]:
    """Open a file of the frozen export; where another export takes its place meanwhile, that one's."""
    with suppress(FileNotFoundError):
        return (frozen_of(process).folder / name).open("rb")
    return (frozen_of(process).folder / name).open("rb")


def exports(request: HttpRequest, slug: str) -> HttpResponseBase:
    process = published(slug)
    frozen = frozen_of(process)
    manifest = frozen.manifest
    page = ExportsPage(
        title="Exports",
        debate=Step(process.title, reverse("debate", args=[slug])),
        licence=manifest["licence"],
        counted_by=manifest["votes_counted_by"],
        live=tuple(Step(one.title, reverse("debate-export", args=[slug, one.slug])) for one in FORMATS.values()),
        made_at=frozen.made_at,
        files=tuple(_files(slug, manifest["files"])),
        described=tuple(Step(name, reverse("debate-export-file", args=[slug, name])) for name in DESCRIBED),
        columns=COLUMNS,
    )
    return show(request, "exporting/exports.html", page)


def _files(slug: str, files: list[dict]) -> Iterator[FileLine]:
    for one in files:
        url = reverse("debate-export-file", args=[slug, one["name"]])
        yield FileLine(one["name"], one["format"], one["rows"], one["size"], one["sha256"], url)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Stream the contributions as they are now, whatever their number."""
    process = published(slug)
    if form not in FORMATS:
        raise Http404(f"Cet export n'existe pas en « {form} ». Formes : {', '.join(FORMATS)}.")
    chosen = FORMATS[form]
    response = StreamingHttpResponse(chosen.stream(actions.blocks(process)), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{slug}.{form}"'
    return response


def file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """Give a file of the frozen export, whose hash the manifest says."""
    process = published(slug)
    types = DESCRIBED | {f"contributions.{one.slug}": one.media_type for one in FORMATS.values()}
    if name not in types:
        raise Http404(f"« {name} » n'est pas un fichier de cet export. Fichiers : {', '.join(types)}.")
    return FileResponse(_file(process, name), content_type=types[name], filename=f"{slug}-{name}")


def statistics(request: HttpRequest, slug: str) -> HttpResponseBase:
    process = published(slug)
    frozen = frozen_of(process)
    page = StatisticsPage(
        title="Statistiques",
        debate=Step(process.title, reverse("debate", args=[slug])),
        exports=Step("contributions.parquet", reverse("debate-export-file", args=[slug, frozen.parquet.name])),
        made_at=frozen.made_at,
        sha256=frozen.hashes[frozen.parquet.name],
        counted_by=frozen.manifest["votes_counted_by"],
        is_archive=process.is_archive,
        statistics=tuple(statistic(one) for one in asking.answer(frozen.parquet, asking.questions())),
    )
    return show(request, "exporting/statistics.html", page)


def statistic(one: asking.Answered, *, is_drawn: bool = True) -> Statistic:
    """Tell a question's answer with what finds it again, and its drawing where it counts something."""
    x, y = one.question.axes
    names = {column: column.replace("_", " ").capitalize() for column in one.columns}
    drawn = [{x: _named(str(row[x])), y: int(row[y] or 0)} for row in one.records()] if is_drawn else []
    return Statistic(
        slug=one.question.slug,
        title=one.question.title,
        columns=tuple(names.values()),
        values=tuple(tuple(_named(value) for value in row) for row in one.rows),
        sql=one.question.sql,
        program=asking.program(one.question),
        chart=charts.bar(drawn, x=x, y=y, title=one.question.title, names=names) if drawn else None,
    )


def _named(value: object) -> object:
    """Return a kind of contribution by its French name; any other value as it is."""
    kind = KINDS.filled().get(value) if isinstance(value, str) else None
    return kind.plural if kind else value


def _survey(process: Process) -> Iterator[Fact]:
    if process.questions:
        url = reverse("debate-survey", args=[process.slug])
        yield Fact("Résultats du questionnaire", "question par question", url)


def panel(process: Process, request: HttpRequest) -> Panel:
    """Return the ways to a debate's data, for its page."""
    doors = (
        Fact("Statistiques", "chaque nombre avec sa question", reverse("debate-statistics", args=[process.slug])),
        *_survey(process),
        Fact("Exports", "CSV, JSON et Parquet, avec leurs empreintes", reverse("debate-exports", args=[process.slug])),
    )
    return Panel("donnees", "Ses données", 70, "exporting/panel.html", DataPanel(doors))
