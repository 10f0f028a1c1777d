"""A debate's contributions, all of them, streamed from the tables in three forms. Bars: 1 M in 60 s and 150 MB.

    python benchmarks/exports.py [contributions]     1,000,000 by default; SQLite in a folder of its own

Memory is read from the kernel (/proc/self/status), of the process that streams: what it holds once started and idle
(the interpreter, Django, every app), its peak, and the difference, which is the export's own. The bar is on the peak.
Rows are made once, by another process.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

BARS = {"seconds": 60, "megabytes": 150}
WORDS = (
    "Une contribution fictive, de la longueur de celles de 2015 : elle dit ce qu'il faut changer, et pourquoi. " * 4
)


def fill(count: int) -> None:
    """Write a fictitious debate of so many contributions."""
    from datetime import UTC, datetime

    from django.core.management import call_command

    from parvis.core.actors import actions as actors
    from parvis.core.processes import actions as processes
    from parvis.core.processes.models import Contribution, Edition

    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    call_command("migrate", verbosity=0)
    body = actors.register_organisation(slug="banc", name="Banc d'essai", at=at)
    debate = processes.open_process(
        procedure="consultation", slug="banc", title="Banc", summary="Fictif.", organisation=body, starts_at=at, at=at
    )
    phase = debate.phases.first()
    for start in range(0, count, 20_000):
        made = Contribution.objects.bulk_create(
            Contribution(
                process=debate,
                phase=phase,
                number=number,
                draw=number,
                kind="proposal",
                title=f"Proposition fictive n° {number}",
                received_at=at,
                changed_at=at,
                votes_for=number % 97,
            )
            for number in range(start + 1, min(start + 20_000, count) + 1)
        )
        Edition.objects.bulk_create(
            Edition(contribution=one, number=1, fields={"title": one.title, "text": WORDS}, made_at=at) for one in made
        )


def memory(name: str) -> float:
    """Return a figure of this process's memory, in MB: VmRSS now, VmHWM at its highest."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024


def stream(form: str) -> None:
    """Stream the whole debate into nothing, and print seconds, bytes, and memory: idle, at its highest, the growth."""
    from parvis.core.processes.exporting import actions
    from parvis.core.processes.exporting.formats import FORMATS
    from parvis.core.processes.models import Process

    debate, size = Process.objects.get(slug="banc"), 0
    idle, begun, worked = memory("VmRSS"), time.perf_counter(), time.process_time()
    with Path(os.devnull).open("wb") as out:
        for piece in FORMATS[form].stream(actions.blocks(debate)):
            size += out.write(piece)
    seconds = time.perf_counter() - begun
    worked, peak = time.process_time() - worked, memory("VmHWM")
    met = "met" if seconds <= BARS["seconds"] and peak <= BARS["megabytes"] else "NOT met"
    print(
        f"{form:8} {seconds:6.1f} s ({worked:.1f} s of CPU)  {size / 1e6:8.1f} MB  "
        f"memory: idle {idle:.0f} MB, peak {peak:.0f} MB, growth {peak - idle:.0f} MB  bars {met}"
    )


def main(count: int) -> None:
    with TemporaryDirectory(prefix="parvis-bench-") as home:
        environment = os.environ | {"PARVIS_HOME": home, "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}
        run = [sys.executable, __file__]
        subprocess.run([*run, "fill", str(count)], env=environment, check=True)
        print(f"{count:,} contributions; bars: {BARS['seconds']} s and {BARS['megabytes']} MB each")
        for form in ("csv", "jsonl", "parquet"):
            subprocess.run([*run, "stream", form], env=environment, check=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill", count]:
            import django

            django.setup()
            fill(int(count))
        case ["stream", form]:
            import django

            django.setup()
            stream(form)
        case [count]:
            main(int(count))
        case _:
            main(1_000_000)
