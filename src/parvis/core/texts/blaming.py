"""Blame: which version, and which source, brought each run of words of a unit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parvis.core.texts.comparing import Kind, compare
from parvis.core.texts.editing import Edit, Source


@dataclass(frozen=True)
class Stage:
    """A unit in a version: its words then, the versions that this one follows, the edits known to have made it.

    Edits apply to the words of the first parent. What they do not explain was changed by the version itself.
    """

    version: str
    words: str
    parents: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Span:
    """Words, the version where they first stood, and the sources that they come from, where known."""

    words: str
    version: str
    sources: tuple[Source, ...] = ()


def blame(stages: Sequence[Stage]) -> tuple[Span, ...]:
    """Return the origin of the words of the last stage. A stage comes after those of its parents that are given."""
    known: dict[str, tuple[Span, ...]] = {}
    for stage in stages:
        known[stage.version] = tuple(_joined(_spans(stage, known)))
    return known[stages[-1].version] if stages else ()


def _spans(stage: Stage, known: Mapping[str, Sequence[Span]]) -> Iterable[Span]:
    parents = [known[parent] for parent in stage.parents if parent in known]
    first: Iterable[Span] = _sourced(parents[0], stage) if parents else [Span(stage.words, stage.version)]
    for parent in parents[1:]:
        first = _over(list(first), list(_carried(parent, stage.words, stage.version)), stage.version)
    return first


def _sourced(parent: Sequence[Span], stage: Stage) -> Iterator[Span]:
    """Apply the edits known, each bringing its source, then what the version itself changed."""
    words = "".join(span.words for span in parent)
    rest, done, marked = _Cut(parent), 0, list[Span]()
    for edit, sources in _credited(stage.edits):
        marked += [*rest.take(edit.start - done), Span(edit.after, stage.version, sources)]
        list(rest.take(edit.end - edit.start))
        done = edit.end
    marked += rest.take(len(words) - done)
    return _carried(marked, stage.words, stage.version)


def _credited(edits: Iterable[Edit]) -> Iterator[tuple[Edit, tuple[Source, ...]]]:
    """Yield each edit once, in order, with all the sources that asked for it."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end, edit.after))
    for place, edit in enumerate(ordered):
        if place == 0 or not edit.does_as(ordered[place - 1]):
            yield edit, tuple(other.source for other in ordered[place:] if other.does_as(edit))


def _carried(spans: Sequence[Span], after: str, version: str) -> Iterator[Span]:
    """Carry origins over to the words after; those that are new come from the version."""
    rest = _Cut(spans)
    for change in compare("".join(span.words for span in spans), after):
        kept = list(rest.take(len(change.before)))
        if change.kind == Kind.EQUAL:
            yield from kept
        elif change.after:
            yield Span(change.after, version)


class _Cut:
    """Spans taken from the left, by numbers of characters."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._left = list(reversed(list(spans)))

    def take(self, length: int) -> Iterator[Span]:
        while length > 0:
            span = self._left.pop()
            yield replace(span, words=span.words[:length])
            if len(span.words) > length:
                self._left.append(replace(span, words=span.words[length:]))
            length -= len(span.words)


def _over(first: Sequence[Span], second: Sequence[Span], version: str) -> Iterator[Span]:
    """Give the words that the first parent did not have to the second, where it had them."""
    others = _Cut(second)
    for span in first:
        same = list(others.take(len(span.words)))
        yield from same if span.version == version and not span.sources else [span]


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Join the neighbours of one origin."""
    last: Span | None = None
    for span in spans:
        if last and (last.version, last.sources) == (span.version, span.sources):
            last = replace(last, words=last.words + span.words)
        else:
            if last and last.words:
                yield last
            last = span
    if last and last.words:
        yield last
