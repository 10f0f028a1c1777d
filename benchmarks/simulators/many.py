"""Populations of files by `parvis simulate`, and official cases, beside OpenFisca in Python, on two processes."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import households
import numpy as np
import pyarrow.parquet as pq
from costs import Cost, watched
from filing import Population
from payloads import YEAR
from servers import DATA, FOLDER, environment, stock_python
from trying import Trial

HALVES = 2
OFFICIAL, OF_THE_BAR = Path("models/openfisca-france-cases"), 344
NAMED = "calculateur_impots"  # the cases of the official calculator: a part of them is in the data folder
CASES = """
import json, django
django.setup()
from parvis.core.simulators.hosting.calling import host
print(json.dumps([[one.name, one.is_passed] for one in host("openfisca").cases()]))
"""
"""As `parvis engine cases` does, without writing the score that pages show."""


def income(trial: Trial) -> None:
    """Disposable income of many households."""
    asked = Asked("revenu_disponible", "disposable income", trial.asked.households, 100_000, 10.0, 2_000)
    for make in (households.simple, households.rich):
        population(trial, asked, make)


def tax(trial: Trial) -> None:
    """Income tax of many more."""
    asked = Asked("impot_revenu_restant_a_payer", "income tax", trial.asked.million, 1_000_000, 20.0, 1_500)
    for make in (households.simple, households.rich):
        population(trial, asked, make)


class Asked:
    """What is computed of a population, and the bars that stand for one of a size."""

    def __init__(self, output: str, work: str, size: int, whole: int, bar: float, most: float) -> None:  # noqa: PLR0913, PLR0917
        self.output, self.work, self.size = output, work, size
        self.bar, self.most = (bar, most) if size >= whole else (None, None)


def population(trial: Trial, asked: Asked, make: Any) -> None:
    """Compute a file, the site being stopped, the engine having computed another small file."""
    trial.end_servers()
    few, kind = min(asked.size, trial.asked.stock), "simple" if make is households.simple else "richer"
    first = simulated(trial, Population(make(1_000, 7)), asked.output)[1]
    people = Population(make(asked.size, 1))
    found, cost = simulated(trial, people, asked.output)
    expected, peer = halves(trial, people, asked.output, few)
    work = f"{asked.size:,} households, {asked.work}, {kind}"
    trial.results.all_near(work, found[: len(expected)], expected)
    trial.results.line(work, peer.wall * asked.size / few, cost.wall, asked.bar, cost, most=asked.most)
    trial.results.note(
        f"{asked.size / cost.wall:,.0f} households a second; before it, the engine's start and 1,000 others: "
        f"{first.wall:.1f} s; peer: {HALVES} processes, {few:,} households, {peer.wall:.1f} s, {peer.memory:,.0f} MB"
        + (", in proportion" if few < asked.size else "")
    )


def simulated(trial: Trial, people: Population, output: str) -> tuple[Any, Cost]:
    """Run `parvis simulate` on a file of them, and read what it wrote."""
    home = trial.prepared()
    source, target = people.parquet(trial.folder / "people.parquet"), trial.folder / "found.parquet"
    words = ["simulate", "openfisca", source, "--outputs", output, "--period", YEAR, "--out", target]
    command, log = [sys.executable, "-m", "parvis.config.cli", *words], (trial.folder / "simulated.log").open("ab")
    with watched(str(home)) as cost:
        subprocess.run(command, env=environment(home), stdout=log, stderr=log, check=True)
    return pq.read_table(target).column(output).to_numpy(), cost


def halves(trial: Trial, people: Population, output: str, few: int) -> tuple[Any, Cost]:
    """Compute the first households by stock, a half in each of two processes."""
    edges, started = np.linspace(0, few, HALVES + 1).astype(int), []
    for number in range(HALVES):
        file = people.arrays(trial.folder / f"half{number}.npz", edges[number], edges[number + 1])
        words = ["population", file, output, trial.folder / f"half{number}.npy"]
        command = [stock_python(), FOLDER / "stock.py", *words]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    said = [json.loads(one.communicate()[0].splitlines()[-1]) for one in started]
    total = {key: [one[key] for one in said] for key in ("wall", "cpu", "memory")}
    values = np.concatenate([np.load(trial.folder / f"half{number}.npy") for number in range(HALVES)])
    return values, Cost(max(total["wall"]), sum(total["cpu"]), sum(total["memory"]))


def official(trial: Trial) -> None:
    """The cases of the official calculator of income tax: all of them here, a sample of the files by stock."""
    trial.end_servers()
    files = sorted((DATA / OFFICIAL / NAMED).rglob("*.yaml"))
    sample = linked(trial.folder / "some", files[:: max(1, len(files) // trial.asked.files)])
    passed, cost = played(trial, files)
    peer, count = tested(trial, sample)
    share = OF_THE_BAR / len(passed)
    work = f"official cases, {OF_THE_BAR} in proportion of {len(passed)}"
    trial.results.line(work, peer.wall * OF_THE_BAR / count, cost.wall * share, 60.0, cost)
    trial.results.note(
        f"{sum(passed)} of {len(passed)} pass, {cost.wall:.1f} s with the engine's start; "
        f"peer: {count} in {peer.wall:.1f} s"
    )
    trial.results.all_near("official cases passed", np.array([sum(passed)]), np.array([len(passed)]))


def played(trial: Trial, files: list[Path]) -> tuple[list[bool], Cost]:
    """Run these cases by the engine's own process; it sees them alone."""
    linked(trial.folder / "all" / OFFICIAL, files)
    home = trial.prepared()
    marked = environment(home) | {"PARVIS_DATA": str(trial.folder / "all")}
    with watched(str(home)) as cost:
        done = subprocess.run([sys.executable, "-c", CASES], env=marked, stdout=subprocess.PIPE, check=True)
    stop = [sys.executable, "-m", "parvis.config.cli", "engine", "stop", "openfisca"]
    subprocess.run(stop, env=marked, check=True, stdout=subprocess.DEVNULL)
    return [is_passed for _, is_passed in json.loads(done.stdout)], cost


def linked(folder: Path, files: list[Path]) -> Path:
    """Return a folder with these files alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).symlink_to(file)
    return folder


def tested(trial: Trial, folder: Path) -> tuple[Cost, int]:
    """Run cases by `openfisca test`; return what it cost, and how many it passed."""
    command = [stock_python().with_name("openfisca"), "test", "--country-package", "openfisca_france", folder]
    with watched(str(trial.folder / "some")) as cost:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    found = re.search(r"(\d+) passed", done.stdout)
    if done.returncode or not found:
        sys.exit(f"openfisca test : {done.stdout[-2000:]}")
    return cost, int(found[1])
