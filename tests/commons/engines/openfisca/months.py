"""Tell for which months a contribution is computed for many; run in the engine's own Python, it writes them.

Two lines: of people whose wages are the same all year, then of people whose wages rise in July.
"""

import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import numpy as np

from parvis.commons.engines.openfisca import model
from parvis.commons.engines.openfisca.fast import learning
from parvis.core.simulators.contract import Table
from parvis.core.simulators.tables import repeat

COMPUTED = "agirc_arrco_salarie"
MANY = 200  # times six households: more than are remembered one by one


def paid(table: Table, rise: float) -> Table:
    """Give each month its wage, raised from July on."""
    people = table.entities["individu"]
    columns = dict(people.columns)
    wages = columns.pop(("salaire_de_base", "2024")) / 12 + np.arange(people.count) % 97
    for month in range(1, 13):
        columns["salaire_de_base", f"2024-{month:02d}"] = wages * (rise if month > 6 else 1)
    return Table({**table.entities, "individu": replace(people, columns=columns)})


def computed(engine: model.Model, table: Table) -> list[str]:
    """Return the months for which the formula runs."""
    found: list[str] = []
    formulas = {formula.__code__ for formula in engine.system().variables[COMPUTED].formulas.values()}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in formulas:
            found.append(str(frame.f_locals["period"]))

    simulation = engine.simulate(table)
    sys.setprofile(note)
    simulation.calculate_add(COMPUTED, "2024")
    sys.setprofile(None)
    return found


if __name__ == "__main__":
    engine = model.load(Path(sys.argv[1]))
    for rise in (1.0, 1.5):
        table = repeat(next(learning.tables(2024)), MANY)
        engine.simulate(paid(next(learning.tables(2024)), rise)).calculate_add(COMPUTED, "2024")
        sys.stdout.write(" ".join(computed(engine, paid(table, rise))) + "\n")
