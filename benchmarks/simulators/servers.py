"""The two servers under measure: Parvis, served in a folder of its own, and `openfisca serve` with one worker."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PEERS = FOLDER.parent / ".venv/simulators"
DATA = Path(os.environ.get("PARVIS_DATA", ROOT / "../shared/data")).resolve()
LOG = "served.log"
PATIENCE = 300  # seconds that one answer, or a start, may take
OPENFISCA, CALCULATE = "/api/openfisca/calculate", "/calculate"  # the same payload, here and there
WEB_API = ("serve", "--country-package", "openfisca_france", "--workers", "1", "--timeout", str(PATIENCE))


@dataclass(frozen=True)
class Answer:
    """What a server answered, and after how long."""

    status: int
    body: bytes
    wall: float

    @property
    def json(self) -> dict:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A server that was started."""

    mark: str
    port: int
    process: subprocess.Popen

    def post(self, address: str, payload: dict) -> Answer:
        """Post on a fresh connection."""
        raw, began = json.dumps(payload).encode(), time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("POST", address, raw, {"Content-Type": "application/json"})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return Answer(response.status, body, time.perf_counter() - began)

    def good(self, address: str, payload: dict) -> Answer:
        """Post, and end the run if it is refused."""
        answer = self.post(address, payload)
        if answer.status != 200:
            sys.exit(f"{address} : {answer.status}, {answer.body[:500].decode()}")
        return answer

    def first(self, address: str, payload: dict) -> Answer:
        """Post until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            answer = self.tried(address, payload)
            if answer is not None and answer.status == 200:
                return answer
            time.sleep(0.02)
        sys.exit(f"{' '.join(map(str, self.process.args))} ne répond pas.\n{self.said()}")

    def up(self) -> None:
        """Wait until something listens."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        sys.exit(f"Le site ne se lève pas.\n{self.said()}")

    def tried(self, address: str, payload: dict) -> Answer | None:
        try:
            return self.post(address, payload)
        except OSError:
            return None

    def said(self) -> str:
        """Return the end of what the server wrote."""
        return (Path(self.mark) / LOG).read_text(errors="replace")[-2000:]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stock_python() -> Path:
    """Return the Python of stock OpenFisca, installed on first use from requirements.txt."""
    mark, wanted = PEERS / ".ready", (FOLDER / "requirements.txt").read_text()
    if not mark.exists() or mark.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        pip = [PEERS / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "-r", FOLDER / "requirements.txt"], check=True)
        mark.write_text(wanted)
    return PEERS / "bin/python"


@contextmanager
def place() -> Iterator[Path]:
    """Give a folder whose path marks the processes that work in it."""
    folder = Path(tempfile.mkdtemp(prefix="pv-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "PARVIS_HOME": str(home), "PARVIS_DATA": str(DATA), "PARVIS_DATABASE": "", "PARVIS_DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "parvis.config.settings", "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip


def prepared(home: Path) -> None:
    """Make a home: an empty database; and the engines, if they are not installed."""
    words = [["django", "migrate", "-v", "0"]]
    words += [["parvis.config.cli", "engine", "install", name] for name in ("openfisca", "fair")]
    for one in words:
        command = [sys.executable, "-m", *one]
        subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)


def parvis(home: Path) -> Server:
    """Start the site, as `make serve` does."""
    where = port()
    command = [sys.executable, "-m", "parvis.config.cli", "serve", "--port", str(where)]
    log = (home / LOG).open("ab")
    return Server(str(home), where, subprocess.Popen(command, env=environment(home), stdout=log, stderr=log))


def stock(home: Path) -> Server:
    """Start OpenFisca's web API, from a folder whose path is in its environment."""
    where = port()
    command = [stock_python().with_name("openfisca"), *WEB_API, "--port", str(where)]
    marked = os.environ | {"MEASURED": str(home)}
    log = (home / LOG).open("ab")
    return Server(str(home), where, subprocess.Popen(command, env=marked, stdout=log, stderr=log))
