"""How commands speak: one line a step with its duration, a bar for what is long, sentences for people."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from parvis.core import french
from parvis.core.registers.models import Release
from parvis.core.registers.shelf import REGISTERS

LEFT_OVER = {"defects": "défauts", "refused": "lignes refusées"}
"""The tables that every release has, whatever its register."""

console = Console(highlight=False, soft_wrap=True)


def say(text: str) -> None:
    console.print(text, markup=False)


class Line:
    """What a step says when it ends."""

    end = "fait"


@contextmanager
def step(title: str) -> Iterator[Line]:
    """Print a step's line when it ends: its title, what came of it, its seconds. A terminal sees it run."""
    line, began = Line(), monotonic()
    with console.status(title):
        yield line
    console.print(f"{title} : {line.end} ({monotonic() - began:.1f} s)", markup=False)


class Bar:
    """A long work's progress: called with what is done and the whole, it draws a bar on a terminal, else nothing."""

    def __init__(self, title: str) -> None:
        """Prepare the bar; it is drawn inside `with`."""
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        self.progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self.task = self.progress.add_task(title, total=None)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self.progress.update(self.task, completed=done, total=total)


def describe(release: Release) -> str:
    """Say in one line what a release holds, each table by its French title."""
    titles = {table.name: table.title for table in REGISTERS.filled()[release.register].tables} | LEFT_OVER
    rows = ", ".join(f"{titles[table].lower()} {french.number(count)}" for table, count in release.rows.items())
    return f"version {release.hash[:12]} : {rows}"
