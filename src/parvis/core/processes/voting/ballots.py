"""Ballots: what may be chosen, in which mode it is counted, and the name that a voter bears in one poll only.

Nothing here knows a table. The nullifier is the HMAC-SHA256 of an account's number under the poll's own key: the same
person gives the same one in the same poll, and none that can be compared in another. Once the key is destroyed,
nobody can make it again.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from parvis.core.errors import ParvisError

KEY_BYTES = 32
KEY_DAYS = 30
"""Days that a poll's key outlives its closing by default: the time to answer who asks for their receipt again."""


class Mode(StrEnum):
    """How a poll is counted: said before the first vote, and never changed."""

    PUBLIC = "public"
    SECRET = "secret"  # noqa: S105 -- the mode of a poll
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Promise:
    """What a mode is called, and what it promises, in French, as the page shows it."""

    title: str
    says: str


MODES: Final[Mapping[str, Promise]] = {
    Mode.PUBLIC: Promise(
        "Opinion publique",
        "Chaque voix est publiée, sous un nom propre à ce vote qui ne dit pas qui vous êtes. Tout le monde recompte.",
    ),
    Mode.SECRET: Promise(
        "Compté en secret par la plateforme",
        "Les choix ne sont pas publiés. Tout le monde vérifie que chaque voix est au journal et combien il y en a ; "
        "un auditeur recompte les choix. La plateforme, elle, pourrait les lire.",
    ),
    Mode.OUTSIDE: Promise(
        "Confié à un système de vote extérieur",
        "Rien n’est voté ici : la question et le nombre de personnes appelées sont exportés vers un système de vote "
        "vérifiable comme Belenios. Personne sur cette plateforme ne peut lire un bulletin.",
    ),
}


class Form(StrEnum):
    """What a voter chooses."""

    OPINION = "opinion"
    SUPPORT = "support"
    ONE = "one"
    MANY = "many"


FORMS: Final[Mapping[str, str]] = {
    Form.OPINION: "Pour, mitigé ou contre",
    Form.SUPPORT: "Soutien",
    Form.ONE: "Un seul choix",
    Form.MANY: "Un ou plusieurs choix",
}

SUPPORT: Final[Mapping[str, str]] = {"support": "Je soutiens"}


class UnknownChoice(ParvisError):
    """A ballot names what the poll does not offer, or not as many options as it takes."""


def nullifier(key: bytes, account: int) -> str:
    """Return the voter's name in the poll that has this key."""
    return hmac.digest(key, f"voter {account}".encode(), "sha256").hex()


def attempt(key: bytes, account: int, idempotency_key: str) -> str:
    """Return the name of one sending of a form, comparable in this poll only; nothing for a sending without a name."""
    if not idempotency_key:
        return ""
    return hmac.digest(key, f"attempt {account} {idempotency_key}".encode(), "sha256").hex()


def choice(form: str, options: Mapping[str, str], chosen: Sequence[str]) -> str:
    """Return a ballot's choice as it is kept and sealed: options in their order, joined by commas.

    Raises UnknownChoice.
    """
    kept = [slug for slug in options if slug in chosen]
    if unknown := sorted({*chosen} - {*options}):
        raise UnknownChoice(
            f"« {unknown[0][:80]} » n'est pas une option de ce vote. Options : {', '.join(options.values())}."
        )
    if not kept or len(kept) != len(chosen) or (form != Form.MANY and len(kept) != 1):
        asked = "au moins une option" if form == Form.MANY else "une option, et une seule"
        raise UnknownChoice(f"Ce vote demande {asked}. Revenez à la page, choisissez, puis envoyez de nouveau.")
    return ",".join(kept)


def add(counts: Mapping[str, int], choices: Iterable[str]) -> dict[str, int]:
    """Return the counts with these ballots in them."""
    counted = dict(counts)
    for chosen in choices:
        for slug in chosen.split(","):
            counted[slug] += 1
    return counted


def outside(question: str, options: Mapping[str, str], form: str, *, eligible: int) -> dict[str, object]:
    """Return a question for an outside ballot system: the template that Belenios reads, and how many are called."""
    most = len(options) if form == Form.MANY else 1
    asked = {"question": question, "answers": list(options.values()), "min": 1, "max": most}
    return {"version": 1, "name": question, "description": question, "questions": [asked], "eligible": eligible}
