"""Blame as pages show it: each run of words bears a number, and each number is told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parvis.core.texts.blaming import Span as Blamed
from parvis.core.texts.editing import Source
from parvis.core.texts.pages.article import Origin, Span
from parvis.core.texts.pages.dossier import VersionName
from parvis.core.web.parts import Step


def origins(
    spans: Iterable[Blamed], versions: Mapping[str, VersionName]
) -> tuple[tuple[tuple[Span, ...], ...], tuple[Origin, ...]]:
    """Return the lines of a unit, each run with its mark, and the origins by their marks."""
    found = list(spans)
    marks = {key: mark for mark, key in enumerate(dict.fromkeys(_key(span) for span in found), start=1)}
    whole = sum(len(span.words) for span in found) or 1
    shares = {key: sum(len(span.words) for span in found if _key(span) == key) / whole for key in marks}
    told = {_key(span): span for span in found}
    return tuple(_lines(found, marks)), tuple(
        _origin(mark, told[key], versions, shares[key]) for key, mark in marks.items()
    )


def _key(span: Blamed) -> tuple[object, ...]:
    return (span.version, span.sources)


def _lines(spans: Sequence[Blamed], marks: Mapping[tuple[object, ...], int]) -> Iterator[tuple[Span, ...]]:
    line: list[Span] = []
    for span in spans:
        for place, words in enumerate(span.words.split("\n")):
            if place and line:
                yield tuple(line)
                line = []
            if words:
                line.append(Span(words, marks[_key(span)]))
    if line:
        yield tuple(line)


def _origin(mark: int, span: Blamed, versions: Mapping[str, VersionName], share: float) -> Origin:
    """Tell what brought the words: the contributions adopted, where they are known, else the version itself."""
    return Origin(mark, versions[span.version], tuple(Step(_told(one), one.url) for one in span.sources), share)


def _told(source: Source) -> str:
    if source.kind == "contribution":
        return f"Ces mots viennent de la {source}"
    label = str(source)
    return label[:1].upper() + label[1:]
