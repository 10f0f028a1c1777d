"""`parvis bench`: measure, beside the peers, on this machine."""

import subprocess
import sys
from pathlib import Path

import click

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.errors import ParvisError

FOLDER = Path("benchmarks")


class UnknownBenchmark(ParvisError):
    """No benchmark has this name."""


@click.command(cls=Word, example="parvis bench log")
@click.argument("name", metavar="[NOM]", required=False)
def command(name: str | None) -> None:
    """Lance les mesures de vitesse du dépôt, chacune à côté de sa rivale, ou celle qui est nommée.

    À lancer depuis le dossier du dépôt. Chaque mesure imprime son chiffre, celui de la rivale et la barre à tenir.
    """
    known = {
        path.stem: path for path in sorted(FOLDER.glob("*.py")) if '"__main__"' in path.read_text(encoding="utf-8")
    }
    if name and name not in known:
        raise UnknownBenchmark(
            f"« {name} » n'est pas une mesure. Mesures connues : {', '.join(known) or 'aucune, dans ce dossier'}."
        )
    for path in [known[name]] if name else known.values():
        say(f"== {path.stem}")
        subprocess.run([sys.executable, path], check=True)  # noqa: S603 -- a file of our own tree
