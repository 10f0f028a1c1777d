"""The shapes of amending phrases, and the operations that each makes. Quotations stand masked: ⟦0⟧, ⟦1⟧."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from typing import Final

from parvis.core.texts.amending_places import is_range, places
from parvis.core.texts.operations import Act, Operation, Target
from parvis.core.texts.units import markers, normalise_number

NAMES: Final = (
    "mots?|références?|nombres?|taux|montants?|dates?|années?|chiffres?|signes?|mentions?|sommes?|numéros?|pourcentages?"
    "|membres? de phrase|expressions?|termes?|durées?"
)
QUOTED: Final = rf"(?:(?:le |la |les |l'|l’)?(?:deux |trois )?(?:{NAMES}) ?:? ?)?⟦\d+⟧"
WORDS: Final = rf"{QUOTED}(?:(?:, | et |, et ){QUOTED})*"
IS: Final = r"(?:il est|est|sont|il sont)"
LINES: Final = (
    r"(?P<what>(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|[a-z]+-[a-z]+|des?|les?|la|l') ?"
    r"(?:derniers? |seconds? |mêmes? )?[^:⟦]*?)"
)
DRAFTED: Final = r"(?: ainsi rédigée?s?|suivante?s?| suivante?s?)"
OPAQUE: Final = re.compile(r"\b(?:intitulé|tableau|lignes?|colonnes?)\b", re.IGNORECASE)
VERB: Final = re.compile(r"\b(?:est|sont|devient|deviennent)\b")
"""What no place contains: an expression that holds it is two orders read as one."""

NOT_ALONE: Final = re.compile(r"sous réserve|à compter du|jusqu'au|pour l'application")


@dataclass(frozen=True)
class Shape:
    """A shape of phrase, what it is called, and what it makes of its parts."""

    name: str  # French
    form: re.Pattern[str]
    makes: Callable[["Parts"], Iterator[Operation]]


@dataclass(frozen=True)
class Parts:
    """A phrase that has a shape: its parts, its targets, its quotations, the lines quoted under it."""

    found: re.Match[str]
    targets: tuple[Target, ...]
    edge: str
    quotations: tuple[str, ...]
    quoted: tuple[str, ...]

    def words(self, part: str) -> list[str]:
        return [self.quotations[int(rank)] for rank in re.findall(r"⟦(\d+)⟧", self.found[part])]

    @property
    def lines(self) -> str:
        return "\n".join(self.quoted)


TIMES: Final = {"deux fois": 2, "trois fois": 3, "à chaque occurrence": 0, "partout": 0, "à chaque fois": 0}


def times(parts: Parts) -> int:
    said = (parts.found["times"] or "").strip(" ,()")
    return TIMES.get(said, 1)


def replacing(parts: Parts) -> Iterator[Operation]:
    """« les mots : X sont remplacés par les mots : Y »."""
    old, new = parts.words("old"), parts.words("new")
    pairs = zip(old, new, strict=True) if len(old) == len(new) else ((one, new[0]) for one in old)
    for quote, words in pairs:
        for target in parts.targets:
            yield Operation(Act.REPLACE, target, quote, words, times(parts), parts.edge)


def deleting(parts: Parts) -> Iterator[Operation]:
    """« les mots : X sont supprimés »."""
    for quote in parts.words("old"):
        for target in parts.targets:
            yield Operation(Act.DELETE, target, quote, "", times(parts), parts.edge)


def inserting(parts: Parts) -> Iterator[Operation]:
    """« après le mot : X, sont insérés les mots : Y »."""
    act = Act.INSERT_AFTER if parts.found["side"].lower() == "après" else Act.INSERT_BEFORE
    for target in parts.targets:
        for quote in parts.words("old"):
            yield Operation(act, target, quote, parts.words("new")[0], times(parts))


def adding_words(parts: Parts) -> Iterator[Operation]:
    """« est complété par les mots : X », « au début, sont ajoutés les mots : X »."""
    act = Act.PREPEND if parts.edge == "start" else Act.APPEND
    for target in parts.targets:
        yield Operation(act, target, words=parts.words("new")[0])


def ending(parts: Parts) -> Iterator[Operation]:
    """« après le mot : X, la fin de l'alinéa est ainsi rédigée : Y », « est supprimée »."""
    is_kept = bool(parts.quoted)
    for target in parts.targets:
        act = Act.REPLACE_END if is_kept else Act.DELETE_END
        yield Operation(act, target, parts.words("old")[0], parts.lines)


def completing(parts: Parts) -> Iterator[Operation]:
    """« est complété par un alinéa ainsi rédigé », « il est ajouté une phrase »; an article quoted is created."""
    if any(ARTICLE.match(line) for line in parts.quoted):
        yield from creating(parts)
    else:
        for target in parts.targets:
            yield Operation(Act.COMPLETE, target, words=parts.lines, is_sentence=is_sentence(parts))


def adding_beside(parts: Parts) -> Iterator[Operation]:
    """« après le deuxième alinéa, il est inséré un alinéa ainsi rédigé »; an article quoted is created."""
    if any(ARTICLE.match(line) for line in parts.quoted):
        yield from creating(parts)
    else:
        act = Act.ADD_AFTER if parts.found["side"].lower() == "après" else Act.ADD_BEFORE
        for target in parts.targets:
            yield Operation(act, target, words=parts.lines, is_sentence=is_sentence(parts))


def rewriting(parts: Parts) -> Iterator[Operation]:
    """« est ainsi rédigé », « est remplacé par deux alinéas ainsi rédigés »."""
    text = parts.targets[0].text if parts.targets else ""
    if parts.quoted and ARTICLE.match(parts.quoted[0]):
        for number, words in articles(parts.quoted):
            yield Operation(Act.REWRITE, Target(text, number), words=words)
        return
    for target, lines in zip(parts.targets, by_mark(parts) or repeat(parts.lines), strict=False):
        yield Operation(Act.REWRITE, target, words=lines)


def by_mark(parts: Parts) -> list[str]:
    """Return the lines that each mark begins: « Les I et II sont ainsi rédigés » quotes the one, then the other."""
    marks = [target.places[0].mark for target in parts.targets if target.places]
    first = [next(markers(line), "") for line in parts.quoted]
    if len(set(marks)) < max(2, len(marks)) or any(first.count(mark) != 1 for mark in marks) or first[0] != marks[0]:
        return []
    starts = [first.index(mark) for mark in marks]
    return ["\n".join(parts.quoted[start:end]) for start, end in pairwise([*starts, len(parts.quoted)])]


def creating(parts: Parts) -> Iterator[Operation]:
    """« il est inséré un article 34-1 ainsi rédigé », « un chapitre IV bis ainsi rédigé »: each article quoted."""
    text = parts.targets[0].text if parts.targets else ""
    for number, words in articles(parts.quoted):
        yield Operation(Act.CREATE, Target(text, number), words=words)


def removing(parts: Parts) -> Iterator[Operation]:
    """« est supprimé », « est abrogé »."""
    for target in parts.targets:
        yield Operation(Act.REMOVE if target.places else Act.REPEAL, target)


ARTICLE: Final = re.compile(
    r"Art(?:icle|\.) ?(?P<number>(?:L\. ?O\.?|LO|[LRDA]\.)? ?\*?\d+(?:er)?(?:-\d+)*"
    r"(?: (?:bis|ter|quater|quinquies))?(?: [A-Z]\b)?)\s*(?:\. ?)?[-–—.]\s*"
)
TITLE: Final = re.compile(r"(?:sous-)?(?:chapitre|section|titre|livre|paragraphe)\b", re.IGNORECASE)


def articles(quoted: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the articles of quoted law, each with its number and its words; the titles of divisions are left."""
    number, in_title = "", False
    kept: list[str] = []
    for line in quoted:
        if found := ARTICLE.match(line):
            if number:
                yield number, "\n".join(kept)
            number, kept, in_title = normalise_number(found["number"]), [line[found.end() :]], False
        elif TITLE.match(line) or in_title:
            in_title = True
        elif number:
            kept.append(line)
    if number:
        yield number, "\n".join(kept)


def is_sentence(parts: Parts) -> bool:
    return "phrase" in parts.found["what"]


LOC: Final = r"(?:(?P<loc>[^⟦]+?),? )??"
WHERE: Final = r"(?P<loc>[^⟦]+?),? "
OCCURS: Final = r"(?P<times>,? ?\(?(?:deux fois|trois fois|à chaque occurrence|à chaque fois|partout)\)?,?)?"


def shape(name: str, form: str, makes: Callable[[Parts], Iterator[Operation]]) -> Shape:
    return Shape(name, re.compile(form, re.IGNORECASE), makes)


PUT: Final = rf"{IS} (?:insérée?s?|ajoutée?s?|rétablie?s?)"
SHAPES: Final = (
    shape(
        "fin récrite",
        rf"{LOC}après (?P<old>{QUOTED}),? la fin(?P<loc2> [^⟦]+?)? est (?:ainsi rédigée ?:?|supprimée)",
        ending,
    ),
    shape(
        "insertion de mots",
        rf"{LOC}(?P<side>après|avant) (?P<old>{WORDS}){OCCURS},? ?{PUT} (?P<new>{QUOTED})",
        inserting,
    ),
    shape(
        "remplacement de mots",
        rf"{LOC}(?P<old>{WORDS}) ?{IS} (?:respectivement )?remplacée?s?{OCCURS}"
        rf"(?:, respectivement,| respectivement)? par (?P<new>{WORDS})",
        replacing,
    ),
    shape("suppression de mots", rf"{LOC}(?P<old>{WORDS}){OCCURS} ?{IS} supprimée?s?", deleting),
    shape("ajout de mots", rf"{LOC}{IS} (?:ajoutée?s?|insérée?s?|complétée?s? par) (?P<new>{QUOTED})", adding_words),
    shape(
        "insertion d'alinéas ou d'articles",
        rf"(?P<side>après|avant) (?P<loc>[^⟦]+?),? ?{PUT} {LINES}{DRAFTED} ?:?",
        adding_beside,
    ),
    shape(
        "ajout d'alinéas ou de phrases",
        rf"{LOC}(?:{PUT}|{IS} complétée?s? par) {LINES}{DRAFTED} ?:?",
        completing,
    ),
    shape("réécriture", rf"{WHERE}{IS} ainsi (?:rédigée?s?|rétablie?s?) ?:?", rewriting),
    shape("réécriture", rf"{WHERE}{IS} remplacée?s? par {LINES}{DRAFTED} ?:?", rewriting),
    shape("suppression ou abrogation", rf"{WHERE}{IS} (?:supprimée?s?|abrogée?s?)", removing),
)
JOINT: Final = re.compile(
    r"(?:,? et|,? puis|;|,),? (?=(?:à|au|aux|dans|après|avant|le|la|les|l'|est|sont|il)\b)", re.IGNORECASE
)
EDGE: Final = re.compile(r"(?P<edge>au début|à la fin|en tête|in fine)(?P<rest> d[ue]s? .*| de .*|$)", re.IGNORECASE)


def read_phrase(said: str, quotations: tuple[str, ...], quoted: tuple[str, ...]) -> tuple[Operation, ...] | str:
    """Return the operations of a masked phrase, or why it is not understood."""
    if NOT_ALONE.search(said):
        return "condition ou date d'effet"
    if OPAQUE.search(said):
        return "tableau ou intitulé"
    why = "forme inconnue"
    for one in SHAPES:
        found = one.form.fullmatch(said)
        if found:
            targets = aimed(found)
            if isinstance(targets, str):
                why = targets
                continue
            operations = tuple(one.makes(Parts(found, targets[0], targets[1], quotations, quoted)))
            if is_block(operations):
                return "plusieurs lieux récrits d'un bloc"
            if operations and all(map(is_whole, operations)):
                return operations
            why = "rien n'est cité" if not quoted else "article cité sans numéro"
    return why


def is_whole(operation: Operation) -> bool:
    """Whether an operation brings what it must, and quotes what its place is found by."""
    if not operation.quote and any(place.first == 0 for place in operation.target.places):
        return False
    return bool(operation.words) or operation.act in {Act.DELETE, Act.DELETE_END, Act.REMOVE, Act.REPEAL, Act.REPLACE}


def is_block(operations: Sequence[Operation]) -> bool:
    """Whether one quotation would be written in several places of one article."""
    written = [(one.target.article, one.words) for one in operations if one.act is Act.REWRITE and one.target.places]
    return len(set(written)) < len(written)


def aimed(found: re.Match[str]) -> tuple[tuple[Target, ...], str] | str:
    """Return the targets of a phrase, and the edge that its words stand at; or why they are not understood."""
    groups = found.groupdict()
    edge = ""
    targets: tuple[Target, ...] = (Target(),)
    for expression in filter(None, (groups["loc"], groups.get("loc2"))):
        if VERB.search(expression):
            return "lieu non compris"
        at, rest = edged(expression)
        edge = edge or at
        if is_range(rest):
            return "suite d'articles non énumérée"
        named = places(rest) if rest else (Target(),)
        if named is None:
            return "lieu non compris"
        targets = tuple(inside(one, wider) for one in named for wider in targets)
    return targets, edge


def inside(one: Target, wider: Target) -> Target:
    """Return a place inside another: « à l'article 3, après le mot X, la fin de la phrase »."""
    return Target(one.text or wider.text, one.article or wider.article, (*one.places, *wider.places))


def edged(expression: str) -> tuple[str, str]:
    """Part « à la fin du premier alinéa » into its edge and its place."""
    found = EDGE.fullmatch(expression.strip(" ,:"))
    if found is None:
        return "", expression
    return ("start" if found["edge"].lower() in ("au début", "en tête") else "end"), found["rest"].strip()


def split(said: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a phrase in two where « et », « puis » or a semicolon may join two orders."""
    for joint in re.finditer(
        r"(?:,? et|,? puis|;|,),? (?=(?:à|au|aux|dans|après|avant|le|la|les|l'|est|sont|il)\b)", said
    ):
        yield said[: joint.start()], said[joint.end() :]


def with_place(operations: Sequence[Operation], target: Target) -> tuple[Operation, ...]:
    """Give a place to operations that name none: « …, le mot X est supprimé et le mot Y est ajouté »."""
    return tuple(replace(one, target=target) if one.target == Target() else one for one in operations)
