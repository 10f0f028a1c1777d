"""Kinds of text: the reader that a room declares, and what it gives of a source, before anything is stored."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from parvis.core.discovery import Shelf

if TYPE_CHECKING:
    from parvis.core.texts.documents import Document
    from parvis.core.texts.legislative import Machine


@dataclass(frozen=True)
class ReadVersion:
    """A version of a text as its source gives it, its conventions resolved."""

    slug: str
    title: str  # French
    document: "Document"
    dated: date | None = None
    author: str = ""  # an institution, never a person
    basis: str = ""  # what made it: a vote, a law, a motion
    parents: tuple[str, ...] = ()  # slugs of the versions that it follows
    step: Mapping[str, Any] = field(default_factory=dict)  # JSON: what the source says of this moment


@dataclass(frozen=True)
class ReadText:
    """A text as its source gives it: every version, oldest first."""

    kind: str  # slug of its TextKind
    slug: str
    title: str
    short_title: str
    source: str
    licence: str
    versions: tuple[ReadVersion, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)  # JSON: what the source says of the whole


@dataclass(frozen=True)
class TextKind:
    """A kind of text: `<room>/texts/<name>/__init__.py` holds it as TEXT_KIND."""

    slug: str
    title: str  # « Projet ou proposition de loi »
    unit_title: str  # « article »
    read: Callable[[Path], Iterator[ReadText]]  # takes one of the paths that `demonstration` names
    folder: Path  # where README.md, the fictitious `sample` and `expected.jsonl` stand
    sample: str  # name, in `folder`, of the fictitious file or folder that stands in for the real ones
    demonstration: str = ""  # glob, below PARVIS_DATA, of the real files or folders, one text each
    machine: "Machine | None" = None  # which step may follow which, where the law says it


TEXT_KINDS: Final = Shelf[TextKind]("texts", "TEXT_KIND")
