"""What the engine reads when it starts: one file of arrays, made once from the ensemble and the scenarios."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from parvis.core.simulators.contract import Array

FIRST: Final = 1750
LAST: Final = 2301
"""Instants that the image covers: temperatures are those of 1 January, emissions those of the year."""

SUBSET: Final = 100
"""Members of the small ensemble, chosen at preparation, for answers at the speed of a slider."""


@dataclass(frozen=True)
class Image:
    """The ensemble, the scenarios, and what was computed of them in advance.

    An array by member has one row a member, or a single row where all members have the same values.
    """

    arrays: dict[str, Array]
    said: dict[str, Any]  # version, digest, names

    @property
    def scenarios(self) -> list[str]:
        return list(self.said["scenarios"])

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each species stands in arrays by species."""
        return {name: rank for rank, name in enumerate(self.said["species"])}

    def of(self, parameter: str, *species: str, members: Array) -> Array:
        """Return a parameter of some species: one row a member, one column a species (and one a gas box)."""
        whole = self.arrays[f"species.{parameter}"]
        rows = whole[members] if len(whole) > 1 else whole
        return rows[:, [self.places[name] for name in species]]

    def emissions(self, scenario: str, *species: str) -> Array:
        """Return the emissions of a scenario by year, in FaIR's units (Gt CO2, Mt CH4, Mt N2O, kt of other gases)."""
        whole = self.arrays["emissions"][self.scenarios.index(scenario)]
        return whole[:, [self.places[name] for name in species]]

    def given(self, scenario: str, species: str) -> Array:
        """Return a forcing that the scenario gives (solar, volcanic), by year, in W/m²."""
        return self.arrays["given"][self.scenarios.index(scenario), :, ["Solar", "Volcanic"].index(species)]


def write(image: Image, folder: Path) -> None:
    np.savez(folder / "ensemble.npz", **image.arrays)  # type: ignore[arg-type]
    (folder / "ensemble.json").write_text(json.dumps(image.said, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> Image:
    with np.load(folder / "ensemble.npz") as arrays:
        held = {name: arrays[name] for name in arrays.files}
    return Image(held, json.loads((folder / "ensemble.json").read_text(encoding="utf-8")))
