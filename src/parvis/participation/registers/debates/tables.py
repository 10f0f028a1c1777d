"""The tables of the register of debates: their columns, what each means, and its name in DebatesCore."""

from typing import Final

from parvis.core.registers.register import SOURCE_ROW, Column, Table

DEBATES_CORE = "DebatesCore"
DUBLIN_CORE = "Dublin Core"


def core(name: str, title: str, help_: str, term: str, *, kind: str = "VARCHAR") -> Column:
    """Return a column of DebatesCore's notice, with the term of Dublin Core that it is made of."""
    return Column(name, kind, title, help_, {DEBATES_CORE: name, DUBLIN_CORE: term})


DEBATE: Final = Column("debate", "VARCHAR", "Débat", "Identifiant du débat.")
UNIT: Final = Column("unit", "VARCHAR", "Unité", "Unité du texte (article) sur laquelle elle porte.")
AUTHORITY: Final = Column("authority", "VARCHAR", "Autorité", "Organisme qui doit la réponse.")
FATE: Final = Column(
    "fate", "VARCHAR", "Sort", "adopted adoptée, partly en partie, rejected non retenue, noted notée ; vide : aucun."
)

DEBATES: Final = Table(
    "debates",
    "Débats",
    (
        core("id", "Identifiant", "Identifiant stable du débat, celui de son adresse.", "dcterms:identifier"),
        core("title", "Titre", "Titre du débat.", "dcterms:title"),
        core("description", "Description", "De quoi il s'agit, en une ou deux phrases.", "dcterms:description"),
        core("organiser", "Organisateur", "Organisme qui tient le débat.", "dcterms:publisher"),
        core("opened_on", "Ouvert le", "Premier jour.", "dcterms:temporal", kind="DATE"),
        core("closed_on", "Clos le", "Dernier jour.", "dcterms:temporal", kind="DATE"),
        core("territory", "Territoire", "Territoire concerné.", "dcterms:spatial"),
        core("subjects", "Sujets", "Sujets, séparés par « ; ».", "dcterms:subject"),
        core("methods", "Modalités", "Comment on y participe, séparées par « ; ».", "dcterms:type"),
        core(
            "participants",
            "Participants",
            "Nombre de participants, quand il est publié.",
            "dcterms:extent",
            kind="BIGINT",
        ),
        core(
            "contributions_count", "Contributions", "Nombre de contributions publié.", "dcterms:extent", kind="BIGINT"
        ),
        core("votes_count", "Votes", "Nombre de votes publié.", "dcterms:extent", kind="BIGINT"),
        core("documents", "Documents", "Adresses des documents du débat, séparées par « ; ».", "dcterms:references"),
        core("results", "Résultats", "Ce qui en est sorti, ou l'adresse de la synthèse.", "dcterms:isReferencedBy"),
        core("url", "Adresse", "Adresse du débat.", "dcterms:source"),
        core("licence", "Licence", "Licence de ses données.", "dcterms:license"),
        Column("procedure", "VARCHAR", "Procédure", "Procédure suivie ici ; vide pour un débat tenu ailleurs."),
        Column("subject", "VARCHAR", "Porte sur", "Texte débattu, « textes/<identifiant> »."),
        Column("held_here", "BOOLEAN", "Tenu ici", "Non pour une archive ou un débat connu par ses seuls faits."),
        Column("counted_by", "VARCHAR", "Compté par", "Qui a compté participants, contributions et votes."),
        Column("fictitious", "BOOLEAN", "Fictif", "Oui pour un débat de démonstration."),
        SOURCE_ROW,
    ),
)
CONTRIBUTIONS: Final = Table(
    "contributions",
    "Contributions",
    (
        Column("id", "VARCHAR", "Contribution", "Débat et numéro : « debat/12 »."),
        DEBATE,
        Column("number", "BIGINT", "Numéro", "De 1 en 1 dans le débat."),
        Column("kind", "VARCHAR", "Espèce", "Espèce de contribution."),
        UNIT,
        Column("version", "VARCHAR", "Version lue", "Version du texte que l'auteur lisait."),
        Column("parent", "VARCHAR", "Porte sur", "Contribution sur laquelle elle porte."),
        Column("received_on", "DATE", "Reçue le", "Jour de réception ; vide : la source d'une archive ne le dit pas."),
        Column("state", "VARCHAR", "État", "published publiée, withdrawn retirée, hidden masquée."),
        FATE,
        AUTHORITY,
        Column("waits_since", "DATE", "Attend depuis le", "Jour où part le délai de réponse."),
        Column("due_on", "DATE", "Réponse due le", "Jour où la réponse est due au plus tard."),
        Column("answered_on", "DATE", "Répondu le", "Jour de la réponse."),
        Column("votes_for", "BIGINT", "Pour", "Votes pour, comptés par « Compté par »."),
        Column("votes_mixed", "BIGINT", "Mitigé", "Votes mitigés."),
        Column("votes_against", "BIGINT", "Contre", "Votes contre."),
        Column("supports", "BIGINT", "Soutiens", "Soutiens."),
        Column("counted_by", "VARCHAR", "Compté par", "parvis : comptés ici ; source : comptés par la source."),
        SOURCE_ROW,
    ),
)
ANSWERS: Final = Table(
    "answers",
    "Réponses",
    (
        Column("id", "VARCHAR", "Réponse", "Débat et numéro de la réponse."),
        DEBATE,
        Column("contribution", "VARCHAR", "Contribution", "Contribution à laquelle elle répond."),
        FATE,
        AUTHORITY,
        Column("answered_on", "DATE", "Donnée le", "Jour de la réponse."),
        Column("due_on", "DATE", "Due le", "Jour où elle était due au plus tard."),
        Column("evidence", "VARCHAR", "Preuve", "Adresse de ce qui prouve la suite donnée."),
        SOURCE_ROW,
    ),
)
WORDS: Final = Table(
    "words",
    "Mots adoptés",
    (
        Column("text", "VARCHAR", "Texte", "Identifiant du texte."),
        Column("version", "VARCHAR", "Version", "Version où ces mots sont entrés."),
        UNIT,
        Column("words", "VARCHAR", "Mots", "Mots ajoutés ; vide pour des mots ôtés."),
        Column("removed", "VARCHAR", "Mots ôtés", "Mots que ceux-là remplacent."),
        Column("count", "BIGINT", "Nombre de mots", "Nombre de mots ajoutés."),
        Column("source_kind", "VARCHAR", "Espèce de source", "contribution, amendement ou autre."),
        Column("source", "VARCHAR", "Source", "D'où viennent ces mots, en clair."),
        Column("contribution", "VARCHAR", "Contribution", "Contribution dont ils viennent : « debat/12 »."),
        Column("adopted_by", "VARCHAR", "Adoptés par", "Organisme qui les a adoptés."),
        Column("adopted_on", "DATE", "Adoptés le", "Jour de l'adoption."),
        SOURCE_ROW,
    ),
)
TEXTS: Final = Table(
    "texts",
    "Unités ouvertes à contribution",
    (
        Column("text", "VARCHAR", "Texte", "Identifiant du texte."),
        Column("title", "VARCHAR", "Titre", "Titre du texte."),
        Column("version", "VARCHAR", "Version", "Version mise en débat."),
        UNIT,
        Column("number", "VARCHAR", "Numéro", "Numéro de l'unité dans cette version."),
        DEBATE,
        Column("contributions", "BIGINT", "Contributions", "Contributions reçues sur cette unité."),
        SOURCE_ROW,
    ),
)
DAYS: Final = Table(
    "days",
    "Jour de la situation",
    (
        Column("on_day", "DATE", "Jour", "Jour dont ce fichier dit la situation : ce qui est dû ou en retard."),
        SOURCE_ROW,
    ),
)

TABLES: Final = (DEBATES, CONTRIBUTIONS, ANSWERS, WORDS, TEXTS, DAYS)
RAW: Final = {
    table.name: tuple(column.name for column in table.columns if column.name != "source_row") for table in TABLES
}
"""The columns of the source: the same as those published."""
