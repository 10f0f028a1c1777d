"""The tree in which a model keeps its parameters, read in their dotted names: « impot_revenu.bareme[1].taux »."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

PART = re.compile(r"[^.\[]+|\[[^\]]*\]")
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Folder:
    """A place that holds others."""

    place: str  # « impot_revenu.bareme »
    label: str  # its last part, in words
    count: int  # fields below


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """Cut a name where the tree branches.

    >>> parts("a.b[0].taux")
    ('a', 'b', '[0]', 'taux')
    """
    return tuple(PART.findall(name))


def is_under(name: str, place: str) -> bool:
    """Whether a name stands at, or below, a place of the tree: « a.b[0].rate » is under « a.b »."""
    return name == place or name.startswith((f"{place}.", f"{place}["))


def is_at(name: str, place: str) -> bool:
    """Whether a name is a place, or stands just below it: a bracket of a scale stands at its scale."""
    above_bracket, bracket, _ = name.partition("[")
    return above_bracket == place if bracket else place in {name, name.rpartition(".")[0]}


def folders(names: Iterable[str], place: str) -> list[Folder]:
    """Return the places just below one (the roots below ""); what stands there without anything below is no folder."""
    depth, counts = len(parts(place)), dict[str, int]()
    for name in names:
        cut = parts(name)
        if len(cut) > depth + 1 and not cut[depth].startswith("[") and (not place or is_under(name, place)):
            below = ".".join([*([place] if place else []), cut[depth]])
            counts[below] = counts.get(below, 0) + 1
    return [Folder(below, words(below), count) for below, count in sorted(counts.items())]


def words(place: str) -> str:
    """Say the last part of a place: « bareme_ir » gives « bareme ir »."""
    cut = parts(place)
    return cut[-1].replace("_", " ").strip("[]") if cut else place


def above(place: str) -> Iterator[Folder]:
    """Yield the places that lead to one, itself last."""
    cut = [part for part in parts(place) if not part.startswith("[")]
    for length in range(1, len(cut) + 1):
        reached = ".".join(cut[:length])
        yield Folder(reached, words(reached), 0)


def order(name: str) -> list[tuple[int, str]]:
    """Return what sorts names as a person does: « [2] » before « [10] »."""
    return [
        (int(number), "") if (number := part.strip("[]")).isdecimal() and len(number) <= LONGEST_NUMBER else (-1, part)
        for part in parts(name)
    ]
