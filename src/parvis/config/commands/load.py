"""`parvis load`: publish a release of a register from a file, or receive the draft of a declared archive."""

import re
import tempfile
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import click
from django.utils import timezone
from django.utils.text import slugify

from parvis.config.debating import receive_archive
from parvis.config.showing import Bar, describe, say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.french import number
from parvis.core.processes.importing import actions as imports
from parvis.core.processes.importing.archives import ARCHIVES, Archive
from parvis.core.registers import actions
from parvis.core.registers.register import Register
from parvis.core.registers.shelf import REGISTERS

BLOCK = 1 << 20


class UnknownRegister(ParvisError):
    """No room declares a register or an archive of this name."""


class NoSuchFile(ParvisError):
    """The file to load is not there."""


class AddressNotRead(ParvisError):
    """The address given answers with something else than a file."""


def register_named(name: str) -> Register:
    """Return the register that a person named."""
    shelf = REGISTERS.filled()
    if name not in shelf:
        raise UnknownRegister(
            f"« {name} » n'est ni un registre ni une archive. Registres connus : {', '.join(sorted(shelf))}. "
            f"Archives connues : {', '.join(sorted(ARCHIVES.filled()))}."
        )
    return shelf[name]


def fetch(address: str, into: Path) -> Path:
    """Download a file by its HTTP address, with a bar. Raises AddressNotRead unless all of it came."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise AddressNotRead(f"« {address} » n'est pas une adresse http ou https.")
    path = into / (Path(urlsplit(address).path).name or "source")
    try:
        received, promised = download(address, path)
    except (OSError, HTTPException) as error:
        raise AddressNotRead(
            f"« {address} » n'a pas été lue ({error}). Rien n'a été gardé : vérifiez l'adresse, puis recommencez."
        ) from error
    if promised and received != promised:
        raise AddressNotRead(
            f"« {address} » a été coupée : {received} octets reçus sur {promised}. Rien n'a été gardé : recommencez."
        )
    return path


def download(address: str, path: Path) -> tuple[int, int]:
    """Write what an address answers into a file; return the bytes received, and those promised (0: not said)."""
    with urlopen(Request(address, headers={"User-Agent": "parvis"}), timeout=60) as answer, path.open("wb") as file:  # noqa: S310 -- http only, checked by fetch
        promised = answer.length or 0
        with Bar(f"Télécharger {path.name}") as bar:
            while block := answer.read(BLOCK):
                file.write(block)
                bar(file.tell(), promised)
        return file.tell(), promised


@click.command(cls=Word, example="parvis load procurement decp-2024.json --source mon-profil")
@click.argument("name", metavar="REGISTRE|ARCHIVE")
@click.argument("source", metavar="[FICHIER|ADRESSE]", default="", required=False)
@click.option(
    "--source", "slug", metavar="NOM", help="Nom de la source : une version remplace la précédente de même source."
)
@click.option("--fictif", "fictitious", is_flag=True, help="Dit sur chaque page que ces données sont fictives.")
@click.option("--accepter", "accepted", is_flag=True, help="Archive : en publie aussitôt les bonnes lignes.")
def command(name: str, source: str, slug: str | None, *, fictitious: bool, accepted: bool) -> None:
    """Lit un fichier, le contrôle et en publie une version dans un registre.

    Charger deux fois le même fichier ne change rien. Si le fichier ne peut pas être lu, rien n'est publié et la
    dernière bonne version reste servie. Une archive de débat se lit dans un dossier (PARVIS_DATA sans autre
    indication) et devient un brouillon : rien n'en est public tant qu'il n'est pas accepté.
    """
    if name in ARCHIVES.filled():
        load_archive(ARCHIVES[name], Path(source) if source else None, accepted=accepted)
        return
    named = register_named(name)
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


def load_archive(archive: Archive, folder: Path | None, *, accepted: bool) -> None:
    """Receive the archive's draft, and publish it if asked; say what is in it and where it is decided."""
    with Bar(f"Lire {archive.title}") as bar:
        draft = receive_archive(archive, folder, progress=bar)
    for sentence, count in draft.compared.items():
        say(f"  {number(count):>9}  {sentence}")
    say(f"Import {draft.pk} : {number(draft.good)} bonnes lignes, {number(draft.bad)} refusées.")
    if accepted and draft.state == draft.State.WAITING:
        with Bar("Publier") as bar:
            imports.accept(draft=draft, at=timezone.now(), progress=bar)
        say(f"Publié : /debats/{archive.slug}/")
    else:
        say(f"{draft.get_state_display()} : /debats/imports/{draft.pk}/")
