"""FaIR as an engine: each row of the table is an imagined world, each column an output in a year.

Leach et al. 2021 (doi 10.5194/gmd-14-3007-2021), Smith et al. 2024 (doi 10.5194/gmd-17-8569-2024). This module is
imported in the engine's own process only, where the library `fair` is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path as Folder
from typing import Final

import numpy as np

from parvis.climate.engines.fair import cases, catalogue, explaining, image, paths, preparing, results
from parvis.climate.engines.fair.drivers import Drivers, drivers
from parvis.climate.engines.fair.image import FIRST, SUBSET, Image
from parvis.climate.engines.fair.marching import Climate, march
from parvis.climate.engines.fair.paths import ADDED, ALL, FEW, Path
from parvis.core.simulators.contract import (
    Array,
    Card,
    CaseResult,
    Change,
    Columns,
    Field,
    RefusedInput,
    Step,
    Table,
    UnknownField,
)

MOST_ROWS: Final = 400
"""Worlds in one table: about a minute of one core with all members."""


class Fair:
    """The calibrated ensemble, ready to answer."""

    def __init__(self, held: Image) -> None:
        """Take the prepared image."""
        self.image = held
        self.known = {field.name: field for field in catalogue.fields()}
        self.drivers = lru_cache(maxsize=16)(self._drivers)

    @cached_property
    def card(self) -> Card:
        return catalogue.card(self.image)

    def fields(self) -> Iterator[Field]:
        yield from self.known.values()

    def evaluate(self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()) -> Columns:
        """Compute outputs for every world, in each year of the period. Raises RefusedInput."""
        refuse_changes(changes)
        for name in outputs:
            if self.known.get(name, self.known[ADDED]).kind != "output":
                paths.refuse_unknown(
                    [name], [one.name for one in self.known.values() if one.kind == "output"], "résultat"
                )
        asked, worlds = paths.years(period), paths.paths(table, self.known)
        if len(worlds) > MOST_ROWS:
            raise RefusedInput(
                f"{len(worlds)} mondes d’un coup : FaIR en calcule {MOST_ROWS} au plus. Découpez la table."
            )
        found = [self.world(world, outputs, asked) for world in worlds]
        return {
            (name, str(year)): np.array([one[name][rank] for one in found])
            for name in dict.fromkeys(outputs)
            for rank, year in enumerate(asked)
        }

    def world(self, world: Path, outputs: Sequence[str], asked: range) -> dict[str, Array]:
        """Return each output by year asked: from what was computed in advance where it was."""
        stored = f"stored.{world.scenario}"
        if world.is_named and world.members == ALL and stored in self.image.arrays:
            names, start = self.image.said["stored"], asked.start - paths.GIVEN_FIRST
            whole = self.image.arrays[stored][:, start : start + len(asked)]
            return {name: whole[names.index(name)] for name in outputs}
        return self.computed(world, outputs, asked)

    def computed(self, world: Path, outputs: Sequence[str], asked: range) -> dict[str, Array]:
        driven, climate = self.climate(world, asked[-1])
        at = np.array(asked) - FIRST
        found = dict(results.outputs(climate, outputs, at))
        wanted = {name for name in outputs if name not in found}
        if any(name.startswith(results.EFFECT) for name in wanted):
            found |= self.effect(world, climate, at)
        if "emissions_co2_fossile" in wanted or "emissions_co2" in wanted:
            whole = self.drivers(world.scenario, world.members, asked[-1] - FIRST + 1)
            fossil = world.fossil(whole.fossil)
            found |= {"emissions_co2_fossile": fossil[at], "emissions_co2": (fossil + whole.land)[at]}
        if any(name.startswith("forcage_") for name in wanted):
            groups = results.forcings(self.image, driven, climate, self.members(world.members), at)
            found |= {f"forcage_{name}_p50": np.median(one, axis=1) for name, one in groups.items()}
            found["forcage_p50"] = np.median(sum(groups.values()), axis=1)
        return {name: found[name] for name in outputs}

    def effect(self, world: Path, climate: Climate, at: Array) -> dict[str, Array]:
        """Return what the carbon added changes, member by member."""
        without = climate
        if world.added:
            _, without = self.climate(replace(world, added=()), int(at[-1]) + FIRST)
        return results.effect(climate, without, at)

    def climate(self, world: Path, last: int) -> tuple[Drivers, Climate]:
        """Compute a world until 1 January of a year, at least that which ends the reference period."""
        years = max(last, 1902) - FIRST
        driven = self.drivers(world.scenario, world.members, years)
        carbon = world.fossil(driven.fossil) + driven.land
        with np.errstate(all="ignore"):
            climate = march(self.image, driven, carbon, self.members(world.members))
        if not np.isfinite(climate.temperature).all():
            raise RefusedInput(
                "Ces émissions sortent de ce que le modèle sait calculer : rapprochez-les d’un scénario."
            )
        return driven, climate

    def members(self, said: str) -> Array:
        return self.image.arrays["subset"] if said == FEW else np.arange(len(self.image.said["members"]))

    def _drivers(self, scenario: str, members: str, years: int) -> Drivers:
        return drivers(self.image, scenario, self.members(members), years)

    def explain(
        self, table: Table, output: str, period: str, changes: Sequence[Change] = (), *, whole: bool = False
    ) -> Sequence[Step]:
        """Explain the last year of a world by its forcings, each with its paper; `whole` adds its carbon."""
        refuse_changes(changes)
        world = paths.paths(table, self.known)[0]
        return explaining.steps(self, world, output, paths.years(period)[-1], whole=whole)

    def missing(
        self, table: Table, outputs: Sequence[str], period: str, changes: Sequence[Change] = ()
    ) -> Sequence[str]:
        """Name the inputs not given, the one that moves the first output most first (with the small ensemble)."""
        refuse_changes(changes)
        return explaining.missing(self, table, outputs, period)

    def cases(self, folder: Folder, *, most: int | None = None) -> Iterator[CaseResult]:
        """Compare with the quantiles of the package « fair », and with FaIR's own loop on a few members."""
        return islice(cases.results(self, folder), most)


def refuse_changes(changes: Sequence[Change]) -> None:
    if changes:
        raise UnknownField(
            f"FaIR n’a pas de paramètre « {changes[0].parameter} » que l’on change : ce sont ses données (scénario, "
            "baisses, année de neutralité) qui varient, en une ligne de plus dans la table."
        )


def load(prepared: Folder) -> Fair:
    return Fair(image.read(prepared))


def prepare(prepared: Folder) -> None:
    """Read the published files, choose the small ensemble, and compute the published scenarios in advance."""
    held = preparing.made(preparing.data())
    whole = Fair(replace(held, arrays={**held.arrays, "subset": np.arange(SUBSET)}))
    years, names = (
        range(paths.GIVEN_FIRST, paths.GIVEN_LAST + 1),
        [one.name for one in catalogue.fields() if one.kind == "output"],
    )
    stored = {}
    for scenario in held.scenarios:
        found = whole.computed(Path(scenario, ALL), names, years)
        stored[f"stored.{scenario}"] = np.stack([found[name] for name in names])
    subset = chosen(whole)
    arrays = {**held.arrays, **stored, "subset": subset}
    ready = Fair(Image(arrays, {**held.said, "stored": names}))
    said = {**held.said, "stored": names, "subset_gap": gap(ready)}
    image.write(Image(arrays, said), prepared)


def chosen(model: Fair) -> Array:
    """Choose the small ensemble: members ranked by their warming in 2081-2100, the middle of each hundredth."""
    _, climate = model.climate(Path(paths.DEFAULT_SCENARIO, ALL), 2100)
    late = results.warming(climate)[2081 - FIRST : 2101 - FIRST].mean(axis=0)
    middles = (np.arange(SUBSET) + 0.5) * len(late) / SUBSET
    return np.sort(np.argsort(late, kind="stable")[middles.astype(int)])


def gap(model: Fair) -> float:
    """Measure by how much the quantiles of the small ensemble differ from those of the whole, until 2100, in K."""
    names, years = [f"rechauffement_p{one}" for one in catalogue.QUANTILES], range(paths.GIVEN_FIRST, 2101)
    found = 0.0
    for scenario in model.image.scenarios:
        few, all_ = (model.world(Path(scenario, members), names, years) for members in (FEW, ALL))
        found = max(found, *(float(np.abs(few[name] - all_[name]).max()) for name in names))
    return found
