"""Histories: every version of a text, kept as what each changes of the one it follows."""

from dataclasses import dataclass
from datetime import date

from parvis.core.errors import ParvisError
from parvis.core.texts.blaming import Span, Stage, blame
from parvis.core.texts.comparing import UnitChange, diff
from parvis.core.texts.deltas import Delta, decode, encode
from parvis.core.texts.documents import Document
from parvis.core.texts.editing import Edit

NOTHING = Document(())


class UnknownVersion(ParvisError):
    """A version is asked of a text that does not have it."""


class DamagedHistory(ParvisError):
    """A version rebuilt from its deltas is not the one that was kept."""


@dataclass(frozen=True)
class Version:
    """A text at one moment: when, by whom, on what ground, and the versions that it follows."""

    id: str
    dated: date | None = None
    author: str = ""
    basis: str = ""
    parents: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()  # those known to have made it from its first parent


@dataclass(frozen=True)
class Kept:
    """A version as it is kept: what it changes of its first parent, and the SHA-256 of its whole text."""

    version: Version
    delta: Delta
    sha256: str


@dataclass(frozen=True)
class Wording:
    """Words that a unit bore, and the versions where it did."""

    words: str
    versions: tuple[str, ...]


class History:
    """The versions of a text, in the order they came, each after those that it follows."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self._rebuilt: dict[str, Document] = {}

    def add(self, version: Version, document: Document) -> Kept:
        """Keep a version as what it changes of its first parent."""
        for parent in version.parents:
            self.kept(parent)
        kept = Kept(version, encode(self._before(version), document), document.sha256)
        self._kept[version.id] = kept
        return kept

    def take(self, kept: Kept) -> None:
        """Take back a version kept elsewhere. It is rebuilt, and checked, when it is asked for."""
        self._kept[kept.version.id] = kept

    def kept(self, version: str) -> Kept:
        if version not in self._kept:
            raise UnknownVersion(
                f"La version « {version} » n'est pas connue de ce texte. Voyez la liste des versions."
            )
        return self._kept[version]

    def document(self, version: str) -> Document:
        """Return the whole text at a version, rebuilt from the first one; its hash is checked."""
        if version not in self._rebuilt:
            kept = self.kept(version)
            document = decode(self._before(kept.version), kept.delta)
            if document.sha256 != kept.sha256:
                raise DamagedHistory(
                    f"La version « {version} » rebâtie n'a pas l'empreinte gardée ({document.sha256[:12]}, et non "
                    f"{kept.sha256[:12]}) : ses écarts ont été changés. Reprenez-les d'une copie."
                )
            self._rebuilt[version] = document
        return self._rebuilt[version]

    def _before(self, version: Version) -> Document:
        return self.document(version.parents[0]) if version.parents else NOTHING

    def at(self, day: date) -> Version:
        """Return the last version dated that day or before."""
        found = [kept.version for kept in self._kept.values() if kept.version.dated and kept.version.dated <= day]
        if not found:
            raise UnknownVersion(f"Aucune version de ce texte n'est datée du {day:%d/%m/%Y} ou d'avant.")
        return max(reversed(found), key=lambda version: version.dated or date.min)

    def text(self, unit: str, at: date) -> str:
        """Return a unit's words as they were on a day."""
        return self.document(self.at(at).id).passage(unit).words

    def diff(self, before: str, after: str) -> tuple[UnitChange, ...]:
        return diff(self.document(before), self.document(after))

    def blame(self, unit: str, version: str) -> tuple[Span, ...]:
        """Return, for each run of a unit's words at a version, the version and the sources that brought it."""
        return blame([self._stage(unit, self.kept(name).version) for name in self._lineage(version)])

    def _stage(self, unit: str, version: Version) -> Stage:
        edits = tuple(edit for edit in version.edits if edit.unit == unit)
        return Stage(version.id, self.document(version.id).words(unit), version.parents, edits)

    def _lineage(self, version: str) -> list[str]:
        """Return a version and all that it descends from, in the order they came."""
        wanted = {version}
        for name in reversed(self._kept):
            if name in wanted:
                wanted.update(self._kept[name].version.parents)
        return [name for name in self._kept if name in wanted]

    def alternatives(self, unit: str) -> tuple[Wording, ...]:
        """Return the different wordings that a unit has borne, each with the versions that bore it."""
        borne: dict[str, list[str]] = {}
        for name in self._kept:
            if unit in self.document(name):
                borne.setdefault(self.document(name).words(unit), []).append(name)
        return tuple(Wording(words, tuple(versions)) for words, versions in borne.items())
