"""A panel: a section that an app hangs on a page of another, which does not know it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A section of a page: its title, and a template that shows its content."""

    slug: str  # of its anchor in the page
    title: str
    order: int  # the smallest is first
    template: str
    content: object  # a frozen dataclass: it is in the page's JSON too


def gathered(makers: Iterable[Callable[..., Panel | None]], *about: object) -> tuple[Panel, ...]:
    """Return the panels of a page, in order; a maker that has nothing to show there gives None."""
    found = [panel for make in makers if (panel := make(*about)) is not None]
    return tuple(sorted(found, key=lambda panel: panel.order))
