"""A model of three rules that needs nothing installed: what hosting is tested with."""

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from parvis.core.simulators.contract import (
    Array,
    Card,
    CaseResult,
    Change,
    Columns,
    Dated,
    Entity,
    Field,
    Formula,
    Ref,
    Step,
    Table,
    UnknownField,
    WrongValue,
)

LAW = Ref("Règlement fictif, article 2", "https://parvis.example/reglement")
RATE = 0.5
UNLUCKY = 13
CASES = 5
ENDLESS_CASE = 1_000
"""Whoever asks for as many cases meets one that never ends, after the others."""

ENDLESS_SECONDS = 3_600
"""Longer than any test waits."""

NEEDY = 2
"""EUR a year: below, it needs to know more."""

Given = Mapping[tuple[str, str], Array]
RATES = (Dated(date(2000, 1, 1), 0.4, (LAW,)), Dated(date(2020, 1, 1), RATE, (LAW,)))
RULE = """def formula(person, period, parameters):
    return person("earned", period) * parameters(period).rate
"""


def kill_itself(_columns: Given) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_itself_if_unlucky(columns: Given) -> None:
    if (columns[("earned", "2024")] == UNLUCKY).any():
        kill_itself(columns)


def wait_until_let_go(columns: Given) -> None:
    """Compute for as long as the file is there that is named in `said`."""
    while any(Path(path).exists() for path in columns[("said", "eternity")]):
        time.sleep(0.01)


def crash(columns: Given) -> None:
    raise ValueError(f"said {columns[('said', 'eternity')]}")


MOODS = {
    "killed": kill_itself,
    "fragile": kill_itself_if_unlucky,
    "crash": crash,
    "talk": lambda columns: sys.stderr.write(str(columns)),
    "held": wait_until_let_go,
    "endless": lambda _columns: time.sleep(ENDLESS_SECONDS),
    "large": lambda _columns: np.ones(2**40 // 8),
}
"""Outputs at which it misbehaves."""


class Tiny:
    """A benefit of half of what is earned, and rules that misbehave when they are asked to."""

    card = Card(
        engine="tiny",
        title="Moteur d'essai",
        version="1",
        digest="0" * 64,
        summary="Une aide fictive.",
        not_modelled=("Tout le reste.",),
        source="https://parvis.example/",
        licence="AGPL-3.0-or-later",
        owner="Parvis",
        entities=(Entity("person", "persons", "personne"),),
    )

    def fields(self) -> list[Field]:
        return [
            Field("earned", "Revenu", "input", "number", "EUR", "person", "year", default=0.0),
            Field("said", "Un mot", "input", "text", "", "person", "eternity"),
            Field(
                "benefit",
                "Aide",
                "output",
                "number",
                "EUR",
                "person",
                "year",
                refs=(LAW,),
                formulas=(Formula(date(2000, 1, 1), RULE, (LAW,)),),
            ),
            *(Field(name, name, "output", "number", "", "person", "year") for name in (*MOODS, "warmth")),
            Field("rate", "Taux", "parameter", "number", "1", history=RATES),
            Field(
                "levels[0].threshold", "Seuil", "parameter", "number", "EUR", history=(Dated(date(2010, 1, 1), 100.0),)
            ),
        ]

    is_warm = False

    def warm(self) -> None:
        self.is_warm = True

    def evaluate(self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()) -> Columns:
        rows = table.entities["person"]
        earned = rows.columns.get(("earned", period), np.zeros(rows.count, dtype="f4"))
        if (earned < 0).any():
            raise WrongValue(f"Le revenu {earned.min()} est négatif : donnez-le positif.")
        for output in outputs:
            self.misbehave(output, table)
        if "warmth" in outputs:
            return {("warmth", period): np.full(rows.count, self.is_warm)}
        rate = next((change.value for change in reversed(changes) if change.parameter == "rate"), RATE)
        return {(output, period): (earned * np.float32(rate)).astype("f4") for output in outputs}

    def misbehave(self, output: str, table: Table) -> None:
        """Do what a bad engine may do."""
        if output in MOODS:
            MOODS[output](table.entities["person"].columns)
        elif output not in {"benefit", "warmth"}:
            raise UnknownField(f"« {output} » n'est pas connu : vouliez-vous dire « benefit » ?")

    def explain(
        self, table: Table, output: str, period: str, changes: Sequence[Change] = (), *, whole: bool = False
    ) -> list[Step]:
        value = float(self.evaluate(table, [output], period, changes)[(output, period)][0])
        earned = float(table.entities["person"].columns[("earned", period)][0])
        return [
            Step("benefit", "Aide", period, value, "EUR", (LAW,), -1, "La moitié du revenu."),
            Step("earned", "Revenu", period, earned, "EUR", (), 0, is_given=True),
        ]

    def missing(self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()) -> list[str]:
        earned = table.entities["person"].columns.get(("earned", period))
        if earned is None:
            return ["earned"]
        return ["nothing"] if earned.sum() < NEEDY else []

    def cases(self, folder: Path, *, most: int | None = None) -> Iterator[CaseResult]:
        for number in range(min(most or CASES, CASES)):
            yield CaseResult(
                f"cas {number}", is_passed=number != 3, message="" if number != 3 else "attendu 2, trouvé 3"
            )
        if most == ENDLESS_CASE:
            time.sleep(ENDLESS_SECONDS)


def load(_prepared: Path) -> Tiny:
    return Tiny()
