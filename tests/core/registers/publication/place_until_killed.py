"""Place release after release until someone kills this process. Run by test_publish.py."""

import sys
from pathlib import Path

from parvis.core.registers.storage import Shelter

CONTENT = {
    "source_hash": "",
    "source_name": "",
    "loaded_at": "2024-01-01T00:00:00+00:00",
    "fictitious": False,
    "defects": {},
}

place = Shelter(Path(sys.argv[1]))
with place.alone():
    for number in range(10_000):
        with place.making() as folder:
            for table in ("contracts", "defects"):
                (folder / f"{table}.parquet").write_bytes(bytes(200_000))
            if number == 0:
                sys.stdout.write("ready\n")
                sys.stdout.flush()
            place.place(folder, {**CONTENT, "source": str(number)}, {"contracts": 1, "defects": 0})
