"""Kinds of contribution: the fields that a room declares, from which forms, cards, JSON and exports are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from parvis.core.discovery import Shelf
from parvis.core.errors import ParvisError

EXCERPT = 280
"""Characters of a contribution that a list shows; the whole is on its page."""

SIDES: Final[Mapping[str, str]] = {"for": "Pour", "mixed": "Mitigé", "against": "Contre"}
"""Where a person stands: a field named `side` holds one of these, which lists can filter."""


class FieldType(StrEnum):
    """What a field holds, and so how it is asked, shown, exported and checked."""

    LINE = "line"  # one line of text
    TEXT = "text"  # paragraphs
    WORDING = "wording"  # another wording of the unit, compared with its words
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    ADDRESS = "address"  # a URL
    RUN = "run"  # the identity of a published calculation


class Target(StrEnum):
    """What a contribution bears on."""

    PROCESS = "process"
    UNIT = "unit"
    CONTRIBUTION = "contribution"


class UnknownKind(ParvisError):
    """A kind of contribution that no room declares."""


class UnreadableQuestion(ParvisError):
    """A survey's question cannot be asked as it is written."""


@dataclass(frozen=True)
class Field:
    """One thing asked of the person who contributes."""

    name: str
    title: str  # French
    type: FieldType = FieldType.TEXT
    help: str = ""
    told: str = ""  # its name where what was written is shown, when it is not the title, which asks
    is_required: bool = True
    choices: Mapping[str, str] | None = None  # code -> French, in order
    lowest: int = 1  # of a scale
    highest: int = 5
    max_length: int = 20_000  # characters
    shown_if: tuple[str, str] | None = None  # (other field, its value)

    def is_asked(self, given: Mapping[str, object]) -> bool:
        """Whether the answers already given call for this field."""
        if self.shown_if is None:
            return True
        other, value = self.shown_if
        answer = given.get(other)
        return value in answer if isinstance(answer, list) else str(answer) == value


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
    asks_process: bool = False  # its fields are the process's own questions (metadata « questions »)
    rank: int = 50  # among the kinds that a page offers or lists: what is easiest to give stands first


KINDS: Final = Shelf[Kind]("kinds", "KIND")


def ordered() -> tuple[Kind, ...]:
    """Return every kind, in the order that pages offer and list them."""
    return tuple(sorted(KINDS.filled().values(), key=lambda kind: (kind.rank, kind.slug)))


def kind_named(slug: str) -> Kind:
    """Return a declared kind. Raises UnknownKind, naming those that exist."""
    known = KINDS.filled()
    if slug not in known:
        raise UnknownKind(f"« {slug} » n'est pas une espèce de contribution. Espèces connues : {', '.join(known)}.")
    return known[slug]


def fields_of(kind: Kind, metadata: Mapping[str, object]) -> tuple[Field, ...]:
    """Return what a kind asks in a process: its own fields, or the questions of the process."""
    if not kind.asks_process:
        return kind.fields
    questions = metadata.get("questions", [])
    return tuple(question(one) for one in questions) if isinstance(questions, list) else ()


def unasked(metadata: Mapping[str, object]) -> frozenset[str]:
    """Return the kinds that would ask nothing in a process: a survey's, where it has no question."""
    return frozenset(slug for slug, kind in KINDS.filled().items() if not fields_of(kind, metadata))


def in_order(written: Mapping[str, object]) -> dict[str, object]:
    """Return a question with its choices as pairs: PostgreSQL keeps the order of a list, not that of an object."""
    choices = written.get("choices")
    pairs = {"choices": [list(pair) for pair in choices.items()]} if isinstance(choices, Mapping) else {}
    return {**written, **pairs}


def question(written: Mapping[str, object]) -> Field:
    """Read one question of a survey, as metadata hold it. Raises UnreadableQuestion."""
    unknown = written.keys() - Field.__dataclass_fields__.keys()
    if unknown or not {"name", "title", "type"} <= written.keys():
        raise UnreadableQuestion(
            f"Question mal écrite : {dict(written)}. Il faut name, title et type, et rien d'inconnu "
            f"({', '.join(sorted(unknown)) or 'rien'} ici)."
        )
    if written["type"] not in set(FieldType):
        raise UnreadableQuestion(
            f"« {written['type']} » n'est pas un type de question. Types connus : {', '.join(FieldType)}."
        )
    return _field(written)


def _field(written: Mapping[str, object]) -> Field:
    given: dict[str, Any] = {**written, "type": FieldType(str(written["type"]))}
    condition = given.get("shown_if")
    if isinstance(condition, list | tuple):
        given["shown_if"] = (str(condition[0]), str(condition[1]))
    if isinstance(given.get("choices"), list):
        given["choices"] = dict(given["choices"])
    one = Field(**given)
    if one.type in {FieldType.CHOICE, FieldType.CHOICES} and not one.choices:
        raise UnreadableQuestion(f"La question « {one.title} » n'a pas de choix : donnez-les dans « choices ».")
    return one


@dataclass(frozen=True)
class Gist:
    """What lists need of a contribution: kept with the write, never computed at reading."""

    title: str
    excerpt: str
    side: str


def gist(fields: tuple[Field, ...], values: Mapping[str, object]) -> Gist:
    """Draw from what was written its title, its first words and its side."""
    told = sorted((one for one in fields if one.name in values and one.type in PROSE), key=_is_wording)
    texts = [str(values[one.name]) for one in told]
    first = " ".join(texts[0].split()) if texts else ""
    excerpt = first if len(first) <= EXCERPT else f"{first[:EXCERPT].rsplit(' ', 1)[0]} …"
    side = str(values.get("side", ""))
    return Gist(str(values.get("title", "")), excerpt, side if side in SIDES else "")


def _is_wording(field: Field) -> bool:
    """Tell the reasons of another wording before its words, which mostly are those of the article."""
    return field.type is FieldType.WORDING


PROSE = frozenset({FieldType.TEXT, FieldType.WORDING})
WRITTEN = PROSE | {FieldType.LINE, FieldType.RUN}


def searchable(fields: tuple[Field, ...], values: Mapping[str, object]) -> str:
    """Return all the words by which a contribution may be found."""
    return "\n".join(str(values[one.name]) for one in fields if one.name in values and one.type in WRITTEN)
