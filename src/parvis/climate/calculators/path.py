"""« Ma trajectoire »: how fast fossil CO2 falls in the world, and what follows, with the small ensemble."""

from typing import Final

from parvis.climate.warming import (
    LIMITS,
    MEDIUM,
    OUTPUTS,
    PERIOD,
    REFS,
    SCENARIOS,
    number,
    scenario_named,
    told,
    world,
)
from parvis.core.simulators.calculators import Answers, Calculator, Question
from parvis.core.simulators.contract import Table

FIELDS: Final = {"en_2030": "baisse_co2_2030", "en_2050": "baisse_co2_2050", "neutralite": "neutralite_co2"}
TODAY: Final = 2022
PATH: Final = "Le CO2 des énergies fossiles et de l'industrie, dans le monde"


def table(answers: Answers) -> Table:
    """Make the table: one world, whose fossil CO2 is the person's and whose other gases follow a scenario."""
    given = {field: number(answers, name) for name, field in FIELDS.items()}
    cuts = {name: value for name, value in given.items() if value is not None}
    return world(scenario=scenario_named(answers, "autres"), membres="100", **cuts)


def cut(name: str, year: int, example: int) -> Question:
    return Question(
        name,
        f"De combien baisse-t-il en {year}, depuis {TODAY} ?",
        "number",
        (FIELDS[name],),
        unit="%",
        help="Un nombre négatif est une hausse. Au delà de 100 %, on en retire plus qu'on n'en émet.",
        example=example,
        bounds=(-100, 150),
        step=5,
        group=PATH,
    )


CALCULATOR: Final = Calculator(
    slug="ma-trajectoire",
    title="Ma trajectoire",
    summary="Choisissez la vitesse à laquelle le monde réduit ses émissions de CO2 : la température qui s'ensuit, en "
    "moins d'une seconde.",
    engine="fair",
    period=PERIOD,
    questions=(
        cut("en_2030", 2030, 45),
        cut("en_2050", 2050, 90),
        Question(
            "neutralite",
            "En quelle année devient-il nul ?",
            "integer",
            (FIELDS["neutralite"],),
            help="Émissions nettes : ce qui est émis moins ce qui est retiré de l'air. Sans réponse, jamais.",
            example=2055,
            bounds=(2025, 2200),
            step=1,
            group=PATH,
        ),
        Question(
            "autres",
            "Que font les autres gaz, et l'usage des terres ?",
            "choice",
            ("scenario",),
            help="Sans aucune réponse plus haut, le CO2 fossile suit ce scénario lui aussi.",
            default=MEDIUM,
            choices=SCENARIOS,
            group="Tout le reste",
        ),
    ),
    table=table,
    outputs=OUTPUTS,
    cases={
        "Moitié moins en 2030, zéro en 2050": {"en_2030": 50, "neutralite": 2050, "autres": "verylow"},
        "Constant à partir de 2022": {"en_2030": 0, "autres": MEDIUM},
        "Zéro en 2070": {"neutralite": 2070, "autres": "low"},
    },
    refs=REFS,
    limits=(
        f"De {TODAY} aux années données, le CO2 fossile varie en ligne droite ; après la dernière, il ne change plus.",
        "100 membres au lieu de 841 : la carte du modèle dit de combien les quantiles s'en écartent.",
        *LIMITS,
    ),
    told=told,
)
