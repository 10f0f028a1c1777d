"""Find fields by their words: labels, names cut into words, descriptions. Built once per process and set of rules."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final

from parvis.core import analyzer
from parvis.core.simulators.catalogue.tree import is_under, order
from parvis.core.simulators.contract import Field

LABEL, NAME, DESCRIPTION = 4.0, 3.0, 1.0
"""What a word weighs, by where it stands."""

EXACT, PREFIX, PHRASE, START, NOT_LAW = 1000.0, 8.0, 8.0, 6.0, 4.0
"""What is added for the name typed exactly, a name that begins so, a label that has the words in their order, or that
begins by them, and for what people give or are given rather than a figure of the law.
"""

SHORTEST_PREFIX: Final = 3
"""Letters from which an unknown word is taken as the beginning of others."""

FACETS: Final = ("kind", "entity", "period")


@dataclass(frozen=True)
class Filters:
    """What a list of fields was asked; "" where nothing was."""

    text: str = ""
    kind: str = ""
    entity: str = ""
    period: str = ""
    under: str = ""  # place in the tree of parameters: « impot_revenu.bareme »

    def without(self, facet: str) -> "Filters":
        return replace(self, **{facet: ""})

    def keeps(self, field: "Entry") -> bool:
        """Whether a field passes every filter but the words."""
        return (
            (not self.kind or field.kind == self.kind)
            and (not self.entity or field.entity == self.entity)
            and (not self.period or field.period == self.period)
            and (not self.under or is_under(field.name, self.under))
        )


def lexemes(word: str) -> tuple[str, ...]:
    """Return what a word is found by, its singular too: the stems alone keep « revenus » apart from « revenu »."""
    is_plural = word.endswith(("s", "x")) and len(word) > SHORTEST_PREFIX
    return tuple(dict.fromkeys((*analyzer.lexemes(word[:-1] if is_plural else word), *analyzer.lexemes(word))))


def _phrase(text: str) -> str:
    """Return the words of a text in their order, as lexemes between spaces."""
    return "".join(f" {found[0]} " for word in analyzer.words(text) if (found := lexemes(word)))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list needs of a field: thousands are kept, the rest is read when one is looked at."""

    name: str
    label: str
    kind: str
    entity: str
    period: str


@dataclass(frozen=True)
class Found:
    """What was found, best first, and how many there would be by value of each filter."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, Mapping[str, int]]  # facet -> value -> fields, under the other filters
    is_partial: bool = False  # no field has all the words: these have some


class Index:
    """The words of a model's fields."""

    def __init__(self, fields: Iterable[Field]) -> None:
        """Cut every text into lexemes, and note where each stands."""
        self.entries: list[Entry] = []
        self.phrases: list[str] = []
        self.postings: dict[str, dict[int, float]] = {}
        for field in sorted(fields, key=lambda one: order(one.name)):
            for text, weight in ((field.description, DESCRIPTION), (field.name, NAME), (field.label, LABEL)):
                self._note(len(self.entries), text, weight)
            self.entries.append(Entry(field.name, field.label, field.kind, field.entity, field.period))
            self.phrases.append(_phrase(field.label))
        self.places = {entry.name.lower(): place for place, entry in enumerate(self.entries)}
        self.lexemes = sorted(self.postings)

    def _note(self, place: int, text: str, weight: float) -> None:
        words = set(analyzer.words(text))
        for lexeme in {lexeme for word in words for lexeme in lexemes(word)}:
            # Written from the lightest to the heaviest: the label has the last word. Of few words, each says more.
            self.postings.setdefault(lexeme, {})[place] = weight * (1 + 1 / len(words))

    def find(self, filters: Filters) -> Found:
        """Return the fields that pass the filters; without words, in the order of their names."""
        ranked, is_partial = self._ranked(filters.text)
        counts = {facet: _counted(ranked, filters, facet) for facet in FACETS}
        return Found(tuple(entry for entry in ranked if filters.keeps(entry)), counts, is_partial)

    def _ranked(self, text: str) -> tuple[Sequence[Entry], bool]:
        asked = list(dict.fromkeys(found for word in analyzer.words(text) if (found := lexemes(word))))
        if not asked:
            return (self.entries if not text.strip() else ()), False
        by_word = [self._weights(wanted) for wanted in asked]
        scores = _all_of(by_word)
        is_partial = not scores and len(asked) > 1
        if is_partial:
            scores = _any_of(by_word)
        self._prefer(scores, text)
        order = sorted(scores, key=lambda place: (-scores[place], len(self.entries[place].label), place))
        return [self.entries[place] for place in order], is_partial

    def _weights(self, wanted: Sequence[str]) -> dict[int, float]:
        """Weigh the fields that have a word: the rarer the word, the more it says."""
        known = [lexeme for lexeme in wanted if lexeme in self.postings] or self._beginning(wanted[0])
        found: dict[int, float] = {}
        for lexeme in known:
            postings = self.postings[lexeme]
            rarity = log(1 + len(self.entries) / len(postings))
            for place, weight in postings.items():
                found[place] = max(found.get(place, 0.0), weight * rarity)
        return found

    def _beginning(self, start: str) -> Sequence[str]:
        if len(start) < SHORTEST_PREFIX:
            return ()
        first = bisect_left(self.lexemes, start)
        last = bisect_left(self.lexemes, f"{start}\uffff")
        return self.lexemes[first:last]

    def _prefer(self, scores: dict[int, float], text: str) -> None:
        typed, phrase = text.strip().lower(), _phrase(text)
        for place in scores:
            entry, label = self.entries[place], self.phrases[place]
            scores[place] += (
                PREFIX * entry.name.lower().startswith(typed)
                + PHRASE * (phrase in label)
                + START * label.startswith(phrase)
                + NOT_LAW * (entry.kind != "parameter")
            )
        exact = self.places.get(typed)
        if exact is not None:
            scores[exact] = scores.get(exact, 0.0) + EXACT


def _counted(entries: Iterable[Entry], filters: Filters, facet: str) -> Counter[str]:
    """Count the values of a facet under the other filters, so that its own choice can be widened."""
    others = filters.without(facet)
    return Counter(getattr(entry, facet) for entry in entries if others.keeps(entry))


def _all_of(by_word: Sequence[Mapping[int, float]]) -> dict[int, float]:
    first, *others = sorted(by_word, key=len)
    return {
        place: weight + sum(other[place] for other in others)
        for place, weight in first.items()
        if all(place in other for other in others)
    }


def _any_of(by_word: Sequence[Mapping[int, float]]) -> dict[int, float]:
    places = {place for weights in by_word for place in weights}
    return {place: sum(weights.get(place, 0.0) for weights in by_word) for place in places}
