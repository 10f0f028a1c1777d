"""The manifest of a release: what was read, what was made of it, each file with its hash.

A release is known by the SHA-256 of its manifest's bytes, so that whoever holds the folder can check all of it alone.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class File:
    """A file of the release."""

    name: str
    rows: int
    size: int  # bytes
    sha256: str


@dataclass(frozen=True)
class Facts:
    """What a folder says of its release. A folder that was checked and not published is known by its name only."""

    folder: Path
    hash: str
    source: str = ""
    source_hash: str = ""
    source_name: str = ""
    loaded_at: datetime | None = None
    fictitious: bool = False
    files: tuple[File, ...] = ()
    defects: Mapping[str, int] = field(default_factory=dict)  # rule -> how many

    def has(self, table: str) -> bool:
        return (self.folder / f"{table}.parquet").exists()


def facts(folder: Path) -> Facts:
    """Read what a release folder says of itself."""
    path = folder / MANIFEST
    if not path.exists():
        return Facts(folder, hash=folder.name)
    written = path.read_bytes()
    manifest = orjson.loads(written)
    return Facts(
        folder,
        hash=hashlib.sha256(written).hexdigest(),
        source=manifest["source"],
        source_hash=manifest["source_hash"],
        source_name=manifest["source_name"],
        loaded_at=datetime.fromisoformat(manifest["loaded_at"]),
        fictitious=manifest["fictitious"],
        files=tuple(File(**file) for file in manifest["files"]),
        defects=manifest["defects"],
    )


def file_of(path: Path, rows: int) -> File:
    """Describe one file, reading it by blocks."""
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return File(path.name, rows, path.stat().st_size, digest)


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """Write a manifest: sorted keys and two spaces, so that it is read by people and hashed the same everywhere."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
