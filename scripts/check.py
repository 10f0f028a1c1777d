"""Check what can be checked without running the product: `make check`. One line a tool; what fails is shown whole.

Lint, format, types, import contracts, templates, spelling, dead code, and the laws of the house.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CODE = ("src", "tests", "benchmarks", "scripts")


# The laws that read the code; those that run it are part of the suite.
LAWS = [f"tests/house/test_{name}.py" for name in ("laws", "contracts", "relations", "documentation", "start")]


def templates() -> list[str]:
    return [str(path) for path in sorted((ROOT / "src").rglob("*.html"))]


TOOLS: tuple[tuple[str, list[str]], ...] = (
    ("Style (ruff)", ["ruff", "check", "--quiet", *CODE]),
    ("Mise en forme (ruff)", ["ruff", "format", "--check", "--quiet", *CODE]),
    ("Types (mypy)", ["mypy"]),
    ("Qui connaît qui (import-linter)", ["lint-imports"]),
    ("Gabarits (djade)", ["djade", "--check", "--target-version", "5.2", *templates()]),
    ("Mots (codespell)", ["codespell"]),
    ("Code mort (vulture)", ["vulture"]),
    ("Lois de la maison (pytest)", ["pytest", "-n", "2", *LAWS]),
)


def check(title: str, command: list[str]) -> bool:
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [str(BIN / command[0]), *command[1:]]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    holds = answer.returncode == 0
    print(f"{title} : {'tenu' if holds else 'MANQUÉ'} ({time.monotonic() - began:.1f} s)", flush=True)
    if not holds:
        print(answer.stdout, answer.stderr, sep="\n", flush=True)
    return holds


if __name__ == "__main__":
    held = [check(title, command) for title, command in TOOLS]
    sys.exit(0 if all(held) else 1)
