"""`parvis tick`: do what is due now. Run it each minute (cron, systemd timer): done again, it changes nothing more."""

import fcntl
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import IO

import click
from django.conf import settings
from django.db import Error as DatabaseRefusal
from django.utils import timezone

from parvis.config import apart
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
locked or absent database, a refusal. Each job writes by whole acts, and is done again a minute later. Anything else is
a fault of ours: it ends the round, in its own process, once the other jobs are done.
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
    """Do what is due, and again after so many seconds, until SIGTERM or SIGINT.

    Each round is a process of its own: one that breaks, or that takes too much memory, ends neither the next nor the
    site.
    """
    stop = rounds.stopped()
    while not stop.is_set():
        one = apart.begin(_once)
        one.join()
        if one.exitcode:
            click.echo(_interrupted(one.exitcode, seconds), err=True)
        stop.wait(seconds)


def _interrupted(code: int, seconds: int) -> str:
    why = f"tué par le signal {-code}" if code < 0 else "par une erreur imprévue, écrite au-dessus"
    return f"parvis : ce passage s'est interrompu, {why}. Le suivant part dans {seconds} s ; le site continue."


def _once() -> list[str]:
    settings.PARVIS_HOME.mkdir(parents=True, exist_ok=True)
    with (settings.PARVIS_HOME / "tick.lock").open("w") as lock:
        if not _alone(lock):
            say("Un autre « parvis tick » est en cours : il fait ce qui est dû.")
            return []
        return _work()


def _alone(lock: IO[str]) -> bool:
    """Take the lock, which the system releases when the process dies; two at once would send each mail twice."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _work() -> list[str]:
    """Do what is due, then check; say and return what could not be done, and what does not hold.

    What nobody foresaw is let out, but each job is done before: mails do not wait for the mend of an export.
    """
    at, faults = timezone.now(), list[str]()
    done = [(what, partial(_done, what, work, at)) for what, work in WORK]
    with ExitStack() as jobs:
        for what, do in reversed((*done, *CHECKS)):
            jobs.push(partial(_next, what, do, faults))
    return faults


def _next(
    what: str,
    do: Callable[[], Iterable[str]],
    faults: list[str],
    raised: type[BaseException] | None,
    _error: BaseException | None,
    _trace: TracebackType | None,
) -> None:
    """Do a job, whatever error the former one let out; not where someone stops the command."""
    if raised is not None and not issubclass(raised, Exception):
        return
    for fault in _tried(what, do):
        click.echo(f"parvis : {fault}", err=True)
        faults.append(fault)


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
