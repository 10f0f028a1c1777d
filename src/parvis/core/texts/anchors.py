"""Anchors: words quoted in a unit, with their context, that follow the text from version to version, or are lost.

To follow is to merge three ways: from the words before, one side marks the quote, the other rewrites the unit. Marks
that fall amid words rewritten move to their edge; a quote that keeps less than half of its letters is lost.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Postfix, Prefix

from parvis.core.texts.comparing import Change, Kind, compare
from parvis.core.texts.documents import Document

compared = lru_cache(maxsize=64)(compare)  # many anchors of a unit follow the same change
CONTEXT: Final = 40  # characters kept on each side of the quote
KEPT: Final = 0.5  # share of the quote's characters that must stand


@dataclass(frozen=True)
class Lost:
    """An anchor whose words are gone: why, and what stands at their place."""

    anchor: "Anchor"
    reason: str  # French
    now: str = ""


@dataclass(frozen=True)
class Anchor:
    """Words quoted in a unit, and what stood around them."""

    unit: str
    quote: str
    prefix: str = ""
    suffix: str = ""

    def find(self, words: str) -> tuple[int, int] | Lost:
        """Return where the quote stands, its context telling one occurrence from another."""
        if not self.quote.strip():
            return Lost(self, "aucun mot n'est cité")
        found = [match.span() for match in re.finditer(_pattern(self.quote), words)]
        if not found:
            return Lost(self, "les mots cités n'y sont pas")
        ranked = sorted(found, key=lambda span: self._likeness(words, span), reverse=True)
        if len(ranked) > 1 and self._likeness(words, ranked[0]) == self._likeness(words, ranked[1]):
            return Lost(self, f"les mots cités y sont {len(found)} fois, et leur contexte ne les distingue pas")
        return ranked[0]

    def _likeness(self, words: str, span: tuple[int, int]) -> int:
        """Count the characters of context that stand around a place."""
        before, after = words[: span[0]], words[span[1] :]
        return Postfix.similarity(before, self.prefix) + Prefix.similarity(after, self.suffix)

    def follow(self, before: str, after: str) -> "Anchor | Lost":
        """Return the anchor in the unit's words after, from where it stood in the words before."""
        found = self.find(before)
        if isinstance(found, Lost):
            return found
        start, end, kept = _moved(before, after, found)
        if after[start:end] == self.quote:
            return anchor_at(self.unit, after, start, end)
        elsewhere = self.find(after)
        if isinstance(elsewhere, tuple):
            return anchor_at(self.unit, after, *elsewhere)
        if kept < KEPT * (found[1] - found[0]):
            gone = "ont été retirés" if start == end else "ont été récrits"
            return Lost(self, f"les mots cités {gone}", after[start:end])
        return anchor_at(self.unit, after, start, end)

    def follow_through(self, before: Document, after: Document) -> "Anchor | Lost":
        """Follow the anchor in a whole text: where its unit is gone, the quote may stand in another, once."""
        if self.unit in after:
            followed = self.follow(before.passage(self.unit).words, after.words(self.unit))
            if isinstance(followed, Anchor):
                return followed
        else:
            followed = Lost(self, "l'unité n'est plus dans le texte")
        elsewhere = [replace(self, unit=unit) for unit in after.units if unit != self.unit]
        found = [
            (other, span) for other in elsewhere if isinstance(span := other.find(after.words(other.unit)), tuple)
        ]
        if len(found) == 1 and len(self.quote) >= CONTEXT:
            other, span = found[0]
            return anchor_at(other.unit, after.words(other.unit), *span)
        return followed


def anchor_at(unit: str, words: str, start: int, end: int) -> Anchor:
    """Return the anchor of some characters of a unit's words."""
    return Anchor(unit, words[start:end], words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT])


def _pattern(quote: str) -> str:
    """Return what finds a quote whatever its blanks and apostrophes, which browsers and keyboards change."""
    parts = (re.sub("['’]", "['’]", re.escape(part)) for part in quote.split())
    return r"\s+".join(parts)


def _moved(before: str, after: str, span: tuple[int, int]) -> tuple[int, int, int]:
    """Return where a span stands after, and how many of its characters were kept."""
    was = now = kept = 0
    bounds: list[int] = []
    for change in compared(before, after):
        low, high = max(span[0], was), min(span[1], was + len(change.before))
        if low < high and change.kind == Kind.EQUAL:
            kept += high - low
            bounds += [low - was + now, high - was + now]
        elif low < high:
            bounds += _edges(change, now, is_within=high - low == len(change.before), is_before=was < span[0])
        was, now = was + len(change.before), now + len(change.after)
    return (bounds[0], bounds[-1], kept) if bounds else (0, 0, 0)


def _edges(change: Change, now: int, *, is_within: bool, is_before: bool) -> tuple[int, int]:
    """Return what a rewriting gives to the span: all its words where it is within, its far edge where it overlaps."""
    if is_within:
        return now, now + len(change.after)
    return (now + len(change.after),) * 2 if is_before else (now, now)
