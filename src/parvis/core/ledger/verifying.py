"""Checking a whole log from outside: from its public folder or its address, everything is rebuilt from the entries.

Nothing here reads our database. What this module says, a tool that we did not write must say too: tests/foreign.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from parvis.core.errors import ParvisError
from parvis.core.ledger.leaves import open_leaf
from parvis.core.ledger.notes import Checkpoint, Verifier, open_checkpoint
from parvis.core.ledger.tiles import ENTRIES, WIDTH, Tile, entries_of, hashes_of, level_tiles, levels, tile_at
from parvis.core.ledger.trees import EMPTY_ROOT, fold, leaf_hash, node_hash

SECONDS = 30
"""How long an address may take to answer for one file."""

Fetch: TypeAlias = Callable[[str], bytes]
Progress: TypeAlias = Callable[[int, int], None]


class LogUnreadable(ParvisError):
    """A file of the log cannot be had."""


class LogRefused(ParvisError):
    """The log is not the one that its head announces, or does not prolong the one we knew."""


@dataclass(frozen=True)
class Audit:
    """A log that held: whose, how many entries, their root, and what they are."""

    origin: str
    size: int
    root: bytes
    kinds: dict[str, int]
    """How many entries of each kind of act."""
    key: str
    is_key_from_place: bool
    """The key was read beside the log: whoever can replace the log can replace it too. Compare it elsewhere."""


def verify(
    place: str, *, key: str | None = None, since: str | None = None, progress: Progress = lambda _done, _total: None
) -> Audit:
    """Check a log, given its public folder or its address, from its first entry to its signed head.

    `key` is the log's public key, had elsewhere; `since`, a signed head seen before, that the log must prolong.
    Raises NoteRefused, LogRefused or LogUnreadable with what does not hold.
    """
    fetch = fetch_from(place)
    verifier = Verifier.from_text(_text(fetch, "cle") if key is None else key)
    head = open_checkpoint(_text(fetch, "checkpoint"), verifier)
    known = Checkpoint(head.origin, 0, EMPTY_ROOT) if since is None else open_checkpoint(since, verifier)
    if known.size > head.size:
        raise LogRefused(f"Le journal a raccourci : {head.size} entrées, après en avoir annoncé {known.size}.")
    rebuilt = _Rebuilt(fetch, head.size, known.size)
    kinds = rebuilt.run(progress)
    if rebuilt.roots[known.size] != known.root:
        raise LogRefused(f"Les {known.size} premières entrées ne sont plus celles de la tête que vous aviez gardée.")
    if rebuilt.roots[head.size] != head.root:
        raise LogRefused(f"Les {head.size} entrées publiées ne donnent pas la racine signée.")
    return Audit(head.origin, head.size, head.root, dict(kinds.most_common()), str(verifier), key is None)


class _Rebuilt:
    """The tree made again from the entries, beside which each published tile is laid."""

    def __init__(self, fetch: Fetch, size: int, known: int) -> None:
        self.fetch, self.size = fetch, size
        self.roots = {0: EMPTY_ROOT, known: EMPTY_ROOT}
        self.rows: list[list[bytes]] = [[] for _ in levels(size)]
        """The hashes of the last tile of each level, as far as it goes."""

    def run(self, progress: Progress) -> Counter[str]:
        kinds: Counter[str] = Counter()
        done = 0
        for tile in level_tiles(ENTRIES, self.size):
            for leaf in entries_of(self._read(tile), tile):
                kinds[str(open_leaf(leaf)["t"])] += 1
                self.rows[0].append(leaf_hash(leaf))
                done += 1
                if done in self.roots:
                    self.roots[done] = self._root()
            self._close(0, tile.index)
            progress(done, self.size)
        self.roots[self.size] = self._root()
        self._compare_partial_rows()
        return kinds

    def _close(self, level: int, index: int) -> None:
        """Compare a full row with its tile, and carry its root to the level above."""
        row = self.rows[level]
        if len(row) == WIDTH:
            self._compare(Tile(level, index), row)
            self.rows[level + 1].append(fold(row))
            row.clear()
            self._close(level + 1, index // WIDTH)

    def _compare_partial_rows(self) -> None:
        for level, row in enumerate(self.rows):
            if row:
                self._compare(tile_at(level, (self.size >> (8 * level)) // WIDTH, self.size), row)

    def _compare(self, tile: Tile, row: list[bytes]) -> None:
        if hashes_of(self._read(tile), tile) != row:
            raise LogRefused(f"La tuile {tile.path} ne correspond pas aux entrées publiées.")

    def _root(self) -> bytes:
        """Join the perfect subtrees that are there, from the smallest: those of level 0 are on the right."""
        reached: bytes | None = None
        for peak in self._peaks():
            reached = peak if reached is None else node_hash(peak, reached)
        return EMPTY_ROOT if reached is None else reached

    def _peaks(self) -> Iterator[bytes]:
        for row in self.rows:
            end = len(row)
            while end:
                width = end & -end
                yield fold(row[end - width : end])
                end -= width

    def _read(self, tile: Tile) -> bytes:
        return self.fetch(tile.path)


def _text(fetch: Fetch, name: str) -> str:
    try:
        return fetch(name).decode()
    except UnicodeDecodeError as error:
        raise LogUnreadable(f"« {name} » n'est pas un texte : ce n'est pas l'adresse d'un journal.") from error


def fetch_from(place: str) -> Fetch:
    """Return what reads the files of a log, by their names under its address or in its folder."""
    if re.match(r"https?://", place):
        return lambda name: _fetch_address(f"{place.rstrip('/')}/{name}")
    return lambda name: _read_file(Path(place) / name)


def _fetch_address(address: str) -> bytes:
    try:
        with urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 -- http and https only: fetch_from
            content: bytes = answer.read()
    except (HTTPError, URLError) as error:
        raise LogUnreadable(
            f"{address} ne se lit pas ({error}) : vérifiez l'adresse du journal, puis réessayez."
        ) from error
    return content


def _read_file(path: Path) -> bytes:
    if not path.is_file():
        raise LogUnreadable(
            f"Il manque {path} : donnez le dossier public du journal (checkpoint, cle, tile), complet."
        )
    return path.read_bytes()
