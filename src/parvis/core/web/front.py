"""What the apps above hang on the shell: panels of the front page, lines of the site map, warnings over every page.

This app is below the others and knows none of them. Each gives its functions from `AppConfig.ready()`:

    from parvis.core.web import front
    front.PANELS.append(views.plan_panel)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from parvis.core.web.panels import Panel
from parvis.core.web.parts import Step


@dataclass(frozen=True)
class Section:
    """A part of the site map."""

    title: str
    order: int
    steps: tuple[Step, ...]


PANELS: list[Callable[[datetime], Panel | None]] = []
"""What is added to the front page: functions of the instant.

Orders: 10 the last figures, 15 debates, 20 the plan, 30 registers, 40 the log.
"""

SECTIONS: list[Callable[[], Section]] = []
"""Functions that give the site map's sections."""

WARNINGS: list[Callable[[str], Iterable[str]]] = []
"""Functions of a page's path that give the sentences to show over it (« … sont inventées »). Each page calls them."""


def sections() -> tuple[Section, ...]:
    """Return the site map, in order."""
    return tuple(sorted((make() for make in SECTIONS), key=lambda section: section.order))


def warnings(path: str) -> list[str]:
    """Return the sentences to show over the page of that path."""
    return [sentence for make in WARNINGS for sentence in make(path)]
