"""Make the image from the published files: parameters of the calibrated ensemble 1.4.1, emissions, natural forcing.

FaIR reads its own files and names its own parameters; only `override_defaults`, which writes one cell at a time
(81,000 of them), is replaced by one write a column.
"""

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import fair
import numpy as np
import pandas as pd
from fair import FAIR
from fair.energy_balance_model import EnergyBalanceModel
from fair.io import read_properties
from fair.io.param_sets import energy_balance_parameters

from parvis.climate.engines.fair.image import FIRST, LAST, Image
from parvis.core.errors import ParvisError
from parvis.core.simulators.contract import Array

FOLDER: Final = Path("models/climate/fair")
PARAMETERS: Final = "calibrated_constrained_parameters_calibration1.4.1.csv"
SPECIES: Final = "species_configs_properties_calibration1.4.1.csv"
EMISSIONS: Final = "extensions_1750-2500.csv"
NATURAL: Final = "volcanic_solar.csv"
FILES: Final = (PARAMETERS, SPECIES, EMISSIONS, NATURAL)


class EnsembleNotHere(ParvisError):
    """The files of the calibrated ensemble are not in the folder of data."""


def data() -> Path:
    """Return the folder of the ensemble. Raises EnsembleNotHere."""
    folder = Path(os.environ.get("PARVIS_DATA", "")) / FOLDER
    absent = [name for name in FILES if not (folder / name).is_file()]
    if absent:
        raise EnsembleNotHere(
            f"FaIR ne peut pas être préparé : il manque, dans « {FOLDER} » de PARVIS_DATA, {', '.join(absent)}. "
            "Ces fichiers accompagnent FaIR (dépôt OMS-NetZero/FAIR, examples/data) : copiez-les puis recommencez."
        )
    return folder


def made(folder: Path) -> Image:
    """Read the published files into an image, without what is computed of it."""
    table = pd.read_csv(folder / PARAMETERS, index_col=0)
    members, scenarios = defined(folder, [1750, 1751], list(table.index), ["medium-extension"]), scenario_names(folder)
    overridden(members, table)
    paths = defined(folder, [FIRST, LAST], ["one"], scenarios)
    paths.fill_from_csv(emissions_file=folder / EMISSIONS, forcing_file=folder / NATURAL)
    arrays = {
        **dict(by_member(members)),
        **energy_balance(table),
        "is_gas": members.properties_df["greenhouse_gas"].to_numpy(dtype=bool),
        "is_halogen": members.properties_df["type"].isin(["cfc-11", "other halogen"]).to_numpy(dtype=bool),
        "emissions": paths.emissions.data[:, :, 0].transpose(1, 0, 2),
        "given": paths.forcing.sel(specie=["Solar", "Volcanic"]).data[:, :, 0].transpose(1, 0, 2),
    }
    said = {
        "version": version("fair"),
        "digest": digest(folder),
        "scenarios": scenarios,
        "species": list(members.species),
        "members": [int(name) for name in table.index],
    }
    return Image(arrays, said)


def scenario_names(folder: Path) -> list[str]:
    return sorted(pd.read_csv(folder / EMISSIONS, usecols=["scenario"])["scenario"].unique())


def defined(folder: Path, years: list[int], members: list[Any], scenarios: list[str]) -> FAIR:
    """Return a FaIR that knows its species, and holds nothing else."""
    model = FAIR(ch4_method="thornhill2021")
    model.define_time(*years, 1)
    model.define_scenarios(scenarios)
    model.define_configs(members)
    model.define_species(*read_properties(folder / SPECIES))
    model.allocate()
    model.fill_species_configs(folder / SPECIES)
    return model


def overridden(model: FAIR, table: pd.DataFrame) -> None:
    """Give each member its parameters, a column at a time."""
    for column, values in table.items():
        name, _, place = str(column).rstrip("]").partition("[")
        held = model.climate_configs if name in energy_balance_parameters else model.species_configs
        if not place:
            held[name][:] = values.to_numpy().reshape(-1, *[1] * (held[name].ndim - 1))
        elif name in energy_balance_parameters:
            held[name].loc[{"layer": int(place)}] = values.to_numpy()
        elif place in model.species:
            held[name].loc[{"specie": place}] = values.to_numpy()


def by_member(model: FAIR) -> Iterator[tuple[str, Array]]:
    """Yield each parameter of species, a row a member, or one row where all have the same."""
    for name, held in model.species_configs.items():
        values = held.data if held.dims[0] == "config" else held.data[None]
        is_same = all(np.array_equal(row, values[0], equal_nan=True) for row in values[1:])
        yield f"species.{name}", np.array(values[:1] if is_same else values)


def energy_balance(table: pd.DataFrame) -> dict[str, Array]:
    """Return each member's discretised energy balance, and its internal variability from its own seed."""
    size = LAST - FIRST + 1
    models = [balance(row, size) for _, row in table.iterrows()]
    return {
        "balance.matrix": np.stack([one.eb_matrix_d for one in models]),
        "balance.vector": np.stack([one.forcing_vector_d for one in models]),
        "balance.noise": np.stack([one.stochastic_d for one in models], axis=1),
    }


def balance(row: "pd.Series[Any]", size: int) -> EnergyBalanceModel:
    return EnergyBalanceModel(
        ocean_heat_capacity=np.array([row[f"ocean_heat_capacity[{layer}]"] for layer in range(3)], dtype=float),
        ocean_heat_transfer=np.array([row[f"ocean_heat_transfer[{layer}]"] for layer in range(3)], dtype=float),
        deep_ocean_efficacy=row["deep_ocean_efficacy"],
        stochastic_run=bool(row["stochastic_run"]),
        sigma_eta=row["sigma_eta"],
        sigma_xi=row["sigma_xi"],
        gamma_autocorrelation=row["gamma_autocorrelation"],
        seed=int(row["seed"]),
        forcing_4co2=row["forcing_4co2"],
        timestep=1,
        n_timesteps=size,
    )


def digest(folder: Path) -> str:
    """Hash the rules: FaIR's code, ours, and the files of the ensemble (sha256 of their sha256, in this order)."""
    code = [path for top in (Path(fair.__path__[0]), Path(__file__).parent) for path in sorted(top.rglob("*.py"))]
    whole = hashlib.sha256()
    for path in [*code, *(folder / name for name in FILES)]:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
