"""Read amending law: which words it changes, where; what it does not understand, it says.

A small grammar of French amending phrases. It never guesses: a phrase that has no known shape, or whose place is not
understood, is not understood, and says why; an operation whose words are not found as the phrase says is refused when
it is applied (`operations.apply`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from parvis.core.texts.amending_lines import Instruction, instructions, masked, with_inline
from parvis.core.texts.amending_phrases import read_phrase, split, with_place
from parvis.core.texts.amending_places import places
from parvis.core.texts.operations import Act, Operation, Target

ORDER: Final = re.compile(
    r"\b(?:est|sont)(?:,? [a-zé]+,?)? ?(?:ainsi )?"
    r"(?:remplac|insér|supprim|abrog|complét|ajout|rétabl|rédig|intitul|substitu)\w*|\b(?:devient|deviennent)\b",
    re.IGNORECASE,
)
HEAD: Final = re.compile(r"(?P<loc>.+?) (?:est|sont) (?:ainsi )?modifiée?s?(?: comme suit)?", re.IGNORECASE)
LIST: Final = re.compile(r"sont (?P<verb>abrogés|supprimés)", re.IGNORECASE)
PLACEHOLDER: Final = re.compile(r".*\((?:supprim|censur|non modifi|conforme)\w*\)\W*", re.IGNORECASE)
SAME_ARTICLE: Final = re.compile(r"\b(?:même|ledit|dudit|cet|présent) article\b")
NATURE: Final = re.compile(r"(code|loi|ordonnance|décret|livre|constitution|règlement|arrêté)", re.IGNORECASE)
OVER_A_LIST: Final = "lieu non compris en tête d'une liste"
NUMBERED: Final = re.compile(
    r"(?P<nature>loi|ordonnance|décret)(?: organique)? n° ?[\d-]+ du \d+(?:er)? \w+ \d{4}", re.IGNORECASE
)
BARE: Final = re.compile(r"(?:même )?(?:code|loi|ordonnance|décret|livre|règlement|arrêté)", re.IGNORECASE)


@dataclass(frozen=True)
class NotUnderstood:
    """An amending phrase that the grammar does not understand."""

    phrase: str
    why: str  # French


@dataclass(frozen=True)
class Understood:
    """An amending phrase, and what it does."""

    phrase: str
    operations: tuple[Operation, ...]


Aims = tuple[Target, ...]


@dataclass
class Context:
    """What the phrases before said: « la même loi », « du même article », the article that a list is about."""

    texts: dict[str, str] = field(default_factory=dict)  # nature -> the last text of it named in full
    text: str = ""
    article: str = ""
    heads: dict[tuple[str, ...], Aims | None] = field(default_factory=dict)  # marks -> what the lines under aim at
    verbs: dict[tuple[str, ...], str] = field(default_factory=dict)  # marks -> « abrogés », for the list under them

    def enter(self, keys: tuple[str, ...]) -> Aims | None:
        """Come to a line: forget what stood at its marks and under them; return what the lines above aim at.

        None where a line above was not understood: what is under it cannot be.
        """
        self.heads = {known: aims for known, aims in self.heads.items() if known[: len(keys)] != keys}
        self.verbs = {known: verb for known, verb in self.verbs.items() if known[: len(keys)] != keys}
        above = [keys[:length] for length in range(len(keys) - 1, -1, -1) if keys[:length] in self.heads]
        return self.heads[above[0]] if above else (Target(),)

    def verb(self, keys: tuple[str, ...]) -> str:
        """Return the verb of the list that these marks stand in, if it has one: « Sont abrogés : »."""
        return next((self.verbs[keys[:length]] for length in range(len(keys)) if keys[:length] in self.verbs), "")

    def full(self, text: str) -> str:
        """Return a text's whole name: « même loi » is the last law named."""
        bare = text.removesuffix(" précitée").removesuffix(" précité").strip()
        nature = NATURE.match(bare.removeprefix("même "))
        if nature is None:
            return bare
        known = nature[1].lower()
        if not BARE.fullmatch(bare):
            self.texts[known] = bare
        return self.texts.get(known, bare)

    def learn(self, said: str) -> None:
        """Note the laws that a line names, even if what it orders is not understood: « la même loi » is the last."""
        for named in NUMBERED.finditer(masked(said)[0]):
            self.texts[named["nature"].lower()] = named[0]

    def aimed(self, target: Target, above: Aims, said: str) -> Aims:
        """Complete a target by what is above it and before it."""
        found = tuple(self.completed(target, one, said) for one in above)
        self.text, self.article = found[-1].text, found[-1].article or self.article
        return found

    def completed(self, target: Target, above: Target, said: str) -> Target:
        text = self.full(target.text) if target.text else above.text or self.text
        if target.article or not above.article:
            article = target.article or (self.article if SAME_ARTICLE.search(said) else "")
            return Target(text, article, target.places)
        wider = tuple(place for place in above.places if place not in target.places)
        return Target(text, above.article, (*target.places, *wider))


def read(words: str, context: Context | None = None) -> Iterator[Understood | NotUnderstood]:
    """Yield each amending phrase of an article, understood or not; what it provides by itself is passed over."""
    known = context or Context()
    known.heads, known.verbs = {}, {}
    for instruction in instructions(words):
        found = read_one(with_inline(instruction), known)
        if found is not None:
            yield found
        if not isinstance(found, Understood):
            known.learn(instruction.phrase)


def read_one(instruction: Instruction, context: Context) -> Understood | NotUnderstood | None:
    """Read one instruction; None where it orders nothing itself: a head, a provision, an order struck out."""
    said, quotations = masked(instruction.phrase)
    bare = re.sub(r"[\s.;:,]+(?:et)?$", "", said)
    verb = context.verb(instruction.keys)
    above = context.enter(instruction.keys)
    if PLACEHOLDER.fullmatch(said):
        return None
    if listed := LIST.fullmatch(bare):
        context.verbs[instruction.keys] = listed["verb"]
        return None
    is_order = bool(ORDER.search(bare))
    if not is_order and (HEAD.fullmatch(bare) or is_bare_head(said, instruction, above)):
        return head(bare, instruction, context, above)
    if not is_order and not verb:
        return None
    operations = phrase(bare if is_order else f"{bare} sont {verb}", quotations, instruction.quoted)
    return placed(operations, said, instruction, context, above)


def is_bare_head(said: str, instruction: Instruction, above: Aims | None) -> bool:
    """Whether a line is « À l'article 3 : »: it names a place, or stands among orders."""
    if not said.endswith(":") or instruction.quoted:
        return False
    return above != (Target(),) or places(said) is not None


def head(bare: str, instruction: Instruction, context: Context, above: Aims | None) -> NotUnderstood | None:
    """Note what the lines under a head aim at: « L'article 3 est ainsi modifié : », « À l'article 3 : »."""
    found = HEAD.fullmatch(bare)
    targets = places(found["loc"] if found else bare)
    if targets is None or above is None:
        context.heads[instruction.keys] = None
        return NotUnderstood(instruction.phrase, OVER_A_LIST)
    context.heads[instruction.keys] = tuple(aim for one in targets for aim in context.aimed(one, above, bare))
    return None


def placed(
    operations: tuple[Operation, ...] | str,
    said: str,
    instruction: Instruction,
    context: Context,
    above: Aims | None,
) -> Understood | NotUnderstood:
    """Complete the targets of operations by their context."""
    if isinstance(operations, str) or above is None:
        return NotUnderstood(instruction.phrase, operations if isinstance(operations, str) else OVER_A_LIST)
    found = tuple(
        replace(one, target=target) for one in operations for target in context.aimed(one.target, above, said)
    )
    if any(not one.target.article for one in found):
        return NotUnderstood(instruction.phrase, "article non nommé")
    if any(BARE.fullmatch(one.target.text) for one in found):
        return NotUnderstood(instruction.phrase, "texte non nommé")
    return Understood(instruction.phrase, found)


def phrase(said: str, quotations: tuple[str, ...], quoted: tuple[str, ...]) -> tuple[Operation, ...] | str:
    """Return the operations of a phrase, or of the two that it joins; else why it is not understood."""
    whole = read_phrase(said, quotations, quoted)
    if not isinstance(whole, str):
        return whole
    for first, second in split(said):
        left = read_phrase(first, quotations, ())
        if isinstance(left, str):
            continue
        right = phrase(second, quotations, quoted)
        if not isinstance(right, str):
            return (*left, *with_place(right, left[-1].target))
    return whole


@dataclass(frozen=True)
class Rate:
    """How much of amending law is understood."""

    phrases: int
    understood: int
    acts: Counter[Act]
    reasons: Counter[str]
    missed: tuple[NotUnderstood, ...]

    @property
    def missing(self) -> float:
        """Return the share of phrases not understood, from 0 to 1."""
        return (self.phrases - self.understood) / self.phrases if self.phrases else 0.0


def rate(found: Iterable[Understood | NotUnderstood]) -> Rate:
    """Count what was understood, by act, and what was not, by reason."""
    read_ones = list(found)
    missed = tuple(one for one in read_ones if isinstance(one, NotUnderstood))
    kept = [one for one in read_ones if isinstance(one, Understood)]
    return Rate(
        phrases=len(read_ones),
        understood=len(kept),
        acts=Counter(operation.act for one in kept for operation in one.operations),
        reasons=Counter(one.why for one in missed),
        missed=missed,
    )
