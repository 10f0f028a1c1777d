"""What rooms hang on the page of a published calculation.

from parvis.core.simulators.running import joins
joins.PANELS.append(views.panel)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias


@dataclass(frozen=True)
class Panel:
    """A section of the page: its title, and a template that shows `panel` (the content, a frozen dataclass)."""

    slug: str
    title: str
    template: str
    content: object


Making: TypeAlias = Callable[[Any, Any], Panel | None]
"""Of a Run and a request; None where there is nothing to show."""

PANELS: Final[list[Making]] = []
