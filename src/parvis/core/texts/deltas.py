"""Deltas: a document told by what it changes of another, in JSON. Applied to that other, it gives the same bytes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, TypeAlias

from parvis.core.errors import ParvisError
from parvis.core.texts.comparing import Kind, compare
from parvis.core.texts.documents import Document, Passage

# [first, count]: passages kept as they were; {…}: a passage, by what it does not have in common with its former self
Delta: TypeAlias = list[list[int] | dict[str, Any]]
# n: keep n characters; -n: leave n out; a string: insert it
Script: TypeAlias = list[int | str]

ABOUT: Final = tuple(field.name for field in fields(Passage) if field.name not in {"unit", "words"})


class DeltaDoesNotFit(ParvisError):
    """A delta is applied to a document that it was not made from."""


def encode(before: Document, after: Document) -> Delta:
    """Return what turns one document into the other."""
    places = {passage.unit: place for place, passage in enumerate(before.passages)}
    delta: Delta = []
    for passage in after.passages:
        place = places.get(passage.unit)
        former = None if place is None else before.passages[place]
        if place is None or passage != former:
            delta.append(_described(former, passage))
        elif delta and isinstance(delta[-1], list) and sum(delta[-1]) == place:
            delta[-1][1] += 1
        else:
            delta.append([place, 1])
    return delta


def _described(former: Passage | None, passage: Passage) -> dict[str, Any]:
    was = former or Passage(passage.unit, "", "")
    told = {name: getattr(passage, name) for name in ABOUT if getattr(passage, name) != getattr(was, name)}
    if "path" in told:
        told["path"] = list(passage.path)
    if passage.words != was.words:
        told["words"] = script(was.words, passage.words)
    return {"unit": passage.unit, **told}


def script(before: str, after: str) -> Script:
    """Return what turns one wording into the other.

    >>> script("le mot", "le beau mot")
    [2, ' beau', 4]
    """
    return [step for change in compare(before, after) for step in _steps(change.kind, change.before, change.after)]


def _steps(kind: Kind, before: str, after: str) -> Iterator[int | str]:
    if kind == Kind.EQUAL:
        yield len(before)
    else:
        yield from (step for step in (-len(before), after) if step)


def decode(before: Document, delta: Sequence[list[int] | Mapping[str, Any]]) -> Document:
    """Return the document that a delta makes of another."""
    return Document(tuple(passage for item in delta for passage in _passages(before, item)))


def _passages(before: Document, item: list[int] | Mapping[str, Any]) -> Iterator[Passage]:
    if isinstance(item, list):
        first, count = item
        if not 0 <= first < first + count <= len(before.passages):
            raise DeltaDoesNotFit(
                "Cet écart garde des passages que le texte de départ n'a pas : ce n'est pas le sien."
            )
        yield from before.passages[first : first + count]
    else:
        was = before.passage(item["unit"]) if item["unit"] in before else Passage(item["unit"], "", "")
        told = {name: item.get(name, getattr(was, name)) for name in ABOUT}
        words = rewritten(was.words, item["words"]) if "words" in item else was.words
        yield Passage(**{**told, "unit": item["unit"], "words": words, "path": tuple(told["path"])})


def rewritten(before: str, steps: Script) -> str:
    """Return the wording that a script makes of another."""
    parts, done = [], 0
    for step in steps:
        if isinstance(step, str):
            parts.append(step)
        else:
            if step > 0:
                parts.append(before[done : done + step])
            done += abs(step)
    if done != len(before):
        raise DeltaDoesNotFit(
            f"Cet écart parcourt {done} caractères d'une unité qui en a {len(before)} : ce n'est pas le sien."
        )
    return "".join(parts)
