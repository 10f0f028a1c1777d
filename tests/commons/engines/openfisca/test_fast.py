"""Accelerated simulations give stock OpenFisca's results, bit for bit; versions that were not compared are not."""

import subprocess
from pathlib import Path

import numpy as np

from commons.engines.openfisca.cases import found
from parvis.commons.engines.openfisca import fast
from parvis.commons.households import Household
from parvis.core.simulators.contract import Table
from parvis.core.simulators.hosting import installing
from parvis.core.simulators.hosting.calling import Host
from parvis.core.simulators.tables import gather

ROOT = Path(__file__).resolve().parents[4]
MONTHS = Path(__file__).with_name("months.py")
EQUALITY = ROOT / "benchmarks/simulators/equality.py"
ENTERED = {"PYTHONPATH": str(ROOT / "src")}  # the project's code; the engine's libraries are its own
SAMPLE = ["--cases", "1", "--changes", "1", "--households", "30", "--years", "2024"]


def test_a_sample_equals_stock_bit_for_bit(openfisca: Host) -> None:
    engine = installing.installed(openfisca.declared)
    command = [str(engine.python), str(EQUALITY), str(engine.prepared / "image"), *SAMPLE]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENTERED)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 differ" in done.stdout


def test_like_months_are_one_calculation_up_to_december(openfisca: Host) -> None:
    engine = installing.installed(openfisca.declared)
    command = [str(engine.python), str(MONTHS), str(engine.prepared / "image")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=ENTERED)
    like, raised = (set(line.split()) for line in done.stdout.splitlines())
    assert "2024-12" in like
    assert len(like) < 6
    assert raised - like == {"2024-07"}


def unmarried(first: float, second: float) -> Table:
    """Give two parents, one child, and two tax returns: that of the first holds the persons 0 and 2."""
    born = np.array(["1980-01-01", "1981-01-01", "2015-01-01"], dtype="datetime64[D]")
    wages = np.array([first, second, 0.0])
    given = {("date_naissance", "ETERNITY"): born, ("salaire_de_base", "2024"): wages}
    return Household(adults=2, children=1, returns=2).table(given)


def test_a_population_in_parts_keeps_every_tax_return(openfisca: Host) -> None:
    kinds = [unmarried(wage, 45_000.0 - wage) for wage in (12_000.0, 21_000.0, 30_000.0)]
    asked = ("nbptr", "rfr", "revenu_disponible")
    together = found(openfisca, gather(kinds * 120), asked)
    alone = [found(openfisca, kind, asked) for kind in kinds]
    for key, values in together.items():
        assert values.tobytes() == np.concatenate([one[key] for one in alone] * 120).tobytes(), key


def test_versions_not_compared_with_stock_are_not_accelerated() -> None:
    assert fast.untested("44.7.1", "176.1.8") == ""
    assert "n’a pas été comparée avec OpenFisca-Core 46.0.0" in fast.untested("46.0.0", "176.1.8")


def test_one_switch_gives_openfisca_as_it_is(openfisca: Host) -> None:
    engine = installing.installed(openfisca.declared)
    asked = "from parvis.commons.engines.openfisca import fast, systems; print(systems.digest(), fast.why_not())"
    said = {
        switch: subprocess.run(
            [str(engine.python), "-c", asked],
            capture_output=True,
            text=True,
            check=True,
            env={**ENTERED, fast.SWITCH: switch},
        ).stdout.split(maxsplit=1)
        for switch in ("0", "1")
    }
    assert said["0"][1:] == []
    assert said["1"][1].strip().endswith("OpenFisca calcule tel quel.")
    assert said["0"][0] != said["1"][0]  # what is not repaired may give other results: another identity
