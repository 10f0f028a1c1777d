"""`parvis log`: run the public log, read its head, check it."""

from base64 import b64encode
from pathlib import Path

import click
from django.db import OperationalError, connection
from django.utils import timezone

from parvis.config.showing import Bar, say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.french import number
from parvis.core.ledger import actions, rounds, verifying

WORDS = ("run", "head", "key", "verify", "erase")


class NoPosition(ParvisError):
    """An erasure does not say of which entry."""


def run_until_stopped() -> None:
    """Run one round a second until SIGTERM or SIGINT."""
    stop = rounds.stopped()
    actions.sweep()
    rounds.every_second(keep_up, stop)


def keep_up() -> None:
    """Publish what waits. A database that another holds, or that has left, is asked again at the next round."""
    try:
        actions.sequence(at=timezone.now())
    except OperationalError as refusal:
        connection.close()
        click.echo(f"parvis : le journal attend la base ({refusal}) : il reprend à la seconde suivante.", err=True)


def show_head() -> None:
    head = actions.head()
    say(head.note if head else "Le journal est vide.")


def verify(place: str, key: str | None, since: str | None) -> None:
    with Bar("Vérifier") as bar:
        audit = verifying.verify(place, key=key, since=since, progress=bar)
    root = b64encode(audit.root).decode()
    say(f"Le journal « {audit.origin} » est intègre : {number(audit.size)} entrées, racine {root}.")
    if audit.is_key_from_place:
        say(f"La clé vient du journal lui-même : comparez-la à une copie reçue par ailleurs. {audit.key}")


def erase(position: str | None, because: str) -> None:
    if position is None or not position.isdecimal():
        raise NoPosition("Donnez le numéro de l'entrée : « parvis log erase 123 --because 'décision de justice' ».")
    copies = actions.erase_words(position=int(position), because=because, at=timezone.now())
    say(f"Effacé : le contenu de l'entrée n° {position}, son sel, et les mots gardés ailleurs. La preuve tient.")
    for copy in copies:
        say(f"Des copies restent, que cette commande n'atteint pas : {copy}.")


@click.command(cls=Word, example="parvis log verify https://parvis.example/journal/")
@click.argument("word", metavar="|".join(WORDS), type=click.Choice(WORDS))
@click.argument("place", metavar="[ADRESSE|DOSSIER|POSITION]", required=False)
@click.option("--key", metavar="CLÉ", help="Clé publique du journal, reçue par ailleurs.")
@click.option(
    "--since",
    metavar="FICHIER",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Point de contrôle gardé d'avant : le journal doit en être la suite.",
)
@click.option("--because", metavar="MOTIF", default="", help="Motif de l'effacement, publié.")
def command(word: str, place: str | None, key: str | None, since: Path | None, because: str) -> None:
    """Tient le journal public (run), en montre la tête (head) ou la clé (key), le vérifie (verify), y efface (erase).

    Effacer détruit les mots qu'une entrée engage, et son sel, avec un motif public ; la feuille et sa preuve restent.
    La vérification recalcule toutes les empreintes et la signature ; elle ne demande rien au serveur que ses fichiers.
    """
    match word:
        case "run":
            run_until_stopped()
        case "head":
            show_head()
        case "key":
            say(str(actions.ensure_key().verifier))
        case "erase":
            erase(place, because)
        case _:
            kept = since.read_text(encoding="utf-8") if since else None
            verify(place or str(actions.folder().path), key, kept)
