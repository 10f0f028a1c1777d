"""A small law of three versions, invented: two articles, then three, one of them gone at the end."""

from datetime import date

from parvis.core.texts.documents import Document, Passage
from parvis.core.texts.kinds import ReadText, ReadVersion

FIRST = "Les places publiques sont ouvertes à tous.\nNul ne peut y faire obstacle."
SECOND = "Le maire tient la carte des places."
CHANGED = "Les places publiques sont ouvertes à tous, à toute heure.\nNul ne peut y faire obstacle."
THIRD = "La carte est un document administratif.\nElle est gratuite."


def document(*pairs):
    return Document(tuple(Passage(uid, uid, words) for uid, words in pairs))


FILED = document(("1er", FIRST), ("2", SECOND))
AMENDED = document(("1er", CHANGED), ("2", SECOND), ("3", THIRD))
VOTED = document(("1er", CHANGED), ("3", THIRD))


def law(slug="loi-des-places", **more):
    given = {
        "kind": "bill",
        "slug": slug,
        "title": "Projet de loi relatif aux places publiques",
        "short_title": "Loi des places",
        "source": "texte inventé pour les essais",
        "licence": "CC0",
        "versions": (
            ReadVersion("depot", "Texte déposé", FILED, date(2026, 1, 5), "Gouvernement"),
            ReadVersion(
                "commission",
                "Texte de la commission",
                AMENDED,
                date(2026, 2, 3),
                "Assemblée nationale",
                parents=("depot",),
                step={"amendments": {"outcomes": {"adopté": 3, "rejeté": 12}}, "remarks": []},
            ),
            ReadVersion(
                "seance", "Texte voté", VOTED, date(2026, 3, 1), "Assemblée nationale", parents=("commission",)
            ),
        ),
        **more,
    }
    return ReadText(**given)
