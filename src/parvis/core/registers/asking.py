"""A register's own questions: one SQL file each, whose first line is the question in French.

-- Qui achète le plus ?
-- chart: bar x=acheteur y=montant
-- note: Les maxima des accords-cadres ne sont pas comptés.
-- seconds: 20
select …
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import duckdb

from parvis.core.errors import ParvisError
from parvis.core.registers.answers import Answer, Bounds, ask
from parvis.core.registers.questions import connect
from parvis.core.registers.register import Register

Folders = tuple[tuple[str, tuple[Path, ...]], ...]  # register -> folders of its current releases


SECONDS = 10.0  # that a question may take, unless its file says otherwise
KEPT = 10_000  # rows of an answer held for pages, in memory: downloads have them all


class NoQuestion(ParvisError):
    """A file of questions does not start with a question."""


@dataclass(frozen=True)
class Question:
    """A question that a register's page asks and answers."""

    slug: str
    title: str
    sql: str
    chart: str = ""  # bar, line or map; empty for a table alone
    axes: Mapping[str, str] = field(default_factory=dict, hash=False)  # what each axis of the chart takes: a column
    notes: tuple[str, ...] = ()
    seconds: float = SECONDS


def read_question(path: Path) -> Question:
    """Read a question. Raises NoQuestion when the first line does not ask anything."""
    sql = path.read_text()
    head = list(comments(sql))
    if not head or not head[0].endswith("?"):
        raise NoQuestion(f"{path.name} : la première ligne doit être la question, « -- … ? ».")
    chart = next((line.removeprefix("chart:").split() for line in head if line.startswith("chart:")), [])
    return Question(
        slug=path.stem.replace("_", "-"),
        title=head[0],
        sql=sql,
        chart=chart[0] if chart else "",
        axes=dict(axis.split("=", 1) for axis in chart[1:] if "=" in axis),
        seconds=next((float(line.removeprefix("seconds:")) for line in head if line.startswith("seconds:")), SECONDS),
        notes=tuple(line.removeprefix("note:").strip() for line in head if line.startswith("note:")),
    )


def comments(sql: str) -> Iterator[str]:
    """Return the first lines of comment, without their dashes."""
    for line in sql.splitlines():
        if not line.startswith("--"):
            return
        yield line.removeprefix("--").strip()


def questions_of(register: Register) -> dict[str, Question]:
    """Return a register's questions by slug, in the order of their files."""
    found = [read_question(path) for path in sorted((register.folder / "questions").glob("*.sql"))]
    return {question.slug: question for question in found}


@lru_cache(maxsize=2)
def shared(folders: Folders) -> duckdb.DuckDBPyConnection:
    """Return one connection for all the threads of a server, until other releases are current."""
    return connect({slug: list(paths) for slug, paths in folders})


@lru_cache(maxsize=32)
def answered(folders: Folders, question: Question) -> Answer:
    """Answer once for the same releases: they are never edited. Raises TooHeavy where that takes too long."""
    return ask(shared(folders), question.sql, bounds=Bounds(question.seconds, KEPT))
