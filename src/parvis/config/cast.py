"""The demonstration's cast: an account a role with its mandate, and fictitious people who contribute.

Every address is under `.example`, which nobody can own (RFC 2606).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from parvis.core.actors import actions
from parvis.core.actors.models import Actor, Organisation

PLAYERS = (
    ("steward", "equipe@parvis.example", "Équipe (démonstration)"),
    ("lead", "porteur@parvis.example", "Porteur (démonstration)"),
    ("reviewer", "lectrice@parvis.example", "Première lectrice (démonstration)"),
    ("reviewer", "lecteur@parvis.example", "Second lecteur (démonstration)"),
    ("agent", "agente@parvis.example", "Agente du ministère (démonstration)"),
    ("moderator", "moderatrice@parvis.example", "Modératrice (démonstration)"),
    ("moderator", "moderateur@parvis.example", "Second modérateur (démonstration)"),
    ("", "citoyenne@parvis.example", "Citoyenne (démonstration)"),
    ("", "citoyen@parvis.example", "Second citoyen (démonstration)"),
)
"""Role, address, public name of those whose passwords the demonstration tells."""

AUTHORS = (
    ("camille@parvis.example", "Camille (personne fictive)"),
    ("dominique@parvis.example", "Dominique (personne fictive)"),
    ("sacha@parvis.example", "Sacha (personne fictive)"),
)
"""Address and public name of those who wrote in the demonstration's debate: nobody knows their passwords."""


@dataclass(frozen=True)
class Account:
    """An account made for a demonstration, with its password, which the log never sees."""

    role: str
    email: str
    password: str


@transaction.atomic
def enter(*, ministry: Organisation, at: datetime) -> tuple[Account, ...]:
    """Open one account a role, with its mandate; done twice, it changes nothing and tells the same passwords.

    The lead and the agent have their mandate from the ministry; moderators, from the team: they moderate every debate.
    """
    team, panel = (
        actions.register_organisation(slug=slug, name=name, at=at)
        for slug, name in (
            ("equipe-de-demonstration", "Équipe de démonstration"),
            ("evaluateurs-de-demonstration", "Évaluateurs de démonstration"),
        )
    )
    bodies = {"steward": team, "lead": ministry, "reviewer": panel, "agent": ministry, "moderator": team}
    made = []
    for role, email, name in PLAYERS:
        password = _password(email)
        actor = _account(email, name, password, is_staff=role == "steward", at=at)
        if role and not actor.mandates.filter(role=role, organisation=bodies[role]).exists():
            actions.grant_mandate(actor=actor, role=role, organisation=bodies[role], starts_on=localdate(at), at=at)
        made.append(Account(role or "citizen", email, password))
    return tuple(made)


def _account(email: str, name: str, password: str, *, is_staff: bool, at: datetime) -> Actor:
    known = Actor.objects.filter(email=email).first()
    if known is None:
        return actions.open_account(email=email, public_name=name, password=password, is_staff=is_staff, at=at)
    if known.check_password(password):
        return known
    return actions.renew_password(actor=known, password=password, at=at)


def _password(email: str) -> str:
    """Draw a password from the server's own secret: told again by a second run, and guessed by no one."""
    return salted_hmac("parvis.demonstration", email).hexdigest()[:16]


def authors(*, at: datetime) -> list[Actor]:
    """Return the fictitious people who contribute, each with an account that nobody enters."""
    return [_author(email, name, at=at) for email, name in AUTHORS]


def _author(email: str, name: str, *, at: datetime) -> Actor:
    known = Actor.objects.filter(email=email).first()
    return known or actions.open_account(email=email, public_name=name, password=secrets.token_urlsafe(24), at=at)
