"""`parvis verify`: find a published number again, or count a vote again."""

import re
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.french import count
from parvis.core.french import number as grouped
from parvis.core.ledger.verifying import fetch_from
from parvis.core.processes.voting import recounting
from parvis.core.processes.voting.counting import actions as counting
from parvis.core.processes.voting.models import Poll
from parvis.core.undertakings.measures import actions
from parvis.core.undertakings.models import Measure

SECONDS = 60
"""How long an address may take to give an export."""


class UnknownNumber(ParvisError):
    """No measure has this identifier."""


class NumberDiffers(ParvisError):
    """A published number is not the one that its releases give."""


class UnknownPoll(ParvisError):
    """No vote has this identifier, no file this name, no export is at this address."""


class PollDiffers(ParvisError):
    """A vote does not recount: what was inserted, deleted or changed is named."""


def verify_number(name: str) -> None:
    measure = Measure.objects.filter(pk=name).first() if name.isdecimal() else None
    if measure is None:
        raise UnknownNumber(f"Aucun nombre publié ne porte l'identifiant « {name} » : il est sur la page du nombre.")
    again = actions.verify_number(measure=measure)
    if not again.is_equal:
        raise NumberDiffers("Le nombre recalculé diffère du nombre publié : " + " ".join(again.differences))
    say(f"Le nombre {name} ({measure.indicator}) est retrouvé à l'identique : {again.frozen.value}.")


def verify_poll(name: str, *, key: str | None, log: str | None) -> None:
    """Count again from an export alone: a file, an address, or that of this site's own vote of that identifier."""
    lines = export(name)
    found = recounting.recount(lines, key=key)
    faults = [*found.faults, *(recounting.missing_from(lines, fetch_from(log)) if log else ())]
    if faults:
        raise PollDiffers(f"Le vote « {found.header['poll']} » ne se recompte pas. " + " ".join(faults))
    say(result(found))
    if key is None:
        key = found.header["log"]["key"]
        say(f"La clé vient de l'export lui-même : comparez-la à une copie reçue par ailleurs. {key}")
    if log is None:
        say("Avec --log, le journal lui-même dirait aussi si un vote a été laissé hors de l'export.")


def export(name: str) -> list[bytes]:
    if re.match(r"https?://", name):
        return address(name)
    if Path(name).is_file():
        return Path(name).read_bytes().splitlines(keepends=True)
    return list(counting.export(poll=own(name)))


def own(name: str) -> Poll:
    poll = Poll.objects.filter(slug=name).first()
    if poll is None:
        raise UnknownPoll(
            f"« {name} » n'est ni un vote de ce site, ni un fichier : son identifiant est dans son adresse."
        )
    return poll


def open_poll(name: str, path: Path) -> None:
    """Write the export of this site's own vote with every choice, for its auditor: nobody else here may read it."""
    lines = list(counting.export(poll=own(name), is_opened=True))
    path.touch(mode=0o600)
    path.write_bytes(b"".join(lines))
    say(f"{path} : l'export ouvert, qui dit chaque choix. Donnez-le à l'auditeur du vote, et à personne d'autre.")


def address(name: str) -> list[bytes]:
    try:
        with urlopen(name, timeout=SECONDS) as answer:  # noqa: S310 -- http and https only: export
            return list(answer)
    except URLError as error:
        raise UnknownPoll(f"{name} ne se lit pas ({error}) : vérifiez l'adresse de l'export.") from error


def result(found: recounting.Recount) -> str:
    counts = ", ".join(f"{title} {grouped(found.tally[slug])}" for slug, title in found.header["options"])
    told = counts if found.is_opened else "choix non publiés (vote compté en secret)"
    ballots = count(found.ballots, "bulletin,bulletins").replace("\u00a0", " ")
    until = "décompte final scellé" if found.final else f"{grouped(found.waiting)} en attente de publication"
    return f"Le vote « {found.header['poll']} » se recompte : {ballots}, {told} ; {until}."


@click.command(cls=Word, example="parvis verify poll vote-essai-1-avis.jsonl")
@click.argument("word", metavar="number|poll", type=click.Choice(["number", "poll"]))
@click.argument("name", metavar="IDENTIFIANT|FICHIER|ADRESSE")
@click.option("--key", metavar="CLÉ", help="Clé publique du journal, reçue par ailleurs (vote).")
@click.option(
    "--log", metavar="ADRESSE|DOSSIER", help="Le journal public, pour y chercher ce que l'export tairait (vote)."
)
@click.option(
    "--opened",
    metavar="FICHIER",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Y écrit, pour l'auditeur d'un vote de ce site compté en secret, l'export qui dit chaque choix.",
)
def command(word: str, name: str, key: str | None, log: str | None, opened: Path | None) -> None:
    """Recalcule un nombre publié depuis ses versions (number), ou recompte un vote depuis son seul export (poll).

    Un vote se donne par son identifiant, le fichier de son export ou son adresse : la base n'est lue que pour un
    identifiant. Ce qui a été inséré, retiré ou changé est nommé.
    """
    if word == "number":
        verify_number(name)
        return
    if opened is not None:
        open_poll(name, opened)
    verify_poll(str(opened or name), key=key, log=log)
