"""A document in Markdown (CommonMark): divisions and articles as headings, each alinéa a paragraph, nothing else."""

import re
from collections.abc import Iterator
from typing import Final

from parvis.core.texts.documents import Document, new_divisions

DEEPEST: Final = 6  # CommonMark's levels of heading
SIGNS: Final = re.compile(r"([\\`*_\[\]<>&#|~])")


def markdown(title: str, document: Document) -> str:
    """Return a document under its title. What its words hold of Markdown's own signs is escaped."""
    return "\n\n".join([f"# {escaped(title)}", *_blocks(document)]) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    above: tuple[str, ...] = ()
    for passage in document.passages:
        fresh = new_divisions(above, passage.path)
        for depth, division in enumerate(fresh, start=2 + len(passage.path) - len(fresh)):
            yield f"{'#' * min(depth, DEEPEST)} {escaped(division)}"
        status = f" ({escaped(passage.status)})" if passage.status else ""
        yield f"{'#' * min(2 + len(passage.path), DEEPEST)} {escaped(passage.title)}{status}"
        yield from (escaped(line.strip()) for line in passage.words.split("\n") if line.strip())
        above = passage.path


def escaped(words: str) -> str:
    r"""Return words that Markdown shows as they are.

    >>> print(escaped("1. R*323-5"))
    1\. R\*323-5
    """
    plain = SIGNS.sub(r"\\\1", " ".join(words.split("\n")))
    return re.sub(r"^(\s*)(\d{1,9})([.)])", r"\1\2\\\3", re.sub(r"^(\s*)([-+=])", r"\1\\\2", plain))
