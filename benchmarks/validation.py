"""Every error of every row of a table: ours against frictionless, in one run. Bars: 250,000 rows/s, 500 MB.

The input is the real tabular file of 2024, 179,140 rows, with errors planted at fixed strides. frictionless checks
each row against a Table Schema; ours does the whole of `check`: it also proves the keys of SIRETs, repairs, says a
sentence for each defect, and writes the checked tables as Parquet. Each must find every planted error in its cell,
and both must find fault with the same texts of the same columns.
"""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

import twenty
from measuring import Cost, peers, run, verdict

OURS = """
import sys
from pathlib import Path
from parvis.accountability.registers.procurement import REGISTER
from parvis.core.registers.checking import check
print(sum(check(REGISTER, Path(sys.argv[1]), Path(sys.argv[2])).defect_counts.values()))
"""


@dataclass(frozen=True)
class Shared:
    """A check that both make on a column of the file."""

    column: str  # in the file
    ours: str  # in our raw tables
    field: dict[str, object]  # of the Table Schema
    rules: tuple[str, ...]  # ours that say the same
    planted: str  # {} is the number of the line, so that no two texts are the same
    stride: int  # rows from a planted error to the next


SIRET = (
    "siret-espaces",
    "siret-zeros-perdus",
    "siret-decimal",
    "siret-notation-scientifique",
    "siret-chiffres-perdus",
)
CHECKS = (
    Shared(
        "acheteur_id",
        "buyer_id",
        {"type": "string", "constraints": {"required": True, "pattern": "[0-9]{14}"}},
        (*SIRET, "siren-au-lieu-du-siret", "siret-mal-forme", "sans-acheteur"),
        "20008945{}X",
        1009,
    ),
    Shared("acheteur_id", "buyer_id", {}, ("sans-acheteur",), "", 2003),
    Shared(
        "codeCPV",
        "cpv",
        {"type": "string", "constraints": {"pattern": "[0-9]{8}"}},
        ("cpv-avec-cle", "cpv-espaces", "cpv-prefixe", "cpv-mal-forme"),
        "45X{}",
        1013,
    ),
    Shared(
        "montant",
        "amount",
        {"type": "number", "constraints": {"minimum": 0}},
        ("montant-negatif", "montant-mis-en-forme", "absence-ecrite", "illisible"),
        "-{}.50",
        1019,
    ),
    Shared(
        "dateNotification",
        "notified_on",
        {"type": "date"},
        ("date-avec-fuseau", "date-francaise", "date-sans-zeros", "absence-ecrite", "illisible"),
        "31 février {}",
        1021,
    ),
    Shared(
        "dureeMois",
        "duration_months",
        {"type": "integer"},
        ("duree-a-virgule", "absence-ecrite", "illisible"),
        "{}.5",
        1031,
    ),
    Shared("offresRecues", "bids_received", {"type": "integer"}, ("absence-ecrite", "illisible"), "deux {}", 1033),
)
Cell = tuple[int, str]
"""A line of the file, from 1 after the header, and a column."""


def spoiled(planted: set[Cell]) -> Iterator[list[str]]:
    """Give the rows with their planted errors, and note where these are."""
    rows = twenty.rows()
    header = next(rows)
    yield header
    for number, row in enumerate(rows, start=1):
        for check in CHECKS:
            if number % check.stride == 0:
                row[header.index(check.column)] = check.planted.format(number)
                planted.add((number, check.column))
        yield row


def schema() -> dict[str, object]:
    """Return the Table Schema of the shared checks; the other columns are any text."""
    asked = {check.column: check.field for check in CHECKS if check.field}
    return {"fields": [{"name": name, "type": "string"} | asked.get(name, {}) for name in next(twenty.rows())]}


def found_by_ours(folder: Path) -> dict[Cell, str]:
    """Return the cells that our shared rules find fault with, and their texts."""
    said = (
        duckdb.connect()
        .execute(f"""SELECT source_row, "column", rule, original FROM '{folder}/defects.parquet'""")
        .fetchall()
    )
    columns = {(check.ours, rule): check.column for check in CHECKS for rule in check.rules}
    return {(row, columns[name, rule]): text or "" for row, name, rule, text in said if (name, rule) in columns}


def found_by_peer(report: str) -> dict[Cell, str]:
    """Return the cells that frictionless finds fault with, and their texts; its first row is the header."""
    errors = json.loads(report)["tasks"][0]["errors"]
    return {(error["rowNumber"] - 1, error["fieldName"]): error["cell"] for error in errors}


def texts(found: dict[Cell, str]) -> set[tuple[str, str]]:
    """Return the texts found at fault: ours says a contract's once, the peer on each of its lines."""
    return {(column, text) for (_, column), text in found.items()}


def compare(ours: dict[Cell, str], peer: dict[Cell, str], planted: set[Cell]) -> None:
    """Say what each found; end badly if a planted error is missed, or if they disagree on a text."""
    print(f"Planted errors: {len(planted):,}; found by Parvis {len(planted & ours.keys()):,}, "
          f"by frictionless {len(planted & peer.keys()):,}")  # fmt: skip
    print(f"Texts at fault: Parvis {len(texts(ours)):,}, frictionless {len(texts(peer)):,}, "
          f"both {len(texts(ours) & texts(peer)):,}")  # fmt: skip
    missed = (planted - ours.keys()) | (planted - peer.keys())
    if missed or texts(ours) != texts(peer):
        sys.exit(f"Missed: {sorted(missed)[:5]}; disagreed: {sorted(texts(ours) ^ texts(peer))[:10]}")


def shown(name: str, cost: Cost, defects: int) -> str:
    rate = twenty.WANTED / cost.wall
    return (
        f"{name}: {rate:,.0f} rows/s, {cost.wall:.2f} s, {cost.cpu:.2f} s CPU, {cost.peak:,.0f} MB, {defects:,} errors"
    )


def main() -> None:
    planted: set[Cell] = set()
    with TemporaryDirectory() as place:
        source, described, folder = (Path(place) / name for name in ("input.csv", "schema.json", "ours"))
        with source.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(spoiled(planted))
        described.write_text(json.dumps(schema()))
        ours = run([sys.executable, "-c", OURS, str(source), str(folder)])
        peer = run([
            "sh", "-c", '"$@" || [ $? = 1 ]', "sh",  # 1 says that there are errors
            str(peers() / "frictionless"), "validate", str(source), "--schema", str(described), "--trusted",
            "--limit-errors", "1000000", "--json",
        ])  # fmt: skip
        by_ours, by_peer = found_by_ours(folder), found_by_peer(peer.output)
    print(shown("Parvis", ours, int(ours.output)))
    print(shown("frictionless", peer, len(by_peer)))
    compare(by_ours, by_peer, planted)
    print(verdict("Rows checked", twenty.WANTED / ours.wall, "rows/s", 250_000))
    print(verdict("Peak memory", ours.peak, "MB", 500, at_least=False))
    print(f"Ratio to frictionless: {peer.wall / ours.wall:.1f} times its speed, {peer.cpu / ours.cpu:.1f} by CPU")


if __name__ == "__main__":
    main()
