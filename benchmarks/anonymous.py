"""Public pages over HTTP, by the real server: from the page cache, made each time, and beside a file that it sends.

The client is one process on the same cores, 32 connections that are kept: the figures bear its share. Each stretch is
asked for one second to warm, then for the seconds given: `python benchmarks/anonymous.py [seconds]`.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from measuring import verdict
from served import Server, p95

PORT, CONNECTIONS, BAR = 8041, 32, 1_500
PLAN = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from parvis.core.undertakings.loading.actions import load_plan
call_command("migrate", verbosity=0)
load_plan(at=timezone.now())
"""
HOST = f"Host: 127.0.0.1:{PORT}\r\n".encode()


@dataclass
class Load:
    """What a stretch of asking gave."""

    name: str
    seconds: float
    times: list[float]  # milliseconds
    size: int  # bytes of one answer, headers included
    others: int  # answers that are not the one expected

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def __str__(self) -> str:
        spread = f"p50 {statistics.median(self.times):.1f} ms, p95 {p95(self.times):.1f} ms"
        return f"{self.name}: {self.rate:,.0f}/s, {spread}, {self.size:,} bytes, {self.others} others"


class Asker(asyncio.Protocol):
    """Asks the same thing again and again on one connection."""

    def __init__(self, question: bytes, expected: bytes, until: float) -> None:
        self.question, self.expected, self.until = question, expected, until
        self.times: list[float] = []
        self.others = self.size = 0
        self.heard = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.begun = time.perf_counter()
        self.transport.write(self.question)

    def data_received(self, data: bytes) -> None:
        self.heard += data
        end = self.heard.find(b"\r\n\r\n")
        if end < 0 or len(self.heard) < end + 4 + length(self.heard[:end]):
            return
        self.times.append((time.perf_counter() - self.begun) * 1000)
        self.size = len(self.heard)
        self.others += self.expected not in self.heard[:20]
        self.heard = b""
        if time.perf_counter() < self.until:
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, fault: Exception | None) -> None:
        self.done.set_result(fault)


def length(head: bytes) -> int:
    lines = (line.split(b":") for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return next((int(value) for _, value in lines), 0)


async def load(name: str, path: str, seconds: float, *, told: bytes = b"", expected: bytes = b" 200 ") -> Load:
    """Ask for so many seconds, after one to warm."""
    question = b"GET %s HTTP/1.1\r\n%sAccept: text/html\r\n%s\r\n" % (path.encode(), HOST, told)
    for stretch in (1, seconds):
        begun = time.perf_counter()
        askers = [
            (await asyncio.get_running_loop().create_connection(
                lambda: Asker(question, expected, begun + stretch), "127.0.0.1", PORT  # noqa: B023 -- called at once
            ))[1]
            for _ in range(CONNECTIONS)
        ]  # fmt: skip
        await asyncio.gather(*(asker.done for asker in askers))
    times = [time for asker in askers for time in asker.times]
    spent = time.perf_counter() - begun
    return Load(name, spent, times, askers[0].size, sum(asker.others for asker in askers))


@contextmanager
def serving(home: Path, page_seconds: str) -> Iterator[Server]:
    environment = os.environ | {"PARVIS_HOME": str(home), "PARVIS_PAGE_SECONDS": page_seconds, "PARVIS_DATABASE": ""}
    command = [sys.executable, "-m", "parvis.config.cli", "serve", "--port", str(PORT)]
    server = Server("Parvis", PORT, subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
    try:
        wait(server)
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


def wait(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            server.ask("/", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("Parvis ne répond pas.")


def etag() -> bytes:
    """Return the tag of the front page, as a browser keeps it."""
    connection = HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", "/", headers={"Accept": "text/html"})
    return connection.getresponse().headers["ETag"].encode()


async def measured(home: Path, seconds: float) -> list[Load]:
    found = []
    with serving(home, "1") as server:
        gzip = b"Accept-Encoding: gzip\r\n"
        found.append(await load("front page, kept, gzip", "/", seconds, told=gzip))
        found.append(await load("commitment page, kept, gzip", commitment(server), seconds, told=gzip))
        unchanged = b"If-None-Match: %s\r\n" % etag()
        found.append(await load("front page, unchanged", "/", seconds, told=unchanged, expected=b" 304 "))
        found.append(await load("peer: a file of 5 kB by the same server", "/static/web/tokens.css", seconds))
        print(f"memory of the server and its children: {server.memory():,.0f} MB")
    with serving(home, "0"):
        found.append(await load("front page, made each time, gzip", "/", seconds, told=gzip))
    return found


def commitment(server: Server) -> str:
    """Return the address of a page of the plan."""
    page = server.ask("/plan/").decode()
    return page.split('href="/plan/')[2].split('"')[0].join(("/plan/", ""))


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(prefix="parvis-anonymous-") as folder:
        home = Path(folder)
        made = os.environ | {
            "PARVIS_HOME": folder,
            "PARVIS_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
        }
        subprocess.run([sys.executable, "-c", PLAN], env=made, check=True)
        print(f"load average before: {os.getloadavg()[0]:.1f}")
        loads = asyncio.run(measured(home, seconds))
    for one in loads:
        print(one)
    print(verdict("anonymous pages from cache", loads[0].rate, "requests/s", BAR))


if __name__ == "__main__":
    main()
