"""Accelerated simulations give stock OpenFisca's results, bit for bit; versions that were not compared are not."""

import subprocess
from pathlib import Path

from parvis.commons.engines.openfisca import fast
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import Host

ROOT = Path(__file__).resolve().parents[4]
EQUALITY = ROOT / "benchmarks/simulators/equality.py"
ENTERED = {"PYTHONPATH": str(ROOT / "src")}  # the project's code; the engine's libraries are its own
SAMPLE = ["--cases", "1", "--changes", "1", "--households", "30", "--years", "2024"]


def test_a_sample_equals_stock_bit_for_bit(openfisca: Host) -> None:
    engine = installing.installed(openfisca.declared)
    command = [str(engine.python), str(EQUALITY), str(engine.prepared / "image"), *SAMPLE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENTERED)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 differ" in done.stdout


def test_versions_not_compared_with_stock_are_not_accelerated() -> None:
    assert fast.untested("44.7.1", "176.1.8") == ""
    assert "n’a pas été comparée avec OpenFisca-Core 46.0.0" in fast.untested("46.0.0", "176.1.8")


def test_one_switch_gives_openfisca_as_it_is(openfisca: Host) -> None:
    engine = installing.installed(openfisca.declared)
    asked = "from parvis.commons.engines.openfisca import fast; print(fast.why_not())"
    said = {
        switch: subprocess.run(
            [str(engine.python), "-c", asked],
            capture_output=True,
            text=True,
            check=True,
            env={**ENTERED, fast.SWITCH: switch},
        ).stdout.strip()
        for switch in ("0", "1")
    }
    assert said["0"] == ""
    assert said["1"].endswith("OpenFisca calcule tel quel.")
