"""Find what a bill has to do with a code in force: each reference says how it was found, none is a silent guess.

Four ways, from the surest to the most indirect:
- `number`: the words cite the article by its number, and name the code;
- `law`: the code says which law changed the article, and it is this one;
- `words`: a run of words of the bill stands in the article as it is today;
- `ordinance`: the bill empowers the Government to codify in this code within a delay, and the code says that an
  ordinance signed within it created the article.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.units import normalise_number

NUMBER, LAW, ORDINANCE, WORDS = "number", "law", "ordinance", "words"

SHORTEST_RUN: Final = 15
"""Words in a row below which two texts may say the same by chance: the law's own formulas reach a dozen."""

COMMON: Final = 2
"""Units of one text that hold a run of words above which it is a formula (the title of a law, a procedure)."""

SHOWN_RUN: Final = 12
"""Words of a run that the evidence quotes."""

REACH: Final = 160
"""Characters between a number and the code that it belongs to."""

CODED_NUMBER: Final = re.compile(r"\b(?:LO|[LRDA])\.?\s?\*?\s?\d+(?:-\d+)*")
CODE: Final = re.compile(r"\bd[ue](?:s)? (?P<same>même code)|\b(?P<named>code (?:[a-zéèêàçîôû'’]+ ?)+)", re.IGNORECASE)
EMPOWERED: Final = re.compile(r"habilité à (?:prendre|procéder)[^.]{0,80}par (?:voie d')?ordonnance", re.IGNORECASE)
DELAY: Final = re.compile(r"délai (?:de|d')\s?(?P<months>\w+(?:-\w+)?) mois (?:à compter de|suivant) la promulgation")
MONTHS: Final = {
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "quinze": 15, "dix-huit": 18, "vingt-quatre": 24,
}  # fmt: skip
LAW_NUMBER: Final = re.compile(r"\b(\d{2,4}-\d+)\b")
ITS_ARTICLE: Final = re.compile(r"art\. ?(\d+(?:er)?(?: [A-Z]\b)?)")
WORD: Final = re.compile(r"[^\W_]+")
REST: Final = re.compile(r"(?:['’]\w+)?")  # « d'une » is quoted whole
CREATES: Final = frozenset({"CODIFICATION", "CREE", "CREATION"})


Run: TypeAlias = tuple[str, ...]
Place: TypeAlias = tuple[str, int, list[str]]  # unit, rank of the first word, words of the unit


@dataclass(frozen=True)
class Found:
    """A reference from a unit to a unit of another text, how it was found, and the sentence that shows it."""

    unit: str
    target: str
    found_by: str
    evidence: str  # French
    weight: int = 0  # words in common, where that is how


@dataclass(frozen=True)
class Codified:
    """A code in force, and what its source says of each article: the laws that changed it, its first day in force."""

    title: str
    document: Document
    changes: Mapping[str, Sequence[Mapping[str, Any]]]
    since: Mapping[str, str]


@dataclass(frozen=True)
class Enacted:
    """A bill's last words, and what became of it: the law's number and its day, the articles' numbers in the law."""

    document: Document
    law: str
    promulgated: date | None
    renumbered: Mapping[str, str]  # the bill's number -> the law's


def codified(title: str, document: Document, facts: Mapping[str, Mapping[str, Any]]) -> Codified:
    """Return a code from what its source says of each article: « changes » (its laws), « versions » (their days)."""
    changes = {unit: said["changes"] for unit, said in facts.items() if unit in document}
    since = {unit: said["versions"][0]["from"] for unit, said in facts.items() if unit in document}
    return Codified(title, document, changes, since)


def enacted(document: Document, said: Mapping[str, Any]) -> Enacted:
    """Return a bill from what its source says: « law », « ended_on » (its promulgation), « renumbered »."""
    law = said.get("law", "")
    promulgated = date.fromisoformat(said["ended_on"]) if law else None
    return Enacted(document, law, promulgated, said.get("renumbered", {}))


def references(bill: Enacted, code: Codified) -> tuple[Found, ...]:
    """Return what a bill has to do with a code, in the order of both texts, each pair once a way."""
    found = [*by_number(bill, code), *by_law(bill, code), *by_words(bill.document, code), *by_ordinance(bill, code)]
    units = {passage.unit: place for place, passage in enumerate(bill.document.passages)}
    targets = {passage.unit: place for place, passage in enumerate(code.document.passages)}
    once: dict[tuple[str, str, str], Found] = {}
    for one in found:
        once.setdefault((one.unit, one.target, one.found_by), one)
    return tuple(sorted(once.values(), key=lambda one: (units[one.unit], targets[one.target], one.found_by)))


# Cited by its number


def by_number(bill: Enacted, code: Codified) -> Iterator[Found]:
    """Yield the articles that the words cite with the name of this code."""
    known = {normalise_number(passage.number): passage.unit for passage in code.document.passages}
    for passage in bill.document.passages:
        for number, words in _cited(passage.words, code.title):
            if normalise_number(number) in known:
                evidence = f"L'article cite le numéro : « {words} »."
                yield Found(passage.unit, known[normalise_number(number)], NUMBER, evidence)


def _cited(words: str, code_title: str) -> Iterator[tuple[str, str]]:
    """Yield each number with the words from it to the name of the code it belongs to, where that is this code."""
    last_named = ""
    mentions = []
    for found in CODE.finditer(words):
        last_named = last_named if found["same"] else found["named"].strip().lower()
        mentions.append((found.start(), found.end(), last_named))
    for number in CODED_NUMBER.finditer(words):
        after = next(((start, end, name) for start, end, name in mentions if start >= number.end()), None)
        if after and after[0] - number.end() <= REACH and after[2].startswith(_plain(code_title)):
            yield number[0], words[number.start() : after[1]].replace("\n", " ").strip()


def _plain(title: str) -> str:
    return title.lower().replace("’", "'")


# Changed by this law, says the code


def by_law(bill: Enacted, code: Codified) -> Iterator[Found]:
    """Yield the articles that the code's own source says this law changed, by the law's article."""
    number = LAW_NUMBER.search(bill.law)
    if number is None:
        return
    of_law = _articles_of_law(bill)
    for unit, changes in code.changes.items():
        for change in changes:
            its_article = ITS_ARTICLE.search(change["law"])
            if number[1] in LAW_NUMBER.findall(change["law"]) and its_article and its_article[1] in of_law:
                evidence = f"La source du code dit l'article modifié par : {change['law']}."
                yield Found(of_law[its_article[1]], unit, LAW, evidence)


def _articles_of_law(bill: Enacted) -> dict[str, str]:
    """Return the bill's unit for each number of an article of the law."""
    numbers = ((bill.renumbered.get(passage.number, passage.number), passage) for passage in bill.document.passages)
    return {number: passage.unit for number, passage in numbers}


# The same words


def by_words(document: Document, code: Codified) -> Iterator[Found]:
    """Yield the articles that hold a run of at least `SHORTEST_RUN` words of a unit, longest run told."""
    places = _rare(code.document)
    own = _rare(document)
    for passage in document.passages:
        for unit, (start, length) in _longest(_words(passage.words), places, own).items():
            said = _quoted(passage.words, start, SHOWN_RUN)
            evidence = f"{length}\u00a0mots qui se suivent sont les mêmes : «\u00a0{said}…\u00a0»."
            yield Found(passage.unit, unit, WORDS, evidence, length)


def _quoted(text: str, start: int, length: int) -> str:
    """Return the words as they are written, from one to another."""
    spans = [found.span() for found in WORD.finditer(text)][start : start + length]
    end = REST.match(text, spans[-1][1])
    return " ".join(text[spans[0][0] : end.end() if end else spans[-1][1]].split())


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _rare(document: Document) -> dict[Run, list[Place]]:
    """Return where each run of `SHORTEST_RUN` words stands in a document, those that are formulas left out."""
    places: dict[Run, list[Place]] = defaultdict(list)
    for passage in document.passages:
        words = _words(passage.words)
        for start in range(len(words) - SHORTEST_RUN + 1):
            places[tuple(words[start : start + SHORTEST_RUN])].append((passage.unit, start, words))
    return {run: found for run, found in places.items() if len({unit for unit, _, _ in found}) <= COMMON}


def _longest(
    words: list[str], places: Mapping[Run, Sequence[Place]], own: Collection[Run]
) -> dict[str, tuple[int, int]]:
    """Return by unit the longest run of these words: where it starts, how many words it has."""
    longest: dict[str, tuple[int, int]] = {}
    for start in range(len(words) - SHORTEST_RUN + 1):
        run = tuple(words[start : start + SHORTEST_RUN])
        for unit, place, theirs in places.get(run, ()) if run in own else ():
            length = _shared(words[start:], theirs[place:])
            if length > longest.get(unit, (0, 0))[1]:
                longest[unit] = (start, length)
    return longest


def _shared(ours: list[str], theirs: list[str]) -> int:
    return next(
        (length for length, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]),
        min(len(ours), len(theirs)),
    )


# Codified by an ordinance that the bill allows


def by_ordinance(bill: Enacted, code: Codified) -> Iterator[Found]:
    """Yield the articles created by an ordinance signed within the delay that a unit of the bill gives."""
    if bill.promulgated is None:
        return
    for passage in bill.document.passages:
        until = _empowered_until(passage, code.title, bill.promulgated)
        if until is not None:
            yield from _created(passage, code, bill.promulgated, until)


def _empowered_until(passage: Passage, code_title: str, promulgated: date) -> date | None:
    """Return the last day of an ordinance that codifies in this code, None where the unit allows none."""
    delay = DELAY.search(passage.words)
    if not (EMPOWERED.search(passage.words) and delay and _plain(code_title) in _plain(passage.words)):
        return None
    if delay["months"] not in MONTHS:
        return None
    months = promulgated.month - 1 + MONTHS[delay["months"]]
    return date(promulgated.year + months // 12, months % 12 + 1, min(promulgated.day, 28))


def _created(passage: Passage, code: Codified, promulgated: date, until: date) -> Iterator[Found]:
    ordinances: dict[str, str] = {}  # first day in force -> the ordinance
    for unit, changes in code.changes.items():
        for change in changes:
            if _is_ordinance(change, promulgated, until):
                ordinances[code.since[unit]] = change["law"].split(" - ")[0].replace("Ordonnance", "ordonnance")
                by = change["law"].removesuffix(" - art.")
                evidence = f"{_allowed(passage)} ; la source du code dit celui-ci créé par : {by}."
                yield Found(passage.unit, unit, ORDINANCE, evidence)
    yield from _first_in_force(passage, code, ordinances)


def _allowed(passage: Passage) -> str:
    return f"L'article {passage.number} habilite à codifier par ordonnance"


def _is_ordinance(change: Mapping[str, Any], promulgated: date, until: date) -> bool:
    signed = change["signed"]
    return (
        change["law"].lower().startswith("ordonnance")
        and change["kind"] in CREATES
        and bool(signed)
        and promulgated <= date.fromisoformat(signed) <= until
    )


def _first_in_force(passage: Passage, code: Codified, ordinances: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles changed again since, whose first version came into force on the ordinance's day."""
    for article in code.document.passages:
        unit, day = article.unit, code.since[article.unit]
        if day in ordinances and article.number.startswith("L"):  # an ordinance has the rank of a law
            first = f"la première version de celui-ci est en vigueur depuis le {date.fromisoformat(day):%d/%m/%Y}"
            evidence = f"{_allowed(passage)} ; {first}, comme celle des articles que crée l'{ordinances[day]}."
            yield Found(passage.unit, unit, ORDINANCE, evidence)
