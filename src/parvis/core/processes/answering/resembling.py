"""Which contributions say nearly the same thing, so that one answer may serve several: TF-IDF over French lexemes.

Deterministic, within one debate, with nothing learnt elsewhere. What is for is never put with what is against: neither
two declared sides, nor two texts of which one says of the same words, mostly in sentences that a negation turns round,
what the other says without. It proposes; the agent who answers chooses.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from parvis.core import analyzer

FLOOR: Final = 0.12
"""Below this cosine, two contributions of the 2015 consultation share words and not a subject."""

ALIKE: Final = 0.45
"""From this cosine on, the agent finds the box already ticked."""

SHOWN: Final = 8

WEIGHTY: Final = 3
"""Of the words that two texts share, those on which they may not say yes and no."""

TURNING: Final = frozenset(
    [
        *("pas", "non", "jamais", "aucun", "aucune", "nul", "nulle", "sans", "ni", "contre", "refuser", "refus"),
        *("supprimer", "suppression", "interdire", "interdiction", "rejeter", "rejet", "opposition", "abroger"),
    ]
)
"""Words that turn a sentence round. Two of them in one sentence turn it back: « pas sans » is « avec »."""

SENTENCE: Final = re.compile(r"[.;!?\n]+")


@dataclass(frozen=True)
class Said:
    """What is compared: where it bears, on which side, its words."""

    number: int
    about: str  # kind and unit: an opinion on article 2 is not answered with a proposal on article 9
    side: str
    text: str


@dataclass(frozen=True)
class Resembling:
    """A contribution near another: how near (cosine, 0 to 1), and the words that say why, the heaviest first."""

    number: int
    nearness: float
    shared: tuple[str, ...]

    @property
    def is_alike(self) -> bool:
        return self.nearness >= ALIKE


def terms(text: str) -> Counter[str]:
    """Count the lexemes of a text, stop words left out."""
    return Counter(lexeme for word in analyzer.words(text) for lexeme in analyzer.lexemes(word)[:1])


def nearest(seed: Said, others: Iterable[Said]) -> tuple[Resembling, ...]:
    """Return what resembles one contribution most, nearest first, never itself, never the other side."""
    place = (seed.about, seed.side)
    corpus = [seed, *(one for one in others if one.number != seed.number and (one.about, one.side) == place)]
    counts = [terms(one.text) for one in corpus]
    rarity = _rarity(counts)
    weights = [_weighted(count, rarity) for count in counts]
    leaning = leanings(seed.text)
    spelt = spellings(seed.text)
    found = [
        Resembling(one.number, nearness, tuple(spelt[lexeme] for lexeme in shared))
        for one, weight in zip(corpus[1:], weights[1:], strict=True)
        for nearness, shared in [_near(weights[0], weight)]
        if nearness >= FLOOR and not opposed(shared, leaning, leanings(one.text))
    ]
    return tuple(sorted(found, key=lambda near: (-near.nearness, near.number))[:SHOWN])


def leanings(text: str) -> dict[str, int]:
    """Say of each lexeme whether it stands mostly in plain sentences (above 0) or in turned ones (below)."""
    found: dict[str, int] = defaultdict(int)
    for sentence in SENTENCE.split(text):
        turned = sum(word in TURNING for word in analyzer.words(sentence)) % 2
        for lexeme in terms(sentence):
            found[lexeme] += -1 if turned else 1
    return found


def opposed(shared: Sequence[str], one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Tell two texts of which one says yes, and the other no, on one of the words that they share most.

    A pair wrongly kept apart costs an agent a second answer; a pair wrongly put together answers « no » to a « yes ».
    """
    return any(one.get(lexeme, 0) * other.get(lexeme, 0) < 0 for lexeme in shared[:WEIGHTY])


def spellings(text: str) -> dict[str, str]:
    """Return how the text first wrote each lexeme: a person reads words, not stems."""
    found: dict[str, str] = {}
    for word in analyzer.words(text):
        for lexeme in analyzer.lexemes(word)[:1]:
            found.setdefault(lexeme, word)
    return found


def _rarity(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Return each lexeme's inverse document frequency, smoothed so that a word of every text weighs a little."""
    spread = Counter(lexeme for count in counts for lexeme in count)
    return {lexeme: log((1 + len(counts)) / (1 + seen)) + 0.1 for lexeme, seen in spread.items()}


def _weighted(count: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {lexeme: (1 + log(times)) * rarity[lexeme] for lexeme, times in count.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {lexeme: weight / length for lexeme, weight in weights.items()}


def _near(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """Return the cosine of two texts, and the lexemes that make it, the heaviest first."""
    products = {lexeme: weight * other[lexeme] for lexeme, weight in one.items() if lexeme in other}
    heaviest = sorted(products, key=lambda lexeme: (-products[lexeme], lexeme))[:5]
    return round(sum(products.values()), 3), tuple(heaviest)
