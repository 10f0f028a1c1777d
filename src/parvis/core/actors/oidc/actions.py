"""Accounts of people whose identity a provider vouches for."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from parvis.core.actors.actions import STREAM
from parvis.core.actors.models import Actor
from parvis.core.actors.signing.actions import known, open_own_account
from parvis.core.errors import ParvisError
from parvis.core.ledger import actions as ledger


class AddressHasAnAccount(ParvisError):
    """The address that the provider vouches for is that of an account already."""


@transaction.atomic
def open_identified(*, identity: SocialAccount, email: str | None, public_name: str, at: datetime) -> Actor:
    """Open the account of an identity, in a public name; an address, where given, is one the provider verified."""
    holder = known(email) if email else None
    if holder and not holder.is_active:
        raise AddressHasAnAccount(
            "Le compte ouvert à l'adresse que votre fournisseur d'identité nous donne est fermé : il n'en laisse pas "
            "ouvrir un autre. Écrivez à ceux qui tiennent ce site pour savoir pourquoi."
        )
    if holder:
        raise AddressHasAnAccount(
            "Un compte existe déjà à l'adresse que votre fournisseur d'identité nous donne. Connectez-vous à ce "
            "compte avec son mot de passe, puis revenez à cette page pour le relier à votre identité."
        )
    actor = open_own_account(email=email, public_name=public_name, password=None, at=at)
    return link(identity=identity, actor=actor, at=at)


@transaction.atomic
def link(*, identity: SocialAccount, actor: Actor, at: datetime) -> Actor:
    """Let an identity open an account; the log learns that one does, and neither whose nor which."""
    identity.user = actor
    identity.save()
    ledger.append(kind="account.identity_linked", stream=STREAM, key=f"acteur-{actor.pk}", content={}, at=at)
    return actor
