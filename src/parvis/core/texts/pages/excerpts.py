"""A few words around those that a search sought, by the analyzer that found them."""

import re
from collections.abc import Collection, Iterator, Sequence

from parvis.core.analyzer import lexemes, words
from parvis.core.texts.pages.listing import Bit

WORD = re.compile(r"[^\W_]+")
AROUND = 14
"""Words shown on each side of the first word found."""


def excerpt(body: str, asked: Sequence[Collection[str]]) -> tuple[Bit, ...]:
    """Return the words around the first that is sought, those sought marked."""
    sought = {lexeme for alternatives in asked for lexeme in alternatives}
    found = [(one.start(), one.end(), _is_sought(one[0], sought)) for one in WORD.finditer(body)]
    if not found:
        return ()
    first = next((place for place, (_, _, is_sought) in enumerate(found) if is_sought), 0)
    shown = found[max(0, first - AROUND) : first + AROUND]
    return tuple(_bits(body, shown, is_cut_before=first > AROUND, is_cut_after=shown[-1] is not found[-1]))


def _is_sought(word: str, sought: set[str]) -> bool:
    return any(lexeme in sought for part in words(word) for lexeme in lexemes(part))


def _bits(
    body: str, shown: Sequence[tuple[int, int, bool]], *, is_cut_before: bool, is_cut_after: bool
) -> Iterator[Bit]:
    end = shown[0][0]
    if is_cut_before:
        yield Bit("… ", is_sought=False)
    for start, stop, is_sought in shown:
        if is_sought:
            yield Bit(body[end:start], is_sought=False)
            yield Bit(body[start:stop], is_sought=True)
            end = stop
    yield Bit(body[end : shown[-1][1]] + ("…" if is_cut_after else ""), is_sought=False)
