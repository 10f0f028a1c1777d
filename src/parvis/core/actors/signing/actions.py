"""Opening an account by a mail's link, and changing what it is known by: public name, address, password."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from parvis.core.actors import links
from parvis.core.actors.actions import STREAM, keep_name_free, renew_password, save_named
from parvis.core.actors.models import Actor, Session
from parvis.core.actors.pseudonyms import fold, pseudonym
from parvis.core.ledger import actions as ledger

SIGN_UP, RESET, ADDRESS = "sign-up", "password", "address"
"""The purposes of links."""


def send(to: str, template: str, **told: object) -> None:
    """Send a mail: the first line of the template is its subject."""
    context = {"site": settings.PARVIS_SITE_NAME, "contact": settings.PARVIS_CONTACT, **told}
    subject, _, body = render_to_string(template, context).strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", to=[to]).send()


def known(email: str) -> Actor | None:
    """Return the account of an address, open or closed, if it has one; what a page shows must not depend on it."""
    return Actor.objects.filter(email=email).first()


def sign_up_token(email: str, *, at: datetime) -> str:
    """Write what a sign-up link bears: an address, for whoever reads its mail."""
    return links.write(SIGN_UP, {"email": email}, secret=settings.SECRET_KEY, at=at)


def invited(token: str, *, at: datetime) -> str:
    """Return the address that a sign-up link was sent to. Raises LinkExpired, once its account is open too."""
    email = links.read(SIGN_UP, token, secret=settings.SECRET_KEY, at=at)["email"]
    if Actor.objects.filter(email=email).exists():
        raise links.LinkExpired
    return email


@transaction.atomic
def sign_up(*, token: str, public_name: str, password: str, at: datetime) -> Actor:
    """Open the account of whoever got the link: their address is thereby confirmed."""
    return open_own_account(email=invited(token, at=at), public_name=public_name, password=password, at=at)


@transaction.atomic
def open_own_account(*, email: str | None, public_name: str, password: str | None, at: datetime) -> Actor:
    """Open an account in a public name that nobody bears; an address given here has been proved."""
    actor = Actor(email=email, confirmed_at=at if email else None, public_name=pseudonym(public_name))
    actor.folded_name = keep_name_free(actor.public_name)
    actor.set_password(password)
    save_named(actor=actor)
    _seal("account.opened", actor, at=at, is_staff=False, is_superuser=False)
    return actor


@transaction.atomic
def rename(*, actor: Actor, public_name: str, at: datetime) -> Actor:
    """Change a public name, on past acts too; the log knows that it changed, and neither name."""
    actor.public_name = pseudonym(public_name)
    if fold(actor.public_name) != actor.folded_name:
        actor.folded_name = keep_name_free(actor.public_name)
    save_named(actor=actor, fields=("public_name", "folded_name"))
    _seal("account.renamed", actor, at=at)
    return actor


def reset_token(actor: Actor, *, at: datetime) -> str:
    """Write what a link to a new password bears: an account, and the password that it will replace."""
    content = {"actor": str(actor.pk), "state": _password_state(actor)}
    return links.write(RESET, content, secret=settings.SECRET_KEY, at=at)


def forgetful(token: str, *, at: datetime) -> Actor:
    """Return the account whose password a link renews. Raises LinkExpired: renewed, the password is another state."""
    content = links.read(RESET, token, secret=settings.SECRET_KEY, at=at)
    actor = Actor.objects.filter(pk=content["actor"], is_active=True).first()
    if actor is None or _password_state(actor) != content["state"]:
        raise links.LinkExpired
    return actor


def _password_state(actor: Actor) -> str:
    return links.state(actor.password, actor.email, secret=settings.SECRET_KEY)


@transaction.atomic
def reset_password(*, token: str, password: str, at: datetime) -> Actor:
    """Renew a forgotten password, and close every session: whoever knew the old one is out."""
    actor = renew_password(actor=forgetful(token, at=at), password=password, at=at)
    close_sessions(actor=actor, at=at)
    return actor


def address_token(actor: Actor, email: str, *, at: datetime) -> str:
    """Write what a link to confirm an address bears: an account, the address, and the one that it will replace."""
    content = {"actor": str(actor.pk), "email": email, "state": _address_state(actor)}
    return links.write(ADDRESS, content, secret=settings.SECRET_KEY, at=at)


def moving(token: str, *, at: datetime) -> tuple[Actor, str]:
    """Return an account and its new address. Raises LinkExpired, once the address has changed too."""
    content = links.read(ADDRESS, token, secret=settings.SECRET_KEY, at=at)
    actor = Actor.objects.filter(pk=content["actor"], is_active=True).first()
    if actor is None or _address_state(actor) != content["state"] or known(content["email"]):
        raise links.LinkExpired
    return actor, content["email"]


def _address_state(actor: Actor) -> str:
    return links.state(actor.email, actor.confirmed_at, secret=settings.SECRET_KEY)


@transaction.atomic
def change_address(*, token: str, at: datetime) -> tuple[Actor, str | None]:
    """Give an account the address that its person has just proved theirs; return it with the former one."""
    actor, email = moving(token, at=at)
    former, actor.email, actor.confirmed_at = actor.email, email, at
    actor.save(update_fields=["email", "confirmed_at"])
    _seal("account.address_confirmed", actor, at=at)
    return actor, former


@transaction.atomic
def close_sessions(*, actor: Actor, at: datetime, but: str | None = None) -> int:
    """Close an account's sessions, on every device, but the one given; return how many were open."""
    closed, _ = Session.objects.filter(account=actor.pk).exclude(session_key=but or "").delete()
    _seal("account.sessions_closed", actor, at=at)
    return closed


def _seal(kind: str, actor: Actor, *, at: datetime, **content: bool) -> None:
    ledger.append(kind=kind, stream=STREAM, key=f"acteur-{actor.pk}", content=content, at=at)
