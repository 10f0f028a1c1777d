"""Tell which contributions of the two releases of the 2015 consultation are the same, and where they agree.

One is a capture of the platform's interface (with texts and arguments), the other what Etalab published (with the
alternative wordings, without texts). Both number a proposal alike: 61 there is « o61 » here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

ARTICLE = re.compile(r"Article (\d+)\b(?! (?:bis|ter|quater))", re.IGNORECASE)
ARTICLE_IN_ADDRESS = re.compile(r"/article-(\d+)-")


@dataclass(frozen=True)
class Sources:
    """The two releases, by their identifiers."""

    captured: Mapping[str, Json]  # « o61 » -> what the capture says
    published: Mapping[str, Json]  # « o61 », « v816 » -> what Etalab published

    @property
    def both(self) -> list[str]:
        return [key for key in self.captured if key in self.published]

    @property
    def government(self) -> frozenset[str]:
        """How the second release names whoever wrote, in the first, what the government wrote."""
        return frozenset(
            self.published[key]["author"] for key in self.both if self.captured[key]["auteur"] == "gouvernement"
        )

    def articles(self) -> dict[str, str]:
        """Return the government's articles: identifier of the proposal -> number."""
        found = {}
        for key, one in self.published.items():
            said = ARTICLE.match(one["title"])
            if one["kind"] == "proposition" and one["author"] in self.government and said:
                found[key] = said[1]
        return found

    def compared(self) -> dict[str, int]:
        """Count, in French, what the two have in common and where they differ."""
        both = [(self.captured[key], self.published[key]) for key in self.both]
        return {
            "propositions de la capture": len(self.captured),
            "contributions publiées par Etalab": len(self.published),
            "propositions dans les deux, par identifiant": len(both),
            "dont même titre, aux apostrophes et espaces près": sum(same_title(a, b) for a, b in both),
            "dont mêmes votes pour, mitigés et contre": sum(votes(a) == published_votes(b) for a, b in both),
            "dont même nombre d'arguments": sum(a["nb_arguments"] == b["arguments"] for a, b in both),
            "dont même nombre de sources": sum(len(a["sources"]) == b["sources"] for a, b in both),
            "propositions publiées absentes de la capture": self._proposals() - len(both),
            "rédactions alternatives publiées, sans leur texte": len(self.published) - self._proposals(),
            "dont l'article ou la proposition d'origine n'est pas retrouvé": self._lost(),
            "votes de la capture": sum(one["votes"]["total"] for one in self.captured.values()),
            "votes publiés par Etalab": sum(one["votes"] for one in self.published.values()),
        }

    def _proposals(self) -> int:
        return sum(one["kind"] == "proposition" for one in self.published.values())

    def _lost(self) -> int:
        parents = self.parents()
        return sum(one["kind"] != "proposition" and one["parent"] not in parents for one in self.published.values())

    def parents(self) -> dict[str, str]:
        """Return what the addresses of parents name: « section/titre-en-mots » -> identifier of the proposal.

        An address is made of the section and of the title's words that day. The government's articles were given other
        titles later, and people copied the former ones: an article is known by its number, at the most amended
        address that bears it; what others proposed is known by its title.
        """
        amended = Counter(one["parent"] for one in self.published.values() if one["kind"] != "proposition")
        numbers = {number: key for key, number in self.articles().items()}
        named: dict[str, str] = {}
        for parent, _ in amended.most_common():
            said = ARTICLE_IN_ADDRESS.search(parent)
            if said and said[1] in numbers:
                named[parent] = numbers.pop(said[1])
        for key, one in self.published.items():
            if one["kind"] == "proposition":
                named.setdefault(f"{one['section']}/{address(one['title'])}", key)
        return named


def sources(captured: Sequence[Json], published: Sequence[Json]) -> Sources:
    return Sources({f"o{one['id']}": one for one in captured}, {one["id"]: one for one in published})


def votes(captured: Json) -> tuple[int, int, int]:
    said = captured["votes"]
    return said["pour"], said["mitige"], said["contre"]


def published_votes(published: Json) -> tuple[int, int, int]:
    return published["for"], published["mixed"], published["against"]


def same_title(captured: Json, published: Json) -> bool:
    return folded(captured["titre"]) == folded(published["title"])


def folded(title: str) -> str:
    return " ".join(title.replace("’", "'").split())


def address(title: str) -> str:
    """Return the words of a title as the platform wrote them in addresses.

    >>> address("Droit à l’oubli : pour tous")
    'droit-a-l-oubli-pour-tous'
    """
    plain = unicodedata.normalize("NFKD", title.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
