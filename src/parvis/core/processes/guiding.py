"""The guide: six questions, and the procedures that fit the answers, each with its reasons.

The questions are asked here; each procedure says, where it is declared, which answers it suits and why. The guide
counts them and shows all of them: it proposes, whoever opens the debate chooses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from parvis.core.processes.procedures import Procedure


@dataclass(frozen=True)
class Question:
    """One question of the guide, and the answers to choose from."""

    slug: str  # the parameter of the address
    title: str
    answers: Mapping[str, str]  # code -> French
    help: str = ""


QUESTIONS: Final = (
    Question(
        "objet",
        "Sur quoi le débat porte-t-il ?",
        {
            "texte": "Un texte écrit, article par article",
            "projet": "Un projet ou une question, avec un document",
            "bilan": "Un bilan déjà publié",
            "rien": "Rien n'est encore écrit",
        },
    ),
    Question(
        "moment",
        "Où en est la décision ?",
        {
            "avant": "Rien n'est choisi",
            "options": "Des options existent",
            "redigee": "Un projet est rédigé",
            "prise": "Elle est prise, on en fait le bilan",
        },
    ),
    Question(
        "effet",
        "Qu'est-ce qu'une contribution peut changer ?",
        {
            "mots": "Des mots du texte",
            "choix": "Un choix entre des options",
            "programme": "Ce qu'on fera ensuite",
            "rien": "Rien de précis",
        },
    ),
    Question(
        "public",
        "Qui doit pouvoir parler ?",
        {"tous": "Tout le monde", "concernes": "Surtout ceux que cela concerne", "experts": "Surtout ceux du métier"},
    ),
    Question(
        "duree",
        "Combien de temps peut durer le débat ?",
        {"court": "Deux semaines au plus", "moyen": "Trois à cinq semaines", "long": "Plus de cinq semaines"},
    ),
    Question(
        "reponse",
        "À qui pourrez-vous répondre ?",
        {
            "chacune": "À chaque contribution",
            "synthese": "À chaque proposition, d'autres contributions étant lues",
            "personne": "À personne",
        },
        help="Un débat auquel on ne répond pas use la confiance de ceux qui y parlent.",
    ),
)

WARNINGS: Final = {
    "effet/rien": "Si rien ne peut changer, ne demandez pas d'avis : informez, et dites pourquoi c'est décidé.",
    "reponse/personne": "Ici, chaque procédure doit des réponses, dont le retard est public. Trouvez d'abord qui "
    "répondra.",
    "moment/prise": "La décision est prise : ouvrez un bilan aux commentaires, pas une consultation.",
}
"""What some answers should make one think of, whatever the procedure."""


@dataclass(frozen=True)
class Proposal:
    """A procedure, and what the answers say for it."""

    slug: str
    title: str
    purpose: str
    reasons: tuple[str, ...]
    days: int  # from opening to the last answer


@dataclass(frozen=True)
class Advice:
    """What the guide says of six answers."""

    proposals: tuple[Proposal, ...]  # the one that suits most answers first
    warnings: tuple[str, ...]


def read(given: Mapping[str, str]) -> dict[str, str]:
    """Keep the answers that exist: an unknown one is an unanswered question."""
    return {one.slug: given[one.slug] for one in QUESTIONS if given.get(one.slug) in one.answers}


def advise(answers: Mapping[str, str], procedures: Iterable[Procedure]) -> Advice:
    """Order procedures by how many answers they suit, and say why for each."""
    given = [f"{question}/{answer}" for question, answer in answers.items()]
    found = sorted((_proposal(one, given) for one in procedures), key=lambda one: (-len(one.reasons), one.title))
    return Advice(tuple(found), tuple(WARNINGS[one] for one in given if one in WARNINGS))


def _proposal(procedure: Procedure, given: Iterable[str]) -> Proposal:
    reasons = tuple(procedure.suits[one] for one in given if one in procedure.suits)
    days = sum(step.days for step in procedure.steps)
    return Proposal(procedure.slug, procedure.title, procedure.purpose, reasons, days)
