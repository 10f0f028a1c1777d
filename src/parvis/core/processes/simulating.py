"""Who may do what when, told before a debate opens: the same rules answer, at instants that have not come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.core import french
from parvis.core.processes import acts
from parvis.core.processes.acts import Timetable, Window
from parvis.core.processes.procedures import Dates, Owed, Procedure

EVERYONE = "Toute personne qui a un compte confirmé"
TEAM = "L'équipe qui publie les textes"
NOBODY = "Personne"
MANDATED = {"consolidate": TEAM}
"""The acts that ask for a mandate, and whose they are; any other is everyone's."""

ALWAYS = (
    "À toute heure, que ses étapes soient ouvertes ou closes, chacun peut signaler une contribution, et les agents de "
    "l'organisme à qui revient une réponse peuvent la donner."
)
"""What no phase opens nor closes: a fault may be reported late, and an answer given late is still owed."""

SECOND = timedelta(seconds=1)

UNITS: Mapping[str, str] = {"calendar": "jour,jours", "working": "jour ouvré,jours ouvrés", "months": "mois,mois"}
"""How a delay is counted, in French."""


@dataclass(frozen=True)
class Line:
    """During a phase, who may do an act."""

    step: str
    opens_at: datetime
    closes_at: datetime  # excluded
    who: str
    acts: tuple[str, ...]  # in French
    explanation: str


@dataclass(frozen=True)
class Instant:
    """What is open at one instant: the bounds of phases are where mistakes are made."""

    at: datetime
    what: str  # « à l'ouverture de … »
    acts: tuple[str, ...]


def timetable(procedure: Procedure, dates: Sequence[Dates]) -> Timetable:
    """Return the timetable that a debate would have with these dates."""
    windows = [
        Window(one.step, procedure.step(one.step).title, one.opens_at, one.closes_at, procedure.step(one.step).acts)
        for one in dates
    ]
    return Timetable(procedure.title, windows)


def lines(procedure: Procedure, windows: Iterable[Window]) -> Iterator[Line]:
    """Yield, phase by phase, who may do what, and the answers that it makes due."""
    for window in windows:
        step = procedure.step(window.step)
        for who, open_acts in by_whom(window.acts):
            yield Line(window.title, window.opens_at, window.closes_at, who, open_acts, step.explanation)


def by_whom(open_acts: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sort acts by who does them."""
    whose: dict[str, list[str]] = {}
    for act in sorted(open_acts, key=acts.place):
        whose.setdefault(MANDATED.get(act, EVERYONE), []).append(acts.name(act))
    yield from ((who, tuple(names)) for who, names in whose.items())
    if not whose:
        yield NOBODY, ()


def owed(given: Owed) -> str:
    """Say an answer owed: « Une réponse est due en 30 jours après la clôture (…) »."""
    start = "la clôture de l'étape" if given.counted_from == "closing" else "la réception"
    return f"Réponse due {french.count(given.length, UNITS[given.unit])} après {start} : {given.basis}."


def instants(schedule: Timetable) -> Iterator[Instant]:
    """Yield what is open just before, at, and just before the end of each phase: closing instants are excluded."""
    told: dict[datetime, list[str]] = {}
    for window in schedule.windows:
        told.setdefault(window.opens_at - SECOND, []).append(f"une seconde avant « {window.title} »")
        told.setdefault(window.opens_at, []).append(f"à l'ouverture de « {window.title} »")
        told.setdefault(window.closes_at - SECOND, []).append(f"à la dernière seconde de « {window.title} »")
        told.setdefault(window.closes_at, []).append(f"à la clôture de « {window.title} »")
    for at, what in sorted(told.items()):
        yield Instant(
            at, ", ".join(what), tuple(acts.name(act) for act in sorted(schedule.acts(at=at), key=acts.place))
        )
