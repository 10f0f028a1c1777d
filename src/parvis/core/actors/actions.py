"""The acts on accounts, organisations and mandates; and what every act asks: does this mandate open it today?"""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from parvis.core.actors.models import Actor, Mandate, Organisation
from parvis.core.actors.pseudonyms import fold, pseudonym
from parvis.core.actors.roles import ACTS, ROLES, roles_for
from parvis.core.errors import ParvisError
from parvis.core.french import of
from parvis.core.ledger import actions as ledger

STREAM = "actors"


class MandateNotValid(ParvisError):
    """An act was tried under a mandate that has not begun, or has ended."""


class RoleDoesNotOpen(ParvisError):
    """An act was tried under a mandate whose role does not open it."""


class UnknownRole(ParvisError):
    """A mandate would be given in a role that no room declares."""


class NotConfirmed(ParvisError):
    """An account whose address nobody has confirmed would contribute, support or vote."""


class NameTaken(ParvisError):
    """A public name would be read as one that someone bears already."""


class NoWayIn(ParvisError):
    """A mandate that is exercised in the back office would be given to an account that may not enter it."""


class OrganisationGone(ParvisError):
    """A mandate would be given for a body that does not exist on the mandate's first day."""


def require(mandate: Mandate | None, act: str, *, at: datetime) -> None:
    """Refuse the act unless the mandate opens it on that day.

    No mandate means the operator of the server, by the command line or as superuser: anonymous by rule, and the
    entry in the log says so (`role_of`).
    """
    if mandate is None:
        return
    if not mandate.opens(act):
        raise RoleDoesNotOpen(
            f"Le rôle « {mandate.title} » ne permet pas {of(ACTS[act])}. "
            "Demandez à l'équipe gouvernement ouvert qui peut le faire."
        )
    if not mandate.is_valid(on=localdate(at)):
        until = f" au {mandate.ends_on:%d/%m/%Y} exclu" if mandate.ends_on else ""
        raise MandateNotValid(
            f"Ce mandat court du {mandate.starts_on:%d/%m/%Y}{until} : il ne permet pas d'agir le "
            f"{localdate(at):%d/%m/%Y}. Demandez à l'équipe gouvernement ouvert de le renouveler."
        )


def require_confirmed(actor: Actor) -> None:
    """Refuse what only an account with a confirmed address may do: contribute, support, vote, report."""
    if not actor.is_confirmed:
        raise NotConfirmed(
            "L'adresse électronique de votre compte n'est pas confirmée : votre voix ne peut pas être reçue. "
            "Confirmez-la depuis la page « Mon compte », puis recommencez. Rien n'a été enregistré."
        )


def role_of(mandate: Mandate | None) -> dict[str, str]:
    """Return what the log says of who acted: a role and a body, never a person."""
    if mandate is None:
        return {"role": "operator"}
    return {"role": mandate.role, "organisation": mandate.organisation.slug}


@transaction.atomic
def register_organisation(
    *,
    slug: str,
    name: str,
    at: datetime,
    mandate: Mandate | None = None,
    siren: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    succeeds: Organisation | None = None,
    source: str = "",
) -> Organisation:
    """Register a body; known under the same slug, it is returned as it is."""
    require(mandate, "organisation.register", at=at)
    known = Organisation.objects.filter(slug=slug).first()
    if known:
        return known
    body = Organisation(
        slug=slug, name=name, siren=siren, starts_on=starts_on, ends_on=ends_on, succeeds=succeeds, source=source
    )
    body.full_clean()
    body.save()
    _seal("organisation.registered", body, at=at, by=mandate)
    return body


@transaction.atomic
def correct_organisation(
    *, organisation: Organisation, because: str, at: datetime, mandate: Mandate | None = None
) -> Organisation:
    """Save the changed fields of a body, with the reason; its former state stays in the log."""
    require(mandate, "organisation.register", at=at)
    organisation.full_clean()
    organisation.save()
    _seal("organisation.corrected", organisation, at=at, by=mandate, because=because)
    return organisation


def _seal(kind: str, body: Organisation, *, at: datetime, by: Mandate | None, because: str = "") -> None:
    content = {
        "name": body.name,
        "siren": body.siren,
        "starts_on": body.starts_on and body.starts_on.isoformat(),
        "ends_on": body.ends_on and body.ends_on.isoformat(),
        "succeeds": body.succeeds and body.succeeds.slug,
        "source": body.source,
        "because": because,
        "by": role_of(by),
    }
    ledger.append(kind=kind, stream="organisations", key=body.slug, content=content, at=at)


def keep_name_free(public_name: str) -> str:
    """Return what an eye keeps of a name that nobody bears. Raises NameTaken."""
    folded = fold(public_name)
    if Actor.objects.filter(folded_name=folded).exists():
        raise _taken(public_name)
    return folded


def _taken(public_name: str) -> NameTaken:
    return NameTaken(
        f"Le nom « {public_name} » est pris, ou se lirait comme un nom pris (majuscules, accents et lettres "
        "semblables ne comptent pas). Choisissez-en un autre."
    )


def save_named(*, actor: Actor, fields: tuple[str, ...] | None = None) -> Actor:
    """Save an account in its name: whoever took the same one at the same instant, and was first, keeps it.

    Raises NameTaken: between `keep_name_free` and the write, only the database sees the other.
    """
    try:
        with transaction.atomic():
            actor.save(update_fields=fields)
    except IntegrityError as refusal:
        if "folded_name" not in str(refusal):
            raise
        raise _taken(actor.public_name) from refusal
    return actor


@transaction.atomic
def open_account(
    *,
    email: str,
    public_name: str,
    password: str,
    at: datetime,
    is_staff: bool = False,
    is_superuser: bool = False,
    mandate: Mandate | None = None,
) -> Actor:
    """Open an account for someone. The operator vouches for its address; under a mandate, its person proves it.

    The log learns that there is one more and by which role, and nothing of whose it is.
    """
    require(mandate, "mandate.grant", at=at)
    actor = Actor(
        email=email.lower(),
        public_name=public_name,
        folded_name=keep_name_free(public_name),
        confirmed_at=at if mandate is None else None,
        is_staff=is_staff,
        is_superuser=is_superuser,
    )
    actor.set_password(password)
    actor.full_clean()
    save_named(actor=actor)
    content = {"is_staff": is_staff, "is_superuser": is_superuser, "by": role_of(mandate)}
    ledger.append(kind="account.opened", stream=STREAM, key=f"acteur-{actor.pk}", content=content, at=at)
    return actor


@transaction.atomic
def renew_password(*, actor: Actor, password: str, at: datetime) -> Actor:
    """Give an account a new password; the log learns that it was renewed."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    ledger.append(kind="account.password_renewed", stream=STREAM, key=f"acteur-{actor.pk}", content={}, at=at)
    return actor


@transaction.atomic
def grant_mandate(
    *,
    actor: Actor,
    role: str,
    organisation: Organisation,
    starts_on: date,
    at: datetime,
    ends_on: date | None = None,
    mandate: Mandate | None = None,
) -> Mandate:
    """Let a person act in a role, for a body, between two days (the second excluded)."""
    require(mandate, "mandate.grant", at=at)
    if role not in ROLES.filled():
        raise UnknownRole(f"Le rôle « {role} » n'existe pas. Rôles connus : {', '.join(sorted(ROLES))}.")
    if not Organisation.objects.existing(on=starts_on).filter(pk=organisation.pk).exists():
        raise OrganisationGone(
            f"« {organisation} » n'existe pas au {starts_on:%d/%m/%Y}. Donnez ce mandat pour l'organisation qui lui "
            "succède, ou corrigez ses dates."
        )
    given = Mandate(
        actor=actor, role=role, organisation=organisation, starts_on=starts_on, ends_on=ends_on, granted_by=mandate
    )
    given.full_clean()
    given.save()
    _seal_mandate("mandate.granted", given, at=at, by=mandate)
    return given


@transaction.atomic
def end_mandate(*, ended: Mandate, on: date, because: str, at: datetime, mandate: Mandate | None = None) -> Mandate:
    """Put an end to a mandate from a day on; what was done under it stays."""
    require(mandate, "mandate.grant", at=at)
    ended.ends_on = on
    ended.full_clean()
    ended.save()
    _seal_mandate("mandate.ended", ended, at=at, by=mandate, because=because)
    return ended


def _seal_mandate(kind: str, given: Mandate, *, at: datetime, by: Mandate | None, because: str = "") -> None:
    content = {
        "role": given.role,
        "organisation": given.organisation.slug,
        "starts_on": given.starts_on.isoformat(),
        "ends_on": given.ends_on and given.ends_on.isoformat(),
        "because": because,
        "by": role_of(by),
    }
    hidden = {"actor": given.actor.pk}
    ledger.append(kind=kind, stream=STREAM, key=f"mandat-{given.pk}", content=content, at=at, hidden=hidden)


@transaction.atomic
def appoint(*, email: str, public_name: str, role: str, body: str, at: datetime) -> Mandate:
    """Give a person their mandate, as the operator of the server: what is missing of account and body is made.

    Nobody knows the new account's password: its person chooses one by a link. Whoever may give mandates enters the
    back office. Raises NoWayIn where an account that is there may not.
    """
    organisation = register_organisation(slug=slugify(body)[:150], name=body, at=at)
    actor = Actor.objects.filter(email=email).first()
    keeps = role in roles_for("mandate.grant")
    if actor is None:
        password = secrets.token_urlsafe(24)
        actor = open_account(email=email, public_name=pseudonym(public_name), password=password, is_staff=keeps, at=at)
    if keeps and not actor.is_staff:
        raise NoWayIn(
            f"Le compte {email} est ouvert sans accès à la gestion, que ce rôle demande : ouvrez-en un autre."
        )
    held = actor.mandates.valid(on=localdate(at)).filter(role=role, organisation=organisation).first()
    return held or grant_mandate(actor=actor, role=role, organisation=organisation, starts_on=localdate(at), at=at)
