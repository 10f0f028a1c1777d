"""`parvis tick`: do what is due now. Run it each minute (cron, systemd timer): done again, it changes nothing more."""

import fcntl
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import IO

import click
from django.conf import settings
from django.db import Error as DatabaseRefusal
from django.db import close_old_connections
from django.utils import timezone

from parvis.config.showing import say
from parvis.config.words import Word
from parvis.core.errors import ParvisError
from parvis.core.french import number
from parvis.core.ledger import rounds
from parvis.core.processes.answering.assigning import actions as assigning
from parvis.core.processes.answering.sending import actions as sending
from parvis.core.processes.exporting import actions as exporting
from parvis.core.processes.moderating import actions as moderating
from parvis.core.processes.moderating import api as moderation
from parvis.core.processes.voting import api as voting
from parvis.core.processes.voting.counting import actions as counting
from parvis.participation.registers.debates.evidence import actions as evidence


def _send(*, at: datetime) -> int:
    return sending.send_all(address=settings.PARVIS_ADDRESS, at=at)


WORK: tuple[tuple[str, Callable[..., int]], ...] = (
    ("Échéances de réponse fixées", assigning.assign_all),
    ("Contributions masquées pour un temps, rendues publiques", moderating.end_hidings),
    ("Votes clos", counting.close_due),
    ("Votes comptés pour de bon", counting.tally_due),
    ("Clés de votes détruites", counting.destroy_due_keys),
    ("Exports de débats figés à nouveau", exporting.freeze_all),
    ("Versions de ce que ce site dit de ses débats", evidence.refresh_changed),
    ("Messages envoyés", _send),
    ("Messages refusés par la boîte de leur destinataire", sending.count_refused),
)
"""What is done, in this order: a French plural, and a function of `at` that returns how many. Add a line to join in.

Mails are last, so that what the others have to tell leaves in the same minute.
"""

CHECKS: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
    ("Vérification de la modération", moderation.unexplained),
    ("Vérification des votes clos", voting.contradicted),
)
"""What is looked at each time: a French name, and a function that gives a sentence for what does not hold."""

FAILURES = (OSError, DatabaseRefusal, ParvisError)
"""What work meets that is not of its making: a full disk, a mail server that is down (SMTPException is an OSError), a
locked or absent database, a refusal. Each job writes by whole acts, and is done again a minute later.
"""


@click.command(cls=Word, example="parvis tick")
@click.option("--every", metavar="SECONDES", type=click.IntRange(min=1), help="Recommence ainsi jusqu'à l'arrêt.")
def command(every: int | None) -> None:
    """Fait ce qui est dû à cette heure : échéances des réponses, votes à clore, fins de masquage, courriels.

    À lancer chaque minute, ce que « parvis serve » fait de lui-même. Refait, il ne change rien de plus. Il dit aussi
    ce qui n'a pas pu être fait, ce qui serait masqué sans motif scellé, et le vote clos dont les bulletins ne font pas
    le compte.
    """
    if every is not None:
        run_until_stopped(every)
    elif _once():
        raise SystemExit(1)


def run_until_stopped(seconds: int) -> None:
    """Do what is due, and again after so many seconds, until SIGTERM or SIGINT."""
    stop = rounds.stopped()
    while not stop.is_set():
        close_old_connections()  # one that the database has closed would refuse every round to come
        _once()
        stop.wait(seconds)


def _once() -> list[str]:
    settings.PARVIS_HOME.mkdir(parents=True, exist_ok=True)
    with (settings.PARVIS_HOME / "tick.lock").open("w") as lock:
        if not _alone(lock):
            say("Un autre « parvis tick » est en cours : il fait ce qui est dû.")
            return []
        faults = _work()
    for fault in faults:
        click.echo(f"parvis : {fault}", err=True)
    return faults


def _alone(lock: IO[str]) -> bool:
    """Take the lock, which the system releases when the process dies; two at once would send each mail twice."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _work() -> list[str]:
    """Do what is due, then check; return what could not be done, and what does not hold."""
    at = timezone.now()
    done = [(what, partial(_done, what, work, at)) for what, work in WORK]
    return [fault for what, do in (*done, *CHECKS) for fault in _tried(what, do)]


def _done(what: str, work: Callable[..., int], at: datetime) -> tuple[str, ...]:
    if count := work(at=at):
        say(f"{what} : {number(count)}")
    return ()


def _tried(what: str, do: Callable[[], Iterable[str]]) -> list[str]:
    """Return the faults found, or what stopped it: the others are done, and the site goes on."""
    try:
        return list(do())
    except FAILURES as failure:
        said = str(failure).strip(" .\n") or type(failure).__name__
        return [f"« {what} » n'a pas pu être fait : {said}. Ce sera repris au prochain passage."]
