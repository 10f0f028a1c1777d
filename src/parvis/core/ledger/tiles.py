"""Tiles of the C2SP tlog-tiles format: 256 hashes or entries a file, at addresses that never change.

Level 0 holds the hashes of leaves; each hash of a level above is the root of one full tile below.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from parvis.core.errors import ParvisError
from parvis.core.ledger.trees import Node, fold

WIDTH = 256
HASH_BYTES = 32
ENTRIES = "entries"

PATH = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


class NotATile(ParvisError):
    """An address that names no tile, or bytes that are not those of the tile they stand for."""


@dataclass(frozen=True)
class Tile:
    """One file of the log: a level (a number, or « entries »), an index in it, and how many items are in it."""

    level: int | str
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The address under the log's prefix: tile/0/x001/x234/067, or tile/0/273.p/112 when partial."""
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{_grouped(self.index)}{partial}"

    @property
    def start(self) -> int:
        """The index, in its level, of the first item."""
        return self.index * WIDTH

    @property
    def full(self) -> "Tile":
        return Tile(self.level, self.index)


Reader: TypeAlias = Callable[[Tile], bytes]


def _grouped(index: int) -> str:
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def tile_from(path: str) -> Tile:
    """Read a tile's address; raises NotATile for anything that the format would not write."""
    found = PATH.fullmatch(path)
    if found is None:
        raise NotATile(f"« {path} » n'est pas l'adresse d'une tuile du journal.")
    level, groups, width = found.groups()
    index = int(groups.replace("x", "").replace("/", ""))
    tile = Tile(level if level == ENTRIES else int(level), index, WIDTH if width is None else int(width))
    if tile.path != path:
        raise NotATile(f"« {path} » n'est pas l'adresse d'une tuile du journal : voulez-vous « {tile.path} » ?")
    return tile


def items(level: int | str, size: int) -> int:
    """Return how many items a level has in a tree of `size` leaves."""
    return size if level == ENTRIES else size >> (8 * int(level))


def tile_at(level: int | str, index: int, size: int) -> Tile:
    """Return the tile as it stands in a tree of `size` leaves: full, or as wide as the tree has it."""
    return Tile(level, index, min(WIDTH, items(level, size) - index * WIDTH))


def level_tiles(level: int | str, size: int, since: int = 0) -> Iterator[Tile]:
    """Yield the tiles of a level that a tree of `size` leaves has and one of `since` leaves has not."""
    known, count = items(level, since), items(level, size)
    if known < count:
        for index in range(known // WIDTH, -(-count // WIDTH)):
            yield tile_at(level, index, size)


def levels(size: int) -> range:
    """Return the levels that have a tile in a tree of `size` leaves."""
    return range(-(-size.bit_length() // 8))


def hashes_of(data: bytes, tile: Tile) -> list[bytes]:
    """Cut a tile's bytes into its hashes; raises NotATile when the length is not its own."""
    if len(data) != tile.width * HASH_BYTES:
        raise NotATile(f"La tuile {tile.path} fait {len(data)} octets au lieu de {tile.width * HASH_BYTES}.")
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """Write entries one after the other, each after its length on two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_of(data: bytes, tile: Tile) -> list[bytes]:
    """Cut a bundle's bytes into its entries; raises NotATile when they are not what the tile announces."""
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data) or len(entries) != tile.width:
        raise NotATile(f"La tuile {tile.path} ne contient pas {tile.width} entrées entières.")
    return entries


def nodes(read: Reader, size: int) -> Node:
    """Return the nodes of a tree of `size` leaves, read from its tiles; a tile is read once."""

    @lru_cache(maxsize=64)
    def hashes(tile: Tile) -> list[bytes]:
        return hashes_of(read(tile), tile)

    def node(level: int, index: int) -> bytes:
        tile_level, within = divmod(level, 8)
        first = index << within
        tile = tile_at(tile_level, first // WIDTH, size)
        return fold(hashes(tile)[first - tile.start : first - tile.start + (1 << within)])

    return node
