"""Compute a population twice, Python never looking for circles; print the bytes kept of it, and the most it took.

Run by the engine's own Python: `memory.py PREPARED`.
"""

import gc
import sys
import tracemalloc
from pathlib import Path

from parvis.commons.engines.openfisca import households, model

LOADED = model.load(Path(sys.argv[1]))
POPULATION = households.drawn(4_000)


def evaluate() -> None:
    LOADED.evaluate(POPULATION.table, ("revenu_disponible",), POPULATION.period)


evaluate()  # what is learned is kept, once
gc.collect()
gc.disable()
tracemalloc.start()
before = tracemalloc.get_traced_memory()[0]
evaluate()
kept, most = tracemalloc.get_traced_memory()
sys.stdout.write(f"{kept - before} {most - before}\n")
