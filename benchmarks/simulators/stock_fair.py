"""FaIR as it comes: its calibrated ensemble 1.4.1, set up and run as its own example does.

    stock_fair.py FOLDER SCENARIO     run by the Python of the engine, where FaIR is; it imports nothing of Parvis

Prints one JSON line: seconds, and the quantiles of warming since 1850-1901 for each year from 1990 to 2100.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from fair import FAIR
from fair.interface import initialise
from fair.io import read_properties

MEMBERS = "calibrated_constrained_parameters_calibration1.4.1.csv"
SPECIES = "species_configs_properties_calibration1.4.1.csv"
FIRST, SHOWN, LAST = 1750, 1990, 2100


def ready(folder: Path, scenario: str) -> FAIR:
    """Set the ensemble up."""
    table = pd.read_csv(folder / MEMBERS, index_col=0)
    model = FAIR(ch4_method="thornhill2021")
    model.define_time(FIRST, LAST, 1)
    model.define_scenarios([scenario])
    model.define_configs(list(table.index))
    model.define_species(*read_properties(folder / SPECIES))
    model.allocate()
    model.fill_from_csv(emissions_file=folder / "extensions_1750-2500.csv", forcing_file=folder / "volcanic_solar.csv")
    model.fill_species_configs(folder / SPECIES)
    model.override_defaults(folder / MEMBERS)
    for name in ("Volcanic", "Solar"):
        scale = table[f"forcing_scale[{name}]"].to_numpy()
        model.forcing.loc[{"specie": name}] = model.forcing.loc[{"specie": name}] * scale
    initialise(model.concentration, model.species_configs["baseline_concentration"])
    for held in (model.forcing, model.temperature, model.cumulative_emissions, model.airborne_emissions):
        initialise(held, 0)
    initialise(model.ocean_heat_content_change, 0)
    return model


def main() -> None:
    folder, scenario = Path(sys.argv[1]), sys.argv[2]
    began, busy = time.perf_counter(), time.process_time()
    model = ready(folder, scenario)
    model.run(progress=False)
    warm = model.temperature.data[:, 0, :, 0]
    warm = warm - warm[1850 - FIRST : 1902 - FIRST].mean(axis=0)
    found = {
        f"rechauffement_p{rank}": np.percentile(warm[SHOWN - FIRST : LAST + 1 - FIRST], rank, axis=1).tolist()
        for rank in (5, 50, 95)
    }
    wall, cpu = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"wall": wall, "cpu": cpu, "memory": peak, "values": found}))


if __name__ == "__main__":
    main()
