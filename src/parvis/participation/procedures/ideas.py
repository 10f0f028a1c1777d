"""Idea collection: everyone proposes, then everyone supports, then the body answers the ideas."""

from parvis.core.processes.procedures import Owed, Procedure, Step

PROCEDURE = Procedure(
    slug="ideas",
    title="Boîte à idées",
    purpose="Recueillir des idées quand rien n'est encore écrit, laisser chacun les soutenir, et répondre à toutes.",
    steps=(
        Step(
            "collection",
            "Collecte",
            days=30,
            acts=frozenset({"contribute:proposal", "contribute:source", "contribute:comment"}),
            owed=Owed(
                frozenset({"proposal"}),
                90,
                "calendar",
                "engagement de la procédure : trois mois après la collecte",
            ),
            explanation="Chacun donne ses idées et commente celles des autres. On ne soutient pas encore.",
        ),
        Step(
            "support",
            "Soutiens",
            days=15,
            acts=frozenset({"contribute:argument", "contribute:comment", "support"}),
            explanation="Plus d'idées nouvelles : chacun argumente et soutient, une voix par idée.",
        ),
        Step(
            "answer",
            "Réponses",
            days=75,
            acts=frozenset(),
            explanation="L'organisme répond à chaque idée, et dit ce qu'elle devient.",
        ),
    ),
    suits={
        "objet/rien": "Rien n'est écrit : les idées viennent d'abord, le texte ensuite.",
        "moment/avant": "Rien n'est choisi : c'est le moment de demander ce qui manque.",
        "effet/programme": "Les idées les plus soutenues et les mieux argumentées font le programme.",
        "public/tous": "Une idée se donne en une phrase.",
        "duree/long": "Collecte, puis soutiens : six semaines au moins.",
        "reponse/chacune": "Chaque idée reçoit sa réponse.",
    },
)
