"""Whom an event is told to, and in which words. One row an event (`Notice`): the mails are made when they are sent.

Other apps add whom they know, from `AppConfig.ready()`:

    from parvis.core.processes.answering import telling
    telling.AUDIENCES.append(views.supporters)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Audience: TypeAlias = Callable[[Sequence[Any]], Iterable[int]]
"""A function of contributions that gives the identifiers of the accounts to tell."""

AUDIENCES: list[Audience] = []


@dataclass(frozen=True)
class Message:
    """What is told: a subject, a text, and the page where the whole is."""

    subject: str
    text: str
    path: str


def numbers(of: Iterable[int]) -> str:
    """Write « n° 3 », « n° 3, 8 et 12 »."""
    written = [str(number) for number in sorted(of)]
    if len(written) == 1:
        return f"n°\u00a0{written[0]}"
    return f"n°\u00a0{', '.join(written[:-1])} et {written[-1]}"


def body(message: Message, address: str, reason: str) -> str:
    """Write the whole mail: the text, where to read on, why it came and how to stop it."""
    return "\n\n".join((message.text, f"À lire ici : {address}{message.path}", reason, "Ce message est automatique."))
