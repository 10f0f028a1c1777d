"""A consultation: opinions, proposals and a survey on a draft or a subject; each contribution is owed an answer.

The delay of answer is a promise of the procedure: no text sets one for consultations held of free will (CRPA, art.
L131-1 leaves the administration free of its terms, and asks that the synthesis be public).
"""

from parvis.core.processes.procedures import Owed, Procedure, Step

TALK = frozenset(
    f"contribute:{kind}"
    for kind in ("opinion", "proposal", "argument", "source", "comment", "survey-answer")
)

PROCEDURE = Procedure(
    slug="consultation",
    title="Consultation",
    purpose="Recueillir des avis, des propositions et des réponses à un questionnaire, et répondre à chacun.",
    steps=(
        Step(
            "contribution",
            "Contributions",
            days=30,
            acts=TALK | {"vote", "support", "report"},
            owed=Owed(
                frozenset({"proposal"}),
                60,
                "calendar",
                "engagement de la procédure : deux mois après la clôture (le CRPA, art. L131-1, laisse libre le délai)",
            ),
            explanation="Chacun donne son avis, propose, argumente, cite des sources, et vote une fois par proposition.",
        ),
        Step(
            "answer",
            "Réponses",
            days=60,
            acts=frozenset({"answer", "report"}),
            explanation="L'organisme qui consulte répond à chaque proposition, et dit ce qu'elle devient.",
        ),
    ),
)
