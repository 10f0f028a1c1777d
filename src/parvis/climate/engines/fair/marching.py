"""March through the years: CO2, CH4 and temperature of every member, by FaIR's own functions."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from fair.energy_balance_model import step_temperature
from fair.forcing.ghg import meinshausen2020
from fair.gas_cycle import calculate_alpha
from fair.gas_cycle.forward import step_concentration

from parvis.climate.engines.fair.drivers import LARGEST, METHANE_LOWEST, Drivers, scaled
from parvis.climate.engines.fair.image import Image
from parvis.core.simulators.contract import Array

GASES: Final = ("CO2", "CH4", "N2O")
IS_CO2, IS_CH4, IS_N2O, IS_MINOR = (np.array([rank == gas for gas in range(3)]) for rank in range(4))


@dataclass(frozen=True)
class Climate:
    """What became of one path of emissions, by year (1 January) and member."""

    temperature: Array  # K above 1750, with internal variability
    co2: Array  # ppm
    ch4: Array  # ppb


def march(image: Image, driven: Drivers, carbon: Array, members: Array) -> Climate:
    """Compute the climate of some members under a scenario's drivers and yearly emissions of CO2 (Gt/a)."""
    years, count = len(carbon), len(members)
    gases, balance = Gases.of(image, members), Balance.of(image, members)
    temperature, co2, ch4 = (np.zeros((years + 1, count)) for _ in range(3))
    held = np.concatenate([gases.base, np.full((1, 1, count, 1), driven.nitrous[0])], axis=-1)
    co2[0], ch4[0] = held[0, 0, :, 0], held[0, 0, :, 1]
    boxes, airborne, state = np.zeros((1, 1, count, 2, 4)), np.zeros((1, 1, count, 2)), np.zeros((1, 1, count, 4))
    cumulated = np.concatenate([[0.0], np.cumsum(carbon)])
    for year in range(years):
        warmed = state[..., 1]
        emitted = np.array([carbon[year], driven.methane[year]])
        alpha = gases.alpha(airborne[..., 0], cumulated[year], driven.oxidants[year], held[..., 1], warmed)
        held[..., :2], boxes, airborne = gases.step(emitted, boxes, airborne, alpha)
        held[..., 2] = driven.nitrous[year + 1]
        forcing = gases.forcing(held) + gases.feedback * warmed + driven.efficacious[year + 1]
        state = balance.step(state, forcing, year + 1)
        temperature[year + 1], co2[year + 1], ch4[year + 1] = state[0, 0, :, 1], held[0, 0, :, 0], held[0, 0, :, 1]
    return Climate(temperature, co2, ch4)


@dataclass(frozen=True)
class Gases:
    """Parameters of CO2 and CH4, by member, in the shapes that FaIR's functions take (1, 1, member, gas, box)."""

    image: Image
    members: Array
    base: Array
    base_emissions: Array
    per_emission: Array
    lifetime: Array
    partition: Array
    control: tuple[Array, ...]  # of CO2's lifetime: g0, g1, iirf_0, airborne, temperature, uptake
    methane: tuple[float, float]  # sensitivities of CH4's lifetime: to itself, to temperature
    reference: Array
    scale: Array
    offset: Array
    linear: Array  # W/m² a ppb of CH4, through aerosols, ozone and water vapour of the stratosphere
    feedback: Array  # W/m²/K, of ozone

    @classmethod
    def of(cls, image: Image, members: Array) -> "Gases":
        def wide(name: str, *gases: str) -> Array:
            found = image.of(name, *gases, members=members)
            return np.broadcast_to(found, (len(members), *found.shape[1:]))[None, None]

        one = np.array([0])
        base = wide("baseline_concentration", "CO2", "CH4")
        start = np.ascontiguousarray(wide("baseline_concentration", *GASES))
        reference = np.ascontiguousarray(wide("forcing_reference_concentration", *GASES))
        scale = np.stack([np.broadcast_to(scaled(image, gas, members), (len(members),)) for gas in GASES], axis=-1)[
            None, None
        ]
        control = ("g0", "g1", "iirf_0", "iirf_airborne", "iirf_temperature", "iirf_uptake")
        return cls(
            image,
            members,
            base,
            wide("baseline_emissions", "CO2", "CH4")[..., None],
            wide("concentration_per_emission", "CO2", "CH4"),
            wide("unperturbed_lifetime", "CO2", "CH4"),
            wide("partition_fraction", "CO2", "CH4"),
            tuple(wide(name, "CO2")[..., 0] for name in control),
            (
                float(image.of("ch4_lifetime_chemical_sensitivity", "CH4", members=one)[0, 0]),
                float(image.arrays["species.lifetime_temperature_sensitivity"].flat[0]),
            ),
            reference,
            scale,
            total(start, reference, scale),
            methane_linear(image, members),
            wide("forcing_temperature_feedback", "Ozone")[..., 0],
        )

    def alpha(self, airborne: Array, cumulated: float, oxidants: float, methane: Array, warmed: Array) -> Array:
        """Scale the lifetimes of CO2 (Leach et al. 2021) and CH4 (Thornhill et al. 2021)."""
        g0, g1, *rest = self.control
        co2 = calculate_alpha(airborne, cumulated, g0, g1, *rest, warmed, LARGEST)
        lowest, (itself, temperature) = np.log(METHANE_LOWEST), self.methane
        above = np.fmax(np.log(1 + (methane - self.base[..., 1]) * itself), lowest)
        ch4 = np.exp(oxidants + above + np.log(np.fmax(1 + warmed * temperature, lowest)))
        return np.stack([co2, ch4], axis=-1)

    def step(self, emitted: Array, boxes: Array, airborne: Array, alpha: Array) -> tuple[Array, Array, Array]:
        found: tuple[Array, Array, Array] = step_concentration(
            emitted[:, None],
            boxes,
            airborne,
            alpha[..., None],
            self.base,
            self.base_emissions,
            self.per_emission,
            self.lifetime,
            self.partition,
            1,
        )
        return found

    def forcing(self, held: Array) -> Array:
        """Return the forcing of CO2, CH4 and N2O, and of what methane makes besides, by member."""
        greenhouse = (total(held, self.reference, self.scale) - self.offset).sum(axis=-1)
        found: Array = greenhouse + (held[..., 1] - self.base[..., 1]) * self.linear
        return found


def total(held: Array, reference: Array, scale: Array) -> Array:
    """Return the forcing of the three gases (Meinshausen et al. 2020)."""
    found: Array = meinshausen2020(held, reference, scale, np.zeros(3), IS_CO2, IS_CH4, IS_N2O, IS_MINOR)
    return found


def methane_linear(image: Image, members: Array) -> Array:
    """Return what one more ppb of CH4 forces through aerosols, ozone and stratospheric water vapour (W/m²)."""
    through = (
        ("erfari_radiative_efficiency", "Aerosol-radiation interactions"),
        ("ozone_radiative_efficiency", "Ozone"),
        ("h2o_stratospheric_factor", "Stratospheric water vapour"),
    )
    parts = [
        image.of(name, "CH4", members=members)[:, 0] * scaled(image, species, members) for name, species in through
    ]
    return np.sum(parts, axis=0)


@dataclass(frozen=True)
class Balance:
    """The energy balance of three layers of ocean (Cummins et al. 2020), discretised, by member."""

    matrix: Array
    vector: Array
    noise: Array

    @classmethod
    def of(cls, image: Image, members: Array) -> "Balance":
        arrays = image.arrays
        return cls(
            arrays["balance.matrix"][members][None, None],
            arrays["balance.vector"][members][None, None],
            arrays["balance.noise"][:, members],
        )

    def step(self, state: Array, forcing: Array, year: int) -> Array:
        noise = self.noise[year][None, None]
        found: Array = step_temperature(state, self.matrix, self.vector, noise, forcing[..., None])
        return found.reshape(state.shape)
