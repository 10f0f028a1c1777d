"""FaIR's 841 members to 2100, over HTTP, beside FaIR itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import django
from costs import watched
from servers import DATA, FOLDER
from trying import Trial

ADDRESS, SCENARIO = "/api/simulators/fair/calculate", "medium-extension"
OUTPUTS = tuple(f"rechauffement_p{rank}" for rank in (5, 50, 95))
SLIDER = ("baisse_co2_2030", "baisse_co2_2050")


def warming(trial: Trial) -> None:
    """A scenario first asked, then again; then a slider, moved."""
    site, peer = trial.site(), direct()
    payload = asked(scenario=SCENARIO, membres="841")
    with watched(site.mark) as cost:
        first = site.good(ADDRESS, payload)
    (found,) = first.json["results"][0]["mondes"].values()
    trial.results.same("FaIR", {name: list(years.values()) for name, years in found.items()}, peer["values"])
    trial.results.line("FaIR, 841 members to 2100, published scenario", peer["wall"], first.wall, 5.0, cost)
    with watched(site.mark) as cost:  # what installation cannot have prepared
        own = site.good(ADDRESS, asked(scenario=SCENARIO, membres="841", baisse_co2_2050=37))
    trial.results.line("FaIR, 841 members to 2100, one's own path, first", peer["wall"], own.wall, 5.0, cost)
    with watched(site.mark) as cost:
        stored = [site.good(ADDRESS, payload).wall for _ in range(20)]
    cost.cpu /= len(stored)
    trial.results.line("FaIR, 841 members to 2100, stored", peer["wall"], sorted(stored)[10], 0.05, cost)
    moved = [asked(membres="100", **dict.fromkeys(SLIDER, 20 + 3 * step)) for step in range(8)]
    with watched(site.mark) as cost:
        slid = [site.good(ADDRESS, one).wall for one in moved]
    cost.cpu /= len(slid)
    trial.results.line("FaIR, 100 members, a slider moved", "-", sorted(slid)[4], 1.0, cost)
    trial.results.note(f"peer: {peer['memory']:,.0f} MB, {peer['cpu']:.1f} s CPU; its figure is set-up and run")


def asked(**given: object) -> dict:
    world = {name: {"ETERNITY": value} for name, value in given.items()}
    return {"situations": [{"mondes": {"m": world}}], "outputs": OUTPUTS, "period": "1990:2100"}


def direct() -> dict:
    """Run FaIR as it comes, in the engine's own libraries."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    from parvis.core.simulators.hosting import installing
    from parvis.core.simulators.hosting.calling import host

    python = installing.install(host("fair").declared, tell=lambda _step: None).python
    folder = Path(DATA) / "models/climate/fair"
    done = subprocess.run(
        [python, FOLDER / "stock_fair.py", folder, SCENARIO], stdout=subprocess.PIPE, check=False, text=True
    )
    if done.returncode:
        sys.exit("FaIR n'a pas tourné.")
    return json.loads(done.stdout.splitlines()[-1])
