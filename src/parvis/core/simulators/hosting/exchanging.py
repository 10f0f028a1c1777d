"""Sockets that never make the engine's process wait: what came of a frame is kept until the rest comes."""

import socket
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from parvis.core.simulators.hosting.wire import PIECE, SIZES, Bytes, Header, sizes, unpack


class Closed(ConnectionError):
    """The other side has gone."""


class Parcel(NamedTuple):
    """A frame on its way: its header is read, its bytes pass as they came."""

    header: Header
    payload: memoryview
    pieces: tuple[Bytes, ...]  # the whole frame


class Peer:
    """One side of a conversation: a caller, or a hand."""

    def __init__(self, sock: socket.socket) -> None:
        """Take a connected socket."""
        sock.setblocking(False)  # noqa: FBT003 -- the standard library's signature
        self.sock = sock
        self.is_ending = False  # it is told why, then closed
        self.is_gone = False
        self._outgoing: deque[memoryview] = deque()
        self._begin()

    def _begin(self) -> None:
        self._head: int | None = None
        self._incoming, self._done = bytearray(SIZES.size), 0
        self._start = self._incoming

    def parcels(self) -> Iterator[Parcel]:
        """Yield the frames that are whole by now. Raises Closed, WrongFrame and TooLarge."""
        while not self.is_gone and self._is_filled():
            if self._head is None:
                self._head, payload = sizes(self._start)
                self._incoming, self._done = bytearray(self._head + payload), 0
            else:
                yield self._parcel(self._head)

    def _parcel(self, head: int) -> Parcel:
        start, body = self._start, memoryview(self._incoming)
        self._begin()
        frame = unpack(body[:head], body[head:])
        return Parcel(frame.header, body[head:], (start, body))

    def _is_filled(self) -> bool:
        """Read what there is; say whether what is awaited is all there."""
        view, before = memoryview(self._incoming), -1
        while before < self._done < len(view):
            before = self._done
            with suppress(BlockingIOError):
                self._done += self._read(view[self._done : self._done + PIECE])
        return self._done == len(view)

    def _read(self, place: memoryview) -> int:
        with suppress(ConnectionResetError):
            count = self.sock.recv_into(place)
            if count:
                return count
        raise Closed

    def send(self, *pieces: Bytes) -> None:
        """Send, now or when the other side reads. Raises Closed."""
        self._outgoing.extend(memoryview(piece) for piece in pieces if len(piece))
        self.flush()

    def flush(self) -> None:
        """Send as much as the other side takes. Raises Closed."""
        with suppress(BlockingIOError):
            while self._outgoing:
                sent = self._write(self._outgoing[0])
                self._outgoing[0] = self._outgoing[0][sent:]
                if not len(self._outgoing[0]):
                    self._outgoing.popleft()

    def _write(self, piece: memoryview) -> int:
        with suppress(BrokenPipeError, ConnectionResetError):
            return self.sock.send(piece)
        raise Closed

    @property
    def has_more(self) -> bool:
        """Say whether something waits to be sent."""
        return bool(self._outgoing)
