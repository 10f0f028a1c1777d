"""Two facets over 179,140 rows, over HTTP: ours against Datasette, in one run. Bar: 60 ms at the 95th percentile.

Each answer counts the values of columns under a filter that changes from one question to the next, so that neither
can hand back an answer kept, and gives the rows of a page in JSON. Datasette is asked for two facets; ours is its
ordinary list, which counts all the facets that the register declares.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measuring import verdict
from served import Server, both, p95

QUESTIONS = 40


def said(server: Server, times: list[float]) -> str:
    return f"{server.name}: median {median(times):.0f} ms, p95 {p95(times):.0f} ms, {server.memory():,.0f} MB"


def main() -> None:
    least = [1000 * step for step in range(1, QUESTIONS + 1)]
    ours = [f"/registres/procurement/lignes/?format=json&min={amount}" for amount in least]
    peer = [f"/d/d.json?_facet=procedure&_facet=offresRecues&montant__gte={amount}&_size=50" for amount in least]
    with TemporaryDirectory() as place, both(Path(place)) as (parvis, datasette):
        our_times, peer_times = parvis.times(ours), datasette.times(peer[:10])
        print(said(parvis, our_times))
        print(said(datasette, peer_times))
    print(verdict("Two facets, p95", p95(our_times), "ms", 60, at_least=False))
    print(f"Ratio to Datasette: {p95(peer_times) / p95(our_times):.1f} times its speed")


if __name__ == "__main__":
    main()
