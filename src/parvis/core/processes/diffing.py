"""What changed between two texts, by words: what an edit did, what another wording would do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

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
