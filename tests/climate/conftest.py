"""Worlds to ask FaIR for."""

import numpy as np
import pytest

from parvis.core.simulators.contract import Rows, Table
from parvis.core.simulators.identity import Asked

BAND = tuple(f"rechauffement_p{one}" for one in (5, 17, 50, 83, 95))


def worlds(**columns: list) -> Table:
    """Make a table of imagined worlds; « ajoute_2030 » is the fossil CO2 added in 2030."""
    held = {}
    for name, values in columns.items():
        said, _, year = name.partition("_en_")
        held[said, year] = np.array(values)
    return Table({"monde": Rows(len(next(iter(columns.values()), [None])), held)})


@pytest.fixture
def ask(fair):
    """Ask FaIR: `ask("2100", scenario=["low"])` gives the outputs of that year."""

    def asked(period, *outputs, **columns):
        return fair.evaluate(Asked("fair", worlds(**columns), outputs or BAND, period), anew=True)

    return asked
