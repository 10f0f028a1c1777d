"""Numbers of articles and addresses of alinéas, as French law writes them.

A number is written in many ways (« D. 312-1-3 », « D312-1-3 », « article premier »); `normalise_number` gives the one
that identifies the unit. Alinéas are counted as the assemblies do: every line of an article, from 1. Their markers (I,
A, 1°, a) give the address that lawyers use: « a du 2° du I ».
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BLANKS: Final = re.compile(r"\s+")
DASHES: Final = re.compile(r"\s*[‐‑‒–—−-]\s*")
LEADING: Final = re.compile(r"^(?:articles?|art)\b\.?\s*", re.IGNORECASE)
APART: Final = re.compile(r"\b(1)\s(er|re)\b", re.IGNORECASE)  # « 1 er », where the ordinal was set above the line
# Codes: L (law), LO (organic law), R and D (decrees), A (order); a star tells a decree of the council of ministers.
CODED: Final = re.compile(r"^([lrda])\.?\s?(o?)\.?\s?(\*{0,2})\s?(?=\d)", re.IGNORECASE)
RANK: Final = (
    r"(?:(?:un|duo|ter|quater|quin|sex|septem?|octo|novo)?(?:bis|ter|quater|(?:quinqu|sex|sept|oct|non|dec|vic)ies))"
)
ORDINALS: Final = {"premier": "1er", "première": "1re", "1°": "1er"}

# What opens an alinéa: « I. - », « II bis. – », « A. – », « 1° », « 2° bis A », « a) », after a quotation mark or not.
MARKER: Final = re.compile(
    rf"""(?P<quote>[«"“]?\s*)(?![LRDAC]\.?\s?\*?\s?\d+(?:-|\d\d))(?P<mark>
        (?:[IVXL]+|[A-Z])(?:\s{RANK})?(?:\s[A-Z])?(?=\s?(?:\.|[-–—]\s|\)))
        |\d+\s?°(?:\s{RANK})?(?:\s[A-Z](?=[\s)]))?
        |[a-z]{{1,2}}(?:\s{RANK})?(?=\s?\))
        |\d+(?=\s?[.)]\s)
    )(?:\s?\.\s?[-–—]|\s?[.)]|\s[-–—](?=\s))?\s*""",
    re.VERBOSE,
)
LEVELS: Final = (r"[IVXL]+\b", r"[A-Z]\b", r"\d+\s?°", r"[a-z]", r"\d+")
QUOTES: Final = '"«“'  # each alinéa of quoted law opens with one
LISTED: Final = 2  # the first level whose marks are those of a list


@dataclass(frozen=True)
class Alinea:
    """A line of an article: its rank from 1, the markers that lead to it, and where it stands in the words."""

    rank: int
    markers: tuple[str, ...]  # ("I", "2°", "a"), from the widest
    words: str
    start: int  # characters, in the words of the article
    place: int  # its rank from 1 among the alinéas of its narrowest marker: 1 is the one that bears it

    @property
    def address(self) -> str:
        """Return « a du 2° du I » where the alinéa bears a marker, « 3e alinéa du I » where it does not."""
        own = "" if self.markers and self.place == 1 else f"{ordinal(self.place)} alinéa"
        return " du ".join(filter(None, (own, *reversed(self.markers))))


def normalise_number(number: str) -> str:
    """Return the number that identifies a unit, however it was written.

    >>> normalise_number("D. 312-1-3"), normalise_number("R* 323-5"), normalise_number("Article premier")
    ('D312-1-3', 'R*323-5', '1er')
    >>> normalise_number("1ER  BIS a"), normalise_number("L.O. 119"), normalise_number("R. * 132-4")
    ('1er bis A', 'LO119', 'R*132-4')
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    bare = DASHES.sub("-", BLANKS.sub(" ", LEADING.sub("", plain))).strip(" .:")
    bare = APART.sub(r"\1\2", bare)
    coded = CODED.sub(lambda found: found[1].upper() + found[2].upper() + found[3], bare)
    return " ".join(_word(word) for word in coded.split(" "))


def _word(word: str) -> str:
    """Write one word of a number: « premier » is 1er, ranks are small letters, lone letters are capitals."""
    small = word.lower()
    if small in ORDINALS:
        return ORDINALS[small]
    if re.fullmatch(rf"\d+(?:er|re|e)|{RANK}|unique|liminaire", small):
        return small
    return word.upper() if len(word) == 1 or re.fullmatch("[ivxl]+", small) else word


def unit_id(number: str) -> str:
    """Return a number as an identifier: the same article bears it through all versions, unless it is renumbered.

    >>> unit_id("Article 1er bis A"), unit_id("R* 323-5")
    ('1er_bis_A', 'R*323-5')
    """
    return normalise_number(number).replace(" ", "_")


def unmarked(line: str) -> str:
    """Return an alinéa without the markers that open it: « "I. - A. - Les mots » says « Les mots ».

    >>> unmarked('"I. - 1° Les mots'), unmarked("A défaut, le juge")
    ('Les mots', 'A défaut, le juge')
    """
    while (found := MARKER.match(line)) and found.end():
        line = line[found.end() :]
    return line


def markers(line: str) -> Iterator[str]:
    """Yield the markers that open an alinéa, quoted law left out: it has its own."""
    while (found := MARKER.match(line)) and not found["quote"].strip():
        yield BLANKS.sub(" ", found["mark"])
        line = line[found.end() :]


def ordinal(rank: int) -> str:
    return "1er" if rank == 1 else f"{rank}e"


def alineas(words: str) -> Iterator[Alinea]:
    """Yield the alinéas of an article, each with its address. An empty line has no rank.

    A list ends with the item that ends with a full stop: what follows, neither marked nor quoted, is out of it.
    """
    above: tuple[tuple[int, str], ...] = ()
    seen: Counter[tuple[tuple[int, str], ...]] = Counter()
    rank = start = 0
    ended = False
    for line in words.split("\n"):
        if line.strip():
            rank += 1
            marks = tuple(markers(line))
            above = _under(above, marks, ended=ended and line.lstrip()[0] not in QUOTES)
            seen[above] = 1 if marks else seen[above] + 1
            yield Alinea(rank, tuple(mark for _, mark in above), line, start, seen[above])
            ended = line.rstrip(' »"').endswith(".")
        start += len(line) + 1


def _under(above: tuple[tuple[int, str], ...], marks: tuple[str, ...], *, ended: bool) -> tuple[tuple[int, str], ...]:
    """Return the markers that an alinéa is under, each with its level, from those of the alinéa before and its own."""
    if not marks and ended:
        return tuple(item for item in above if item[0] < LISTED)
    for mark in marks:
        level = next(place for place, shape in enumerate(LEVELS) if re.match(shape, mark))
        above = (*(item for item in above if item[0] < level), (level, mark))
    return above
