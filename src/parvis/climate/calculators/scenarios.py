"""« Le réchauffement selon les émissions »: a published scenario, with all 841 members."""

from typing import Final

from parvis.climate.warming import LIMITS, MEDIUM, OUTPUTS, PERIOD, REFS, SCENARIOS, scenario_named, told, world
from parvis.core.simulators.calculators import Answers, Calculator, Question
from parvis.core.simulators.contract import Table


def table(answers: Answers) -> Table:
    """Make the table: one world, that of the scenario chosen."""
    return world(scenario=scenario_named(answers, "scenario"), membres="841")


CALCULATOR: Final = Calculator(
    slug="rechauffement",
    title="Le réchauffement selon les émissions",
    summary="Un scénario d'émissions mondiales, et la température de la planète qui s'ensuit jusqu'en 2100, avec son "
    "incertitude.",
    engine="fair",
    period=PERIOD,
    questions=(
        Question(
            "scenario",
            "Quelles émissions dans le monde ?",
            "choice",
            ("scenario",),
            help="Chaque scénario donne les émissions de 50 gaz et particules. Jusqu'en 2022, tous sont les mêmes.",
            default=MEDIUM,
            choices=SCENARIOS,
        ),
    ),
    table=table,
    outputs=OUTPUTS,
    cases={choice.label.split(" :")[0]: {"scenario": choice.value} for choice in SCENARIOS},
    refs=REFS,
    limits=LIMITS,
    told=told,
)
