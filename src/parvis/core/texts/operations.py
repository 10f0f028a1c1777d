"""What a law does to an article, as values: put, take away, replace, here. Applied to its words, or refused."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from parvis.core.errors import ParvisError
from parvis.core.texts.documents import Passage
from parvis.core.texts.units import alineas, markers


class Refused(ParvisError):
    """An operation cannot be applied to the words that it aims at."""


class Act(StrEnum):
    """What an operation does (Akoma Ntoso: `textualMod`)."""

    REPLACE = "replace"  # words by words
    DELETE = "delete"  # words
    INSERT_AFTER = "insert-after"  # words after words
    INSERT_BEFORE = "insert-before"
    PREPEND = "prepend"  # words at the beginning of a place
    APPEND = "append"  # words at its end, before its last sign
    COMPLETE = "complete"  # lines, or a sentence, at its end
    ADD_AFTER = "add-after"  # lines, or a sentence, after a place
    ADD_BEFORE = "add-before"
    REWRITE = "rewrite"  # a place
    REMOVE = "remove"  # a place
    REPLACE_END = "replace-end"  # what follows words, to the end of a place
    DELETE_END = "delete-end"
    CREATE = "create"  # an article
    REPEAL = "repeal"  # an article


class PlaceKind(StrEnum):
    """What a place is counted in."""

    ALINEA = "alinéa"
    SENTENCE = "phrase"
    MARK = "marque"  # 3°, II, a


@dataclass(frozen=True)
class Place:
    """A part of an article: ranks count from 1, from the end where negative (-1 is the last).

    Rank 0 is the part that holds the words that the operation quotes.
    """

    kind: PlaceKind
    first: int = 1
    last: int = 1
    mark: str = ""
    of: int = 0  # how many there must be: « second » is said of two


@dataclass(frozen=True)
class Target:
    """Where an operation acts. Empty fields are what the context says."""

    text: str = ""  # « code civil », as written
    article: str = ""  # its number, normalised
    places: tuple[Place, ...] = ()  # from the narrowest


@dataclass(frozen=True)
class Operation:
    """One act on one target."""

    act: Act
    target: Target
    quote: str = ""  # the words it looks for
    words: str = ""  # the words it brings; lines joined by line feeds
    times: int = 1  # how many times `quote` stands there; 0: every time
    edge: str = ""  # "start" or "end": where in the place `quote` must stand
    is_sentence: bool = False  # what it brings is a sentence, not lines


@dataclass(frozen=True)
class Splice:
    """A change of characters in the words as they were."""

    start: int
    end: int
    words: str


Span = tuple[int, int]
LAST_SIGN: Final = re.compile(r"\s*[.;:,]?\s*$")
ITEM: Final = re.compile(r"(?:\d+ ?°|[a-z]\)|[-–—] )")
SENTENCE_END: Final = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\bart\.)\s+(?=[A-ZÀÂÉÈÊÎÔÛÇŒ«\"“])")
FOLDED: Final = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "“": '"', "”": '"', "\u2011": "-", "–": "-"})


def apply(passage: Passage, operations: Sequence[Operation]) -> Passage:
    """Return the passage as operations leave it: each counts from the words as they were, none sees another's.

    Raises Refused where one does not find what it looks for, finds it more than it says, or meets another.
    """
    splices = sorted(
        (splice for operation in operations for splice in spliced(passage, operation)),
        key=lambda one: (one.start, one.end),
    )
    words, at = [], 0
    for one in splices:
        if one.start < at:
            raise Refused(
                f"Article {passage.number} : deux modifications touchent les mêmes mots, vers "
                f"« {passage.words[one.start : one.start + 40]} ». Aucune n'est appliquée : relisez-les ensemble."
            )
        words += [passage.words[at : one.start], one.words]
        at = one.end
    return replace(passage, words="".join([*words, passage.words[at:]]))


def spliced(passage: Passage, operation: Operation) -> Iterator[Splice]:
    """Yield what one operation changes."""
    words, span = passage.words, span_of(passage, operation)
    match operation.act:
        case Act.REPLACE | Act.DELETE | Act.INSERT_AFTER | Act.INSERT_BEFORE:
            for found in found_words(passage, operation, span):
                yield on_words(words, operation, found)
        case Act.REPLACE_END | Act.DELETE_END:
            (found,) = found_words(passage, replace(operation, times=1), span)
            yield on_end(words, operation, found, span)
        case Act.REPEAL:
            yield Splice(0, len(words), "")
        case Act.CREATE:
            yield created(passage, operation)
        case _:
            yield on_place(words, operation, span)


def created(passage: Passage, operation: Operation) -> Splice:
    if passage.words:
        raise Refused(f"L'article {passage.number} existe déjà : il ne peut pas être créé. Est-ce une réécriture ?")
    return Splice(0, 0, operation.words)


def on_words(words: str, operation: Operation, found: Span) -> Splice:
    """Replace, delete or surround words found."""
    start, end = found
    match operation.act:
        case Act.REPLACE:
            return Splice(start, end, spaced(words, operation.words, found))
        case Act.DELETE:
            return Splice(*without_space(words, start, end), "")
        case Act.INSERT_AFTER:
            return Splice(end, end, joined(words[:end], operation.words))
        case _:
            return Splice(start, start, operation.words + ("" if operation.words.endswith(("'", "’")) else " "))


def spaced(words: str, new: str, found: Span) -> str:
    """Return new words with the space that the replaced ones took with their commas: « , en bon père de famille, »."""
    start, end = found
    before = " " if words[start - 1 : start].isalnum() and new[:1].isalnum() and words[start] in ",.;" else ""
    after = " " if words[end : end + 1].isalnum() and new[-1:].isalnum() else ""
    return f"{before}{new}{after}"


def without_space(words: str, start: int, end: int) -> Span:
    """Return a span with the space that would be left over once it is gone."""
    if start and words[start - 1] == " " and (end == len(words) or words[end] in " .,;:)\n"):
        return start - 1, end
    if (start == 0 or words[start - 1] == "\n") and words[end : end + 1] == " ":
        return start, end + 1
    return start, end


def joined(before: str, words: str) -> str:
    """Return words as they are written after others: with a space, unless they begin with a sign that takes none."""
    glued = words[:1] in ",.)" or before.endswith(("'", "’", "(", "\n", " ")) or not before
    return words if glued else f" {words}"


def on_end(words: str, operation: Operation, found: Span, span: Span) -> Splice:
    """Write again, or drop, what follows words up to the end of a place. Its last sign stays if the new has none."""
    if operation.act is Act.DELETE_END or not re.search(r"[.;:]\s*$", operation.words):
        last = LAST_SIGN.search(words, found[1], span[1])
        end = last.start() if last else span[1]
    else:
        end = span[1]
    new = joined(words[: found[1]], operation.words) if operation.words else ""
    return Splice(found[1], end, new)


def on_place(words: str, operation: Operation, span: Span) -> Splice:
    """Put something at a place's beginning, at its end, beside it, or in its stead."""
    start, end = span
    match operation.act:
        case Act.PREPEND:
            return Splice(start, start, operation.words + ("" if operation.words.endswith(("'", "’")) else " "))
        case Act.APPEND:
            last = LAST_SIGN.search(words, start, end)
            at = last.start() if last else end
            return Splice(at, at, joined(words[:at], operation.words))
        case Act.COMPLETE | Act.ADD_AFTER:
            return added(words, operation, end)
        case Act.ADD_BEFORE:
            return Splice(start, start, operation.words + (" " if operation.is_sentence else "\n"))
        case Act.REWRITE:
            return Splice(start, end, operation.words)
        case _:
            return Splice(*without_line(words, start, end), "")


def added(words: str, operation: Operation, end: int) -> Splice:
    """Add lines or a sentence after a place.

    An item added to a list turns the full stop before it into a semicolon, as codifiers do: the list goes on.
    """
    goes_on = ITEM.match(operation.words) and words[end - 1 : end] == "."
    if goes_on and not operation.is_sentence:
        return Splice(end - 1, end, f" ;\n{operation.words}")
    return Splice(end, end, (" " if operation.is_sentence else "\n" if words else "") + operation.words)


def without_line(words: str, start: int, end: int) -> Span:
    """Return a place with the line feed, or the space, that parts it from what stays."""
    if start and words[start - 1] in " \n":
        return start - 1, end
    return start, end + 1 if words[end : end + 1] in (" ", "\n") else end


def found_words(passage: Passage, operation: Operation, span: Span) -> list[Span]:
    """Return where the quoted words stand in a place: as many times as the operation says, or Refused."""
    quote, words = operation.quote.translate(FOLDED), passage.words.translate(FOLDED)
    before, after = (r"(?<!\w)" if quote[:1].isalnum() else ""), (r"(?!\w)" if quote[-1:].isalnum() else "")
    found = [one.span() for one in re.compile(before + re.escape(quote) + after).finditer(words, *span)]
    if operation.edge and found:
        found = [found[0]] if operation.edge == "start" else [found[-1]]
        if not at_edge(words, operation.edge, found[0], span):
            found = []
    if not found or (operation.times and not operation.edge and len(found) != operation.times):
        said = f"{operation.times} fois" if operation.times else "au moins une fois"
        raise Refused(
            f"Article {passage.number} : « {operation.quote} » y est {len(found)} fois, et devrait y être {said}. "
            "La modification n'est pas appliquée : précisez l'alinéa ou la phrase."
        )
    return found


def at_edge(words: str, edge: str, found: Span, span: Span) -> bool:
    """Whether words stand at the beginning of a place, a mark apart, or at its end, a sign apart."""
    if edge == "start":
        return not re.search(r"\w{4}", words[span[0] : found[0]])
    return LAST_SIGN.fullmatch(words, found[1], span[1]) is not None


def span_of(passage: Passage, operation: Operation) -> Span:
    """Return where an operation's place is in an article, from the widest part to the narrowest."""
    span = (0, len(passage.words))
    for place in reversed(operation.target.places):
        if place.kind is not PlaceKind.MARK and place.first == 0:
            span = holding(passage, place, span, operation)
        else:
            span = within(passage, place, span)
    return span


def holding(passage: Passage, place: Place, span: Span, operation: Operation) -> Span:
    """Return the sentence, or the alinéa, that holds the words that an operation quotes."""
    (found,) = found_words(passage, replace(operation, times=1, edge=""), span)
    parts = lines(passage.words, span) if place.kind is PlaceKind.ALINEA else sentences(passage.words, span)
    return next(part for part in parts if part[0] <= found[0] and found[1] <= part[1])


def within(passage: Passage, place: Place, span: Span) -> Span:
    """Return a place inside another, or Refused."""
    if place.kind is PlaceKind.MARK:
        return marked(passage, place.mark, span)
    parts = lines(passage.words, span) if place.kind is PlaceKind.ALINEA else sentences(passage.words, span)
    first, last = (rank - 1 if rank > 0 else len(parts) + rank for rank in (place.first, place.last))
    if not 0 <= first <= last < len(parts) or place.of not in (0, len(parts)):
        raise Refused(
            f"Article {passage.number} : {len(parts)} {place.kind}(s) là où la modification vise "
            f"{'la seconde de deux' if place.of else f'le rang {place.last}'}. "
            "Elle n'est pas appliquée : vérifiez la version de l'article."
        )
    return parts[first][0], parts[last][1]


def marked(passage: Passage, mark: str, span: Span) -> Span:
    """Return the lines under a mark: from the one that bears it to the last that it leads.

    A line without a mark after the full stop of a list's last item is no longer in the list, but above it.
    """
    held = [one for one in alineas(passage.words) if span[0] <= one.start < max(span[1], 1)]
    ranks = [rank for rank, one in enumerate(held) if mark in one.markers]
    if not ranks or ranks != list(range(ranks[0], ranks[-1] + 1)):
        raise Refused(
            f"Article {passage.number} : « {mark} » {'y est plusieurs fois' if ranks else 'n’y est pas'}. "
            "La modification n'est pas appliquée : précisez où il se trouve."
        )
    led = [held[rank] for rank in ranks]
    is_last = ranks[-1] == len(held) - 1 and ITEM.match(f"{mark})")
    while is_last and len(led) > 1 and not any(markers(led[-1].words)) and led[-2].words.rstrip().endswith("."):
        led.pop()
    return led[0].start, led[-1].start + len(led[-1].words)


def lines(words: str, span: Span) -> list[Span]:
    """Return the alinéas of a place; the first may begin inside a line."""
    return [(one.start() + span[0], one.end() + span[0]) for one in re.finditer(r"[^\n]+", words[span[0] : span[1]])]


def sentences(words: str, span: Span) -> list[Span]:
    """Return the sentences of a place; « L. » and « art. » end none."""
    found, at = [], span[0]
    for end in SENTENCE_END.finditer(words, *span):
        found.append((at, end.start()))
        at = end.end()
    return [*found, (at, span[1])]
