"""What a country has emitted, and what of the warming follows from it: two worlds, with its emissions and without."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from parvis.climate.registers.carbon_budget import CO2_OF_CARBON
from parvis.climate.warming import BAND, MEDIUM, QUANTILES, rows
from parvis.core import french
from parvis.core.simulators.contract import Columns, Rows, Table
from parvis.core.simulators.identity import Asked
from parvis.core.web.bands import band
from parvis.core.web.charts import Chart, line
from parvis.core.web.page import HTML_ONLY

PERIOD: Final = "1960:2100"
OUTPUTS: Final = tuple(f"effet_ajout_{one}" for one in QUANTILES)
SAID_IN: Final = (2050, 2100)
"""Years of which the effect is said, beside the one that follows the last emissions."""

COUNTRIES: Final = """
select code, any_value(name) as name from carbon_budget.territorial where is_country
group by code having count(emissions) > 0 order by strip_accents(any_value(name))
"""
SERIES: Final = """
select country.year, country.emissions, world.emissions as world, country.estimated_by
from carbon_budget.territorial as country
    left join carbon_budget.territorial as world on world.code = 'World' and world.year = country.year
where country.code = $code
order by country.year
"""
RANKS: Final = """
select rank from (
    select code, rank() over (order by sum(emissions) desc) as rank
    from carbon_budget.territorial where is_country and emissions is not null group by code
) where code = $code
"""


@dataclass(frozen=True)
class Year:
    """A year of a country's series."""

    year: int
    emissions: float | None  # MtC; None: the source has no estimate
    world: float | None
    estimated_by: str | None

    @property
    def co2(self) -> float | None:
        """Return the emissions in Mt CO2."""
        return None if self.emissions is None else self.emissions * CO2_OF_CARBON

    @property
    def share(self) -> float | None:
        """Return the share of the world's emissions, in percent."""
        return None if self.emissions is None or not self.world else 100 * self.emissions / self.world


@dataclass(frozen=True)
class Effect:
    """What the emissions do to the temperature in a year, in thousandths of a degree."""

    year: str
    low: str
    median: str
    high: str


@dataclass(frozen=True)
class Choice:
    """A country that the page may be asked for."""

    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Run:
    """The calculation, as anyone may do it again."""

    identity: str
    results: str
    version: str


@dataclass(frozen=True)
class NationPage:
    """The share of a country, and the warming that follows."""

    title: str
    code: str
    name: str
    choices: tuple[Choice, ...]
    series: tuple[Year, ...]
    rank: int | None
    because: str  # why the warming is not computed
    effects: tuple[Effect, ...] = ()
    run: Run | None = None
    charts: tuple[Chart, ...] = field(default=(), metadata=HTML_ONLY)

    @property
    def estimated(self) -> list[Year]:
        return [one for one in self.series if one.emissions is not None]

    @property
    def first(self) -> int | None:
        """Return the first year that has an estimate."""
        return self.estimated[0].year if self.estimated else None

    @property
    def last(self) -> int | None:
        return self.estimated[-1].year if self.estimated else None

    @property
    def total(self) -> float:
        """Return the sum, in Gt CO2."""
        return sum(one.co2 or 0 for one in self.estimated) / 1000

    @property
    def share(self) -> float:
        """Return the share of the sum of the world over the same years, in percent."""
        world = sum(one.world or 0 for one in self.estimated)
        return 100 * sum(one.emissions or 0 for one in self.estimated) / world if world else 0.0

    @property
    def lede(self) -> str:
        if not self.estimated:
            return "La part d'un pays dans le CO2 fossile du monde, et le réchauffement qui s'ensuit."
        share = french.percent(self.share)
        said = f"{french.number(self.total, 1)} Gt de CO2 fossile de {self.first} à {self.last}, {share} du monde"
        if not self.effects:
            return f"{self.name} : {said}."
        one = self.effects[0]
        return f"{self.name} : {said}, et {one.median} millièmes de degré en {one.year} (de {one.low} à {one.high})."

    def rows(self) -> Iterator[Mapping[str, object]]:
        for one in self.series:
            yield {
                "annee": one.year,
                "mt_c": one.emissions,
                "mt_co2": one.co2,
                "part_du_monde": one.share,
                "estime_par": one.estimated_by,
            }


def asked(series: Sequence[Year]) -> Asked:
    """Ask for the world without the country's fossil CO2 (Gt a year), and how it differs."""
    taken = {("co2_fossile_ajoute", str(one.year)): np.array([-one.co2 / 1000]) for one in series if one.co2}
    columns = {("scenario", ""): np.array([MEDIUM]), ("membres", ""): np.array(["841"]), **taken}
    return Asked("fair", Table({"monde": Rows(1, columns)}), OUTPUTS, PERIOD)


def uncomputed(name: str, series: Sequence[Year]) -> str:
    """Say why there is nothing to take out of the world; nothing where there is."""
    if not series:
        return "Le registre « Budget de carbone » n'a pas encore de version : chargez-la, puis revenez."
    if all(one.co2 is None for one in series):
        return f"La source n'a aucune estimation pour ce pays ({name}) : choisissez-en un autre."
    if not any(one.co2 for one in series):
        return f"Toutes les valeurs de ce pays ({name}) sont nulles : rien n'est à retirer du monde."
    return ""


def effects(columns: Columns, last: int | None) -> Iterator[Effect]:
    """Yield what the emissions have done: without them, the world is colder by as much."""
    for one in thousandths(columns):
        if one["year"] in {*SAID_IN, (last or 0) + 1}:
            yield Effect(str(one["year"]), *(said(one[key]) for key in ("p5", "p50", "p95")))


def said(value: object) -> str:
    """Write thousandths of a degree: two digits that mean something."""
    assert isinstance(value, float), f"{value!r} n'est pas un nombre"
    return french.number(value, 0 if abs(value) >= 10 else 1)


def thousandths(columns: Columns) -> list[dict[str, object]]:
    found = rows(columns, "effet_ajout_", sign=-1)
    return [{"year": one["year"], **{key: 1000 * float(str(one[key])) for key in QUANTILES}} for one in found]


def drawn(name: str, series: Sequence[Year], columns: Columns | None) -> Iterator[Chart]:
    """Yield the charts of a country."""
    if columns is not None:
        names = {"year": "Année", **{key: f"{key[1:]} % (millièmes de °C)" for key in QUANTILES}}
        title = f"Réchauffement dû au CO2 fossile, {name} (millièmes de °C)"
        yield band(thousandths(columns), of=BAND, title=title, names=names, every=5)
    found = [{"year": one.year, "co2": one.co2 and round(one.co2, 1)} for one in series]
    if any(one["co2"] is not None for one in found):
        names = {"year": "Année", "co2": "CO2 fossile (Mt)"}
        yield line(found, x="year", y="co2", title=f"CO2 fossile émis chaque année, {name} (Mt)", names=names)
