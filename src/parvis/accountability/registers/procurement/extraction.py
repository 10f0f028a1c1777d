"""Extract the records of a source side by side, and give their rows in the order of the file."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import duckdb

from parvis.accountability.registers.procurement import decp
from parvis.accountability.registers.procurement.extracting import Extracted, Pieces, extracted
from parvis.core.registers.jsontext import Json
from parvis.core.registers.register import Batch
from parvis.core.registers.stretches import Cutter, Stretch

GATHERED = 2_000
"""Records read one by one that are extracted together."""

AHEAD = 3
"""Groups extracted, or waiting for it, while those before are kept."""


class Extraction:
    """What extracts the records of a source, in the order in which they are given."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, pool: ThreadPoolExecutor) -> None:
        """Read with this connection, in this pool."""
        self.connection, self.pool = connection, pool
        self.waiting: deque[Future[Extracted]] = deque()
        self.pieces = Pieces(1)
        self.number = 0

    def cutter(self) -> Cutter:
        return Cutter(self.connection.cursor())

    def add(self, found: Json, container: str, source: str | None) -> Iterator[Batch]:
        """Add a record, or a stretch of them; give what is extracted meanwhile."""
        if isinstance(found, Stretch):
            yield from self._gathered()
            pieces = Pieces(self.number + 1, [found.text], [container], [source], found)
            self.number += found.count
            yield from self._extract(pieces)
        else:
            self.number += 1
            if not self.pieces.texts:
                self.pieces = Pieces(self.number)
            self.pieces.add(decp.straight(found, self.number), container, source)
            if len(self.pieces.texts) >= GATHERED:
                yield from self._gathered()

    def rest(self) -> Iterator[Batch]:
        """Give all that is not given yet."""
        yield from self._gathered()
        yield from self._done(0)

    def _gathered(self) -> Iterator[Batch]:
        pieces, self.pieces = self.pieces, Pieces(self.number)
        if pieces.texts:
            yield from self._extract(pieces)

    def _extract(self, pieces: Pieces) -> Iterator[Batch]:
        self.waiting.append(self.pool.submit(extracted, self.connection.cursor(), pieces))
        yield from self._done(AHEAD)

    def _done(self, left: int) -> Iterator[Batch]:
        while len(self.waiting) > left:
            yield from self.waiting.popleft().result().batches()


@contextmanager
def extraction() -> Iterator[Extraction]:
    """Open an extraction; what waits is left if the source is refused."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        pool = ThreadPoolExecutor(2)
        try:
            yield Extraction(connection, pool)
        finally:
            pool.shutdown(cancel_futures=True)
