"""The real tabular file of 2024, twenty times over with new numbers: 179,140 rows, for the benchmarks."""

import csv
from collections.abc import Iterator
from pathlib import Path

from measuring import DATA

SOURCE = DATA / "registers/procurement/decp-2024/decp_2024H2_travaux_cpv4521_hors84_93.csv"
WANTED = 179_140
"""Rows of the peers' published measure (reference/registers.md, section 4)."""


def rows() -> Iterator[list[str]]:
    """Give the header, then WANTED rows; each turn of the file has contract numbers of its own."""
    turn, given = 0, 0
    while given < WANTED:
        with SOURCE.open(newline="", encoding="utf-8") as stream:
            reader = csv.reader(stream)
            header = next(reader)
            if turn == 0:
                yield header
            for row in reader:
                if given == WANTED:
                    return
                row[0], row[1] = f"{row[0]}-{turn}", f"{row[1]}-{turn}"
                yield row
                given += 1
        turn += 1


def write(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows())
    return path
