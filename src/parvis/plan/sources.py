"""Where each fact of the plan was read: one list, in sources.tsv, with addresses."""

from csv import QUOTE_NONE, DictReader
from pathlib import Path

from parvis.core.undertakings.declared import Source

with (Path(__file__).parent / "sources.tsv").open(encoding="utf-8", newline="") as lines:
    SOURCES = {
        row["key"]: Source(row["key"], row["title"], row["address"] or None, row["kind"])
        for row in DictReader(lines, delimiter="\t", quoting=QUOTE_NONE)
    }
