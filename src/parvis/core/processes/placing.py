"""On what a contribution bears: the debate, a unit of its text at the version read, quoted words, a contribution."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from parvis.core.errors import ParvisError
from parvis.core.processes import subjects
from parvis.core.processes.kinds import Kind, Target
from parvis.core.processes.subjects import SubjectUnit

CONTEXT = 60
"""Characters kept on each side of quoted words, by which they are found again in the next version."""


LONGEST_NAME = 120
"""Characters of a unit's stable identifier, at most."""


class WrongTarget(ParvisError):
    """A kind of contribution was given on something that it does not bear on."""


class UnknownUnit(ParvisError):
    """A contribution bears on a unit that the text under debate does not have."""


class StaleVersion(ParvisError):
    """A contribution was written over a version that is no more the one under debate. `unit` has its words today."""

    def __init__(self, sentence: str, unit: SubjectUnit) -> None:
        """Keep the unit as it reads today, to be shown beside what was typed."""
        self.unit = unit
        super().__init__(sentence)


class QuoteNotFound(ParvisError):
    """The words quoted are not in the unit."""


class Placed(Protocol):
    """A debate, as far as its subject goes."""

    @property
    def title(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def subject_version(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """What a contribution bears on: as it is asked, then as it is checked."""

    unit: str = ""
    version: str = ""
    anchor: Mapping[str, str] | None = None
    parent: Any = None  # a Contribution: tables stay out of here


def placed(process: Placed, kind: Kind, wanted: Place, quote: str = "") -> Place:
    """Check what a contribution bears on. Raises WrongTarget, UnknownUnit, StaleVersion, QuoteNotFound."""
    if wanted.parent is not None:
        return _under(process, kind, wanted.parent)
    if wanted.unit:
        return _on_unit(process, kind, wanted, quote)
    if Target.PROCESS not in kind.targets:
        raise WrongTarget(f"« {kind.title} » porte sur {_targets(kind)} : partez de là pour le donner.")
    return Place()


def _under(process: Placed, kind: Kind, parent: Any) -> Place:  # noqa: ANN401 -- the same
    if Target.CONTRIBUTION not in kind.targets or parent.kind not in kind.answers_to or parent.process != process:
        raise WrongTarget(
            f"« {kind.title} » ne se donne pas sur cette contribution. Il porte sur {_targets(kind)} de ce débat."
        )
    if parent.state != "published":
        raise WrongTarget(
            f"La contribution n° {parent.number} n'est plus publiée : on ne lui répond plus. Ce qui était écrit reste."
        )
    return Place(unit=parent.unit, version=parent.unit_version, parent=parent)


def _targets(kind: Kind) -> str:
    names = {
        Target.PROCESS: "le débat entier",
        Target.UNIT: "un article du texte",
        Target.CONTRIBUTION: "une autre contribution",
    }
    return " ou ".join(names[one] for one in Target if one in kind.targets)


def _on_unit(process: Placed, kind: Kind, wanted: Place, quote: str) -> Place:
    if Target.UNIT not in kind.targets:
        raise WrongTarget(f"« {kind.title} » porte sur {_targets(kind)} : partez de là pour le donner.")
    unit = unit_of(process, wanted.unit)
    if wanted.version and wanted.version != process.subject_version:
        raise StaleVersion(
            f"« {unit.number} » a changé : vous aviez lu la version « {wanted.version} », celle en débat est "
            f"« {process.subject_version} ». Ses mots d'aujourd'hui sont ci-dessous, avec ce que vous aviez écrit : "
            "relisez, puis envoyez de nouveau.",
            unit,
        )
    return Place(unit=wanted.unit, version=process.subject_version, anchor=_anchor(unit, quote) if quote else None)


def is_name(uid: str) -> bool:
    """Whether a text can name a unit: a database refuses some characters, and no unit bears them."""
    return uid.isprintable() and len(uid) <= LONGEST_NAME


def unit_of(process: Placed, uid: str) -> SubjectUnit:
    """Return a unit of the text under debate. Raises UnknownUnit."""
    subject = subjects.opened(process.subject, process.subject_version) if is_name(uid) else None
    unit = subject.unit(uid) if subject else None
    if unit is None:
        raise UnknownUnit(
            f"« {uid} » n'est pas une unité du texte en débat dans « {process.title} ». Choisissez un article "
            "de sa page."
        )
    return unit


def _anchor(unit: SubjectUnit, quote: str) -> Mapping[str, str]:
    """Return quoted words with their context, blanks and apostrophes being alike. Raises QuoteNotFound."""
    alike = r"\s+".join(re.escape(word) for word in quote.split()).replace("’", "'").replace("'", "['’]")
    found = list(re.finditer(alike, unit.words)) if alike else []
    if not found:
        raise QuoteNotFound(
            f"Les mots cités ne sont pas dans « {unit.number} » : recopiez-les tels qu'ils y sont, ou ne citez rien."
        )
    if len(found) > 1:
        raise QuoteNotFound(
            f"Les mots cités sont {len(found)} fois dans « {unit.number} » : citez-en quelques-uns de plus, pour que "
            "l'on sache desquels vous parlez."
        )
    start, end = found[0].span()
    context = {"prefix": unit.words[max(0, start - CONTEXT) : start], "suffix": unit.words[end : end + CONTEXT]}
    return {"quote": unit.words[start:end], **context}
