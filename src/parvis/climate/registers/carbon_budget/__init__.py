"""The register of carbon emissions: fossil CO2 by country since 1959, by fuel, and the budget of the world since 1750.

Source: Friedlingstein et al. 2019, Global Carbon Budget 2019 (doi 10.5194/essd-11-1783-2019). Units are the source's,
MtC and GtC of carbon; CO2 is carbon times 3.664, the factor that the paper gives.
"""

from pathlib import Path
from shutil import copy
from typing import Final

from parvis.climate.registers.carbon_budget.reading import RAW, read
from parvis.core.registers.browsing import Browse, Facet, Sort
from parvis.core.registers.register import SOURCE_ROW, Column, Register, Rule, Source, Status, Table

FOLDER: Final = Path(__file__).parent
CO2_OF_CARBON: Final = 3.664
"""Tonnes of CO2 in a tonne of carbon, as the Global Carbon Budget rounds it (44.01 / 12.011 = 3.6641…)."""

PAGE: Final = "https://doi.org/10.18160/gcp-2019"
LICENCE: Final = "libre, en citant Friedlingstein et al. 2019"
DEMONSTRATION: Final = "models/climate/global-carbon-budget-2019"
STANDARD: Final = "Global Carbon Budget 2019"

YEAR: Final = Column("year", "INTEGER", "Année", "Année civile.", {STANDARD: "Year"})
BY: Final = Column("estimated_by", "VARCHAR", "Estimé par", "Qui a fait l'estimation.", {STANDARD: "Source"})


def carbon(name: str, title: str, help_: str, term: str) -> Column:
    return Column(name, "DOUBLE", title, help_, {STANDARD: term})


MTC: Final = carbon(
    "emissions",
    "Émissions (MtC)",
    "Millions de tonnes de carbone, émises sur le territoire ; vide : pas d'estimation, et non zéro.",
    "Emissions",
)
MTCO2: Final = Column(
    "emissions_co2",
    "DOUBLE",
    "Émissions (Mt CO2)",
    f"Millions de tonnes de CO2 : le carbone, fois {CO2_OF_CARBON}.".replace(".", ",", 1),
)
TERRITORIAL: Final = Table(
    "territorial",
    "Émissions par pays",
    (
        Column("id", "VARCHAR", "Identifiant", "Code et année."),
        Column("code", "VARCHAR", "Code", "ISO 3166-1 alpha-3, ou nom d'un ensemble.", {STANDARD: "Code"}),
        Column("name", "VARCHAR", "Pays", "Nom français ; celui de la source pour un ensemble."),
        Column("is_country", "BOOLEAN", "Pays", "Non pour un ensemble (Europe, OECD, World…) : ils se recouvrent."),
        YEAR,
        MTC,
        MTCO2,
        BY,
        SOURCE_ROW,
    ),
)
FUELS: Final = Table(
    "fuels",
    "Émissions du monde par combustible",
    (
        Column("fuel", "VARCHAR", "Combustible", "Coal, Oil, Gas, Cement, Flaring, ou Total.", {STANDARD: "Category"}),
        YEAR,
        carbon("emissions", "Émissions (MtC)", "Millions de tonnes de carbone, monde.", "Value"),
        MTCO2,
        BY,
        SOURCE_ROW,
    ),
)
BUDGET: Final = Table(
    "budget",
    "Budget de carbone du monde",
    (
        YEAR,
        carbon("fossil", "Fossile (GtC)", "Émissions fossiles et du ciment, GtC.", "Fossil-Fuel-Industry"),
        carbon(
            "land_use", "Usage des terres (GtC)", "Émissions du changement d'usage des terres, GtC.", "Land-Use-Change"
        ),
        carbon("atmosphere", "Atmosphère (GtC)", "Carbone resté dans l'air dans l'année, GtC.", "Atmospheric-Growth"),
        carbon("ocean", "Océan (GtC)", "Carbone absorbé par l'océan, GtC.", "Ocean-Sink"),
        SOURCE_ROW,
    ),
)


def source(slug: str, title: str, file: str) -> Source:
    return Source(slug, title, PAGE, LICENCE, demonstration=f"{DEMONSTRATION}/{file}")


def noted(  # noqa: PLR0913, PLR0917 -- a rule has these
    slug: str, table: str, column: str, when: str, sentence: str, why: str
) -> Rule:
    return Rule(slug, table, column, Status.NOTED, when, None, sentence, why)


def demonstration(folder: Path) -> Path:
    """Write the fictitious series of the sample into a folder."""
    return Path(copy(FOLDER / "sample.csv", folder / "emissions-fictives.csv"))


def unread(table: str, column: str) -> Rule:
    """Refuse what is not a number: it is published by no column, and kept in the defect."""
    return Rule(
        f"nombre-illisible-{column.removesuffix('_said').replace('_', '-')}",
        table,
        column,
        Status.REFUSED,
        f"{column} IS NOT NULL AND TRY_CAST({column} AS DOUBLE) IS NULL",
        None,
        "« {original} » n'est pas un nombre : la valeur n'est pas publiée. Écrivez-la avec un point décimal.",
        "Rien ne devient vide ou zéro en silence.",
    )


REGISTER = Register(
    slug="carbon_budget",
    title="Budget de carbone",
    summary="Le CO2 fossile de chaque pays depuis 1959, et ce que devient celui du monde : air, océan, terres.",
    standards=(STANDARD, "ISO 3166-1"),
    sources=(
        source("pays", "Émissions fossiles territoriales, 1959-2018", "territorial-emissions.csv"),
        source("combustibles", "Émissions du monde par combustible, 1959-2018", "fossil-fuel-cement.csv"),
        source("monde", "Budget de carbone historique, 1750-2018", "historical-budget.csv"),
    ),
    tables=(TERRITORIAL, FUELS, BUDGET),
    raw_tables=RAW,
    read=read,
    rules=(
        *(unread(table, column) for table, columns in RAW.items() for column in columns if column.endswith("_said")),
        noted(
            "pas-d-estimation",
            "territorial",
            "emissions_said",
            "emissions_said IS NULL",
            "La source ne donne pas d'estimation pour cette année : la case reste vide.",
            "Un zéro abaisserait les cumuls et les parts sans le dire.",
        ),
        noted(
            "emissions-negatives",
            "territorial",
            "emissions_said",
            "TRY_CAST(emissions_said AS DOUBLE) < 0",
            "« {original} » est négatif : gardé, à lire comme un écart statistique.",
            "Une émission fossile n'est pas négative ; l'écart entre deux sources peut l'être.",
        ),
        noted(
            "total-sans-ses-parts",
            "budget",
            "land_use_said",
            "land_use_said IS NULL",
            "Le changement d'usage des terres manque cette année-là : le budget n'est pas complet.",
            "Additionner des colonnes incomplètes donnerait un faux solde.",
        ),
    ),
    folder=FOLDER,
    key="id",
    assembly={name: (FOLDER / f"{name}.sql").read_text(encoding="utf-8") for name in RAW},
    sample=demonstration,
    browse=Browse(
        table="territorial",
        noun=("année d'un pays", "années de pays"),
        key="id",
        title="name",
        search=("name", "code"),
        shown=("name", "year", "emissions", "emissions_co2", "estimated_by"),
        facets=(
            Facet("pays", "Pays", "case when is_country then name end"),
            Facet("ensemble", "Ensemble", "case when not is_country then name end"),
            Facet("decennie", "Décennie", "(year // 10 * 10)::varchar"),
        ),
        sorts=(
            Sort("annee", "de la plus récente à la plus ancienne", "year"),
            Sort("emissions", "par émissions", "emissions"),
        ),
    ),
)
