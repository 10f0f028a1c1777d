"""`parvis release`: see a register's releases, or withdraw one."""

import click
from django.utils import timezone

from parvis.config.commands.load import register_named
from parvis.config.showing import describe, say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.registers import actions
from parvis.core.registers.models import Release


class UnknownRelease(ParvisError):
    """No release of this register has this hash."""


def release_named(register: str, start: str) -> Release:
    """Return the one release whose hash begins so."""
    found = list(Release.objects.of(register).filter(hash__startswith=start)[:2])
    if len(found) != 1:
        raise UnknownRelease(
            f"« {start} » ne désigne pas une version de ce registre (ou en désigne plusieurs). "
            f"« parvis release {register} » en donne la liste."
        )
    return found[0]


@click.command(
    cls=Word, example="parvis release procurement --withdraw 3fa9c1 --because 'fichier remplacé par son auteur'"
)
@click.argument("register", metavar="REGISTRE")
@click.option("--withdraw", "withdrawn", metavar="EMPREINTE", help="Retire cette version (début de son empreinte).")
@click.option("--because", metavar="MOTIF", default="", help="Motif du retrait, publié.")
def command(register: str, withdrawn: str | None, because: str) -> None:
    """Liste les versions d'un registre, ou en retire une avec un motif public."""
    named = register_named(register)
    if withdrawn:
        actions.withdraw(release=release_named(named.slug, withdrawn), because=because, at=timezone.now())
        actions.refresh_catalogue(register=named)
    current = {release.hash for release in Release.objects.current(named.slug)}
    for release in Release.objects.of(named.slug).order_by("loaded_at", "pk"):
        mark = "servie" if release.hash in current else "retirée" if release.withdrawn_at else "remplacée"
        say(f"{release.loaded_at:%d/%m/%Y %H:%M}  {mark:10}  {release.source:40}  {describe(release)}")
