"""In which order contributions are listed: never by engagement unless the reader asks, and always said in a sentence.

The default is a rotating order. Each contribution draws a rank once, from its debate and its number; each day the list
begins at a point drawn from the debate and the day, and goes round. Both draws are SHA-256 of a public text, so that
anyone finds the order again; nobody chooses who comes first, nor can write at the hour that puts them there.
"""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from parvis.core.errors import ParvisError

DRAWN_BYTES = 4
"""Ranks are whole numbers under 2**32: an index holds them, and two contributions seldom share one."""


class UnknownOrder(ParvisError):
    """A list was asked in an order that it does not have."""


@dataclass(frozen=True)
class Order:
    """An order that a reader may choose, and the sentence that explains it."""

    slug: str
    title: str
    because: str


ROTATING: Final = Order(
    "tour",
    "Ordre tournant",
    "Chaque contribution a tiré un rang une fois ; chaque jour, la liste commence à un point tiré de la date. "
    "Personne ne choisit qui est en tête, et chacun peut refaire le tirage.",
)
ORDERS: Final = {
    order.slug: order
    for order in (
        ROTATING,
        Order("numero", "Par numéro", "Dans l'ordre de réception, la première d'abord."),
        Order("recent", "Les plus récentes", "Dans l'ordre de réception, la dernière d'abord."),
        Order(
            "soutiens",
            "Les plus soutenues",
            "Par soutiens et votes pour. Cet ordre favorise ce qui est déjà vu : il n'est jamais donné sans être "
            "demandé.",
        ),
    )
}


def order_named(slug: str) -> Order:
    """Return an order by its slug, the rotating one for an empty slug. Raises UnknownOrder."""
    if slug and slug not in ORDERS:
        raise UnknownOrder(f"« {slug} » n'est pas un ordre de cette liste. Ordres : {', '.join(ORDERS)}.")
    return ORDERS[slug] if slug else ROTATING


class UnreadableCursor(ParvisError):
    """A page of a list was asked from a place that is not one."""


@dataclass(frozen=True)
class Cursor:
    """Where a page of a list begins or ends: a contribution's place in the order, and its number."""

    key: int  # what the order sorts by: a rank drawn, a count of voices, or the number itself
    number: int
    is_backwards: bool = False  # the page that ends before it, rather than the one that begins after it

    def written(self) -> str:
        return f"{self.key}.{self.number}"


def read_cursor(after: str, before: str) -> Cursor | None:
    """Read the place that an address gives, None for the beginning of the list. Raises UnreadableCursor."""
    written = after or before
    if not written:
        return None
    found = re.fullmatch(r"([0-9]{1,10})\.([0-9]{1,10})", written)
    if found is None:
        raise UnreadableCursor(f"« {written} » n'est pas une place dans cette liste. Repartez de son début.")
    return Cursor(int(found[1]), int(found[2]), is_backwards=not after)


def draw(process: str, number: int) -> int:
    """Return the rank that a contribution draws: the first four bytes of SHA-256 of « debat/numéro ».

    >>> draw("loi-numerique", 1)
    1184420493
    """
    return _drawn(f"{process}/{number}")


def seed(process: str, day: date) -> str:
    """Return the day's published text, whose SHA-256 says where the list begins."""
    return f"{process}/{day.isoformat()}"


def beginning(process: str, day: date) -> int:
    """Return the rank at which the list of that day begins."""
    return _drawn(seed(process, day))


def _drawn(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:DRAWN_BYTES])
