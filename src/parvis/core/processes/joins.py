"""Where voting, answering, moderating, exporting and rooms hang their part on a debate's pages, without being known.

Each gives its functions from `AppConfig.ready()`:

    from parvis.core.processes import joins
    joins.PANELS.append(views.ballot_panel)
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from parvis.core.web.panels import Panel

SEALED_WITH_OTHERS = "journal"
"""The slug of the panel that stands in place of the page's own section of the log: what came by an import has none."""

Show: TypeAlias = Callable[[Any, Any], Panel | None]
"""A function of the stored object and of the request; None where there is nothing to show.

It must not touch the session of an anonymous visitor nor ask for a csrf token there: their pages are shared by all.
"""

PANELS: list[Show] = []
"""What is added to a contribution's page: functions of (Contribution, request).

Orders: 10 the fate, 20 the vote, 30 the effect, 40 the follow-up, 90 the moderation.
"""

PROCESS_PANELS: list[Show] = []
"""What is added to a debate's page: functions of (Process, request)."""

Told: TypeAlias = Callable[..., None]
"""A part of an act, called as acts are: by keywords, `contribution` and `at`. What refuses there refuses the act."""

RECEIVED: list[Told] = []
"""Actions called in the transaction that receives a contribution: functions of (*, contribution, at)."""

CHANGING: list[Told] = []
"""Actions called before the words of a contribution change, while it is held: what refuses there refuses the act."""

CHANGED: list[Told] = []
"""The same as when it was received, when a contribution is edited, withdrawn, hidden or shown again."""
