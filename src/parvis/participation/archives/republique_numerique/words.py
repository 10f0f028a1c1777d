"""The words of a passage of HTML: paragraphs and line breaks are lines, everything else is left behind."""

import re
from typing import Final

from lxml import html

BREAKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"})
SILENT: Final = frozenset({"script", "style", "head", "title", "object", "iframe"})


def words(source: str) -> str:
    r"""Return the text of a passage of HTML, one line a paragraph, without markup, script or style.

    >>> words("<p>Un&nbsp;: <b>deux</b>,<br />trois</p><script>quatre()</script><p>cinq</p>")
    'Un\xa0: deux,\ntrois\ncinq'
    """
    if not source.strip():
        return ""
    pieces: list[str] = []
    _gather(html.fragment_fromstring(source, create_parent="div"), pieces)
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _gather(element: html.HtmlElement, pieces: list[str]) -> None:
    """Add the words of an element and of what it holds; a comment has no tag of its own and says nothing."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    is_break = element.tag in BREAKS
    pieces.append("\n" if is_break else "")
    pieces.append(_line(element.text))
    for child in element:
        _gather(child, pieces)
        pieces.append(_line(child.tail))
    pieces.append("\n" if is_break else "")


def _line(text: str | None) -> str:
    """Return words of the source: its own line ends are spaces, as a browser shows them."""
    return re.sub(r"[\r\n]+", " ", text or "")
