"""The notice of a debate: the fields by which DebatesCore describes one, beside those that are columns of its table.

Title, description, dates, body that holds it and procedure are columns. Here are the others, all optional: an absent
one is said to be so. `questions` (of a survey) and what an import compared are metadata too, shown elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from parvis.core.web.parts import Fact


@dataclass(frozen=True)
class Entry:
    """One field of the notice."""

    key: str
    title: str
    help: str
    is_address: bool = False
    is_list: bool = False


ENTRIES: Final = (
    Entry("territory", "Territoire", "Le pays, la région, la commune concernés."),
    Entry("scale", "Échelle", "Nationale, régionale, départementale, communale."),
    Entry("subjects", "Thèmes", "Séparés par des virgules.", is_list=True),
    Entry("legal_basis", "Fondement", "Le texte qui demande ce débat, ou « débat volontaire »."),
    Entry("methods", "Méthodes", "Consultation en ligne, réunion publique, atelier, tirage au sort…", is_list=True),
    Entry("audience", "Public visé", "Tout le monde, les habitants, une profession…"),
    Entry("documents", "Documents", "Leurs adresses, séparées par des espaces.", is_list=True),
    Entry("participants", "Participants", "Combien de personnes, et selon qui."),
    Entry("official", "Bilan officiel", "Ce que l'organisateur en a dit."),
    Entry("results", "Résultats", "Ce que le débat a changé, et où c'est écrit."),
    Entry("url", "Adresse d'origine", "Où le débat se tient ou s'est tenu, s'il n'est pas ici.", is_address=True),
)
SCALES: Final = {
    "nationale": "Nationale",
    "regionale": "Régionale",
    "departementale": "Départementale",
    "communale": "Communale",
    "europeenne": "Européenne",
}


def facts(metadata: Mapping[str, object]) -> Iterator[Fact]:
    """Yield the notice as facts to show; what is not given is said not to be."""
    for entry in ENTRIES:
        value = metadata.get(entry.key)
        text = ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else value
        if entry.key == "scale":
            text = SCALES.get(str(value), value)
        is_link = entry.is_address and str(text).startswith(("https://", "http://"))
        yield Fact(entry.title, text, str(text) if is_link else None)


def values(metadata: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the values of a field, one or many, as filters need them."""
    value = metadata.get(key)
    if value in (None, ""):
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def cut(entry: Entry, text: str) -> list[str]:
    """Cut what was typed into the values of a list: addresses at spaces, words at commas."""
    parts = text.split() if entry.key == "documents" else text.split(",")
    return [part.strip() for part in parts if part.strip()]
