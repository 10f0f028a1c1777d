"""Compile the releases of a file with ocdsmerge, the Open Contracting Partnership's own: one compiled release a line.

Run by .venv/foreign. Its merge rules are given, so that it asks no network for a schema; a warning is an error.
"""

import json
import sys
import warnings
from collections import defaultdict
from pathlib import Path

from ocdsmerge import Merger

RULES = {(name,): "omitWhenMerged" for name in ("id", "date", "tag")}
"""OCDS 1.1's merge rules for the fields that the export writes: all others merge by value, or by `id` in lists."""

warnings.simplefilter("error")
processes = defaultdict(list)
for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    for release in json.loads(line)["releases"]:
        processes[release["ocid"]].append(release)
merger = Merger(merge_rules=RULES)
for releases in processes.values():
    sys.stdout.write(json.dumps(merger.create_compiled_release(releases)) + "\n")
