"""Documents: an ordered set of passages, each a unit's words. Plain values; a version of a text holds one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from parvis.core.errors import ParvisError


class UnknownUnit(ParvisError):
    """A unit is asked of a document that does not have it."""


class DoubledUnit(ParvisError):
    """A document holds the same unit twice."""


@dataclass(frozen=True)
class Passage:
    """A unit in a document: its number that day, its words (alinéas joined by line feeds), its place."""

    unit: str  # stable identifier
    number: str
    words: str
    heading: str = ""
    path: tuple[str, ...] = ()  # the divisions above, from the widest
    kind: str = "article"
    status: str = ""

    @property
    def title(self) -> str:
        """Return « Article 1er », or the number alone where the unit is not an article."""
        name = f"Article {self.number}" if self.kind == "article" else self.number
        return f"{name}. {self.heading}" if self.heading else name


@dataclass(frozen=True)
class Document:
    """Passages in their order. Two documents are the same when every passage is, to the letter."""

    passages: tuple[Passage, ...]

    def __post_init__(self) -> None:
        if len(self._by_unit) < len(self.passages):
            units = [passage.unit for passage in self.passages]
            twice = next(unit for unit in units if units.count(unit) > 1)
            raise DoubledUnit(f"L'unité « {twice} » figure deux fois dans ce texte. Donnez à chacune son identifiant.")

    @cached_property
    def _by_unit(self) -> dict[str, Passage]:
        return {passage.unit: passage for passage in self.passages}

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(self._by_unit)

    def __contains__(self, unit: str) -> bool:
        return unit in self._by_unit

    def passage(self, unit: str) -> Passage:
        if unit not in self._by_unit:
            raise UnknownUnit(
                f"L'unité « {unit} » n'est pas dans cette version du texte. Voyez sa table des articles."
            )
        return self._by_unit[unit]

    def words(self, unit: str) -> str:
        """Return a unit's words, none where the document does not have it."""
        return self._by_unit[unit].words if unit in self._by_unit else ""

    def text(self) -> str:
        """Return the whole text as a person reads it: divisions where they change, titles, words."""
        return "\n\n".join(part for part in self._parts() if part) + "\n"

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of the whole text in UTF-8: what `sha256sum` says of its export."""
        return sha256(self.text().encode()).hexdigest()

    def _parts(self) -> Iterator[str]:
        above: tuple[str, ...] = ()
        for passage in self.passages:
            yield "\n".join(new_divisions(above, passage.path))
            yield passage.title + (f" ({passage.status})" if passage.status else "")
            yield passage.words
            above = passage.path


def new_divisions(above: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the divisions of a path that were not already open above."""
    same = next((place for place, pair in enumerate(zip(above, path, strict=False)) if pair[0] != pair[1]), None)
    return path[min(len(above), len(path)) if same is None else same :]
