"""What a room hangs on a unit of a text: the debates about it, the commitments that cite it.

Texts know nothing of debates. A room that knows both registers, from `AppConfig.ready()`, a function of the text's
slug and of the unit's identifier ('' for the whole text):

    links.LINKS.append(views.debates_on)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Something elsewhere that has to do with a unit. `kind` groups them under a French title."""

    title: str
    url: str
    kind: str  # « Débats », « Engagements »
    detail: str = ""


LINKS: list[Callable[[str, str], Sequence[Link]]] = []


def on(text: str, unit: str = "") -> tuple[Link, ...]:
    """Return what every room links to a unit, or to the text as a whole."""
    return tuple(link for find in LINKS for link in find(text, unit))
