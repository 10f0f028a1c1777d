"""What a scenario brings whatever the climate does: forcings of emissions alone, and gases that stay linear.

FaIR computes 61 species for each member at each step. All but CO2 and CH4 neither see the temperature nor each other
through it (their lifetimes are constant): they are computed here once a scenario, along all years, by FaIR's own
functions, and only two gases and the temperature are left to the loop of `marching`. Ozone's feedback on temperature
is left there too. The results are those of FaIR.run to the last bits (`cases` compares both).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from fair.forcing.aerosol.erfaci import logsum
from fair.forcing.aerosol.erfari import calculate_erfari_forcing
from fair.forcing.minor import calculate_linear_forcing
from fair.forcing.ozone import thornhill2021
from fair.gas_cycle import calculate_alpha
from fair.gas_cycle.eesc import calculate_eesc
from fair.gas_cycle.forward import step_concentration

from parvis.climate.engines.fair.image import Image
from parvis.core.simulators.contract import Array

AEROSOLS: Final = ("Sulfur", "BC", "OC", "NH3", "NOx", "VOC", "CO")
CLOUDS: Final = ("Sulfur", "BC", "OC")
CHLORINE: Final = "Equivalent effective stratospheric chlorine"
LARGEST: Final = 100  # FaIR's iirf_max, years
BROMINE: Final = 45  # how much more ozone bromine depletes than chlorine: FaIR's br_cl_ods_potential
METHANE_LOWEST: Final = 0.01  # FaIR's ch4_min

NATURAL: Final = "naturel"
AEROSOL: Final = "aerosols"
OZONE: Final = "ozone"
MINOR: Final = "gaz_fluores"
OTHER: Final = "autres"


@dataclass(frozen=True)
class Drivers:
    """What the loop is given. Arrays by year run along timebounds (1 January), the first of which is FIRST."""

    fossil: Array  # Gt CO2/a, one a year
    land: Array  # Gt CO2/a
    methane: Array  # Mt CH4/a
    nitrous: Array  # ppb of N2O, by year
    oxidants: Array  # log of the scaling of methane's lifetime, but for methane itself and temperature, by year
    forcings: Mapping[str, Array]  # W/m², by year and member, of the groups above
    efficacious: Array  # their sum, each times its efficacy


def drivers(image: Image, scenario: str, members: Array, years: int) -> Drivers:
    """Compute what a scenario brings to some members over the first `years` of the image."""
    linear = concentrations(image, scenario, years)
    chlorine = stratospheric_chlorine(image, linear)
    nitrous = linear["N2O"]
    forcings = {
        MINOR: minor_gases(image, linear, members),
        AEROSOL: aerosols(image, scenario, nitrous, members),
        OZONE: ozone(image, scenario, nitrous, chlorine, members),
        OTHER: snow_and_land(image, scenario, members, years),
        NATURAL: np.zeros((years + 1, len(members))),
    }
    efficacious = sum(forcings.values(), np.zeros((years + 1, len(members))))
    for name in ("Solar", "Volcanic"):
        forcing = natural(image, scenario, name, members, years)
        forcings[NATURAL] += forcing
        efficacious += forcing * image.of("forcing_efficacy", name, members=members)[:, 0]
    fossil, land, methane = (image.emissions(scenario, name)[:years, 0] for name in ("CO2 FFI", "CO2 AFOLU", "CH4"))
    scaling = oxidants(image, scenario, nitrous, chlorine, years)
    return Drivers(fossil, land, methane, nitrous, scaling, forcings, efficacious)


def scaled(image: Image, species: str, members: Array) -> Array:
    """Return the factor of a forcing: its own times its tropospheric adjustment."""
    adjustment = 1 + image.of("tropospheric_adjustment", species, members=members)[:, 0]
    return image.of("forcing_scale", species, members=members)[:, 0] * adjustment


def linear_gases(image: Image) -> tuple[str, ...]:
    """Name the gases whose lifetime is constant, in FaIR's order: all but CO2 and CH4."""
    gases = np.flatnonzero(image.arrays["is_gas"])
    return tuple(image.said["species"][rank] for rank in gases if image.said["species"][rank] not in {"CO2", "CH4"})


def concentrations(image: Image, scenario: str, years: int) -> dict[str, Array]:
    """Return the concentration by year of each gas whose lifetime is constant."""
    names, one = linear_gases(image), np.array([0])
    of = {key: image.of(key, *names, members=one) for key in ("g0", "g1", *GAS_PARAMETERS)}
    nothing = np.zeros_like(of["g0"])
    alpha = calculate_alpha(
        *(nothing, nothing, of["g0"], of["g1"], of["iirf_0"], nothing, nothing, nothing, 0.0, LARGEST)
    )
    emitted = image.emissions(scenario, *names)
    found = np.empty((years + 1, len(names)))
    found[0], boxes = of["baseline_concentration"][0], np.zeros((1, 1, 1, len(names), 4))
    for year in range(years):
        made, boxes, _ = step_concentration(
            emitted[year][None, None, None, :, None],
            boxes,
            None,
            alpha[None, None, :, :, None],
            of["baseline_concentration"][None, None],
            of["baseline_emissions"][None, None, ..., None],
            of["concentration_per_emission"][None, None],
            of["unperturbed_lifetime"][None, None],
            of["partition_fraction"][None, None],
            1,
        )
        found[year + 1] = made[0, 0, 0]
    return dict(zip(names, found.T, strict=True))


GAS_PARAMETERS: Final = (
    "iirf_0",
    "baseline_concentration",
    "baseline_emissions",
    "concentration_per_emission",
    "unperturbed_lifetime",
    "partition_fraction",
)


def stratospheric_chlorine(image: Image, linear: Mapping[str, Array]) -> Array:
    """Return the equivalent effective stratospheric chlorine by year, in ppt."""
    names = [name for name in linear if image.arrays["is_halogen"][image.places[name]]]
    one = np.array([0])
    release, chlorine, bromine = (
        image.of(key, *names, members=one) for key in ("fractional_release", "cl_atoms", "br_atoms")
    )
    held = np.stack([linear[name] for name in names], axis=-1)[:, None, None, :]
    first, every = [names.index("CFC-11")], np.ones(len(names), dtype=bool)
    found: Array = calculate_eesc(
        held, *(one[None, None] for one in (release, chlorine, bromine)), first, every, BROMINE
    )
    found = found[:, 0, 0, 0]
    found[0] = image.of("baseline_concentration", CHLORINE, members=one)[0, 0]
    return found


def minor_gases(image: Image, linear: Mapping[str, Array], members: Array) -> Array:
    """Return the forcing of all greenhouse gases but CO2, CH4 and N2O: linear in their concentrations."""
    one = np.array([0])
    found = np.zeros((len(linear["N2O"]), len(members)))
    for name in (name for name in linear if name != "N2O"):
        base = image.of("baseline_concentration", name, members=one)[0, 0]
        per_ppt = image.of("greenhouse_gas_radiative_efficiency", name, members=one)[0, 0] * 0.001
        found += ((linear[name] - base) * per_ppt)[:, None] * scaled(image, name, members)
    return found


def aerosols(image: Image, scenario: str, nitrous: Array, members: Array) -> Array:
    """Return the forcing of aerosols, by radiation and by clouds, but for methane's part in it."""
    years = len(nitrous) - 1
    direct = scaled(image, "Aerosol-radiation interactions", members)
    emitted, base = emitted_and_base(image, scenario, AEROSOLS, years)
    is_emitted, is_held = np.ones(len(AEROSOLS), dtype=bool), np.zeros(len(AEROSOLS), dtype=bool)
    efficiency = image.of("erfari_radiative_efficiency", *AEROSOLS, members=members)[None, None]
    shape = (years, 1, len(members), len(AEROSOLS))
    found = np.zeros((years + 1, len(members)))
    found[1:] = calculate_erfari_forcing(
        *(np.broadcast_to(emitted, shape), emitted, base, base, direct[:, None], efficiency, is_emitted, is_held)
    )[:, 0, :, 0]
    # FaIR 2.2.5 sums this forcing before it knows the year's chlorine: that part is missing there, and so here.
    found += held_above(image, "N2O", nitrous, members) * efficiency_of(image, "erfari", "N2O", members) * direct
    found[1:] += clouds(image, scenario, members, years)
    return found


def clouds(image: Image, scenario: str, members: Array, years: int) -> Array:
    emitted, base = emitted_and_base(image, scenario, CLOUDS, years)
    is_emitted, is_held = np.ones(len(CLOUDS), dtype=bool), np.zeros(len(CLOUDS), dtype=bool)
    scale = image.arrays["species.aci_scale"]
    shapes = image.of("aci_shape", *CLOUDS, members=members)[None, None]
    factor = scaled(image, "Aerosol-cloud interactions", members)[:, None]
    strength = scale[members] if len(scale) > 1 else scale
    found: Array = logsum(emitted, emitted, base, base, factor, strength, shapes, is_emitted, is_held)
    return found[:, 0, :, 0]


def ozone(image: Image, scenario: str, nitrous: Array, chlorine: Array, members: Array) -> Array:
    """Return the forcing of ozone, but for methane's part in it and for its feedback."""
    years, names = len(nitrous) - 1, ("NOx", "VOC", "CO")
    emitted, base = emitted_and_base(image, scenario, names, years)
    is_emitted, is_held = np.ones(len(names), dtype=bool), np.zeros(len(names), dtype=bool)
    efficiency = image.of("ozone_radiative_efficiency", *names, members=members)[None, None]
    factor = scaled(image, "Ozone", members)
    shape = (years, 1, len(members), len(names))
    found = np.zeros((years + 1, len(members)))
    found[1:] = thornhill2021(
        *(np.broadcast_to(emitted, shape), emitted, base, base, factor[:, None], efficiency, is_emitted, is_held)
    )[:, 0, :, 0]
    for name, held in (("N2O", nitrous), (CHLORINE, chlorine)):
        found += held_above(image, name, held, members) * efficiency_of(image, "ozone", name, members) * factor
    return found


def snow_and_land(image: Image, scenario: str, members: Array, years: int) -> Array:
    """Return the forcing of dark particles on snow, and of the changed use of land."""
    names = ("BC", "OC", "Sulfur")
    emitted, base = emitted_and_base(image, scenario, names, years)
    snow = scaled(image, "Light absorbing particles on snow and ice", members)[:, None]
    per_emission = image.of("lapsi_radiative_efficiency", *names, members=np.array([0]))[None, None]
    found = np.zeros((years + 1, len(members)))
    found[1:] = calculate_linear_forcing(emitted, base, snow, per_emission)[:, 0, :, 0]
    cumulated = np.cumsum(image.emissions(scenario, "CO2 AFOLU")[:years], axis=0)[:, None, None, :]
    per_land = image.of("land_use_cumulative_emissions_to_forcing", "CO2 AFOLU", members=np.array([0]))[None, None]
    land = scaled(image, "Land use", members)[:, None]
    found[1:] += calculate_linear_forcing(cumulated, 0, land, per_land)[:, 0, :, 0]
    return found


def natural(image: Image, scenario: str, name: str, members: Array, years: int) -> Array:
    """Return the forcing of the Sun or of volcanoes; the first instant has none, as in FaIR's own example."""
    found = image.given(scenario, name)[: years + 1, None] * image.of("forcing_scale", name, members=members)[:, 0]
    found[0] = 0.0
    return found


def oxidants(image: Image, scenario: str, nitrous: Array, chlorine: Array, years: int) -> Array:
    """Return, by year, the log of what emissions and other gases do to methane's lifetime (Thornhill et al. 2021)."""
    emitted, base = emitted_and_base(image, scenario, AEROSOLS, years)
    lowest, one = np.log(METHANE_LOWEST), np.array([0])
    sensitivity = image.of("ch4_lifetime_chemical_sensitivity", *AEROSOLS, members=one)
    found: Array = np.fmax(np.log(1 + (emitted - base) * sensitivity), lowest).sum(axis=-1)[:, 0, 0]
    for name, held in (("N2O", nitrous), (CHLORINE, chlorine)):
        above = held[:years] - image.of("baseline_concentration", name, members=one)[0, 0]
        per_unit = image.of("ch4_lifetime_chemical_sensitivity", name, members=one)[0, 0]
        found = found + np.fmax(np.log(1 + above * per_unit), lowest)
    return found


def emitted_and_base(image: Image, scenario: str, names: tuple[str, ...], years: int) -> tuple[Array, Array]:
    """Return emissions by year, and those of 1750, in the shape that FaIR's functions take: year, 1, 1, species."""
    base = image.of("baseline_emissions", *names, members=np.array([0]))
    return image.emissions(scenario, *names)[:years, None, None, :], base[None, None]


def held_above(image: Image, name: str, held: Array, members: Array) -> Array:
    """Return by how much a concentration passes that of 1750, by year and member."""
    return held[:, None] - image.of("baseline_concentration", name, members=members)[:, 0]


def efficiency_of(image: Image, kind: str, name: str, members: Array) -> Array:
    return image.of(f"{kind}_radiative_efficiency", name, members=members)[:, 0]
