"""Run a command and say what it cost: wall and processor seconds, peak memory. Shared by every benchmark."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PEERS = FOLDER / ".venv"
DATA = Path(os.environ.get("PARVIS_DATA", FOLDER.parent / "../shared/data")).resolve()


@dataclass(frozen=True)
class Cost:
    """What one run of a command cost."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, children included
    peak: float  # MB (10^6 bytes) of the largest process
    output: str


def run(command: list[str], **environment: str) -> Cost:
    """Run a command to its end; raise if it ends badly."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"« {' '.join(command)} » a échoué.")
    return Cost(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, output)


def peers() -> Path:
    """Return the folder of the peers' commands, installed on first use from benchmarks/requirements.txt."""
    mark = PEERS / ".ready"
    wanted = (FOLDER / "requirements.txt").read_text()
    if not mark.exists() or mark.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        install = ["-m", "pip", "install", "-q", "--require-hashes", "-r"]
        subprocess.run([PEERS / "bin/python", *install, FOLDER / "requirements.txt"], check=True)
        mark.write_text(wanted)
    return PEERS / "bin"


def verdict(name: str, value: float, unit: str, bar: float, *, at_least: bool = True) -> str:
    """Say a figure beside its bar, and by how much it misses."""
    kept = value >= bar if at_least else value <= bar
    sign = "≥" if at_least else "≤"
    return f"{name}: {value:,.1f} {unit} (bar {sign} {bar:,.0f}{'' if kept else f', MISSED: {value / bar:.2f} of it'})"
