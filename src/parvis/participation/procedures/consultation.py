"""A consultation: opinions, proposals and a survey on a draft or a subject; each proposal is owed an answer.

The delay of answer is a promise of the procedure: no text sets one for consultations held of free will (CRPA, art.
L131-1 leaves the administration free of its terms, and asks that the synthesis be public).
"""

from parvis.core.processes.procedures import Owed, Procedure, Step

TALK = frozenset(
    f"contribute:{kind}" for kind in ("opinion", "proposal", "argument", "source", "comment", "survey-answer")
)

PROCEDURE = Procedure(
    slug="consultation",
    title="Consultation",
    purpose="Recueillir des avis, des propositions et des réponses à un questionnaire, et répondre à chaque "
    "proposition.",
    steps=(
        Step(
            "contribution",
            "Contributions",
            days=30,
            acts=TALK | {"vote", "support"},
            owed=Owed(
                frozenset({"proposal"}),
                60,
                "calendar",
                "engagement de la procédure : deux mois après la clôture (CRPA, art. L131-1 : délai libre)",
            ),
            explanation="Chacun donne son avis, propose, argumente, cite des sources, vote une fois par proposition.",
        ),
        Step(
            "answer",
            "Réponses",
            days=60,
            acts=frozenset({"consolidate"}),
            explanation="L'organisme qui consulte répond à chaque proposition, et dit ce qu'elle devient.",
        ),
    ),
    suits={
        "objet/projet": "Un projet avec un document se discute en entier : avis, propositions, questionnaire.",
        "moment/options": "Les options existent : un questionnaire et des propositions les départagent.",
        "effet/choix": "Les avis et le questionnaire se comptent : ils éclairent un choix.",
        "public/tous": "Chacun peut répondre en quelques minutes.",
        "public/concernes": "Le questionnaire va droit à ceux que cela concerne.",
        "duree/moyen": "Trente jours laissent aux associations le temps de réunir leurs membres.",
        "duree/long": "Les dates se prolongent avant la clôture.",
        "reponse/synthese": "Les propositions reçoivent chacune leur réponse ; les avis sont lus et comptés.",
    },
)
