"""What rooms hang on the page of a published calculation.

from parvis.core.simulators.running import joins
joins.PANELS.append(views.panel)
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from parvis.core.web.panels import Panel

Making: TypeAlias = Callable[[Any, Any], Panel | None]
"""Of a Run and a request; None where there is nothing to show."""

PANELS: Final[list[Making]] = []
