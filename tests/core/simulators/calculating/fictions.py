"""A calculator on the tests' own engine: a benefit of half of what a household earns."""

import numpy as np

from parvis.core.simulators.calculators import Answers, Axis, Calculator, Question, Shown, WrongAnswer
from parvis.core.simulators.contract import Choice, Rows, Table

MOST_CHILDREN = 3


def table(answers: Answers) -> Table:
    """One row for the adult, one a child."""
    if answers.get("logement") == "rue" and answers.get("salaire"):
        raise WrongAnswer("Ce cas n'existe pas dans cet essai.", box="salaire")
    children = [answers.get(f"argent_{rank}", 0.0) for rank in range(1, int(answers.get("enfants", 0)) + 1)]
    earned = np.array([answers.get("salaire", 0.0), *children], dtype="f4")
    return Table({"person": Rows(len(earned), {("earned", "2024"): earned})})


AIDE = Calculator(
    slug="aide-fictive",
    title="Mon aide fictive",
    summary="La moitié de ce que gagne le foyer.",
    engine="tiny",
    period="2024",
    questions=(
        Question("enfants", "Combien d'enfants ?", "integer", (), default=0, bounds=(0, MOST_CHILDREN)),
        Question(
            "argent",
            "Combien gagne l'enfant ?",
            "number",
            ("earned",),
            unit="EUR/a",
            example=100,
            repeated_by="enfants",
            repeated_at_most=MOST_CHILDREN,
        ),
        Question(
            "salaire",
            "Combien gagnez-vous par an ?",
            "number",
            ("earned",),
            unit="EUR/a",
            example=12_000,
            default=0.0,
            bounds=(0, 1_000_000),
            group="Vos revenus",
        ),
        Question("effort", "Quel effort ?", "number", (), unit="%", example=10, bounds=(-100, 100), step=5),
        Question(
            "logement",
            "Où vivez-vous ?",
            "choice",
            ("nothing",),
            default="ville",
            choices=(Choice("ville", "En ville"), Choice("rue", "À la rue")),
        ),
    ),
    table=table,
    outputs=(
        Shown(
            "benefit",
            "Aide",
            is_main=True,
            is_part=True,
            sentence="Vous recevez {} pour 2024.",
            sentence_zero="Vous ne recevez rien pour 2024.",
        ),
    ),
    axes=(Axis("salaire", 0, 990),),
    parameters=("rate", "levels"),
    cases={"Une personne seule": {"salaire": 1_000.0}, "Sans revenu": {"salaire": 0.0}},
    limits=("Cette aide n'existe pas.",),
)
