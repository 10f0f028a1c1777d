"""The legislative procedure as a state machine: which step may follow which.

The rule comes from the Constitution (articles 39 to 47 and 61, and 89 for a revision) and the chambers' standing
orders; what practice does beside it, as La Fabrique de la Loi observed it over a thousand bills, is said so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from parvis.core.errors import ParvisError

START: Final = ""
SEPARATOR: Final = " • "


class ForbiddenTransition(ParvisError):
    """A step follows another that it may not follow."""

    def __init__(self, before: str, after: str, allowed: Sequence[str]) -> None:
        said = ", ".join(f"« {step} »" for step in allowed)
        place = f"Après « {before} »" if before else "Au début de la procédure"
        because = f"la procédure législative y attend {said}" if said else "aucune étape connue ne la suit"
        super().__init__(
            f"{place}, « {after} » ne peut pas venir : {because}. "
            "Rien n'a été gardé : vérifiez l'ordre des étapes du dossier."
        )


@dataclass(frozen=True)
class Transition:
    """A step that may follow another, and when."""

    before: str
    after: str
    when: str = ""  # French: the condition, where there is one
    is_regular: bool = True  # False: seen in practice, out of the rule


class Machine:
    """Which step may follow which; START comes before the first."""

    def __init__(self, transitions: Iterable[Transition]) -> None:
        """Keep the transitions by the step that they leave."""
        self.transitions: dict[str, tuple[Transition, ...]] = {}
        for one in transitions:
            self.transitions[one.before] = (*self.transitions.get(one.before, ()), one)

    def after(self, step: str) -> tuple[Transition, ...]:
        """Return what may follow a step, the regular first."""
        return tuple(sorted(self.transitions.get(step, ()), key=lambda one: not one.is_regular))

    def check(self, steps: Sequence[str]) -> None:
        """Raise ForbiddenTransition at the first step that may not stand where it does."""
        for before, after in pairwise((START, *steps)):
            if after not in {one.after for one in self.after(before)}:
                raise ForbiddenTransition(before, after, [one.after for one in self.after(before) if one.is_regular])


def step(*parts: str) -> str:
    """Name a step: its reading, its chamber, its act; an empty part is none."""
    return SEPARATOR.join(part for part in parts if part)


ASSEMBLY, SENATE = "assemblee", "senat"
FILED, COMMITTEE, FLOOR = "depot", "commission", "hemicycle"
FIRST, SECOND, THIRD = "1ère lecture", "2ème lecture", "3ème lecture"
AGAIN, LAST, JOINT = "nouv. lect.", "l. définitive", "CMP"
JOINT_COMMITTEE = step(JOINT, JOINT, COMMITTEE)
CONGRESS = step("congrès", "congrès", FLOOR)
CONGRESS_MEETS = step("congrès", "congrès", "congrès")
COUNCIL = step("constitutionnalité", "conseil constitutionnel")
PROMULGATED = step("promulgation", "gouvernement")

NEXT_READING: Final[Mapping[str, str]] = {FIRST: SECOND, SECOND: THIRD}
OTHER: Final[Mapping[str, str]] = {ASSEMBLY: SENATE, SENATE: ASSEMBLY}
CONFORM = "les deux chambres ont voté le même texte"


def readings() -> Iterator[Transition]:
    """Yield the shuttle, chamber by chamber (Constitution, article 45)."""
    for reading in (FIRST, SECOND, THIRD):
        for chamber in OTHER:
            yield from inside(reading, chamber)
            yield Transition(step(reading, chamber, FILED), step(reading, chamber, FLOOR), "sans texte de commission")
            yield from agreed(step(reading, chamber, FLOOR), CONFORM)
            if reading != THIRD:
                yield from towards_the_other(reading, chamber)


def inside(reading: str, chamber: str) -> Iterator[Transition]:
    """Yield a chamber's own way: filed, in committee, on the floor (article 42)."""
    yield Transition(step(reading, chamber, FILED), step(reading, chamber, COMMITTEE))
    yield Transition(step(reading, chamber, COMMITTEE), step(reading, chamber, FLOOR))


def agreed(floor: str, when: str) -> Iterator[Transition]:
    """Yield what follows a text that both chambers have voted: the Council if it is asked (article 61), the law."""
    yield Transition(floor, COUNCIL, f"{when}, le Conseil constitutionnel est saisi" if when else "il est saisi")
    yield Transition(floor, PROMULGATED, when)


def towards_the_other(reading: str, chamber: str) -> Iterator[Transition]:
    floor, other, following = step(reading, chamber, FLOOR), OTHER[chamber], NEXT_READING[reading]
    if reading == FIRST:
        yield Transition(floor, step(FIRST, other, FILED), "première chambre saisie")
    yield Transition(floor, step(following, other, FILED), "seconde chambre saisie")
    if reading == SECOND:
        yield Transition(floor, step(SECOND, other, FILED), "première chambre saisie")
    yield Transition(floor, JOINT_COMMITTEE, "désaccord : deux lectures, ou une si la procédure est accélérée")
    yield Transition(floor, CONGRESS, "révision de la Constitution, votée dans les mêmes termes (article 89)")


def last_word() -> Iterator[Transition]:
    """Yield what follows a joint committee: its text, or the Assembly's last word (article 45, paragraphs 3 and 4)."""
    for chamber in OTHER:
        floor = step(JOINT, chamber, FLOOR)
        yield Transition(JOINT_COMMITTEE, floor, "un texte commun")
        yield Transition(floor, step(JOINT, OTHER[chamber], FLOOR))
        yield Transition(floor, step(AGAIN, ASSEMBLY, FILED), "texte commun rejeté")
        yield from agreed(floor, "")
        yield from inside(AGAIN, chamber)
    yield Transition(JOINT_COMMITTEE, step(AGAIN, ASSEMBLY, FILED), "pas de texte commun")
    yield Transition(step(AGAIN, ASSEMBLY, FLOOR), step(AGAIN, SENATE, FILED))
    yield Transition(step(AGAIN, SENATE, FLOOR), step(LAST, ASSEMBLY, FILED))
    yield from agreed(step(AGAIN, SENATE, FLOOR), CONFORM)
    yield Transition(step(LAST, ASSEMBLY, FILED), step(LAST, ASSEMBLY, FLOOR))
    yield from agreed(step(LAST, ASSEMBLY, FLOOR), "")


def ends() -> Iterator[Transition]:
    """Yield the beginnings and the ends, and what the standing orders allow beside the shuttle."""
    yield Transition(START, step(FIRST, ASSEMBLY, FILED))
    yield Transition(START, step(FIRST, SENATE, FILED))
    yield Transition(COUNCIL, PROMULGATED)
    yield Transition(CONGRESS_MEETS, CONGRESS)
    yield Transition(CONGRESS, PROMULGATED)
    yield Transition(step(FIRST, SENATE, FLOOR), step(FIRST, SENATE, COMMITTEE), "renvoi en commission")
    for reading in (FIRST, SECOND):
        filed = step(reading, ASSEMBLY, FILED)
        yield Transition(filed, filed, "déposé de nouveau sous une autre législature")
    yield Transition(step(FIRST, SENATE, FILED), step(FIRST, SENATE, FILED), "plusieurs dépôts")
    yield Transition(step(FIRST, SENATE, FILED), step(FIRST, ASSEMBLY, FILED), "plusieurs dépôts")


BESIDE_THE_RULE: Final = (
    (step(JOINT, SENATE, FLOOR), step(JOINT, SENATE, FLOOR)),
    (step(FIRST, SENATE, FLOOR), step(FIRST, SENATE, FILED)),
    (step(FIRST, SENATE, FILED), step(FIRST, ASSEMBLY, FLOOR)),
    (step(FIRST, ASSEMBLY, FILED), step(FIRST, SENATE, FLOOR)),
    (step(FIRST, SENATE, FILED), step(FIRST, ASSEMBLY, COMMITTEE)),
    (step(FIRST, SENATE, FLOOR), step(JOINT, COMMITTEE)),
    (step(FIRST, SENATE, FLOOR), CONGRESS_MEETS),
    (step(SECOND, SENATE, FLOOR), CONGRESS_MEETS),
    (step(FIRST, ASSEMBLY, FILED), PROMULGATED),
    (step(FIRST, ASSEMBLY, COMMITTEE), PROMULGATED),
    (step(SECOND, ASSEMBLY, COMMITTEE), PROMULGATED),
)
"""Seen in the observed files, out of the rule: joint files, a step missing in the source, or another name for it."""


def beside() -> Iterator[Transition]:
    for before, after in BESIDE_THE_RULE:
        yield Transition(before, after, "observé, hors de la règle", is_regular=False)


LEGISLATIVE: Final = Machine((*ends(), *readings(), *last_word(), *beside()))
