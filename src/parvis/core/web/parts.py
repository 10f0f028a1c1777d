"""What pages hand to the components: small frozen values, with no HTML in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from parvis.core.errors import ParvisError


class UnknownState(ParvisError):
    """A badge was asked for a state that the theme does not name."""


@dataclass(frozen=True)
class State:
    """How a state is shown: a French word, and a tone that the theme turns into a colour and a mark."""

    word: str
    tone: str  # good, warn, bad, calm, mute, accent
    help: str = ""


STATES = {
    # milestones and commitments
    "done": State("Fait", "good"),
    "ongoing": State("En cours", "accent"),
    "late": State("En retard", "bad"),
    "dropped": State("Abandonné", "mute"),
    "undated": State("Sans date", "warn"),
    "upcoming": State("À venir", "calm"),
    "not_started": State("Non commencé", "mute"),
    "unknown": State("Non renseigné", "mute"),
    # the three columns
    "measured": State("Mesuré", "accent", "calculé par une question figée, recalculable"),
    "claimed": State("Déclaré", "calm", "dit par le porteur de l’engagement"),
    "judged": State("Jugé", "calm", "dit par des lecteurs indépendants"),
    # source cells
    "noted": State("Signalé", "warn", "gardé tel quel, avec une remarque"),
    "repaired": State("Réparé", "good", "corrigé par une règle, l’original gardé à côté"),
    "proposed": State("Proposé", "accent", "gardé tel quel, avec la valeur qu’une règle donnerait"),
    "refused": State("Refusé", "bad", "pas de valeur lisible : l’original est gardé"),
    "row_refused": State("Ligne refusée", "bad", "laissée hors des tables, téléchargeable avec sa raison"),
    # data and proofs
    "current": State("En vigueur", "good"),
    "superseded": State("Remplacé", "mute"),
    "stale": State("Périmé", "warn"),
    "sealed": State("Scellé", "good", "inscrit au journal public"),
    "pending": State("En attente", "warn", "écrit, pas encore publié au journal"),
    "fictitious": State("Fictif", "bad", "données inventées pour la démonstration"),
    "computable": State("Calculable", "good"),
    "not_computable": State("Non calculable", "mute"),
    "lead": State("Piste", "warn", "un signal à vérifier, jamais un verdict"),
    "gap": State("Manque", "warn", "ce que le texte ne dit pas"),
}


def state(code: str) -> State:
    """Return a state by its code. Raises UnknownState, naming those that exist."""
    if code not in STATES:
        raise UnknownState(f"L'état « {code} » n'existe pas. États connus : {', '.join(STATES)}.")
    return STATES[code]


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with the number of rows it would leave."""

    label: str
    count: int | None
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter by one column. `more_url` leads to all its values where only the first are shown."""

    title: str
    choices: tuple[Choice, ...]
    more_url: str | None = None


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Pages:
    """Where a reader stands in a long list, by keyset: no total is needed to go on."""

    summary: str
    previous_url: str | None
    next_url: str | None


@dataclass(frozen=True)
class Fact:
    """A term and what is known of it; `value` None is shown as not given, never hidden."""

    term: str
    value: object
    url: str | None = None
    help: str = ""


@dataclass(frozen=True)
class Step:
    """A link of a path or of a menu."""

    label: str
    url: str | None


def crumbs(labels_and_urls: Iterable[str | None]) -> list[Step]:
    """Pair « label, url, label, url, …, label »: the last, without a url, is where the reader is."""
    given = list(labels_and_urls)
    labels, urls = given[0::2], [*given[1::2], *([None] if len(given) % 2 else [])]
    return [Step(str(label), url) for label, url in zip(labels, urls, strict=True)]
