"""A plan as a text: one unit a commitment, in our words; and the version that follows, each commitment tied or new."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from parvis.core.errors import ParvisError
from parvis.core.texts.documents import Document, Passage
from parvis.core.undertakings.succession.continuity import LINES, Bond, Link

COMMITMENT: Final = "commitment"
NOTE: Final = "note"
"""Kinds of passage: a commitment; what is not known of a version."""

LIMITS: Final = "limites"
"""The unit that says what is not known of a version: a commitment absent from it was not given up for all that."""

UNFOUND: Final = "texte non retrouvé"
"""The state of a commitment whose words our sources do not hold: no share of words kept is counted."""


class NoBond(ParvisError):
    """A commitment of a later plan does not say how it follows those before."""


class NewWithParents(ParvisError):
    """A commitment says that it is new, and names parents or other bonds."""


class UnknownCommitment(ParvisError):
    """A commitment says that it follows one that the version before does not have."""


class ContinuedTwice(ParvisError):
    """Two commitments would be the continuation of the same one."""


class CodeTaken(ParvisError):
    """A commitment takes the code of a former one that it does not extend."""


@dataclass(frozen=True)
class Cited:
    """A contribution whose answer a change of the plan comes from."""

    debate: str
    contribution: int


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """A commitment as a version of the plan's text has it."""

    code: str  # its unit, unless it extends a former one: E02
    number: str  # « Engagement 2 »
    title: str
    words: str  # alinéas joined by line feeds, the bonds left out
    path: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    cites: tuple[Cited, ...] = ()
    status: str = ""

    @property
    def unit(self) -> str:
        """The commitment's identity: that of the first one it extends, else its own code."""
        extended = [link.parents[0] for link in self.links if link.bond == Bond.EXTENDS and link.parents]
        return extended[0] if extended else self.code

    @property
    def whole(self) -> str:
        """Its words, with the lines that say what it follows."""
        return "\n".join((self.words, *(link.line() for link in self.links)))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A version of a plan's text, before it is published. `limits` says what is not known of it: '' for all of it."""

    slug: str
    title: str
    pledges: tuple[Pledge, ...]
    dated: date | None = None
    author: str = ""
    basis: str = ""
    limits: str = ""

    def document(self) -> Document:
        """Return the text."""
        limits = [Passage(LIMITS, "Ce qui n'est pas connu", self.limits, kind=NOTE)] if self.limits else []
        return Document((*limits, *(_passage(one) for one in self.pledges)))


def _passage(one: Pledge) -> Passage:
    return Passage(one.unit, one.number, one.whole, one.title, one.path, COMMITMENT, one.status)


def commitment_words(
    ambition: str, leads: Sequence[str], parts: Sequence[str] = (), milestones: Sequence[str] = ()
) -> str:
    """Return the alinéas of a commitment: its ambition, who answers for it, its parts, its milestones."""
    led = [f"Porteurs : {' ; '.join(leads)}."] if leads else []
    return "\n".join((ambition, *led, *parts, *milestones))


def part_line(code: str, title: str, leads: Sequence[str]) -> str:
    """Return a part of a commitment as an alinéa."""
    return f"Partie {code} : {title} ({' ; '.join(leads)})."


def milestone_line(key: str, text: str, due: str = "", part: str = "") -> str:
    """Return a milestone as an alinéa; where the text gives no date, the line says so."""
    of = f" (partie {part})" if part else ""
    return f"Jalon {key}{of} : {text} ({f'échéance : {due}' if due else 'sans échéance'})."


# What follows


def followed(draft: Draft, before: Document) -> Document:
    """Return the text of a version that follows another, each commitment tied to those before, or new.

    Raises NoBond, NewWithParents, UnknownCommitment, ContinuedTwice, CodeTaken.
    """
    for pledge in draft.pledges:
        _check(pledge, before)
    twice = [unit for unit, count in Counter(one.unit for one in draft.pledges).items() if count > 1]
    if twice:
        both = " et ".join(one.code for one in draft.pledges if one.unit == twice[0])
        raise ContinuedTwice(
            f"{both} seraient tous deux la suite de {twice[0]}. Un seul le prolonge : dites que l'autre s'appuie "
            "sur lui."
        )
    return draft.document()


def _check(pledge: Pledge, before: Document) -> None:
    bonds = {link.bond for link in pledge.links}
    if not bonds:
        said = ", ".join(f"« {one.value} »" for one in (Bond.NEW, Bond.EXTENDS, Bond.BUILDS_ON))
        raise NoBond(
            f"{pledge.code} ne dit pas ce qu'il suit. Chaque engagement d'un plan suivant le dit : {said} "
            "(nouveau, prolonge, s'appuie sur), avec les engagements qu'il suit."
        )
    if Bond.NEW in bonds and (len(pledge.links) > 1 or pledge.links[0].parents):
        raise NewWithParents(
            f"{pledge.code} se dit nouveau et nomme des engagements passés : c'est l'un ou l'autre. Retirez les "
            "engagements qu'il nomme, ou dites qu'il les prolonge ou s'appuie sur eux."
        )
    for link in pledge.links:
        _check_parents(pledge, link, before)
    if pledge.unit == pledge.code and pledge.code in before:
        raise CodeTaken(
            f"Le code {pledge.code} est celui d'un engagement passé, que celui-ci ne dit pas prolonger. "
            "Donnez-lui un autre code, ou dites qu'il le prolonge."
        )


def _check_parents(pledge: Pledge, link: Link, before: Document) -> None:
    if link.bond != Bond.NEW and not link.parents:
        raise NoBond(f"{pledge.code} dit « {LINES[link.bond].lower()} » sans nommer quoi : donnez au moins un code.")
    known = {passage.unit for passage in before.passages if passage.kind == COMMITMENT}
    if unknown := [parent for parent in link.parents if parent not in known]:
        raise UnknownCommitment(
            f"{pledge.code} suit {', '.join(unknown)}, que la version d'avant n'a pas. Ses engagements : "
            f"{', '.join(sorted(known))}. Corrigez le code, rien n'est publié."
        )
