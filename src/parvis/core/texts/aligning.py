"""Aligning two wordings: their alinéas, then their words. Pieces (before, after) come in order and lose nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from rapidfuzz.distance import Indel, LCSseq

Piece: TypeAlias = tuple[str, str]  # what was, and what stands in its place

LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
# A number with its dashes and decimals (78-753), a word with the apostrophe that it ends on, or one sign.
WORD: Final = re.compile(r"\d+(?:[-‑.,]\d+)+|\w+(?:[-‑]\w+)*['’]?|[^\w\s]")
LIKENESS: Final = 0.4  # alinéas less alike than this are two different alinéas
PAIRS: Final = 40_000  # alinéas compared with each other at most, between two that did not change
CELLS: Final = 400_000_000  # words before times words after: past that (50 MB of bits), one block replaces the other


class Vocabulary:
    """Words as single characters, so that two sequences of words are compared as two strings."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def code(self, words: Sequence[str]) -> str:
        return "".join(self._codes.setdefault(word, chr(len(self._codes))) for word in words)


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
    """Pair alinéas in order so that their likenesses add up to the most; what lies between pairs goes in one piece."""
    was = now = 0
    for row, column in _best_pairs(before, after, vocabulary):
        yield "".join(before[was:row]), "".join(after[now:column])
        yield before[row], after[column]
        was, now = row + 1, column + 1
    yield "".join(before[was:]), "".join(after[now:])


def _best_pairs(before: list[str], after: list[str], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    if not before or not after or len(before) * len(after) > PAIRS:
        return []
    columns = [vocabulary.code(WORD.findall(line)) for line in after]
    # best[j]: the best score of the rows read so far with the first j columns, and the pairs that give it
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())] * (len(after) + 1)
    for row, line in enumerate(before):
        code = vocabulary.code(WORD.findall(line))
        above, best = best, best[:1]
        for column, other in enumerate(columns):
            score = Indel.normalized_similarity(code, other, score_cutoff=LIKENESS)
            paired = (above[column][0] + score, (*above[column][1], (row, column)))
            best.append(max(above[column + 1], best[column], paired if score else best[column], key=_score))
    return list(best[-1][1])


def _score(scored: tuple[float, object]) -> float:
    return scored[0]


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
        kept = zip(before[gone.stop : gone.stop + size], after[come.stop : come.stop + size], strict=True)
        for (gap, word), (new_gap, _) in kept:
            yield gap, new_gap
            yield word, word


def _tokens(line: str) -> list[tuple[str, str]]:
    """Return each word with the blanks before it; the last has no word, and holds the blanks at the end."""
    tokens, end = [], 0
    for found in WORD.finditer(line):
        tokens.append((line[end : found.start()], found[0]))
        end = found.end()
    return [*tokens, (line[end:], "")]


def _joined(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(gap + word for gap, word in tokens)
