"""What the law gives to whoever has an account: a copy of what is held on them, and to be forgotten (RGPD 15-20)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from parvis.core.actors import leaving
from parvis.core.actors.actions import STREAM, end_mandate
from parvis.core.actors.models import Actor, Mandate, Session
from parvis.core.ledger import actions as ledger


def account_of(*, actor: Actor) -> Mapping[str, object]:
    """Return what this app holds on an account: everything but the secrets, which it cannot read either."""
    keys = Authenticator.objects.filter(user=actor).order_by("pk")
    identities = SocialAccount.objects.filter(user=actor).order_by("pk")
    return {
        "Compte": {
            "nom public": actor.public_name,
            "adresse électronique": actor.email,
            "adresse confirmée le": actor.confirmed_at,
            "ouvert le": actor.date_joined,
            "dernière connexion": actor.last_login,
        },
        "Mandats": [
            {"rôle": one.title, "organisation": str(one.organisation), "du": one.starts_on, "au": one.ends_on}
            for one in actor.mandates.select_related("organisation").order_by("pk")
        ],
        "Clés d'accès": [{"nom": one.wrap().name, "ajoutée le": one.created_at} for one in keys],
        "Identités reliées": [{"fournisseur": one.provider, "identifiant": one.uid} for one in identities],
        "Sessions": [
            {"valable jusqu'au": one.expire_date} for one in Session.objects.filter(account=actor.pk).order_by("pk")
        ],
    }


@transaction.atomic
def erase_account(*, actor: Actor, at: datetime, with_words: bool = False) -> Actor:
    """Forget a person: what they published stays, signed « Compte effacé »; the public log stays valid.

    With its words, where they ask it, what they published leaves a tombstone: its number, its place, its counts.
    Mandates end; what was done under them is the body's, and stays.
    """
    ledger.forget()
    leaving.forget(actor, at=at, with_words=with_words)
    _end_mandates(actor, at=at)
    _back_office_lines(actor).update(object_repr=leaving.TOMBSTONE)
    for held in (Authenticator, SocialAccount):
        held.objects.filter(user=actor).delete()
    Session.objects.filter(account=actor.pk).delete()
    _empty(actor, at=at).save()
    ledger.append(kind="account.erased", stream=STREAM, key=f"acteur-{actor.pk}", content={}, at=at)
    return actor


def _end_mandates(actor: Actor, *, at: datetime) -> None:
    today = localdate(at)
    for held in Mandate.objects.filter(actor=actor).filter(Q(ends_on=None) | Q(ends_on__gt=today)).order_by("pk"):
        last = max(today, held.starts_on + timedelta(days=1))
        end_mandate(ended=held, on=last, because="Compte effacé à la demande de son titulaire.", at=at)


def _back_office_lines(actor: Actor) -> QuerySet[LogEntry]:
    """Return the lines of Django's own journal that bear the person's name."""
    mandates = [str(pk) for pk in actor.mandates.values_list("pk", flat=True)]
    about = Q(content_type__model="actor", object_id=str(actor.pk))
    return LogEntry.objects.filter(
        about | Q(content_type__model="mandate", object_id__in=mandates), content_type__app_label="actors"
    )


def _empty(actor: Actor, *, at: datetime) -> Actor:
    actor.email = actor.confirmed_at = actor.last_login = None
    actor.public_name, actor.folded_name = leaving.TOMBSTONE, f"-{actor.pk}"
    actor.is_active = actor.is_staff = actor.is_superuser = False
    actor.erased_at = actor.date_joined = at
    actor.set_unusable_password()
    return actor
