"""Reach an engine's process, and start it where none answers: one at a time, whoever asks."""

import os
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from parvis.core.simulators.hosting.installing import (
    HERE,
    Installed,
    alone,
    command,
    digest_of,
    environment,
    touch,
)
from parvis.core.simulators.hosting.places import meeting_folder
from parvis.core.simulators.hosting.records import written
from parvis.core.simulators.hosting.refusals import EngineStopped
from parvis.core.simulators.hosting.wire import Header, pack, receive

WORD_SECONDS = 5.0
LIBRARY = ("contract.py", "tables.py", "identity.py")
"""What an engine's process runs beside its own code: with another version of it, it is another process."""


def address(engine: Installed) -> Path:
    """Return where the process of this very code listens: changed code never meets an old process."""
    shared = [*sorted(HERE.glob("*.py")), *(HERE.parent / name for name in LIBRARY)]
    code = digest_of(str(engine.prepared).encode(), *map(Path.read_bytes, shared))
    return meeting_folder() / f"{family(engine)}-{code}.sock"


def family(engine: Installed) -> str:
    """Return how the addresses of an engine begin, under the environment of ours that it is given."""
    known = repr(sorted(environment(engine.declared.slug).items()))
    return f"{engine.declared.slug[:24]}-{digest_of(known.encode())[:6]}"


def connected(path: Path) -> socket.socket | None:
    """Return a connection to the process that listens there; None where none does."""
    sock = socket.socket(socket.AF_UNIX)
    with suppress(FileNotFoundError, ConnectionRefusedError):
        sock.connect(str(path))
        return sock
    sock.close()
    return None


def connection(engine: Installed, path: Path) -> socket.socket:
    """Return a connection to the engine's process, started if there is none. Raises EngineStopped."""
    found = connected(path)
    if found is not None:
        return found
    with alone(path.with_name(f"{family(engine)}.starting")):
        found = connected(path)
        if found is None:
            retire(engine)
            start(engine, path)
            found = connected(path)
    if found is None:
        raise stopped(engine)
    return found


def retire(engine: Installed) -> None:
    """Tell the processes of other code to end, and remove the addresses where nobody listens."""
    for path in meeting_folder().glob(f"{family(engine)}-*.sock"):
        if say(path, "stop") is None:
            path.unlink(missing_ok=True)


def say(path: Path, word: str) -> Header | None:
    """Say a word to the process that listens there, and return its answer; None where none does."""
    sock = connected(path)
    if sock is None:
        return None
    with sock, suppress(OSError):  # it may be leaving, or be stopped
        sock.settimeout(WORD_SECONDS)
        sock.sendall(pack({"word": word}))
        frame = receive(sock)
        return frame.header if frame else None
    return None


def start(engine: Installed, path: Path) -> None:
    """Start the process, and wait until it listens. Raises EngineStopped."""
    touch(engine)
    told, tell = os.pipe()
    words = written({"path": str(path), "prepared": str(engine.prepared), "ready": tell, **limits(engine)})
    notes = os.open(notes_of(engine), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    subprocess.run(  # noqa: S603 -- our own module; it leaves its work to a process of its own and ends at once
        command(engine, "parvis.core.simulators.hosting.serving", words),
        env=environment(engine.declared.slug),
        stdin=subprocess.DEVNULL,
        stdout=notes,
        stderr=notes,
        pass_fds=(tell,),
        start_new_session=True,
        check=False,
    )
    os.close(tell)
    os.close(notes)
    with os.fdopen(told, "rb") as answer:
        if answer.read(5) != b"ready":
            raise stopped(engine)


def limits(engine: Installed) -> dict[str, object]:
    names = ("slug", "module", "memory", "seconds", "processes", "idle")
    return {name: getattr(engine.declared, name) for name in names}


def notes_of(engine: Installed) -> Path:
    """Return the file where an engine's process says why it ended; it never holds what was asked."""
    return meeting_folder() / f"{engine.declared.slug}.log"


def stopped(engine: Installed) -> EngineStopped:
    """Say to a visitor that an engine does not start; where the site lies is not theirs to know."""
    return EngineStopped(
        f"Le moteur « {engine.declared.title} » ne démarre pas : l'équipe qui tient ce site en lira la cause à la fin "
        f"de « {notes_of(engine).name} », dans le dossier des moteurs."
    )
