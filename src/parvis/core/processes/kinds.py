"""Kinds of contribution: the fields that a room declares, from which forms, cards, JSON and exports are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from parvis.core.discovery import Shelf


class FieldType(StrEnum):
    """What a field holds, and so how it is asked, shown, exported and checked."""

    LINE = "line"  # one line of text
    TEXT = "text"  # paragraphs
    WORDING = "wording"  # another wording of the unit, compared with its words
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    ADDRESS = "address"  # a URL


class Target(StrEnum):
    """What a contribution bears on."""

    PROCESS = "process"
    UNIT = "unit"
    CONTRIBUTION = "contribution"


@dataclass(frozen=True)
class Field:
    """One thing asked of the person who contributes."""

    name: str
    title: str  # French
    type: FieldType = FieldType.TEXT
    help: str = ""
    is_required: bool = True
    choices: Mapping[str, str] | None = None  # code -> French, in order
    lowest: int = 1  # of a scale
    highest: int = 5
    max_length: int = 20_000  # characters
    shown_if: tuple[str, str] | None = None  # (other field, its value)


@dataclass(frozen=True)
class Kind:
    """A kind of contribution: `participation/kinds/<name>.py` holds it as KIND."""

    slug: str
    title: str  # « Argument »
    plural: str
    act: str  # « Donner un argument »
    fields: tuple[Field, ...]
    targets: frozenset[Target]
    answers_to: frozenset[str] = frozenset()  # the kinds it may answer, where it bears on a contribution
    is_votable: bool = False
    once_per_person: bool = False
    owes_answer: bool = False


KINDS: Final = Shelf[Kind]("kinds", "KIND")
