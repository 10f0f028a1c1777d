"""Compare accelerated OpenFisca with stock, whole (`make compare-openfisca`); installs the engine where it is not."""

import os
import signal
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
    done = subprocess.run([*command, *sys.argv[1:]], env={"PYTHONPATH": str(ROOT / "src")}, check=False)
    if done.returncode < 0:  # killed: it has said nothing
        print(f"Interrompu : {signal.Signals(-done.returncode).name} (SIGKILL : souvent la mémoire).", file=sys.stderr)
    return abs(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
