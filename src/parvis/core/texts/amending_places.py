"""Where a phrase of amending law acts: « à la première phrase du deuxième alinéa du I de l'article L. 1 »."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from parvis.core.texts.operations import Place, PlaceKind, Target
from parvis.core.texts.units import RANK, normalise_number

UNITS: Final = (
    *("premier", "deuxième", "troisième", "quatrième", "cinquième"),
    *("sixième", "septième", "huitième", "neuvième", "dixième"),
)
TEENS: Final = (
    *("onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième"),
    *("dix-septième", "dix-huitième", "dix-neuvième", "vingtième"),
)
ORDINALS: Final = {
    **{word: rank for rank, word in enumerate((*UNITS, *TEENS), start=1)},
    **{f"vingt-{word}": 20 + rank for rank, word in enumerate(UNITS, start=1)},
    "première": 1, "1er": 1, "1re": 1, "second": 2, "seconde": 2, "vingt et unième": 21,
    "dernier": -1, "dernière": -1, "avant-dernier": -2, "avant-dernière": -2, "antépénultième": -3,
}  # fmt: skip
COUNTS: Final = {
    word: count
    for count, word in enumerate(
        ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"), start=1
    )
}
ORDINAL: Final = "(?:" + "|".join(sorted(map(re.escape, ORDINALS), key=len, reverse=True)) + ")s?"
COUNT: Final = "(?:" + "|".join(COUNTS) + ")"
MARK: Final = (
    rf"(?:\d+ ?°(?: {RANK})?(?: [A-Z]\b)?|[IVXL]+(?: {RANK})?(?: [A-Z]{{1,2}}\b)?"
    rf"|[A-Z](?: {RANK})?\b|[a-z](?: {RANK})?\b\)?)"
)
NUMBER: Final = rf"(?:(?:L\. ?O\.?|LO|[LRDA]\.?) ?\*?)?\d+(?:er)?(?:-\d+)*(?: {RANK}\b)?(?: [A-Z]{{1,2}}\b(?!\.))?"
AND: Final = r"(?:, | et | ou |, et )"
LINK: Final = re.compile(
    r"(?:à l'|à la |au |aux |dans (?:le |la |les |l')?|de l'|de la |du |des |de |l'|le |la |les |d'|dudit |à )?",
    re.IGNORECASE,
)
SAME: Final = re.compile(r"(?:même|mêmes|ledit|ladite|présent|présente|cet|cette|ce) ", re.IGNORECASE)

RANKED: Final = re.compile(
    rf"(?:(?P<count>{COUNT}) )?(?P<ranks>{ORDINAL}(?:(?:, | et | à ){ORDINAL})*) (?P<unit>alinéa|phrase)s?\b",
    re.IGNORECASE,
)
MARKS: Final = re.compile(rf"(?P<marks>{MARK}(?:{AND}{MARK})*)(?=$|,| (?:du|de|des)\b| et )")
ARTICLES: Final = re.compile(rf"articles? (?P<numbers>{NUMBER}(?:(?:{AND}| à ){NUMBER})*)")
THIS_ARTICLE: Final = re.compile(r"articles?\b")
HOLDING: Final = re.compile(r"(?P<unit>alinéa|phrase)\b")
"""« la fin de la phrase »: the one that holds the words quoted before."""

OF_ARTICLE: Final = re.compile(r"(?:de l'|des )articles?\b", re.IGNORECASE)
WHOLE: Final = re.compile(r"(?:le |la |les |l'|au |aux |à )", re.IGNORECASE)
DIVISION: Final = re.compile(r"(?:sous-)?(?:chapitre|section|titre|livre|paragraphe|partie)\b.*", re.IGNORECASE)
TEXT: Final = re.compile(
    r"(?:code|loi|ordonnance|décret|livre des procédures fiscales|constitution|règlement|arrêté)\b.*", re.IGNORECASE
)
CUT: Final = re.compile(
    r"(?:, | et |, et )(?=(?:à l'|de l'(?=article)|l'(?=article|avant)|(?:à la|au|aux|du|le|la|les) )\S)",
    re.IGNORECASE,
)
ANOTHER: Final = re.compile(
    r"(?:, | et )(?:et )?(?:de l'|à l'|du |au |le |la |l')[^,]*?(?:article|alinéa|\d ?°)", re.IGNORECASE
)
"""Another place, after the name of a text: the name must not swallow it."""

OPAQUE: Final = re.compile(r"(?:intitulé|tableau|ligne|colonne|annexe|préambule)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What one expression aims at: places × articles, in one text; divisions and tables are only named."""

    choices: tuple[tuple[Place, ...], ...] = ()  # from the narrowest, each with its alternatives
    articles: tuple[str, ...] = ()
    text: str = ""

    def targets(self) -> tuple[Target, ...]:
        """Return one target for each place and article named."""
        places = [tuple(one) for one in product(*self.choices)]
        return tuple(
            Target(self.text, article, chosen) for article in (self.articles or ("",)) for chosen in (places or [()])
        )


def places(expression: str) -> tuple[Target, ...] | None:
    """Return what an expression aims at; None where it is not understood. Fields that it does not say are empty."""
    for parts in cuts(expression.strip(" ,:")):
        found = [one for one in map(place, parts) if one]
        if len(found) == len(parts):
            return shared(parts, found)
    return None


def shared(parts: Sequence[str], found: Sequence[Found]) -> tuple[Target, ...] | None:
    """Return the targets of places said together.

    « Le deuxième alinéa de l'article 3 et de l'article 4 » is said of both articles. After « la fin du deuxième
    alinéa de l'article 3, de l'article 4 », it may be the end of the article: None.
    """
    kept: list[Found] = []
    for part, one in zip(parts, found, strict=True):
        if kept and kept[-1].choices and not one.choices and OF_ARTICLE.match(part):
            if not WHOLE.match(parts[0]):
                return None
            kept.append(replace(one, choices=kept[-1].choices))
        else:
            kept.append(one)
    return tuple(target for one in spread(kept) for target in one.targets())


def cuts(expression: str) -> Iterator[tuple[str, ...]]:
    """Yield an expression whole, then cut where it names another place: « à l'article 2 et au 3° de l'article 4 »."""
    yield (expression,)
    pieces = CUT.split(expression)
    if len(pieces) > 1:
        yield tuple(pieces)


def spread(found: Sequence[Found]) -> Iterator[Found]:
    """Give each place the text that the last one names for all."""
    text = next((one.text for one in reversed(found) if one.text), "")
    for one in found:
        yield one if one.text else replace(one, text=text)


def place(expression: str) -> Found | None:
    """Read one expression, part by part, from the narrowest."""
    found, rest = Found(), expression
    while rest:
        rest = without(LINK, rest)
        bare = without(SAME, rest)
        step = read_part(bare, found)
        if step is None or (bare != rest and HOLDING.match(bare)):
            return None
        rest = bare
        found, length = step
        rest = rest[length:].strip()
    return found


def without(opening: re.Pattern[str], rest: str) -> str:
    found = opening.match(rest)
    return rest[found.end() :] if found else rest


def read_part(rest: str, found: Found) -> tuple[Found, int] | None:
    """Read the part that an expression begins with; None where none is known."""
    if OPAQUE.match(rest):
        return None
    for form, adds in PARTS:
        if one := form.match(rest):
            return None if form is TEXT and ANOTHER.search(rest) else (adds(found, one), one.end())
    return None


def named_text(expression: str) -> str:
    found = re.search(r"\b(?:du|de la|de l') ?((?:même )?(?:code|loi|ordonnance|décret)\b.*)", expression)
    return found[1] if found else ""


def ranked(one: re.Match[str]) -> tuple[Place, ...]:
    """Return the places of « deux premiers alinéas », « premier et troisième alinéas », « deuxième à quatrième »."""
    kind = PlaceKind(one["unit"].lower())
    words = re.split(r"(, | et | à )", one["ranks"].lower())
    ranks = [rank(word) for word in words[::2]]
    if one["count"]:
        count = COUNTS[one["count"].lower()]
        return (Place(kind, 1, count) if ranks[0] == 1 else Place(kind, -count, -1),)
    if " à " in words:
        return (Place(kind, ranks[0], ranks[-1]),)
    said = 2 if re.fullmatch("seconde?s?", words[-1]) else 0
    return tuple(Place(kind, number, number, of=said) for number in ranks)


def rank(word: str) -> int:
    return ORDINALS[word] if word in ORDINALS else ORDINALS[word.removesuffix("s")]


def marks(expression: str) -> tuple[Place, ...]:
    found = re.split(AND, expression)
    return tuple(Place(PlaceKind.MARK, mark=re.sub(r" ?° ?", "° ", one.strip(")")).strip()) for one in found)


def numbers(expression: str) -> Iterator[str]:
    """Yield the numbers of a list; a range is only its ends, which an operation then refuses to guess."""
    for one in re.split(AND + "| à ", expression):
        yield normalise_number(one)


def is_range(expression: str) -> bool:
    """Whether an expression names articles by their first and last."""
    return bool(re.search(rf"articles {NUMBER} à {NUMBER}", expression))


PARTS: Final[tuple[tuple[re.Pattern[str], Callable[[Found, re.Match[str]], Found]], ...]] = (
    (RANKED, lambda found, one: replace(found, choices=(*found.choices, ranked(one)))),
    (ARTICLES, lambda found, one: replace(found, articles=tuple(numbers(one["numbers"])))),
    (THIS_ARTICLE, lambda found, _: found),
    (HOLDING, lambda found, one: replace(found, choices=(*found.choices, (Place(PlaceKind(one["unit"]), 0, 0),)))),
    (TEXT, lambda found, one: replace(found, text=one[0].strip())),
    (DIVISION, lambda found, one: replace(found, text=named_text(one[0]))),
    (MARKS, lambda found, one: replace(found, choices=(*found.choices, marks(one["marks"])))),
)
"""The parts of an expression, in the order in which they are tried, and what each adds to what was found."""
