"""From the climate of every member to what is said of it: quantiles by year."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from parvis.climate.engines.fair import drivers as driving
from parvis.climate.engines.fair.catalogue import QUANTILES
from parvis.climate.engines.fair.drivers import Drivers, scaled
from parvis.climate.engines.fair.image import FIRST, Image
from parvis.climate.engines.fair.marching import GASES, Climate, total
from parvis.core.simulators.contract import Array

EFFECT: Final = "effet_ajout_p"
REFERENCE: Final = slice(1850 - FIRST, 1902 - FIRST)
"""1850 to 1901, both included."""


def warming(climate: Climate) -> Array:
    """Return the warming of each member since 1850-1901, by year, in K."""
    found: Array = climate.temperature - climate.temperature[REFERENCE].mean(axis=0)
    return found


def outputs(climate: Climate, wanted: Sequence[str], at: Array) -> Iterator[tuple[str, Array]]:
    """Yield those of the outputs wanted that speak of temperature and of CO2, at positions in time."""
    warm = warming(climate)[at]
    for name in wanted:
        if name.startswith("rechauffement_p"):
            yield name, np.percentile(warm, int(name.removeprefix("rechauffement_p")), axis=1)
        elif name.startswith("part_au_dela_"):
            limit = float(name.removeprefix("part_au_dela_").replace("_", "."))
            yield name, (warm > limit).mean(axis=1)
        elif name == "co2_p50":
            yield name, np.median(climate.co2[at], axis=1)


def effect(climate: Climate, without: Climate, at: Array) -> dict[str, Array]:
    """Return the quantiles of the difference of two worlds, member by member, in K above 1750."""
    gap = climate.temperature[at] - without.temperature[at]
    return {f"{EFFECT}{quantile}": np.percentile(gap, quantile, axis=1) for quantile in QUANTILES}


def forcings(image: Image, driven: Drivers, climate: Climate, members: Array, at: Array) -> dict[str, Array]:
    """Return the forcing of each group, by year and member, at positions in time (W/m²)."""
    found = {name: whole[at] for name, whole in driven.forcings.items()}
    above = climate.ch4[at] - climate.ch4[0]
    for name, species, parameter in (
        (driving.AEROSOL, "Aerosol-radiation interactions", "erfari_radiative_efficiency"),
        (driving.OZONE, "Ozone", "ozone_radiative_efficiency"),
        (driving.OTHER, "Stratospheric water vapour", "h2o_stratospheric_factor"),
    ):
        factor = image.of(parameter, "CH4", members=members)[:, 0] * scaled(image, species, members)
        found[name] = found[name] + above * factor
    feedback = image.of("forcing_temperature_feedback", "Ozone", members=members)[:, 0]
    found[driving.OZONE] = found[driving.OZONE] + climate.temperature[at - 1] * feedback
    return {**found, **dict(greenhouse(image, driven, climate, members, at))}


def greenhouse(
    image: Image, driven: Drivers, climate: Climate, members: Array, at: Array
) -> Iterator[tuple[str, Array]]:
    """Yield the forcing of CO2, CH4 and N2O, by year and member."""
    shape = (len(at), 1, len(members), len(GASES))
    nitrous = np.broadcast_to(driven.nitrous[at, None], climate.co2[at].shape)
    held = np.stack([climate.co2[at], climate.ch4[at], nitrous], axis=-1)[:, None]
    first = np.stack([climate.co2[0], climate.ch4[0], np.full(len(members), driven.nitrous[0])], axis=-1)[None, None]
    reference = np.broadcast_to(image.of("forcing_reference_concentration", *GASES, members=members), shape)
    scale = np.stack([np.broadcast_to(scaled(image, gas, members), (len(members),)) for gas in GASES], axis=-1)
    found = total(held, reference, scale[None, None]) - total(first, reference[:1], scale[None, None])
    for rank, name in enumerate(("co2", "ch4", "n2o")):
        yield name, found[:, 0, :, rank]
