"""Comments on a review: the plan's report after a year, open to comment before the second version of the plan.

The Open Government Partnership asks for two weeks of public comment on a self-assessment (reference/plan.md).
"""

from parvis.core.processes.procedures import Owed, Procedure, Step

PROCEDURE = Procedure(
    slug="review",
    title="Commentaires d'une revue",
    purpose="Ouvrir un bilan aux commentaires, répondre à chacun, et en faire la version suivante du texte.",
    steps=(
        Step(
            "comment",
            "Commentaires",
            days=14,
            acts=frozenset({"contribute:comment", "contribute:wording", "contribute:source", "support"}),
            owed=Owed(
                frozenset({"comment", "wording"}),
                30,
                "calendar",
                "engagement de la procédure : un mois après deux semaines de commentaires (règle du PGO)",
            ),
            explanation="Chacun commente un engagement ou propose d'autres mots ; tout appelle une réponse.",
        ),
        Step(
            "answer",
            "Réponses",
            days=30,
            acts=frozenset({"consolidate"}),
            explanation="L'équipe répond à chaque commentaire et dit ce que la version suivante en garde.",
        ),
    ),
    needs_subject=True,
    suits={
        "objet/bilan": "Le bilan est publié : on le commente engagement par engagement.",
        "moment/prise": "Ce qui est fait est fait : les commentaires préparent la suite.",
        "effet/programme": "Les commentaires font la version suivante du plan.",
        "public/concernes": "Ceux qui ont suivi les engagements disent ce que le bilan oublie.",
        "duree/court": "Deux semaines suffisent : c'est la règle du PGO pour une auto-évaluation.",
        "reponse/chacune": "Tout commentaire appelle une réponse.",
    },
)
