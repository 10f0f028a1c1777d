"""Aligning two wordings: their alinéas, then their words. Pieces (before, after) come in order and lose nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import ceil
from typing import Any, Final, TypeAlias

from rapidfuzz.distance import LCSseq

Piece: TypeAlias = tuple[str, str]  # what was, and what stands in its place
Token: TypeAlias = tuple[str, str]  # the blanks before a word, and the word
Pair: TypeAlias = tuple[slice, slice]
Linked: TypeAlias = tuple[Pair, Any] | None  # a list by its last pair, so that lists share their beginnings
Best: TypeAlias = tuple[int, Linked]

LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
# A number with its dashes and decimals (78-753), a word with the apostrophe that it ends on, or one sign.
WORD: Final = re.compile(r"\d+(?:[-‑.,]\d+)+|\w+(?:[-‑]\w+)*['’]?|[^\w\s]")
TOKEN: Final = re.compile(rf"(\s*)({WORD.pattern})")
LIKENESS: Final = 0.4  # alinéas less alike than this are two different alinéas
PAIRS: Final = 10_000  # alinéas compared with each other at most, between two that did not change
MOVES: Final = (1, 1), (2, 1), (1, 2), (3, 1), (1, 3)  # alinéas before and after that make a pair
CELLS: Final = 400_000_000  # words before times words after: past that (50 MB of bits), one block replaces the other


class Vocabulary(dict[str, str]):
    """Words as single characters, so that two sequences of words are compared as two strings."""

    def __missing__(self, word: str) -> str:
        self[word] = chr(len(self))
        return self[word]

    def code(self, words: Iterable[str]) -> str:
        return "".join(map(self.__getitem__, words))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces of two wordings, those that did not change included, as small as words."""
    vocabulary = Vocabulary()
    for was, now in _lines(LINE.findall(before), LINE.findall(after), vocabulary):
        yield from _words(was, now, vocabulary)


def _blocks(before: str, after: str) -> Iterator[tuple[slice, slice, int]]:
    """Yield, for each common run of two codes, the gap before it on both sides and its length. The last is empty."""
    was = now = 0
    for block in LCSseq.editops(before, after).as_matching_blocks():
        yield slice(was, block.a), slice(now, block.b), block.size
        was, now = block.a + block.size, block.b + block.size


def _lines(before: list[str], after: list[str], vocabulary: Vocabulary) -> Iterator[Piece]:
    """Pair the alinéas that did not change, and between them those that are most alike."""
    code = Vocabulary().code([line.strip() for line in (*before, *after)])
    for was, now, size in _blocks(code[: len(before)], code[len(before) :]):
        yield from _alike(before[was], after[now], vocabulary)
        yield from zip(before[was.stop : was.stop + size], after[now.stop : now.stop + size], strict=True)


def _alike(before: list[str], after: list[str], vocabulary: Vocabulary) -> Iterator[Piece]:
    """Pair alinéas in order so that the most words are kept; what lies between pairs goes in one piece."""
    was = now = 0
    for rows, columns in _best_pairs(before, after, vocabulary):
        yield "".join(before[was : rows.start]), "".join(after[now : columns.start])
        yield "".join(before[rows]), "".join(after[columns])
        was, now = rows.stop, columns.stop
    yield "".join(before[was:]), "".join(after[now:])


def _best_pairs(before: list[str], after: list[str], vocabulary: Vocabulary) -> list[Pair]:
    """Return the pairs of alinéas that keep the most words in all: one with one, or with up to three joined or cut."""
    if not 1 < len(before) * len(after) <= PAIRS:  # one and one go together, alike or not
        return []
    rows, columns = (_codes(lines, vocabulary) for lines in (before, after))
    # best[i][j]: the most words kept by the first i and j alinéas, and the pairs that keep them, the last one first
    best: list[list[Best]] = [[(0, None)] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, j in product(range(1, len(before) + 1), range(1, len(after) + 1)):
        found = max(best[i - 1][j], best[i][j - 1], key=_score)
        for high, wide in MOVES:
            if high <= i and wide <= j:
                kept = _kept_words("".join(rows[i - high : i]), "".join(columns[j - wide : j])) - high - wide + 2
                score, pairs = best[i - high][j - wide]
                if kept > 0 and score + kept > found[0]:
                    found = score + kept, ((slice(i - high, i), slice(j - wide, j)), pairs)
        best[i][j] = found
    return list(_unlinked(best[-1][-1][1]))[::-1]


def _codes(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    return [vocabulary.code(WORD.findall(line)) for line in lines]


def _score(best: Best) -> int:
    return best[0]


def _unlinked(pairs: Linked) -> Iterator[Pair]:
    while pairs:
        yield pairs[0]
        pairs = pairs[1]


def _kept_words(before: str, after: str) -> int:
    """Count the words that two alinéas have in common, in order; none where they are too little alike."""
    least = ceil(LIKENESS * (len(before) + len(after)) / 2)
    return LCSseq.similarity(before, after, score_cutoff=least)


def _words(was: str, now: str, vocabulary: Vocabulary) -> Iterator[Piece]:
    """Yield the pieces of two alinéas. Blanks go with the word they precede, and never bring two words together."""
    if was == now or not was or not now:
        yield was, now
        return
    before, after = _tokens(was), _tokens(now)
    if len(before) * len(after) > CELLS:
        yield was, now
        return
    codes = vocabulary.code([word for _, word in before]), vocabulary.code([word for _, word in after])
    for gone, come, size in _blocks(*codes):
        yield _joined(before[gone]), _joined(after[come])
        yield from _kept(before[gone.stop : gone.stop + size], after[come.stop : come.stop + size])


def _kept(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Piece]:
    """Yield words that stayed; the blanks before them may have changed."""
    if before == after:
        yield (_joined(before),) * 2
        return
    for (gap, word), (new_gap, _) in zip(before, after, strict=True):
        yield gap, new_gap
        yield word, word


@lru_cache(maxsize=1024)  # an article is compared with each of its alternatives
def _tokens(line: str) -> tuple[Token, ...]:
    """Return each word with the blanks before it; the last has no word, and holds the blanks at the end."""
    tokens: list[Token] = TOKEN.findall(line)
    return (*tokens, (line[len(line.rstrip()) :], ""))


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(gap + word for gap, word in tokens)
