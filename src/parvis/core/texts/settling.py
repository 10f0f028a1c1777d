"""Settling where words came or went, when several places give the same text.

« A, B » that becomes « A, C, B » may be read as «, C » inserted before the comma or « C, » after it. One reading is
kept: whole alinéas first, then whole sentences, then the place furthest to the right. So two sources that insert at
one place do it at the same character, and meet.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from parvis.core.texts.aligning import WORD, Piece

AROUND: Final = 60  # characters read past the places where a run may settle, so as not to cut a word there
CLOSING: Final = frozenset(".;:!?")


def settled(runs: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the same pieces, each run that only came or only went at the place where it reads best."""
    parts = _alternating(runs)
    for place in range(1, len(parts), 2):
        kept, change, following = (parts[at] for at in (place - 1, place, place + 1))
        if all(change):
            continue
        side = 1 if change[1] else 0
        shift = _best_shift(kept[0], change[side], following[0], spared=(int(place > 1), int(place + 2 < len(parts))))
        parts[place - 1 : place + 2] = _shifted(kept[0], change, following[0], shift)
    return (part for part in parts if any(part))


def _alternating(runs: Iterable[Piece]) -> list[Piece]:
    """Return what stayed and what changed in turn, from what stayed to what stayed, though it be nothing."""
    parts: list[Piece] = []
    for run in runs:
        if (run[0] == run[1]) != (len(parts) % 2 == 0):
            parts.append(("", ""))
        parts.append(run)
    return parts if len(parts) % 2 else [*parts, ("", "")]


def _best_shift(before: str, run: str, after: str, spared: tuple[int, int]) -> int:
    """Return by how many characters a run is best moved, at least `spared` ones being left around it."""
    left = min(_alike(before[::-1], (before + run)[::-1]), max(0, len(before) - spared[0]))
    right = min(_alike(after, run + after), max(0, len(after) - spared[1]))
    if not left and not right:
        return 0
    start = max(0, len(before) - left - AROUND)
    window = before[start:] + run + after[: right + AROUND]
    cuts = {at for found in WORD.finditer(window) for at in found.span()} | {0, len(window)}
    own = len(before) - start
    places = [at for at in range(own - left, own + right + 1) if {at, at + len(run)} <= cuts or at == own]
    return max(places, key=lambda at: (_merit(window, at, at + len(run)), at)) - own


def _alike(one: str, other: str) -> int:
    """Count the characters that open two texts alike."""
    return next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def _merit(window: str, start: int, end: int) -> int:
    """Rank a place: 2 for whole alinéas, 1 after the sign that closes a sentence, 0 elsewhere."""
    opens = start == 0 or window[start - 1] == "\n"
    if (opens and window[end - 1] == "\n") or (window[start] == "\n" and window[end : end + 1] in {"", "\n"}):
        return 2
    return int(start > 0 and window[start - 1] in CLOSING)


def _shifted(before: str, change: Piece, after: str, shift: int) -> list[Piece]:
    side = 1 if change[1] else 0
    run = change[side]
    whole = before + run + after
    start = len(before) + shift
    moved = whole[start : start + len(run)]
    kept, following = whole[:start], whole[start + len(run) :]
    return [(kept, kept), ("", moved) if side else (moved, ""), (following, following)]
