"""The public log, beside pymerkle in the same run: entries a second end to end, time to a published head, proof time.

Ours is the whole way: actions.append in a transaction of durable SQLite (WAL, synchronous FULL), the sequencer in its
own process (`parvis log run`), and the head that a reader sees, signed over tiles read back from the disk. pymerkle
keeps a tree in SQLite: no signature, no tile, no act beside it. Bars: 2,000 entries/s, p99 of 2 s, and a proof in
20 ms at 1 M leaves.

    python benchmarks/log.py [seconds for each rate, 20] [leaves of the proof tree, 1000000]
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import PEERS, verdict
from parvis.core.ledger.growing import Folder, grow
from parvis.core.ledger.leaves import Leaf
from parvis.core.ledger.tiles import nodes
from parvis.core.ledger.trees import inclusion_path

FOLDER = Path(__file__).parent
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
LEAVES = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
DRAWN = 1_000

MIGRATE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
SEQUENCE = "from parvis.config.cli import main; import sys; sys.argv = ['parvis', 'log', 'run']; main()"
APPEND = """
import sys, time, django
django.setup()
from django.db import transaction
from django.utils import timezone
from parvis.core.ledger import actions
together, seconds, rate = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
committed, began, busy = [], time.time(), time.process_time()
while time.time() - began < seconds:
    with transaction.atomic():
        for number in range(together):
            content = {"number": number, "title": "Un acte public, de taille ordinaire"}
            at = timezone.now()
            actions.append(kind="contribution.received", stream="essai", key=f"c{number}", content=content, at=at)
    committed.append(time.time())
    ahead = len(committed) * together / rate - (time.time() - began) if rate else 0
    time.sleep(max(0, ahead))
print(time.process_time() - busy, began, *committed)
"""
"""Seal so many acts a transaction, for so many seconds, as fast as it goes or (rate > 0) at so many a second."""

PEER = """
import random, sys, time
from pymerkle import SqliteTree
path, leaves, drawn, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
alone, began = SqliteTree(path + ".alone"), time.perf_counter()
count = 0
while time.perf_counter() - began < seconds:
    alone.append_entry(b"x" * 150)
    count += 1
print("append one by one, entries/s:", count / (time.perf_counter() - began))
tree, began = SqliteTree(path), time.perf_counter()
for start in range(0, leaves, 10000):
    tree.append_entries([b"%150d" % number for number in range(start, min(leaves, start + 10000))])
print("append by 10,000, entries/s:", leaves / (time.perf_counter() - began))
draw, times = random.Random(6962), []
for _ in range(drawn):
    began = time.perf_counter()
    tree.prove_inclusion(draw.randint(1, leaves))
    times.append(time.perf_counter() - began)
print("first proof, ms:", 1000 * times[0])
print("proof, mean ms:", 1000 * sum(times) / drawn)
print("proof, p99 ms:", 1000 * sorted(times)[int(drawn * 0.99)])
"""


def peer_python() -> Path:
    """Return the peers' Python with pymerkle in it (GPL-3: never among our own requirements)."""
    mark, wanted = PEERS / ".ready-log", (FOLDER / "requirements-log.txt").read_text()
    if not mark.exists() or mark.read_text() != wanted:
        if not (PEERS / "bin/python").exists():
            subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        pip = [PEERS / "bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", FOLDER / "requirements-log.txt"], check=True)
        mark.write_text(wanted)
    return PEERS / "bin/python"


class Watcher(threading.Thread):
    """Note when each published head is first seen, and how many entries it covers."""

    def __init__(self, checkpoint: Path) -> None:
        super().__init__(daemon=True)
        self.checkpoint, self.sizes, self.times = checkpoint, [0], [0.0]

    def run(self) -> None:
        while True:
            size = self.size()
            if size > self.sizes[-1]:
                self.sizes.append(size)
                self.times.append(time.time())
            time.sleep(0.001)

    def size(self) -> int:
        return int(self.checkpoint.read_text().split("\n")[1]) if self.checkpoint.exists() else 0

    def seen(self, count: int) -> float:
        """Return when a head of that many entries was first seen; wait for it a minute."""
        deadline = time.time() + 60
        while self.sizes[-1] < count and time.time() < deadline:
            time.sleep(0.01)
        return self.times[bisect_left(self.sizes, count)]


def environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "PARVIS_HOME": str(home), "PARVIS_DATABASE": "", "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
        "PYTHONPATH": str(FOLDER.parent / "src"),
    }  # fmt: skip


def measure(together: int, rate: float) -> tuple[float, float, list[float]]:
    """Measure one rate.

    Return entries a second from the first append to the last published head, the processor time of one append in
    microseconds, and each transaction's delay in seconds.
    """
    with TemporaryDirectory(dir=FOLDER.parent / "..") as place:
        home = Path(place)
        subprocess.run([sys.executable, "-c", MIGRATE], env=environment(home), check=True)
        sequencer = subprocess.Popen([sys.executable, "-c", SEQUENCE], env=environment(home))
        watcher = Watcher(home / "log/public/checkpoint")
        watcher.start()
        time.sleep(4)
        command = [sys.executable, "-c", APPEND, str(together), str(SECONDS), str(rate)]
        output = subprocess.run(command, env=environment(home), check=True, capture_output=True, text=True).stdout
        busy, began, *committed = map(float, output.split())
        delays = [watcher.seen((turn + 1) * together) - at for turn, at in enumerate(committed)]
        ended = watcher.seen(len(committed) * together)
        sequencer.send_signal(signal.SIGTERM)
        sequencer.wait()
    count = len(committed) * together
    return count / (ended - began), 1e6 * busy / count, delays


def leaves(count: int) -> Iterator[list[bytes]]:
    for start in range(0, count, 25_600):
        yield [
            Leaf("contribution.received", "essai", f"c{number}", f"{number:064x}", "2016-03-01T12:00Z").encoded()
            for number in range(start, min(count, start + 25_600))
        ]


def prove(count: int) -> tuple[float, list[float]]:
    """Return leaves a second written as tiles, and the time of proofs drawn from the files, nothing kept, in ms."""
    draw, times = random.Random(6962), []
    with TemporaryDirectory(dir=FOLDER.parent / "..") as place:
        folder, reached, began = Folder(Path(place)), 0, time.perf_counter()
        for chunk in leaves(count):
            reached = grow(folder, old=reached, leaves=chunk)
        rate = count / (time.perf_counter() - began)
        for _ in range(DRAWN):
            began = time.perf_counter()
            inclusion_path(draw.randrange(count), count, nodes(folder.read, count))
            times.append(1000 * (time.perf_counter() - began))
    return rate, times


def load() -> str:
    return f"{os.getloadavg()[0]:.1f} for {os.cpu_count()} cores"


def p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def main() -> None:
    print(f"{SECONDS} s a rate, SQLite WAL and FULL, sequencer in its own process; a delay is from commit to head.")
    for together, rate in ((1, 0), (10, 0), (100, 0), (100, 2000)):
        speed, busy, delays = measure(together, rate)
        name = f"{together} acts a transaction" + (f", held at {rate:,.0f}/s" if rate else ", as fast as it goes")
        if rate:
            print(f"{name}: {speed:,.0f} entries/s")
        else:
            print(verdict(name, speed, "entries/s", 2000))
        print(f"  processor time of an append, transaction included: {busy:,.0f} µs; load of the machine: {load()}")
        print(verdict("  p99 from commit to published head", p99(delays), "s", 2, at_least=False))
    speed, times = prove(LEAVES)
    print(f"{LEAVES:,} leaves written as tiles, each file durable: {speed:,.0f} leaves/s")
    print(verdict(f"  proof, mean of {DRAWN:,}", sum(times) / len(times), "ms", 20, at_least=False))
    print(verdict("  proof, p99", p99(times), "ms", 20, at_least=False))
    with TemporaryDirectory(dir=FOLDER.parent / "..") as place:
        command = [peer_python(), "-c", PEER, str(Path(place) / "peer"), str(LEAVES), "50", "5"]
        print(
            "pymerkle 7.0.0, SQLite:\n  " + subprocess.check_output(command, text=True).strip().replace("\n", "\n  ")
        )


if __name__ == "__main__":
    main()
