"""`parvis load`: publish a release of a register from a file."""

import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import click
from django.utils import timezone
from django.utils.text import slugify

from parvis.config.showing import Bar, describe, say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.registers import actions
from parvis.core.registers.register import Register
from parvis.core.registers.shelf import REGISTERS

BLOCK = 1 << 20


class UnknownRegister(ParvisError):
    """No room declares a register of this name."""


class NoSuchFile(ParvisError):
    """The file to load is not there."""


class AddressNotRead(ParvisError):
    """The address given answers with something else than a file."""


def register_named(name: str) -> Register:
    """Return the register that a person named."""
    shelf = REGISTERS.filled()
    if name not in shelf:
        raise UnknownRegister(f"« {name} » n'est pas un registre. Registres connus : {', '.join(sorted(shelf))}.")
    return shelf[name]


def fetch(address: str, into: Path) -> Path:
    """Download a file by its HTTP address, with a bar."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise AddressNotRead(f"« {address} » n'est pas une adresse http ou https.")
    path = into / (Path(urlsplit(address).path).name or "source")
    with urlopen(Request(address, headers={"User-Agent": "parvis"}), timeout=60) as answer, path.open("wb") as file:  # noqa: S310 -- http only, checked above
        total = int(answer.headers.get("Content-Length", 0))
        with Bar(f"Télécharger {path.name}") as bar:
            while block := answer.read(BLOCK):
                file.write(block)
                bar(file.tell(), total)
    return path


@click.command(cls=Word, example="parvis load procurement decp-2024.json --source mon-profil")
@click.argument("register", metavar="REGISTRE")
@click.argument("source", metavar="FICHIER|ADRESSE")
@click.option(
    "--source", "slug", metavar="NOM", help="Nom de la source : une version remplace la précédente de même source."
)
@click.option("--fictif", "fictitious", is_flag=True, help="Dit sur chaque page que ces données sont fictives.")
def command(register: str, source: str, slug: str | None, *, fictitious: bool) -> None:
    """Lit un fichier, le contrôle et en publie une version dans un registre.

    Charger deux fois le même fichier ne change rien. Si le fichier ne peut pas être lu, rien n'est publié et la
    dernière bonne version reste servie.
    """
    named = register_named(register)
    with tempfile.TemporaryDirectory(prefix="parvis-") as folder:
        path = fetch(source, Path(folder)) if re.match(r"\w+://", source) else Path(source)
        if not path.is_file():
            raise NoSuchFile(f"Le fichier « {path} » n'existe pas, ou n'est pas un fichier.")
        with Bar(f"Lire {path.name}") as bar:
            release = actions.publish(
                register=named,
                source=slug or slugify(path.stem),
                path=path,
                at=timezone.now(),
                fictitious=fictitious,
                progress=bar,
            )
    say(f"{named.title}, {describe(release)}")
