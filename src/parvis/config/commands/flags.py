"""`parvis flags`: compute OCDS Cardinal's red flags over a file."""

import json
from pathlib import Path

import click

from parvis.accountability.registers.procurement.flags import compiled
from parvis.accountability.registers.procurement.flags.lines import releases
from parvis.accountability.registers.procurement.flags.settings import settings
from parvis.config.commands.load import NoSuchFile
from parvis.config.showing import Bar
from parvis.config.words import Word


def file_named(name: str) -> Path:
    """Return the file that a person named."""
    path = Path(name)
    if not path.is_file():
        raise NoSuchFile(f"Le fichier « {path} » n'existe pas, ou n'est pas un fichier.")
    return path


@click.command(cls=Word, example="parvis flags publications.jsonl --settings reglages.ini")
@click.argument("file", metavar="FICHIER")
@click.option(
    "--settings", "chosen", metavar="INI", help="Réglages de Cardinal : les signaux à calculer et leurs bornes."
)
def command(file: str, chosen: str | None) -> None:
    """Calcule les onze signaux d'OCDS Cardinal sur des publications OCDS compilées, une par ligne.

    Écrit le même JSON que Cardinal (« indicators --no-meta ») : groupe, identifiant, signal, valeur. Sans réglages,
    les onze signaux sont calculés, chacun avec sa borne d'origine. Rien n'est publié ni gardé.
    """
    path = file_named(file)
    wanted = settings(file_named(chosen).read_text(errors="replace")) if chosen else compiled.every()
    with Bar(f"Lire {path.name}") as bar:
        found = compiled.indicators(releases(path, progress=bar), wanted)
    click.echo(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
