"""The lines of an amending article: instructions, and the law they quote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from parvis.core.texts.units import alineas, markers, unmarked

OPENING: Final = re.compile(r'\s*[«"“]\s*')
CLOSING: Final = re.compile(r'\s*[»"”]\s*[;.,]?\s*(?:et\s*)?$')
BARE_A: Final = re.compile(r"\bA (?=la |l['’])")
"""A capital written without its accent, that a mark (« 2° A ») would hide."""

COMPOUND: Final = re.compile(r"^[IVXL]+(?: [A-Z]{1,2}){2,}\. ?[-–—] ")
"""« I B A. - », « I BA A. - », which come before « I B »: each is read as a new I."""

DASH: Final = re.compile(r"^\s*[-–—]\s+")


@dataclass(frozen=True)
class Instruction:
    """A line that orders, its marks, and the quoted lines that it brings."""

    phrase: str  # without its marks
    marks: tuple[str, ...] = ()  # ("I", "2°", "a"), from the widest
    quoted: tuple[str, ...] = ()  # their quotation marks removed
    depth: int = field(default=0)  # 1 for a line that begins with a dash, under the marks

    @property
    def keys(self) -> tuple[str, ...]:
        """Return where the line stands among the others."""
        return (*self.marks, *("-" for _ in range(self.depth)))


def instructions(words: str) -> Iterator[Instruction]:
    """Yield the instructions of an article, in order, each with what it quotes."""
    ordered, quoted = parted(words.split("\n"))
    ordered = [accented(line) for line in ordered]
    plain = [COMPOUND.sub("I. - ", line) for line in ordered]
    for line, found, block in zip(plain, alineas("\n".join(plain)), quoted, strict=True):
        dashed = bool(DASH.match(line))
        # A line that bears no mark, after a list, is no longer in it.
        marks = found.markers if dashed or any(markers(line)) else ()
        yield Instruction(DASH.sub("", unmarked(line)).strip(), marks, tuple(unquoted(block)), int(dashed))


def accented(line: str) -> str:
    """Write « À la fin », « À l'article » where an instruction says « A la fin »; what it quotes stays."""
    said, quote, rest = re.match(r'([^«"“]*)([«"“]?)(.*)', line).groups()  # type: ignore[union-attr]  # it matches all
    return f"{BARE_A.sub('À ', said)}{quote}{rest}"


def parted(lines: list[str]) -> tuple[list[str], list[list[str]]]:
    """Part the lines that order from those that are quoted under them."""
    ordered: list[str] = []
    quoted: list[list[str]] = []
    is_open = False
    for line in filter(str.strip, lines):
        if ordered and (is_open or OPENING.match(line)):
            quoted[-1].append(line)
            is_open = opens(line)
        else:
            ordered.append(line)
            quoted.append([])
    return ordered, quoted


def opens(line: str) -> bool:
    """Whether a quotation goes on after a line. Every line of a quotation opens it again; the last one closes it."""
    if line.count('"'):
        return line.count('"') % 2 == 1
    return line.count("«") + line.count("“") > line.count("»") + line.count("”") or (
        not OPENING.match(line) and not CLOSING.search(line)
    )


def unquoted(block: list[str]) -> Iterator[str]:
    """Yield quoted lines without the marks that quote them."""
    for line in block:
        bare = OPENING.sub("", line, count=1) if OPENING.match(line) else line
        yield CLOSING.sub("", bare).rstrip() if not opens(line) else bare.rstrip()


QUOTATION: Final = re.compile(r'«\s*(?P<french>[^«»]*?)\s*»|"(?P<plain>[^"]*)"|“(?P<curly>[^“”]*)”')
BLANK: Final = re.compile(r"[\s\u00a0\u202f]+")


def masked(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Return a phrase with each quotation replaced by its rank (⟦0⟧), and the quotations."""
    quotations: list[str] = []

    def mask(found: re.Match[str]) -> str:
        quotations.append(found["french"] or found["plain"] or found["curly"] or "")
        return f"⟦{len(quotations) - 1}⟧"

    said = BLANK.sub(" ", QUOTATION.sub(mask, phrase).replace("’", "'")).strip()
    return said, tuple(quotations)


def with_inline(instruction: Instruction) -> Instruction:
    """Move a quotation at the end of an instruction to what it quotes: « est ainsi rédigé : « Les mots. » »."""
    said, quotations = masked(instruction.phrase)
    lone = re.search(r"(?:ainsi rédigée?s?|suivante?s?) ?:? ?⟦(\d+)⟧ ?[.;,]?$", said)
    if lone and not instruction.quoted:
        start = instruction.phrase.rfind(quotations[int(lone[1])])
        phrase = re.sub(r'[«"“\s]+$', "", instruction.phrase[:start])
        return replace(instruction, phrase=phrase, quoted=(quotations[int(lone[1])],))
    tail = re.search(r'(?P<head>.*rédigée?s? ?:)\s*[«"“]\s*(?P<rest>[^«»"“”]+)$', instruction.phrase)
    if tail:
        return replace(instruction, phrase=tail["head"], quoted=(tail["rest"], *instruction.quoted))
    return instruction
