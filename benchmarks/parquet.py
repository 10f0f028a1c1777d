"""From a large JSON file to relational Parquet: ours against flatterer, in one run. Bar: 60 MB/s.

The input is the real file of a buyer profile (DECP v1, 4,509 contracts), written without indentation as many times
over as needed, each turn with contract numbers of its own. flatterer turns objects into tables and checks nothing;
ours also judges every cell by every rule and writes what it found.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import DATA, peers, run, verdict

SOURCE = DATA / "registers/procurement/decp-v1/marches-publics.info_2019-03-07.json"
TURNS = 30
OURS = """
import sys
from pathlib import Path
from parvis.accountability.registers.procurement import REGISTER
from parvis.core.registers.checking import check
checked = check(REGISTER, Path(sys.argv[1]), Path(sys.argv[2]))
print(checked.rows["contracts"], sum(checked.defect_counts.values()))
"""


def write(path: Path) -> float:
    """Write the input and return its size in MB."""
    contracts = json.loads(SOURCE.read_text(encoding="utf-8"))["marches"]
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"marches":[')
        for turn in range(TURNS):
            for number, contract in enumerate(contracts):
                stream.write("," if turn or number else "")
                copy = contract | {"id": f"{contract['id']}-{turn}"}
                stream.write(json.dumps(copy, ensure_ascii=False, separators=(",", ":")))
        stream.write("]}")
    return path.stat().st_size / 1e6


def main() -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        size = write(folder / "input.json")
        print(f"Input: {size:,.1f} MB, {TURNS} times the real file.")
        ours = run([sys.executable, "-c", OURS, str(folder / "input.json"), str(folder / "ours")])
        rows, defects = ours.output.split()
        peer = run([
            str(peers() / "flatterer"), str(folder / "input.json"), str(folder / "peer"),
            "--force", "--nocsv", "--parquet", "--path", "marches",
        ])  # fmt: skip
    print(f"Parvis: {ours.wall:.2f} s, {ours.cpu:.2f} s CPU, {ours.peak:,.0f} MB, {rows} rows, {defects} defects said")
    print(f"flatterer: {peer.wall:.2f} s, {peer.cpu:.2f} s CPU, {peer.peak:,.0f} MB, {size / peer.wall:,.1f} MB/s")
    print(verdict("File to Parquet", size / ours.wall, "MB/s", 60))
    print(f"Ratio to flatterer: {peer.wall / ours.wall:.2f} times its speed")


if __name__ == "__main__":
    main()
