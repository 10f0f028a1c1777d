"""Serve the site: granian's workers, the log's sequencer, the tick and the engines, until one or a person ends it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from types import FrameType

from django.core.management import call_command

from parvis.core.errors import ParvisError
from parvis.core.simulators.engines import ENGINES
from parvis.core.simulators.hosting.calling import host as engine
from parvis.core.simulators.hosting.keeping import kept

WORKERS, THREADS = 2, 64
"""Two processes. Threads start on demand, and most of them wait: a vote waits for the commit that it shares."""

TICK_SECONDS = 60
START_SECONDS, STOP_SECONDS, LOOK_SECONDS = 60, 20, 0.2


class PortTaken(ParvisError):
    """Another server listens there: granian would silently share the port with it."""


class ServerDied(ParvisError):
    """A process of the site ended by itself."""


def prepare() -> None:
    """Collect the static files, under names that bear their hash."""
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(*, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `ready` is called once the site answers."""
    refuse_taken(host, port)
    signal.signal(signal.SIGTERM, end)
    with (
        suppress(KeyboardInterrupt),
        running("granian", *granian(host, port)) as site,
        running("parvis", "log", "run") as log,
        running("parvis", "tick", "--every", str(TICK_SECONDS)) as tick,
        kept(engine(slug) for slug in ENGINES.filled()),
    ):
        wait_for_answer(host, port, site)
        ready()
        wait_for_end(site, log, tick)


def end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def granian(host: str, port: int) -> tuple[str, ...]:
    sizes = ("--workers", str(WORKERS), "--blocking-threads", str(THREADS))
    place = ("--host", host, "--port", str(port))
    return ("--interface", "wsgi", *sizes, *place, "--log-level", "warning", "parvis.config.wsgi:application")


@contextmanager
def running(module: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python module beside us, and stop it whatever happens."""
    process = subprocess.Popen([sys.executable, "-m", module, *words])  # noqa: S603 -- our own modules
    try:
        yield process
    finally:
        process.terminate()
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that was told to end; past its time, end it: the log is made to be killed."""
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def refuse_taken(host: str, port: int) -> None:
    if answers(host, port):
        raise PortTaken(f"Le port {port} de {host} est déjà pris : arrêtez l'autre serveur, ou donnez --port.")


def answers(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def wait_for_answer(host: str, port: int, site: subprocess.Popen[bytes]) -> None:
    limit = monotonic() + START_SECONDS
    while not answers(host, port):
        if site.poll() is not None or monotonic() > limit:
            raise ServerDied("Le serveur n'a pas démarré : son message est au-dessus.")
        sleep(LOOK_SECONDS)


def wait_for_end(*processes: subprocess.Popen[bytes]) -> None:
    while all(process.poll() is None for process in processes):
        sleep(LOOK_SECONDS)
    raise ServerDied("Un des processus du site s'est arrêté : son message est au-dessus. Relancez « parvis serve ».")
