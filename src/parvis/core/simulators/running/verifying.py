"""Replay a calculation, and say whether it is the same, or what differs: what was asked, the rules, or the results."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np

from parvis.core.simulators.contract import Array, Card, Columns
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.identity import columns_hash, identity, table_hash
from parvis.core.simulators.running.checking import check
from parvis.core.simulators.running.files import RunFile

State: TypeAlias = Literal["same", "input", "rules", "result", "elsewhere"]

SHOWN: Final = 20
"""Differences told one by one."""


@dataclass(frozen=True)
class Difference:
    """A value that the replay does not find again."""

    field: str
    period: str
    row: int  # from 0
    said: object
    found: object


@dataclass(frozen=True)
class Verdict:
    """What a replay says of a calculation."""

    state: State
    sentence: str
    identity: str
    engine: str
    version: str
    installed_version: str
    differences: tuple[Difference, ...] = ()
    left: int = 0  # differences not told one by one
    seconds: float = 0.0

    @property
    def is_same(self) -> bool:
        return self.state == "same"


def verify(file: RunFile, known: Host) -> Verdict:
    """Replay a run file. Raises EngineNotInstalled, and what a calculation may raise."""
    card = known.card()
    silent = Verdict("same", "", file.identity, file.asked.engine, file.version, card.version)
    if identity(file.asked, file.version, file.digest) != file.identity:
        state, sentence = _altered(file, card)
        return replace(silent, state=state, sentence=sentence)
    if (file.version, file.digest) != (card.version, card.digest):
        return replace(silent, state="elsewhere", sentence=other_rules(file, card))
    check(file.asked, card, known.fields())
    outcome = known.evaluate(file.asked, anew=True)
    if outcome.results == file.results == columns_hash(file.columns):
        sentence = f"Rejoué à l'instant : mêmes données, mêmes règles ({card.version}), mêmes résultats, au bit près."
        return replace(silent, sentence=sentence, seconds=outcome.seconds)
    found = tuple(differences(file.columns, outcome.columns))
    left = max(0, len(found) - SHOWN)
    wrong = replace(silent, state="result", sentence=_wrong(file, found), seconds=outcome.seconds)
    return replace(wrong, differences=found[:SHOWN], left=left)


def _altered(file: RunFile, card: Card) -> tuple[State, str]:
    """Say what the identity does not vouch for: the rules named, the situation, or what was asked of it."""
    if identity(file.asked, card.version, card.digest) == file.identity:
        return "rules", (
            "L'identité de ce calcul est celle des règles installées ici, mais le fichier en nomme d'autres : leur "
            "nom ou leur empreinte a été changé après le calcul."
        )
    if table_hash(file.asked.table) != file.inputs:
        return "input", (
            "Les données de ce fichier ne sont pas celles du calcul dont il porte l'identité : une valeur au moins a "
            "été changée après le calcul."
        )
    return "input", (
        "Ce que ce fichier demande n'est pas ce que nomme son identité : les résultats demandés, la période, un "
        "changement ou le nom des règles a été changé après le calcul."
    )


def other_rules(file: RunFile, card: Card) -> str:
    """Say why a calculation of other rules cannot be replayed here: it is not false for that."""
    if file.version != card.version:
        return (
            f"Ce calcul a été fait avec la version {file.version} des règles ; la version {card.version} est "
            "installée ici. Il ne peut pas être rejoué ici : cela ne dit pas qu'il est faux. Rejouez-le où la version "
            f"{file.version} est installée."
        )
    return (
        f"Les règles de ce calcul portent le même nom de version ({card.version}), mais ce ne sont pas les mêmes "
        "fichiers que ceux installés ici : leur empreinte diffère. Il ne peut pas être rejoué ici : cela ne dit pas "
        "qu'il est faux."
    )


def differences(said: Columns, found: Columns) -> Iterator[Difference]:
    """Yield the values that differ, and those that one side only has."""
    for key in sorted({*said, *found}):
        here, there = said.get(key), found.get(key)
        if here is None or there is None or len(here) != len(there):
            yield Difference(*key, 0, _size(here), _size(there))
            continue
        for row in np.flatnonzero(~_equal(here, there)).tolist():
            yield Difference(*key, row, here[row].item(), there[row].item())


def _equal(here: Array, there: Array) -> Array:
    if here.dtype.kind == there.dtype.kind == "f":
        return np.equal(here, there) | (np.isnan(here) & np.isnan(there))
    return np.asarray(here == there)


def _size(values: Array | None) -> str:
    return "absent" if values is None else f"{len(values)} valeurs"


def _wrong(file: RunFile, found: tuple[Difference, ...]) -> str:
    if found:
        return (
            "Rejoué à l'instant avec les mêmes données et les mêmes règles : les résultats du fichier ne sont pas "
            "ceux que l'on retrouve."
        )
    if columns_hash(file.columns) != file.results:
        return (
            "Les valeurs écrites dans ce fichier sont celles que l'on retrouve, mais leur empreinte, ou la largeur de "
            "leurs nombres, a été changée après le calcul."
        )
    return "Les résultats ont les mêmes valeurs, écrites dans une autre largeur de nombre : leur empreinte diffère."
