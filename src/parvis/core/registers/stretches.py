"""Take a stretch of many elements of a JSON list at once, so that DuckDB reads them and not Python.

Where a stretch ends is guessed, then proved: it is taken only if, between brackets, it is valid JSON. Valid JSON can
be read in one way only, so that a guess inside an element or inside a text is never valid.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from parvis.core.registers import jsontext
from parvis.core.registers.jsontext import Json, Window

SIZE = 4 << 20
"""Bytes of a stretch, at most."""

LEAST = 64 << 10
"""Bytes below which elements are read one by one."""

END = 256 << 10
"""Bytes before its longest end among which a stretch may end."""

GUESSES = 8
"""Ends tried before elements are read one by one, for as long as a stretch."""

FIRST = re.compile(rb"\s*(\{\s*\"[^\"\\]*\")\s*:")
NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-?Infinity|NaN"

QUOTED = rf"""regexp_replace(t, '":(\s*)({NUMBER})([\s,}}])', '":\1"\2"\3', 'g')"""
"""SQL of a text `t` whose numbers, where they are values of fields, are texts: they stay as they are written.

Inside a text, this adds a quotation mark with a digit behind it: the JSON is then no longer valid, and never wrong.
"""

MEASURES = r"""
SELECT json_array_length(t) AS count, regexp_matches(t, '"\s+:') AS has_spaces,
    regexp_matches(t, ',\s*[\]}]') AS is_lenient
FROM guess"""
"""SQL of how many elements a text has; `is_lenient` if it may have a comma before a bracket, as only DuckDB allows."""

SPACED = re.compile(rb"(?:[^\\]|\\\\)\"\s+:")


@dataclass(frozen=True)
class Stretch:
    """Some elements of a list, as the text of a list, and how many they are."""

    text: bytes
    count: int
    name: str  # of the file
    place: int  # signs of the file before the first element
    has_spaces: bool  # between the name of a field and its colon

    def gives(self, fields: int) -> bool:
        """Return whether its objects give no more fields than these; a repeated one counts each time.

        A field is a name, a quotation mark and a colon. Texts may hold these signs too, never the other way round.
        """
        text = self.text
        most = text.count(b'":') + (sum(1 for _ in SPACED.finditer(text)) if self.has_spaces else 0)
        return most == fields or most - text.count(b'\\":') + text.count(b'\\\\":') == fields

    def elements(self) -> Iterator[Json]:
        """Read the elements one by one, strictly."""
        window = Window(BytesIO(self.text), self.name)
        window.passed = self.place - 1
        for _, element in jsontext.pieces(window, {(): "["}):
            yield element


class Cutter:
    """Cuts stretches out of a window; it knows where not to try."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Prove the cuts with this connection."""
        self.connection, self.next_try = connection, 0.0

    def __call__(self, window: Window) -> Stretch | None:
        """Take a stretch, or return None."""
        if window.place < self.next_try:
            return None
        ahead = window.look(SIZE)
        for end in ends(ahead):
            text = b"".join((b"[", ahead[:end], b"]"))
            stretch = self._proved(text, window)
            if stretch is not None:
                return stretch
        self.next_try = window.place + SIZE if len(ahead) == SIZE else math.inf
        return None

    def _proved(self, text: bytes, window: Window) -> Stretch | None:
        """Pass the text of a list and return it, if it is valid."""
        try:
            column = pa.array([text], pa.binary()).cast(pa.string())
            self.connection.register("guess", pa.table({"t": column}))
            ((count, has_spaces, is_lenient),) = self.connection.execute(MEASURES).fetchall()
        except (pa.ArrowInvalid, duckdb.InvalidInputException):
            return None
        if is_lenient:
            return None
        stretch = Stretch(text, count, window.name, window.place, has_spaces)
        window.jump(len(text) - 2, pc.utf8_length(column)[0].as_py() - 2)
        return stretch


def ends(ahead: bytes) -> Iterator[int]:
    """Guess where elements end, the last first: before one that begins by the same field as the first of them."""
    first = FIRST.match(ahead)
    if first is None or len(ahead) < LEAST:
        return
    before = re.compile(rb"\}\s*(?=,\s*" + re.escape(first[1]) + rb"\s*:)")
    start = max(0, len(ahead) - END)
    found = [match.end() for match in before.finditer(ahead, start)]
    yield from reversed(found[-GUESSES:])
