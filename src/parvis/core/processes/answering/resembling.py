"""Which contributions say nearly the same thing, so that one answer may serve several: TF-IDF over French lexemes.

Deterministic, within one debate, with nothing learnt elsewhere. What is for is never put with what is against: neither
two declared sides, nor a wording that adds or takes away a negation. It proposes; the agent who answers chooses.
"""

from collections import Counter
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

TURNING: Final = frozenset(
    [
        *("pas", "non", "jamais", "aucun", "aucune", "nul", "nulle", "sans", "ni", "contre", "refuser", "refus"),
        *("supprimer", "suppression", "interdire", "interdiction", "rejeter", "rejet", "opposition", "abroger"),
    ]
)
"""Words that turn a sentence round. An odd number of them in one text and an even one in the other is a doubt."""


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


def stance(said: Said) -> tuple[str, bool]:
    """Return where it stands: its declared side, and whether its words turn it round."""
    turns = sum(word in TURNING for word in analyzer.words(said.text))
    return said.side, bool(turns % 2)


def terms(text: str) -> Counter[str]:
    """Count the lexemes of a text, stop words left out."""
    return Counter(lexeme for word in analyzer.words(text) for lexeme in analyzer.lexemes(word)[:1])


def nearest(seed: Said, others: Iterable[Said]) -> tuple[Resembling, ...]:
    """Return what resembles one contribution most, nearest first, never itself, never the other side."""
    corpus = [seed, *(one for one in others if one.number != seed.number and one.about == seed.about)]
    counts = [terms(one.text) for one in corpus]
    rarity = _rarity(counts)
    weights = [_weighted(count, rarity) for count in counts]
    found = [
        near
        for one, weight in zip(corpus[1:], weights[1:], strict=True)
        if stance(one) == stance(seed) and (near := _near(one.number, weights[0], weight)).nearness >= FLOOR
    ]
    return tuple(sorted(found, key=lambda near: (-near.nearness, near.number))[:SHOWN])


def _rarity(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Return each lexeme's inverse document frequency, smoothed so that a word of every text weighs a little."""
    spread = Counter(lexeme for count in counts for lexeme in count)
    return {lexeme: log((1 + len(counts)) / (1 + seen)) + 0.1 for lexeme, seen in spread.items()}


def _weighted(count: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    weights = {lexeme: (1 + log(times)) * rarity[lexeme] for lexeme, times in count.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {lexeme: weight / length for lexeme, weight in weights.items()}


def _near(number: int, one: Mapping[str, float], other: Mapping[str, float]) -> Resembling:
    products = {lexeme: weight * other[lexeme] for lexeme, weight in one.items() if lexeme in other}
    heaviest = sorted(products, key=lambda lexeme: (-products[lexeme], lexeme))[:5]
    return Resembling(number, round(sum(products.values()), 3), tuple(heaviest))
