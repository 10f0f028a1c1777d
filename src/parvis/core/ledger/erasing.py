"""Erasing words that a public act holds: each app says, as it starts, how it destroys those that its tables keep.

def ready(self):
    erasing.ERASERS["flag.replied"] = actions.erase_reply
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol


class Eraser(Protocol):
    """Destroy what the tables keep of an entry's words. Return where copies stand that it cannot reach, in French."""

    def __call__(self, *, entry: Any, because: str, at: datetime) -> Sequence[str]: ...  # noqa: ANN401 -- an Entry


ERASERS: dict[str, Eraser] = {}
"""A kind of act that holds a person's words. A kind that is not here holds none."""


def nothing_elsewhere(**_: object) -> Sequence[str]:
    """Destroy nothing more: this kind's words stand in the log alone."""
    return ()


def tombstone(because: str) -> str:
    """Return what stands in the place of erased words."""
    return f"[Contenu effacé : {because}]"
