"""What a person may take away, and what is erased with an account: each app gives its part as it starts (RGPD 15-20).

    from parvis.core.actors import leaving
    leaving.PORTERS.append(actions.what_was_written_by)
    leaving.ERASERS.append(actions.forget_author)

An eraser destroys the person's names, and the words that were never public, in the tables and in the log
(`ledger.erase`); what was published keeps its place, signed by an author who reads « Compte effacé ». Its words go too
when the person asks it: those who keep them give a second eraser, to `WORDS`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

TOMBSTONE: Final = "Compte effacé"
"""The public name of whoever had their account erased."""


class Porter(Protocol):
    """Gives what an app holds on an account, by French title; values are written as JSON (see web.page.public)."""

    def __call__(self, *, actor: Any) -> Mapping[str, object]: ...  # noqa: ANN401 -- an Actor: tables stay out of here


class Eraser(Protocol):
    """Forgets what an app holds on an account, inside the transaction of the erasure."""

    def __call__(self, *, actor: Any, at: datetime) -> None: ...  # noqa: ANN401 -- the same


PORTERS: list[Porter] = []
ERASERS: list[Eraser] = []
WORDS: list[Eraser] = []
"""What destroys the words that a person published: called before the others, when they ask it."""


def carried(actor: Any) -> dict[str, object]:  # noqa: ANN401 -- the same
    """Return everything that the site holds on an account, by title."""
    return {title: part for port in PORTERS for title, part in port(actor=actor).items()}


def forget(actor: Any, *, at: datetime, with_words: bool = False) -> None:  # noqa: ANN401 -- the same
    """Have each app forget the person; the last to forget are those that others lean on."""
    for erase in (*reversed(WORDS if with_words else []), *reversed(ERASERS)):
        erase(actor=actor, at=at)
