"""The published charter: what a contribution may not do, on which ground, and what moderation owes in return."""

from dataclasses import dataclass
from typing import Final

from parvis.core.clock import CALENDARS, Delay, Unit
from parvis.core.errors import ParvisError

VERSION: Final = "2026-11"
"""Named by every decision: changing a rule makes a new version."""

LEGAL, CHARTER = "legal", "charter"
GROUNDS: Final = {LEGAL: "contraire à la loi", CHARTER: "contraire à la charte du débat"}


class UnknownRule(ParvisError):
    """A report or a decision names a rule that the charter does not have."""


@dataclass(frozen=True)
class Rule:
    """A rule: what it forbids, and the text it comes from."""

    slug: str
    title: str
    text: str
    ground: str
    basis: str


RULES: Final = (
    Rule(
        "injure-diffamation",
        "Injure ou diffamation",
        "Outrager une personne, ou lui imputer un fait qui atteint son honneur. Critiquer une décision, une loi ou "
        "une institution, même vivement, n’en est pas.",
        LEGAL,
        "loi du 29 juillet 1881, articles 29 à 33",
    ),
    Rule(
        "haine-violence",
        "Appel à la haine ou à la violence",
        "Appeler à la haine, à la discrimination ou à la violence contre des personnes.",
        LEGAL,
        "loi du 29 juillet 1881, articles 23 et 24",
    ),
    Rule(
        "vie-privee",
        "Données d’une personne",
        "Donner l’adresse, le téléphone, la santé ou toute donnée privée d’une personne.",
        LEGAL,
        "RGPD, articles 6 et 9 ; code civil, article 9",
    ),
    Rule(
        "usurpation",
        "Usurpation d’identité",
        "Se faire passer pour une autre personne ou pour un organisme.",
        LEGAL,
        "code pénal, article 226-4-1",
    ),
    Rule(
        "contrefacon",
        "Œuvre d’autrui",
        "Reprendre une œuvre sans en avoir le droit et sans citer sa source.",
        LEGAL,
        "code de la propriété intellectuelle, article L335-2",
    ),
    Rule(
        "publicite",
        "Publicité",
        "Vendre ou faire connaître un produit, un service, un site, sans rapport avec le débat.",
        CHARTER,
        "charte, règle 6",
    ),
    Rule(
        "repetition",
        "Répétition",
        "Déposer plusieurs fois le même texte : une contribution se soutient, elle ne se recopie pas.",
        CHARTER,
        "charte, règle 7",
    ),
    Rule(
        "hors-sujet",
        "Hors sujet",
        "Parler d’autre chose que de ce qui est en débat. Être contre le projet n’est jamais hors sujet.",
        CHARTER,
        "charte, règle 8",
    ),
)

NATIONAL: Final = CALENDARS["metropole"]
DECISION: Final = Delay(5, Unit.WORKING, NATIONAL, basis="promesse de la charte")
APPEAL: Final = Delay(10, Unit.WORKING, NATIONAL, basis="promesse de la charte")
APPEAL_WITHIN: Final = Delay(6, Unit.MONTHS, NATIONAL, basis="règlement (UE) 2022/2065, article 20")
"""How long an author may ask that a decision be looked at again."""

REDRESS: Final = (
    "L’auteur peut demander, dans les six mois et sans frais, que quelqu’un d’autre revoie cette décision ; il peut "
    "aussi saisir le juge."
)


def rule_named(slug: str) -> Rule:
    """Return a rule of the charter. Raises UnknownRule."""
    for rule in RULES:
        if rule.slug == slug:
            return rule
    raise UnknownRule(f"La charte n'a pas de règle « {slug} ». Ses règles : {', '.join(rule.slug for rule in RULES)}.")
