"""Law co-writing: a bill debated article by article, other wordings voted and answered, then the text consolidated.

It is what the bill for a digital Republic did in September and October 2015, with the answers it did not owe.
"""

from parvis.core.processes.procedures import Owed, Procedure, Step

PROCEDURE = Procedure(
    slug="cowriting",
    title="Co-écriture d'un texte de loi",
    purpose="Écrire un texte avec les citoyens, article par article : chaque mot adopté dit de qui il vient.",
    steps=(
        Step(
            "writing",
            "Co-écriture",
            days=21,
            acts=frozenset(
                f"contribute:{kind}" for kind in ("opinion", "wording", "proposal", "argument", "source", "comment")
            )
            | {"vote", "support"},
            owed=Owed(
                frozenset({"wording", "proposal"}),
                30,
                "calendar",
                "engagement de la procédure : un mois après la clôture, avant que le texte ne soit déposé",
            ),
            explanation="Chacun propose d'autres mots pour un article, les discute, vote une fois par contribution.",
        ),
        Step(
            "answer",
            "Réponses",
            days=30,
            acts=frozenset({"consolidate"}),
            explanation="Chaque rédaction reçoit sa réponse : adoptée, en partie, non retenue avec le motif, notée.",
        ),
        Step(
            "consolidation",
            "Consolidation",
            days=15,
            acts=frozenset({"consolidate"}),
            explanation="Les mots adoptés entrent dans le texte ; ceux qui se contredisent sont montrés et tranchés.",
        ),
    ),
    needs_subject=True,
    suits={
        "objet/texte": "Le texte est là, article par article : chacun peut en proposer d'autres mots.",
        "moment/redigee": "Le projet est rédigé et peut encore changer avant d'être déposé.",
        "effet/mots": "Une contribution adoptée entre dans le texte, et son nom reste sur ses mots.",
        "public/tous": "Donner un avis sur un article ne demande pas d'être juriste.",
        "public/experts": "Ceux du métier proposent des rédactions et donnent des sources.",
        "duree/moyen": "Trois semaines d'écriture : c'est ce que prit la loi pour une République numérique en 2015.",
        "reponse/chacune": "Chaque autre rédaction reçoit sa réponse avant la consolidation.",
    },
)
