"""What changed between two texts, by words: what an edit did, what another wording would do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: kept, taken out, or put in."""

    kind: str  # keep, out, in
    text: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the stretches of both texts in order; those kept and those put in make the second text.

    Frequent tokens of long texts are not aligned one by one (difflib's autojunk): a text that repeats one word
    twenty thousand times would else take minutes.
    """
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    for code, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if code == "equal":
            yield Piece("keep", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("out", "".join(old[a:b]))
        if c < d:
            yield Piece("in", "".join(new[c:d]))


BREAK = "¶"


@dataclass(frozen=True)
class Alinea:
    """A paragraph of a compared text: its pieces, or how many that did not change stand there."""

    pieces: tuple[Piece, ...] = ()
    unchanged: int = 0


def changed(compared: Iterable[Piece]) -> Iterator[Alinea]:
    """Yield the alinéas that change, and in their place the number of those that do not."""
    for is_changed, group in groupby(_alineas(compared), key=lambda line: any(one.kind != "keep" for one in line)):
        if is_changed:
            yield from (Alinea(line) for line in group)
        elif count := sum(any(one.text.strip() for one in line) for line in group):
            yield Alinea(unchanged=count)


def _alineas(compared: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    line: list[Piece] = []
    for piece in compared:
        first, *others = piece.text.split("\n")
        if not piece.text.strip() and piece.kind != "keep":
            first = BREAK  # the alinéa is cut in two, or two are made one
        line += [Piece(piece.kind, first)] if first else []
        for text in others:
            yield tuple(line)
            line = [Piece(piece.kind, text)] if text else []
    yield tuple(line)
