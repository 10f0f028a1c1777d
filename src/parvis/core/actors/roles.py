"""What a mandate lets one do: roles declared by rooms, and the acts they open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from parvis.core.discovery import Shelf
from parvis.core.errors import ParvisError

ACTS: Final[Mapping[str, str]] = {
    "plan.edit": "corriger le plan, avec un motif",
    "milestone.abandon": "déclarer un jalon abandonné, avec un motif",
    "claim.make": "déclarer où en est un engagement",
    "claim.withdraw": "retirer sa déclaration, avec un motif",
    "verdict.give": "juger un engagement",
    "measure.freeze": "figer les mesures",
    "review.open": "ouvrir la revue du plan",
    "text.publish": "publier un texte, ou une version d'un texte",
    "process.open": "ouvrir un débat, et en changer les dates",
    "answer.give": "répondre aux contributions au nom de son organisme",
    "moderation.decide": "décider d'un signalement, avec un motif",
    "appeal.decide": "décider d'un recours contre une modération",
    "import.accept": "publier ou refuser un import",
    "organisation.register": "inscrire une organisation",
    "mandate.grant": "donner un mandat, ou y mettre fin",
}
"""Every act that asks for a mandate, and how to say it in French."""


class UnknownAct(ParvisError):
    """A role opens an act that does not exist."""


@dataclass(frozen=True)
class Role:
    """A role that a room declares: `<room>/roles/<name>.py` holds it as ROLE."""

    slug: str
    title: str
    acts: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse an act that no action asks for."""
        if unknown := self.acts - ACTS.keys():
            raise UnknownAct(f"Le rôle « {self.slug} » ouvre un acte inconnu : {', '.join(sorted(unknown))}.")


ROLES: Final = Shelf[Role]("roles", "ROLE")


def roles_for(act: str) -> frozenset[str]:
    """Return the roles that open an act."""
    return frozenset(role.slug for role in ROLES.filled().values() if act in role.acts)
