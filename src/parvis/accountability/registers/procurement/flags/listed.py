"""The flags of the guide that French essential data cannot feed, with what they lack: listed.csv, one a line.

Titles are ours, beside those of "Red flags in public procurement: A guide to using data to detect and mitigate risks"
(Open Contracting Partnership, 2024). Formulas are the guide's, in our words. Fields are those of OCDS 1.1.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from parvis.core.finding.flag import Flag, Group, Subject


def _flag(line: Mapping[str, str]) -> Flag:
    return Flag(
        code=line["code"],
        group=Group(line["groupe"]),
        subject=Subject(line["sujet"]),
        title=line["titre"],
        original=line["titre_du_guide"],
        formula=line["formule"],
        missing=tuple(line["champs_absents"].split(" | ")),
    )


def _read(path: Path) -> tuple[Flag, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(map(_flag, csv.DictReader(lines, delimiter=";")))


LISTED: Final[tuple[Flag, ...]] = _read(Path(__file__).with_name("listed.csv"))
