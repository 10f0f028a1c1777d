"""Put a release's folder in its place, whole or not at all, whatever happens meanwhile.

    <home>/registers/<register>/<hash>/          a release: Parquet files, manifest.json
    <home>/registers/<register>/.making-<hex>/   one being made; a sweep removes it
    <home>/registers/<register>/.moved-<hash>    its folder has taken its name, its row is not yet in the database

A folder without such a mark is never removed: a database restored from an older copy loses no file.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from parvis.core.errors import ParvisError
from parvis.core.registers.manifest import MANIFEST, file_of, manifest_bytes

MAKING, MOVED = ".making-", ".moved-"


class NothingToRead(ParvisError):
    """The file to load is absent, or is not a file."""


@dataclass(frozen=True)
class Shelter:
    """Where the releases of one register are kept."""

    folder: Path

    def release(self, hash_: str) -> Path:
        return self.folder / hash_

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time publish in this register; the kernel gives the lock back if it dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def sweep(self, known: Collection[str]) -> list[Path]:
        """Remove and return what an interrupted publication left. Call it alone; `known` are the hashes published."""
        strays = list(self.folder.glob(f"{MAKING}*"))
        for mark in self.folder.glob(f"{MOVED}*"):
            moved = self.folder / mark.name.removeprefix(MOVED)
            if moved.name not in known and moved.is_dir():
                strays.append(moved)
        for stray in strays:
            shutil.rmtree(stray)
        for mark in self.folder.glob(f"{MOVED}*"):
            mark.unlink()
        return strays

    @contextmanager
    def making(self) -> Iterator[Path]:
        """Give an empty folder to work in, gone afterwards unless `place` has put it in its place."""
        folder = self.folder / f"{MAKING}{secrets.token_hex(8)}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def place(self, made: Path, content: Mapping[str, Any], rows: Mapping[str, int]) -> str:
        """Write the manifest last, then give the folder its final name. Return the release's hash.

        Everything is on disk before the name exists, so that a name never stands for half a release.
        """
        files = [file_of(path, rows[path.stem]) for path in sorted(made.glob("*.parquet"))]
        written = manifest_bytes({**content, "files": [asdict(file) for file in files]})
        hash_ = hashlib.sha256(written).hexdigest()
        (made / MANIFEST).write_bytes(written)
        for path in (*made.iterdir(), made):
            flush(path)
        (self.folder / f"{MOVED}{hash_}").touch()
        # The same bytes may be there already, when the database was restored from an older copy: they are as good.
        if not self.release(hash_).exists():
            made.rename(self.release(hash_))
        flush(self.folder)
        return hash_

    def confirm(self, hash_: str) -> None:
        """Say that the release is in the database: no sweep will look at its folder again."""
        (self.folder / f"{MOVED}{hash_}").unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Ask the disk to keep a file, or a folder's list of names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def source_hash(path: Path) -> str:
    """Return the SHA-256 of a file to load, read by blocks."""
    if not path.is_file():
        raise NothingToRead(f"« {path.name} » n'est pas un fichier lisible : vérifiez son nom et son emplacement.")
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
