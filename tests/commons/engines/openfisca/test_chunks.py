"""Large tables are computed in parts, in bounded memory, and nothing twice."""

import subprocess
from pathlib import Path

import numpy as np

from parvis.commons.engines.openfisca.fast.chunks import Parts
from parvis.commons.households import Household
from parvis.core.simulators.contract import Columns, Table
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.tables import gather

ROOT = Path(__file__).resolve().parents[4]
MEMORY = Path(__file__).with_name("memory.py")
MB = 10**6


def singles(count: int, field: str) -> Table:
    wages = {(field, "2024"): np.array([12_000.0])}
    return gather([Household(adults=1, children=0, returns=1).table(wages)] * count)


def test_a_sample_is_computed_once_for_tables_and_questions_alike() -> None:
    sizes: list[int] = []

    def of(table: Table) -> Columns:
        count = table.entities["individu"].count
        sizes.append(count)
        return {("rfr", "2024"): np.zeros(count)}

    parts = Parts()
    for count, field, question in (
        (1_500, "salaire_de_base", "rfr"),
        (1_200, "salaire_de_base", "rfr"),
        (1_200, "retraite_brute", "rfr"),
        (1_200, "salaire_de_base", "af"),
        (1_300, "salaire_de_base", "rfr"),
    ):
        found = parts.evaluate(singles(count, field), of, "individu", question)
        assert len(found["rfr", "2024"]) == count

    assert sizes == [8, 1_500, 1_200, 8, 1_200, 8, 1_200, 1_300]


def test_what_a_part_took_is_given_back_at_once(openfisca: Host) -> None:
    engine = installing.installed(openfisca.declared)
    command = [str(engine.python), str(MEMORY), str(engine.prepared / "image")]
    known = {"PYTHONPATH": str(ROOT / "src")}  # the project's code; the engine's libraries are its own
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=known)
    kept, taken = map(int, done.stdout.split())
    assert taken > 20 * MB
    assert kept < taken / 3
