"""One household over HTTP, beside OpenFisca's web API: starts, one input changed, the same again, charts, reforms."""

import json
import subprocess
import sys
import time

import payloads
from costs import Cost, watched
from payloads import INCOME, TAX, YEAR, wishing
from servers import CALCULATE, FOLDER, OPENFISCA, Answer, environment, parvis, stock, stock_python
from showing import median
from trying import Start, Trial

PREWARMED = 8  # seconds that a site is left to itself before its first visitor
REFORMS = "/api/simulators/openfisca/calculate"
EXPLANATIONS = "/api/simulators/openfisca/explain"
MOST_KB = 60  # of an explanation
RANK = "impot_revenu.bareme_ir_depuis_1945.bareme[1].rate"
CHANGE = {"parameter": RANK, "value": 0.10, "start": "2022-01-01"}
POINTS, CHARTS, REFORMED = 100, 5, 12


def kinds(count: int) -> list[tuple[str, list[dict]]]:
    """Return the situations to try: one simple, some richer."""
    return [("simple", [payloads.simple()]), ("richer", [payloads.rich(seed) for seed in range(40, 40 + count)])]


def start(trial: Trial) -> None:
    """From the command to the first disposable income; then, the site being up, its first visitor's."""
    payload = wishing(payloads.simple(), INCOME)
    trial.end_servers()
    (peer, _), (cost, listening) = begun(trial, stock, CALCULATE, payload), begun(trial, parvis, OPENFISCA, payload)
    trial.results.line("start to first result, cold", peer.wall, cost.wall, 5.0, cost)
    trial.results.note(
        f"the site answers after {listening:.1f} s, the first result comes {cost.wall - listening:.1f} s later"
    )
    first_of(trial, peer.wall, "first result, the site being up, engine stopped", None)
    trial.end_servers()
    trial.started(parvis).up()
    time.sleep(PREWARMED)
    answer = first_of(trial, peer.wall, "first result, the site being up", 0.5)
    trial.results.same("first result", answer.json, trial.stock().good(CALCULATE, payload).json)


def first_of(trial: Trial, peer: float, work: str, bar: float | None) -> Answer:
    """Ask the site that is up for a first result; without a bar, its engine is stopped before."""
    site = trial.servers["parvis"]
    if bar is None:
        command = [sys.executable, "-m", "parvis.config.cli", "engine", "stop", "openfisca"]
        subprocess.run(command, env=environment(trial.prepared()), stdout=subprocess.DEVNULL, check=True)
    with watched(site.mark) as cost:
        answer = site.good(OPENFISCA, wishing(payloads.simple(), INCOME))
    trial.results.line(work, peer, answer.wall, bar, cost)
    return answer


def begun(trial: Trial, make: Start, address: str, payload: dict) -> tuple[Cost, float]:
    """Start a server and wait for its first result; return also after how long something listened."""
    with watched(str(trial.place(make))) as cost:
        began = time.perf_counter()
        server = trial.started(make)
        server.up()
        listening = time.perf_counter() - began
        server.first(address, payload)
    return cost, listening


def change(trial: Trial) -> None:
    """One input changed, of a household that was just computed."""
    for kind, situations in kinds(trial.asked.cases):
        site, peer = trial.site(), trial.stock()
        steps = 12 if kind == "simple" else 4
        pairs = [(base, payloads.changed(base, step)) for base in situations for step in range(steps)]
        ours, theirs, cost = [], [], Cost()
        for base, other in pairs:
            site.good(OPENFISCA, wishing(base, INCOME))
            with watched(site.mark) as one:
                ours.append(site.good(OPENFISCA, wishing(other, INCOME)))
            cost.cpu, cost.memory = cost.cpu + one.cpu / len(pairs), max(cost.memory, one.memory)
        for (_, other), found in zip(pairs, ours, strict=True):
            theirs.append(peer.good(CALCULATE, wishing(other, INCOME)))
            trial.results.same(f"one input changed, {kind}", found.json, theirs[-1].json)
        walls = [one.wall for one in ours]
        name = f"disposable income, one input changed, {kind}"
        trial.results.line(name, median([one.wall for one in theirs]), median(walls), 0.14, cost)
        trial.results.note(f"{len(walls)} changes, from {min(walls) * 1000:.0f} to {max(walls) * 1000:.0f} ms")


def again(trial: Trial) -> None:
    """The same run, asked again."""
    for kind, (situation, *_) in kinds(1):
        site, peer, payload = trial.site(), trial.stock(), wishing(situation, INCOME)
        site.good(OPENFISCA, payload)
        with watched(site.mark) as cost:
            ours = [site.good(OPENFISCA, payload) for _ in range(50)]
        cost.cpu /= len(ours)
        theirs = [peer.good(CALCULATE, payload) for _ in range(3)]
        trial.results.same(f"the same again, {kind}", ours[-1].json, theirs[-1].json)
        walls = median([one.wall for one in ours])
        trial.results.line(f"the same again, {kind}", median([one.wall for one in theirs]), walls, 0.010, cost)


def chart(trial: Trial) -> None:
    """Disposable income along 100 wages."""
    for kind, (situation, *_) in kinds(1):
        site, peer = trial.site(), trial.stock()
        asked = [payloads.chart(wishing(situation, INCOME), POINTS, 60_000 + 500 * n) for n in range(CHARTS + 1)]
        first = site.good(OPENFISCA, asked[0])
        with watched(site.mark) as cost:
            ours = [site.good(OPENFISCA, one) for one in asked[1:]]
        cost.cpu /= CHARTS
        refused = peer.post(CALCULATE, asked[1]).status
        file = trial.folder / "chart.json"
        file.write_text(json.dumps(payloads.chart(situation, POINTS, 60_500)))
        direct = in_python("chart", str(file), "revenu_disponible")
        (home,) = ours[0].json["menages"].values()
        trial.results.same(f"chart, {kind}", home["revenu_disponible"][YEAR], direct["values"])
        walls = median([one.wall for one in ours])
        trial.results.line(f"chart of {POINTS} points, {kind}", f"HTTP {refused}", walls, 0.8, cost)
        trial.results.note(f"first one {first.wall * 1000:.0f} ms; stock in Python, no server: {direct['wall']:.2f} s")


def in_python(*words: str) -> dict:
    """Run stock OpenFisca in its own Python."""
    done = subprocess.run([stock_python(), FOLDER / "stock.py", *words], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def reform(trial: Trial) -> None:
    """Income tax under a changed rate, a wage changing from one request to the next."""
    for kind, (situation, *_) in kinds(1):
        site, peer = trial.site(), trial.stock()
        tried = [payloads.changed(situation, 3 * step) for step in range(REFORMED)]
        asked = {"outputs": [next(iter(TAX))], "period": YEAR, "changes": [CHANGE]}
        first = site.good(REFORMS, asked | {"situations": tried[:1]})
        with watched(site.mark) as cost:
            ours = [site.good(REFORMS, asked | {"situations": [one]}) for one in tried[1:]]
        cost.cpu /= len(ours)
        refused = peer.post(CALCULATE, wishing(situation, TAX) | {"reforms": [CHANGE]}).status
        direct = reformed(trial, kind, tried, [first, *ours])
        walls = median([one.wall for one in ours])
        trial.results.line(f"reform in a request, income tax, {kind}", f"HTTP {refused}", walls, 0.1, cost)
        cold, warm = direct["built"] + direct["walls"][0], median(direct["walls"][1:])
        trial.results.note(f"first {first.wall * 1000:.0f} ms; stock in Python: first {cold:.1f} s, then {warm:.2f} s")


def reformed(trial: Trial, kind: str, tried: list[dict], ours: list[Answer]) -> dict:
    """Compute the same under stock's own reform, and compare."""
    file, output = trial.folder / "reform.json", next(iter(TAX))
    file.write_text(json.dumps(tried))
    direct = in_python("reform", str(file), output, json.dumps(CHANGE))
    for found, expected in zip(ours, direct["values"], strict=True):
        rows = found.json["results"][0]["foyers_fiscaux"].values()
        trial.results.same(f"reform, {kind}", [row[output] for row in rows], expected)
    return direct


def explain(trial: Trial) -> None:
    """Why a disposable income, of another household each time: seconds, and how much is sent."""
    for kind, (situation, *_) in kinds(1):
        site, peer = trial.site(), trial.stock()
        words = {"output": "revenu_disponible", "period": YEAR}
        tried = [words | {"situation": payloads.changed(situation, 3 * step)} for step in range(CHARTS)]
        with watched(site.mark) as cost:
            ours = [site.good(EXPLANATIONS, one) for one in tried]
        cost.cpu /= CHARTS
        traced = peer.good("/trace", wishing(situation, INCOME))
        work = f"why a disposable income, {kind}"
        trial.results.line(work, traced.wall, median([one.wall for one in ours]), 0.3, cost)
        sizes = max(len(one.body) for one in ours) / 1000
        held = "held" if sizes <= MOST_KB else "MISSED"
        if sizes > MOST_KB:
            trial.results.missed.append(f"{work}, {MOST_KB} kB")
        trial.results.note(
            f"{sizes:.0f} kB (bar {MOST_KB}: {held}), OpenFisca's /trace {len(traced.body) / 1000:,.0f} kB"
        )
