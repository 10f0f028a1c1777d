"""How a commitment of a plan follows those of the plan before: said in its own words, one line for each bond.

OGP asks each commitment of a later plan to say whether it is new, extends or builds on former ones; several parents
are allowed (commitment pages of 2018-2020). Two more bonds stand for what our sources say less clearly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Bond(StrEnum):
    """How a commitment follows former ones."""

    NEW = "new"
    EXTENDS = "extends"
    BUILDS_ON = "builds-on"
    TAKES_UP = "takes-up"  # a source names both, without saying how one follows the other
    PERHAPS = "perhaps"  # the same theme, in a source that was not read in full


LINES: Final[Mapping[Bond, str]] = {
    Bond.NEW: "Engagement nouveau",
    Bond.EXTENDS: "Prolonge",
    Bond.BUILDS_ON: "S'appuie sur",
    Bond.TAKES_UP: "Reprend, sans que la source dise comment",
    Bond.PERHAPS: "Reprendrait, lien non vérifié",
}
"""How each bond is written in the text; the parents follow."""

DECLARED: Final = (Bond.NEW, Bond.EXTENDS, Bond.BUILDS_ON)
"""What a government says of its own commitments; the two others are what readers make out."""


@dataclass(frozen=True)
class Link:
    """A bond, and the units of the former version that it ties."""

    bond: Bond
    parents: tuple[str, ...] = ()

    def line(self) -> str:
        """Return the line that says it in the text."""
        return f"{LINES[self.bond]} : {', '.join(self.parents)}." if self.parents else f"{LINES[self.bond]}."


def links(words: str) -> tuple[Link, ...]:
    r"""Return what the words of a commitment say that it follows; nothing where they say nothing.

    >>> links("Ouvrir les marchés.\n" + Link(Bond.EXTENDS, ("E02", "E03")).line())
    (Link(bond=<Bond.EXTENDS: 'extends'>, parents=('E02', 'E03')),)
    """
    return tuple(_read(words.split("\n")))


def _read(lines: list[str]) -> Iterator[Link]:
    for line in lines:
        head, colon, rest = line.removesuffix(".").partition(" : ")
        for bond, said in LINES.items():
            if head == said and bool(colon) != (bond == Bond.NEW):
                yield Link(bond, tuple(rest.split(", ")) if colon else ())
