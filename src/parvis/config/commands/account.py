"""`parvis account`: open an account with a mandate, as the operator of the server: the first of a site above all."""

from urllib.parse import urljoin

import click
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.actors import actions
from parvis.core.actors.roles import ROLES
from parvis.core.actors.signing.actions import reset_token
from parvis.core.errors import ParvisError


class WrongAddress(ParvisError):
    """An account is asked for what is no e-mail address."""


def address_of(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise WrongAddress(f"« {text} » n'est pas une adresse électronique.") from error
    return text.lower()


@click.command(
    cls=Word,
    example="parvis account open claire@ville.example --name 'Claire Martin' --role steward --for 'Ville de Brest'",
)
@click.argument("word", metavar="open", type=click.Choice(["open"]))
@click.argument("email", metavar="ADRESSE")
@click.option("--name", metavar="NOM", required=True, help="Nom public, montré sur ce que cette personne publie.")
@click.option("--role", metavar="RÔLE", required=True, help="Ce qu'elle peut faire : steward, lead, moderator…")
@click.option("--for", "body", metavar="ORGANISME", required=True, help="Au nom de qui ; inscrit s'il ne l'est pas.")
def command(word: str, email: str, name: str, role: str, body: str) -> None:  # noqa: ARG001 -- the only word for now
    """Ouvre un compte, lui donne un mandat, et montre le lien où son titulaire choisit son mot de passe.

    C'est un acte de l'exploitant du serveur, scellé comme tel au journal. Le lien sert une fois, pendant une heure ;
    la même commande en montre un autre. « steward », l'équipe du gouvernement ouvert, ouvre les comptes suivants
    dans /gestion/.
    """
    given = actions.appoint(email=address_of(email), public_name=name, role=role, body=body, at=timezone.now())
    path = reverse("password-link", args=[reset_token(given.actor, at=timezone.now())])
    say(f"{given.actor} : {ROLES[role].title}, pour {given.organisation}.")
    say(f"Choisir son mot de passe, une fois, dans l'heure : {urljoin(settings.PARVIS_ADDRESS, path)}")
