"""Compare accelerated OpenFisca with stock, whole (`make compare-openfisca`); installs the engine where it is not."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run equality.py by the engine's own Python, with the words given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    import django

    django.setup()
    from parvis.core.simulators.hosting import installing
    from parvis.core.simulators.hosting.calling import host

    engine = installing.install(host("openfisca").declared, tell=print)
    command = [str(engine.python), str(ROOT / "benchmarks/simulators/equality.py"), str(engine.prepared / "image")]
    return subprocess.run([*command, *sys.argv[1:]], env={"PYTHONPATH": str(ROOT / "src")}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
