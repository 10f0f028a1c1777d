"""The engine's own cases: quantiles computed with FaIR itself, and FaIR's own loop run here on a few members."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path as Folder
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from fair.interface import initialise

from parvis.climate.engines.fair import preparing
from parvis.climate.engines.fair.drivers import drivers
from parvis.climate.engines.fair.image import FIRST
from parvis.climate.engines.fair.marching import march
from parvis.climate.engines.fair.paths import ALL, GIVEN_FIRST, Path
from parvis.core.simulators.contract import Array, CaseResult

if TYPE_CHECKING:
    from parvis.climate.engines.fair.model import Fair

ORACLE: Final = "expected_quantiles.csv"
ROUNDED: Final = 1e-5
"""K. The oracle is written with five decimals: half of the last one, and room for the last bits of a float."""

UNTIL: Final = 2100
"""Year to which FaIR itself is run: its loop is slow."""

SAME: Final = 1e-9
"""K. Between FaIR's loop and ours: the same operations, some in another order."""


def results(model: "Fair", folder: Folder) -> Iterator[CaseResult]:
    yield against_fair(model, folder)
    for (scenario, quantile), expected in oracle(folder).items():
        began = perf_counter()
        name, years = f"rechauffement_p{quantile}", range(GIVEN_FIRST, GIVEN_FIRST + len(expected))
        found = model.computed(Path(scenario, ALL), [name], years)[name]
        gap = float(np.abs(found - expected).max())
        title = f"{ORACLE} : {scenario}, {quantile} %, {years[0]} à {years[-1]}"
        yield CaseResult(title, gap <= ROUNDED, said(gap, ROUNDED), perf_counter() - began)


def oracle(folder: Folder) -> dict[tuple[str, int], Array]:
    """Return the quantiles of warming (K) that the package « fair » gave us, by year, of a scenario and quantile."""
    found: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    with (folder / ORACLE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["scenario"], int(row["quantile"])].append(float(row["gsat_anomaly_1850_1901"]))
    return {key: np.array(values) for key, values in found.items()}


def said(gap: float, tolerance: float) -> str:
    return f"écart le plus grand {gap:.1e} K, pour une tolérance de {tolerance:.0e} K"


def against_fair(model: "Fair", folder: Folder) -> CaseResult:
    """Run `FAIR.run` itself on a few members, and compare their temperatures one by one."""
    began = perf_counter()
    scenario = "medium-extension"
    table = pd.read_csv(folder / preparing.PARAMETERS, index_col=0).iloc[:: len(model.image.said["members"]) // 3]
    fair = preparing.defined(folder, [FIRST, UNTIL], list(table.index), [scenario])
    fair.fill_from_csv(emissions_file=folder / preparing.EMISSIONS, forcing_file=folder / preparing.NATURAL)
    preparing.overridden(fair, table)
    for name in ("Volcanic", "Solar"):
        fair.forcing.loc[{"specie": name}] = (
            fair.forcing.loc[{"specie": name}] * table[f"forcing_scale[{name}]"].to_numpy()
        )
    initialise(fair.concentration, fair.species_configs["baseline_concentration"])
    for held in (
        fair.forcing,
        fair.temperature,
        fair.cumulative_emissions,
        fair.airborne_emissions,
        fair.ocean_heat_content_change,
    ):
        initialise(held, 0)
    fair.run(progress=False)
    members = np.array([model.image.said["members"].index(name) for name in table.index])
    driven = drivers(model.image, scenario, members, UNTIL - FIRST)
    ours = march(model.image, driven, driven.fossil + driven.land, members).temperature
    gap = float(np.abs(ours - fair.temperature.data[:, 0, :, 0]).max())
    title = f"FAIR.run : {scenario}, {len(table)} membres, {FIRST} à {UNTIL}"
    return CaseResult(title, gap <= SAME, said(gap, SAME), perf_counter() - began)
