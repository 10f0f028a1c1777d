"""Law co-writing: a bill debated article by article, other wordings voted and answered, then the text consolidated.

It is what the bill for a digital Republic did in September and October 2015, with the answers it did not owe.
"""

from parvis.core.processes.procedures import Owed, Procedure, Step

PROCEDURE = Procedure(
    slug="cowriting",
    title="Co-écriture d'un texte de loi",
    purpose="Écrire un texte avec les citoyens, article par article : chaque mot adopté garde le nom de sa contribution.",
    steps=(
        Step(
            "writing",
            "Co-écriture",
            days=21,
            acts=frozenset(
                f"contribute:{kind}" for kind in ("opinion", "wording", "proposal", "argument", "source", "comment")
            )
            | {"vote", "support", "report"},
            owed=Owed(
                frozenset({"wording", "proposal"}),
                30,
                "calendar",
                "engagement de la procédure : un mois après la clôture, avant que le texte ne soit déposé",
            ),
            explanation="Chacun propose d'autres mots pour un article, les discute, et vote une fois par contribution.",
        ),
        Step(
            "answer",
            "Réponses",
            days=30,
            acts=frozenset({"answer", "report"}),
            explanation="Chaque autre rédaction reçoit sa réponse : adoptée, en partie, non retenue avec le motif, notée.",
        ),
        Step(
            "consolidation",
            "Consolidation",
            days=15,
            acts=frozenset({"answer", "report"}),
            explanation="Les mots adoptés entrent dans le texte ; ceux qui se contredisent sont montrés et tranchés.",
        ),
    ),
    needs_subject=True,
)
