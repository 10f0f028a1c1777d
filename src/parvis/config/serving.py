"""Serve the site: granian's workers, the log's sequencer, the tick and the engines, until one or a person ends it.

All are forked from one process that has imported everything: the site is up in the time of one import instead of
five, and what they have in common is in memory once.
"""

import hashlib
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.process import BaseProcess
from operator import itemgetter
from pathlib import Path
from time import monotonic, sleep
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.urls import resolve
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from parvis.config.apart import begin
from parvis.config.commands import log, tick
from parvis.core.errors import ParvisError
from parvis.core.ledger import rounds
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import host as engine
from parvis.core.simulators.hosting.keeping import kept

WORKERS, THREADS = 2, 64
"""Two processes. Threads start on demand, and most of them wait: a vote waits for the commit that it shares."""

TICK_SECONDS = 60
START_SECONDS, STOP_SECONDS, LOOK_SECONDS = 60, 20, 0.1
SITE = "parvis.config.wsgi"


class PortTaken(ParvisError):
    """Another server listens there: granian would silently share the port with it."""


class ServerDied(ParvisError):
    """A process of the site ended by itself."""


def prepare() -> None:
    """Collect the static files, under names that bear their hash, unless they are those collected last."""
    mark, found = settings.STATIC_ROOT / ".collected", static_digest()
    if mark.exists() and mark.read_text() == found:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(found)


def static_digest() -> str:
    """Return a digest of the static files' places, sizes and dates."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=itemgetter(0)):
            told = Path(storage.path(name)).stat()
            digest.update(f"{name} {told.st_size} {told.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def serve(*, host: str, port: int, ready: Callable[[], None], first: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Engines, which take the longest, start while `first` does what must be done before anyone comes in; `ready` is
    called once the site answers. Raises PortTaken and ServerDied.
    """
    refuse_taken(host, port)
    signal.signal(signal.SIGTERM, end)
    with suppress(KeyboardInterrupt), beside(keep_engines):
        first()
        with (
            beside(listen, host, port) as site,
            beside(log.run_until_stopped) as sequencer,
            beside(tick.run_until_stopped, TICK_SECONDS) as ticking,
        ):
            wait_for_answer(host, port, site)
            ready()
            wait_for_end(site, sequencer, ticking)


def end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def listen(host: str, port: int) -> None:
    """Answer requests, in workers that granian forks from this process: they find what it has imported."""
    import_module(SITE)
    resolve("/")  # reads every address
    Granian(
        f"{SITE}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        workers_kill_timeout=STOP_SECONDS // 2,
    ).serve()


def keep_engines() -> None:
    stop = rounds.stopped()
    with kept(engine(slug) for slug in ENGINES.filled()):
        stop.wait()


@contextmanager
def beside(work: Callable[..., None], *given: str | int) -> Iterator[BaseProcess]:
    """Run a function in a process forked from this one, and stop it whatever happens."""
    process = begin(work, *given)
    try:
        yield process
    finally:
        process.terminate()
        stop(process)


def stop(process: BaseProcess) -> None:
    """Wait for a process that was told to end; past its time, end it: the log is made to be killed."""
    process.join(STOP_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()


def refuse_taken(host: str, port: int) -> None:
    if answers(host, port):
        raise PortTaken(f"Le port {port} de {host} est déjà pris : arrêtez l'autre serveur, ou donnez --port.")


def answers(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def wait_for_answer(host: str, port: int, site: BaseProcess) -> None:
    limit = monotonic() + START_SECONDS
    while not answers(host, port):
        if not site.is_alive() or monotonic() > limit:
            raise ServerDied("Le serveur n'a pas démarré : son message est au-dessus.")
        sleep(LOOK_SECONDS)


def wait_for_end(*processes: BaseProcess) -> None:
    while all(process.is_alive() for process in processes):
        sleep(LOOK_SECONDS)
    raise ServerDied("Un des processus du site s'est arrêté : son message est au-dessus. Relancez « parvis serve ».")
