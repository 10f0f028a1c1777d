"""OpenFisca as it comes, in Python: run by the Python of the peers, it imports nothing of Parvis.

    stock.py population FILE.npz OUTPUT RESULT.npy     a population, built as its documentation says
    stock.py chart PAYLOAD.json OUTPUT                 what its web API fails to do
    stock.py reform PAYLOADS.json OUTPUT CHANGE.json   a reform built, then each payload

Prints one JSON line: seconds, and values where they are few.
"""

import functools
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.indexed_enums import Enum  # noqa: F401 -- imported first: a cycle in OpenFisca-Core otherwise
from openfisca_core.reforms import Reform
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import CountryTaxBenefitSystem

YEAR = "2024"


def population(system, path: str, output: str, result: str) -> dict:
    """Compute a population once to warm on its first household, then whole; only this is timed."""
    given = np.load(path)
    calculated(system, given, output, 1)
    began, busy = time.perf_counter(), time.process_time()
    values = calculated(system, given, output, int(given["menage.count"]))
    wall, cpu = time.perf_counter() - began, time.process_time() - busy
    np.save(result, values)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return {"wall": wall, "cpu": cpu, "memory": peak}


def calculated(system, given, output: str, households: int):
    """Compute an output for the first households of a file."""
    persons = given["individu.menage.rows"] < households
    counts = {"individu": int(persons.sum())}
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("individu", np.arange(counts["individu"]))
    for entity in system.group_entities:
        rows = given[f"individu.{entity.key}.rows"][persons]
        counts[entity.key] = int(rows.max()) + 1
        group = builder.declare_entity(entity.key, np.arange(counts[entity.key]))
        builder.join_with_persons(group, rows, given[f"individu.{entity.key}.keys"][persons])
    simulation = builder.build(system)
    for key in given.files:
        entity, _, field = key.partition("/")
        if field:
            name, period = field.split("@")
            simulation.set_input(name, period, given[key][: counts[entity]])
    return simulation.calculate(output, YEAR)


def chart(system, path: str, output: str) -> dict:
    """Compute along axes, twice: the first is cold."""
    payload = json.loads(Path(path).read_text())
    for _ in range(2):
        began, busy = time.perf_counter(), time.process_time()
        values = SimulationBuilder().build_from_entities(system, payload).calculate(output, YEAR)
        wall, cpu = time.perf_counter() - began, time.process_time() - busy
    return {"wall": wall, "cpu": cpu, "values": values.tolist()}


def changed(system, change: str):
    """Build a reform that changes one rate of a scale, from a day on."""
    said = json.loads(change)
    node, rank = said["parameter"].removesuffix("].rate").split("[")

    def moved(parameters):
        scale = functools.reduce(getattr, node.split("."), parameters)
        scale.brackets[int(rank)].rate.update(start=said["start"], value=said["value"])
        return parameters

    class Changed(Reform):
        def apply(self) -> None:
            self.modify_parameters(moved)

    return Changed(system)


def reform(system, path: str, output: str, change: str) -> dict:
    """Compute each payload under a reform: the first is cold."""
    began = time.perf_counter()
    reformed = changed(system, change)
    built, walls, values = time.perf_counter() - began, [], []
    for payload in json.loads(Path(path).read_text()):
        began = time.perf_counter()
        values.append(SimulationBuilder().build_from_entities(reformed, payload).calculate(output, YEAR).tolist())
        walls.append(time.perf_counter() - began)
    return {"built": built, "walls": walls, "values": values}


if __name__ == "__main__":
    word, *words = sys.argv[1:]
    print(json.dumps({"population": population, "chart": chart, "reform": reform}[word](
        CountryTaxBenefitSystem(), *words)))  # fmt: skip
