"""French names of acts, and where the objects that they are about are shown: each app adds its own as it starts.

def ready(self):
    naming.KINDS.update({"release.published": "Version publiée"})
    naming.ADDRESSES.append(views.log_address)
"""

from collections.abc import Callable
from datetime import datetime

from parvis.core import french

KINDS: dict[str, str] = {"entry.erased": "Contenu effacé"}
"""A kind of act, and its name. A kind without a name is shown as its code."""

ADDRESSES: list[Callable[[str, str], str | None]] = []
"""Functions of a stream and a key that give the address of the object's page, or None when it is not theirs."""


def name(kind: str) -> str:
    return KINDS.get(kind, kind)


def address(stream: str, key: str) -> str | None:
    return next((found for find in ADDRESSES if (found := find(stream, key)) is not None), None)


def hour(written: str) -> str:
    """Write a leaf's hour for a person: « 1er mars 2016, 12 h (UTC) »."""
    instant = datetime.fromisoformat(written)
    return f"{french.day(instant)}, {instant.hour}\u00a0h (UTC)"
