"""What calculators on warming have in common: the table they ask for, and how they tell the series with its band."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from parvis.core import french
from parvis.core.simulators.calculators import Answers, Shown, Told
from parvis.core.simulators.contract import Array, Choice, Columns, Ref, Rows, Table, WrongValue
from parvis.core.web.bands import Band, band
from parvis.core.web.charts import Chart, line

PERIOD: Final = "1990:2100"
FIRST: Final = 1990
LAST: Final = 2100
BAND: Final = Band("year", "p50", ("p17", "p83"), ("p5", "p95"))
QUANTILES: Final = ("p5", "p17", "p50", "p83", "p95")
NAMES: Final = {
    "year": "Année",
    "p5": "5 % (K)",
    "p17": "17 % (K)",
    "p50": "Médiane (K)",
    "p83": "83 % (K)",
    "p95": "95 % (K)",
}
OUTPUTS: Final = (
    Shown("rechauffement_p50", "Réchauffement, médiane", is_main=True),
    *(Shown(f"rechauffement_{one}", f"Quantile à {one[1:]} %") for one in QUANTILES if one != "p50"),
    Shown("part_au_dela_1_5", "Part des membres au delà de 1,5 °C"),
    Shown("part_au_dela_2", "Part des membres au delà de 2 °C"),
    Shown("emissions_co2_fossile", "Émissions mondiales de CO2 fossile"),
)
MEDIUM: Final = "medium-extension"
"""The scenario that is taken where none is chosen."""

SCENARIOS: Final = (
    Choice("verylow", "Très basses : le CO2 fossile baisse dès 2023, nul vers 2056, puis retiré de l'air"),
    Choice(
        "verylow-overshoot", "Très basses mais tardives : en hausse jusqu'en 2032, nul vers 2075, puis retiré de l'air"
    ),
    Choice("low", "Basses : en baisse régulière, nul vers 2080"),
    Choice(MEDIUM, "Moyennes : de 37 Gt de CO2 fossile en 2022 à 45 Gt en 2100"),
    Choice("high-extension", "Hautes : 71 Gt de CO2 fossile en 2100"),
)
"""Those that differ before 2100: the two other files of the ensemble leave these after it."""

REFS: Final = (
    Ref("Leach et al. 2021, FaIRv2.0.0", "https://doi.org/10.5194/gmd-14-3007-2021"),
    Ref("Smith et al. 2024, fair-calibrate v1.4.1", "https://doi.org/10.5194/gmd-17-8569-2024"),
)
LIMITS: Final = (
    "Une trajectoire est une hypothèse, non une prévision : ce qui suivrait si les émissions étaient celles-là.",
    "Une seule température, celle de la planète ; les terres se réchauffent davantage que les océans.",
    "L'intervalle vient de paramètres compatibles avec les observations ; ce que le modèle ignore n'y est pas.",
    "La température d'une seule année comprend la variabilité naturelle ; l'accord de Paris parle de la durée.",
)


def world(**columns: str | float) -> Table:
    """Make the table of one imagined world."""
    held = {(name, ""): np.array([value]) for name, value in columns.items()}
    return Table({"monde": Rows(1, held)})


def scenario_named(answers: Answers, name: str) -> str:
    """Return the scenario that an answer names, or the medium one. Raises WrongValue."""
    chosen = str(answers.get(name) or MEDIUM)
    if chosen not in {choice.value for choice in SCENARIOS}:
        raise WrongValue(f"« {chosen} » n'est pas l'un des scénarios : choisissez-en un dans la liste.")
    return chosen


def number(answers: Answers, name: str) -> float | None:
    """Read a number that may not be answered. Raises WrongValue."""
    value = answers.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        raise WrongValue(f"« {value} » n'est pas un nombre : corrigez la réponse « {name} », ou effacez-la.")
    return float(value)


def rows(columns: Columns, prefix: str = "rechauffement_", sign: int = 1) -> list[dict[str, object]]:
    """Return one row a year, with its quantiles; a sign below zero turns them over."""
    years = sorted({int(period) for name, period in columns if name.startswith(prefix)})
    keys = dict(zip(QUANTILES, QUANTILES if sign > 0 else reversed(QUANTILES), strict=True))
    return [
        {"year": year, **{one: sign * at(columns, f"{prefix}{keys[one]}", year) for one in QUANTILES}}
        for year in years
    ]


def at(columns: Columns, name: str, year: int) -> float:
    values: Array = columns[name, str(year)]
    return float(values[0])


def told(columns: Columns, _answers: Answers) -> Told:
    """Tell the last year, the mean of the last twenty, and draw the whole."""
    series = rows(columns)
    late = [at(columns, "rechauffement_p50", year) for year in range(LAST - 19, LAST + 1)]
    last: Mapping[str, object] = series[-1]
    over = at(columns, "part_au_dela_2", LAST)
    sentence = (
        f"En {LAST}, la planète aurait {kelvin(last['p50'])} de plus qu'entre 1850 et 1901, entre "
        f"{kelvin(last['p5'])} et {kelvin(last['p95'])} dans neuf cas sur dix ; {kelvin(float(np.mean(late)))} en "
        f"moyenne des médianes des vingt dernières années. {french.percent(100 * over, 0)} des jeux de paramètres "
        "passent 2\u00a0°C cette année-là."
    )
    return Told(sentence, (drawn(series, "Réchauffement depuis 1850-1901 (°C)"), emitted(columns)))


def kelvin(value: object) -> str:
    assert isinstance(value, float), f"{value!r} n'est pas une température"
    return f"{french.number(value, 1)}\u00a0°C"


def drawn(series: list[dict[str, object]], title: str) -> Chart:
    return band(series, of=BAND, title=title, names=NAMES, every=5)


def emitted(columns: Columns) -> Chart:
    """Draw what was asked: the world's emissions of fossil CO2."""
    found = [{"year": year, "gt": at(columns, "emissions_co2_fossile", year)} for year in range(FIRST, LAST + 1, 10)]
    names = {"year": "Année", "gt": "CO2 fossile (Gt par an)"}
    return line(found, x="year", y="gt", title="Émissions mondiales de CO2 fossile (Gt par an)", names=names)
