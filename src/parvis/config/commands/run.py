"""`parvis run`: replay a calculation, and say whether it is the same."""

import re
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import click

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.simulators.hosting.calling import host
from parvis.core.simulators.running.files import HASH, RunFile, read_any, text_of
from parvis.core.simulators.running.verifying import Difference, verify
from parvis.core.simulators.running.views import run_or_none

SECONDS = 60
"""How long an address may take to give a run file."""

LARGEST = 256 * 1024 * 1024
"""Bytes of a run file that is fetched: beyond, it is no run file."""

NOT_REPLAYED = 3
"""The exit status of a calculation that cannot be replayed here, which does not say that it is false."""

TOLD = 5
"""Differences told one by one."""


class RunDiffers(ParvisError):
    """A calculation is not the one that its identity names, or its results are not those found again."""


class UnknownRun(ParvisError):
    """No published calculation has this identity, no file this name, no run file is at this address."""


def found(name: str) -> RunFile:
    """Return the calculation of a name: an identity published here, a file, or an address."""
    if HASH.fullmatch(name):
        run = run_or_none(name)
        if run is None:
            raise UnknownRun(f"Aucun calcul publié ici ne porte l'identité {name[:12]}… : donnez son fichier.")
        return read_any(text_of(run.file()))
    if re.match("https?://", name):
        return read_any(fetched(name))
    if not Path(name).is_file():
        raise UnknownRun(f"Le fichier « {name} » n'existe pas : donnez un fichier, une adresse ou une identité.")
    return read_any(Path(name).read_bytes())


def fetched(address: str) -> bytes:
    """Fetch a run file, or the JSON of a published calculation's page, which holds it."""
    asked = Request(address, headers={"Accept": "application/json", "User-Agent": "parvis"})  # noqa: S310 -- http and https only, checked by the caller
    try:
        with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 -- the same
            body: bytes = answer.read(LARGEST)
    except (URLError, TimeoutError) as error:
        raise UnknownRun(
            f"L'adresse {address} ne répond pas ({error}) : vérifiez-la, ou donnez le fichier."
        ) from error
    return body


def told(one: Difference) -> str:
    return f"{one.field} ({one.period}, ligne {one.row + 1}) : {one.said} dans le fichier, {one.found} retrouvé."


@click.command(cls=Word, example="parvis run verify calcul-0d6b1f2a9c3e.json")
@click.argument("word", metavar="verify", type=click.Choice(["verify"]))
@click.argument("name", metavar="IDENTITÉ|FICHIER|ADRESSE")
def command(word: str, name: str) -> None:  # noqa: ARG001 -- the only word for now
    """Rejoue un calcul et le compare : celui d'une identité publiée ici, d'un fichier, ou d'une adresse.

    Sort avec 0 si c'est le même, 1 s'il diffère (en disant si c'est ce qui est demandé, les règles ou les résultats),
    3 s'il ne peut pas être rejoué ici, parce que d'autres règles sont installées : cela ne dit pas qu'il est faux.
    """
    file = found(name)
    verdict = verify(file, host(file.asked.engine))
    if verdict.state == "elsewhere":
        click.echo(f"parvis : {verdict.sentence}", err=True)
        sys.exit(NOT_REPLAYED)
    if not verdict.is_same:
        raise RunDiffers(" ".join([verdict.sentence, *(told(one) for one in verdict.differences[:TOLD])]))
    say(f"{verdict.sentence} Identité {verdict.identity}.")
