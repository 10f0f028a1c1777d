"""Parvis's simulators beside stock OpenFisca, its web API, and FaIR, in one run: the bars of the simulators' issue.

Parvis is measured as it is met: the served site over HTTP, `parvis simulate` on files. Stock is that of
requirements.txt, installed on first use; FaIR is that of the engine. The same run compares the results: whatever
differs by more than a hundredth makes it fail. Some of the peers' lines are measured on fewer households or files and
told in proportion; the note below says on how many.

    python benchmarks/simulators/lines.py [LINE…] [--households 100000] [--million 1000000] [--stock 20000] [--files 6]
"""

import argparse
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]
os.environ.setdefault("PARVIS_DATA", str((ROOT / "../shared/data").resolve()))

import many  # noqa: E402
import servers  # noqa: E402
import showing  # noqa: E402
import single  # noqa: E402
from trying import Trial  # noqa: E402

import climate  # noqa: E402 -- the data folder is named first

LINES = {
    "start": single.start,
    "change": single.change,
    "again": single.again,
    "chart": single.chart,
    "reform": single.reform,
    "explain": single.explain,
    "fair": climate.warming,
    "income": many.income,
    "tax": many.tax,
    "cases": many.official,
}


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(usage=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="*", metavar="LINE", help=f"among {', '.join(LINES)}; all, if none")
    parser.add_argument("--households", type=int, default=100_000, help="households of disposable income")
    parser.add_argument("--million", type=int, default=1_000_000, help="households of income tax")
    parser.add_argument("--stock", type=int, default=20_000, help="households that stock computes of each")
    parser.add_argument("--cases", type=int, default=4, help="richer households whose inputs change over HTTP")
    parser.add_argument("--files", type=int, default=6, help="files of official cases that stock runs, of 37")
    found = parser.parse_args()
    unknown = set(found.lines) - set(LINES)
    if unknown:
        parser.error(f"{', '.join(sorted(unknown))}: not a line; lines: {', '.join(LINES)}")
    return found


def main() -> int:
    options = asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("interrompu"))  # what was started is stopped
    servers.stock_python()
    with servers.place() as folder:
        trial = Trial(options, folder)
        trial.prepared()
        showing.head()
        try:
            for name in options.lines or LINES:
                LINES[name](trial)
        finally:
            trial.end_servers()
            code = trial.results.end()  # what was measured before an interruption is told
        return code


if __name__ == "__main__":
    sys.exit(main())
