"""Serve the same 179,140 rows by Parvis and by Datasette, and ask both over HTTP on one kept connection."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import twenty
from measuring import peers

PARVIS, DATASETTE = 8031, 8032
LONGEST = 600  # seconds that one answer may take


@dataclass(frozen=True)
class Server:
    """A server under measure."""

    name: str
    port: int
    process: subprocess.Popen

    def ask(self, address: str, timeout: float = LONGEST) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request("GET", address)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            sys.exit(f"{self.name} : {response.status} à {address}")
        return body

    def times(self, addresses: list[str]) -> list[float]:
        """Return the milliseconds of each answer, after one to warm."""
        self.ask(addresses[0])
        found = []
        for address in addresses:
            begun = time.perf_counter()
            self.ask(address)
            found.append((time.perf_counter() - begun) * 1000)
        return found

    def memory(self) -> float:
        """Return the resident MB of the server and its children, the peak each has known."""
        return sum(_peak(pid) for pid in _family(self.process.pid)) / 1000


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


@contextmanager
def both(folder: Path) -> Iterator[tuple[Server, Server]]:
    """Load the rows into both, start both, and stop both at the end."""
    source = twenty.write(folder / "d20.csv")
    parvis = _parvis(folder, source)
    datasette = _datasette(folder, source)
    try:
        for server in (parvis, datasette):
            _wait(server)
        yield parvis, datasette
    finally:
        for server in (parvis, datasette):
            server.process.terminate()
            server.process.wait()


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 120
    while not _answers(server):
        if time.monotonic() > deadline:
            sys.exit(f"{server.name} ne répond pas.")
        time.sleep(0.3)


def _answers(server: Server) -> bool:
    try:
        server.ask("/", timeout=5)
    except OSError:
        return False
    return True


def _parvis(folder: Path, source: Path) -> Server:
    environment = os.environ | {"PARVIS_HOME": str(folder / "home"), "PARVIS_DEBUG": "0"}
    command = [sys.executable, "-m", "parvis.config.cli"]
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], check=True, **{
        **quiet, "env": environment | {"DJANGO_SETTINGS_MODULE": "parvis.config.settings"}})  # fmt: skip
    subprocess.run([*command, "load", "procurement", str(source), "--source", "decp-tabulaire"], check=True, **quiet)
    return Server("Parvis", PARVIS, subprocess.Popen([*command, "serve", "--port", str(PARVIS)], **quiet))


def _datasette(folder: Path, source: Path) -> Server:
    database = folder / "d.db"
    subprocess.run([peers() / "sqlite-utils", "insert", database, "d", source, "--csv", "--silent"], check=True)
    limits = ("facet_time_limit_ms 60000", "sql_time_limit_ms 60000", "max_csv_mb 0", "allow_csv_stream on")
    settings = [word for limit in limits for word in ("--setting", *limit.split())]
    command = [peers() / "datasette", "serve", database, "-p", str(DATASETTE), *settings]
    return Server("Datasette", DATASETTE, subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))  # fmt: skip
