"""Growing the log on disk: tiles are written once, whole or not at all, and read back before anything is signed."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from parvis.core.errors import ParvisError
from parvis.core.ledger import trees
from parvis.core.ledger.tiles import (
    ENTRIES,
    HASH_BYTES,
    WIDTH,
    Tile,
    bundle,
    entries_of,
    hashes_of,
    items,
    level_tiles,
    levels,
    nodes,
)

TEMPORARY = ".tmp"


class TileConflict(ParvisError):
    """A published tile would have to change: the log on disk is not the one that the database knows."""


class TileMissing(ParvisError):
    """The folder has not the tile that a head of the log requires."""


class GrowthRefused(ParvisError):
    """What was read back from the disk is not what was written, or does not prolong the published head."""


class Folder:
    """The public folder of a log: checkpoint, key and tiles, as they are served."""

    def __init__(self, path: Path) -> None:
        """Name the folder; it is made with the first file."""
        self.path = path

    def read(self, tile: Tile) -> bytes:
        """Read a tile; a partial one that was swept away, or never written, is cut from a wider one."""
        path = self.path / tile.path
        if path.exists():
            return path.read_bytes()
        for wider in self._wider(tile):
            return _cut((self.path / wider.path).read_bytes(), wider, tile.width)
        raise TileMissing(
            f"Il manque la tuile {tile.path} dans le dossier du journal, {self.path}. Rendez-la depuis une sauvegarde "
            "ou recopiez-la de l'adresse publique du journal : toute copie dont la tête se vérifie convient."
        )

    def _wider(self, tile: Tile) -> Iterator[Tile]:
        """Yield the tiles of the same place that hold more, the widest first."""
        if (self.path / tile.full.path).exists():
            yield tile.full
        partial = self.path / f"{tile.full.path}.p"
        widths = [int(file.name) for file in partial.iterdir()] if partial.is_dir() else []
        for width in sorted(widths, reverse=True):
            if width > tile.width:
                yield Tile(tile.level, tile.index, width)

    def write(self, name: str, content: bytes, mode: int = 0o644) -> None:
        """Write a file whole: temporary file, fsync, rename, fsync of its folder. A reader sees all or nothing."""
        self._write(self.path / name, content, mode)
        self._sync([self.path])

    def write_tiles(self, written: Iterable[tuple[Tile, bytes]]) -> None:
        """Write tiles; one that is there already must have the same bytes, else TileConflict."""
        self._sync(folder for tile, content in written for folder in self._write_tile(tile, content))

    def _write_tile(self, tile: Tile, content: bytes) -> Iterator[Path]:
        path = self.path / tile.path
        if not path.exists():
            self._write(path, content, 0o644)
            yield path.parent
        elif path.read_bytes() != content:
            raise TileConflict(
                f"La tuile {tile.path} existe et diffère. Le dossier {self.path} contient un autre journal que celui "
                "de la base, ou il a été altéré : comparez-le à une sauvegarde avant de relancer le séquenceur."
            )

    def _write(self, path: Path, content: bytes, mode: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)

    def sweep(self) -> int:
        """Remove what a killed sequencer left, and the partial tiles whose full tile is there. Return how many."""
        partial = [folder for folder in self.path.glob("tile/**/*.p") if folder.with_suffix("").exists()]
        swept = [*self.path.rglob(f"*{TEMPORARY}"), *(path for folder in partial for path in folder.glob("[0-9]*"))]
        for path in {*swept}:
            path.unlink()
        for folder in partial:
            folder.rmdir()
        return len(swept)

    def _sync(self, folders: Iterable[Path]) -> None:
        """Make renames durable, and the new folders that they were made in."""
        for folder in sorted({parent for path in folders for parent in (path, *path.parents)}):
            if folder.is_relative_to(self.path):
                descriptor = os.open(folder, os.O_RDONLY)
                os.fsync(descriptor)
                os.close(descriptor)


def _cut(content: bytes, tile: Tile, width: int) -> bytes:
    if tile.level == ENTRIES:
        return bundle(entries_of(content, tile)[:width])
    return content[: width * HASH_BYTES]


def grow(folder: Folder, *, old: int, leaves: Sequence[bytes]) -> int:
    """Write the tiles of a log that had `old` leaves; return its new size.

    `leaves` starts at the first leaf of the last, maybe partial, tile of the old log. Run again after a crash, it
    writes the same bytes. Nothing is public until a checkpoint covers it.
    """
    first = old - old % WIDTH
    new = first + len(leaves)
    hashes = [trees.leaf_hash(leaf) for leaf in leaves]
    cut = {tile: slice(tile.start - first, tile.start - first + tile.width) for tile in level_tiles(0, new, old)}
    folder.write_tiles((Tile(ENTRIES, tile.index, tile.width), bundle(leaves[part])) for tile, part in cut.items())
    folder.write_tiles((tile, b"".join(hashes[part])) for tile, part in cut.items())
    for level in levels(new)[1:]:
        folder.write_tiles((tile, _above(folder, tile, old)) for tile in level_tiles(level, new, old))
    return new


def _above(folder: Folder, tile: Tile, old: int) -> bytes:
    """Return a tile of a level above 0: what the old log had of it, then one hash for each full tile below."""
    known = max(0, items(tile.level, old) - tile.start)
    kept = folder.read(Tile(tile.level, tile.index, known)) if known else b""
    return kept + b"".join(_roots_below(folder, tile, known))


def _roots_below(folder: Folder, tile: Tile, known: int) -> Iterator[bytes]:
    for index in range(tile.start + known, tile.start + tile.width):
        full = Tile(int(tile.level) - 1, index)
        yield trees.fold(hashes_of(folder.read(full), full))


def read_back(folder: Folder, *, old: int, new: int, old_root: bytes) -> bytes:
    """Return the root of the new log, recomputed from the files; raises GrowthRefused.

    Each entry must hash to its leaf hash, each full tile to its hash above, and the old root must still be there: one
    flipped bit, signed, would end the log (Certificate Transparency's Yeti 2022 died of one).
    """
    for tile in level_tiles(0, new, old):
        entries = Tile(ENTRIES, tile.index, tile.width)
        written = [trees.leaf_hash(entry) for entry in entries_of(folder.read(entries), entries)]
        _expect(written == hashes_of(folder.read(tile), tile), tile)
    for level in levels(new)[1:]:
        for tile in level_tiles(level, new, old):
            _expect(_above(folder, tile, old) == folder.read(tile), tile)
    node = nodes(folder.read, new)
    if trees.root(old, node) != old_root:
        raise GrowthRefused(f"Les tuiles ne prolongent plus la tête publiée de {old} entrées : rien n'a été signé.")
    return trees.root(new, node)


def _expect(is_same: bool, tile: Tile) -> None:  # noqa: FBT001 -- one condition, asserted
    if not is_same:
        raise GrowthRefused(f"La tuile {tile.path}, relue sur le disque, est altérée : rien n'a été signé.")
