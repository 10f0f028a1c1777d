"""Frames between the site and an engine's process: a length, a JSON header, raw arrays. Nothing in them is code."""

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np

from parvis.core.simulators.contract import Array
from parvis.core.simulators.hosting.refusals import TooLarge, WrongFrame

Header: TypeAlias = dict[str, Any]
Bytes: TypeAlias = bytes | bytearray | memoryview

MARK: Final = b"PVS1"
SIZES: Final = struct.Struct("<4sIQ")  # mark, bytes of the header, bytes of the arrays
MOST_HEADER: Final = 16 * 2**20
MOST_ARRAYS: Final = 512 * 2**20
ALIGNMENT: Final = 16
PIECE: Final = 2**20


class Frame(NamedTuple):
    """What crosses: its header, whose « arrays » says the type and length of each array, and their bytes."""

    header: Header
    payload: Bytes


def pack(header: Header, arrays: Sequence[Array] = ()) -> bytes:
    """Return the bytes of a frame. Raises TooLarge."""
    kept = [_raw(values) for values in arrays]
    said = [[kind, len(values), len(raw)] for (kind, raw), values in zip(kept, arrays, strict=True)]
    pieces = (piece for _, raw in kept for piece in (raw, bytes(-len(raw) % ALIGNMENT)))
    return assemble({**header, "arrays": said}, *pieces)


def assemble(header: Header, *payload: Bytes) -> bytes:
    """Return the bytes of a frame whose arrays are packed already, in pieces or whole. Raises TooLarge."""
    head, size = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(), sum(map(len, payload))
    refuse_too_large(len(head), size)
    return b"".join((SIZES.pack(MARK, len(head), size), head, *payload))


def _raw(values: Array) -> tuple[str, Bytes]:
    """Return an array's type and its bytes, where they are: a population's are copied once, into its frame."""
    if values.dtype.kind == "O":  # texts of any length, and what is missing among them
        return "json", json.dumps(values.tolist(), ensure_ascii=False).encode()
    plain = np.ascontiguousarray(values)
    ordered = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    return ordered.dtype.str, ordered.view(np.uint8).data


def sizes(start: Bytes) -> tuple[int, int]:
    """Read the two lengths that begin a frame. Raises WrongFrame or TooLarge."""
    mark, head, payload = SIZES.unpack(start[: SIZES.size])
    if mark != MARK:
        raise WrongFrame("Ce n'est pas un message de Parvis.")
    refuse_too_large(head, payload)
    return head, payload


def refuse_too_large(head: int, payload: int) -> None:
    """Raise TooLarge where a header or arrays, in bytes, are more than a frame carries."""
    if head > MOST_HEADER or payload > MOST_ARRAYS:
        raise TooLarge(
            f"Cette table pèse {(head + payload) / 2**20:.0f} Mio, et un calcul en prend {MOST_ARRAYS / 2**20:.0f} au "
            "plus : donnez-la en plusieurs parties, comme le fait « parvis simulate »."
        )


def unpack(head: Bytes, payload: Bytes) -> Frame:
    """Read a frame's header. Raises WrongFrame."""
    try:
        header = json.loads(bytes(head))
    except ValueError as error:
        raise WrongFrame("L'en-tête du message n'est pas du JSON.") from error
    if not isinstance(header, dict):
        raise WrongFrame("L'en-tête du message n'est pas un objet JSON.")
    return Frame(header, payload)


def arrays(frame: Frame) -> list[Array]:
    """Read the arrays of a frame. Raises WrongFrame."""
    try:
        return list(_arrays(frame))
    except (KeyError, TypeError, ValueError) as error:
        raise WrongFrame("Les colonnes du message ne sont pas ce que dit son en-tête.") from error


def _arrays(frame: Frame) -> Sequence[Array]:
    found, start, whole = [], 0, memoryview(frame.payload)
    for kind, count, size in frame.header["arrays"]:
        part = whole[start : start + size]
        found.append(_array(kind, part))
        if len(found[-1]) != count:
            raise ValueError(count)
        start += size + -size % ALIGNMENT
    return found


def _array(kind: str, raw: memoryview) -> Array:
    if kind == "json":
        values = json.loads(bytes(raw))
        found = np.empty(len(values), dtype=object)
        found[:] = values
        return found
    dtype = np.dtype(kind)
    if dtype.kind not in "biufmMUS":
        raise ValueError(kind)
    return np.frombuffer(raw, dtype=dtype)


def receive(sock: socket.socket) -> Frame | None:
    """Read one frame; None where the other side has closed instead."""
    start = receive_exactly(sock, SIZES.size)
    if start is None:
        return None
    head, payload = sizes(start)
    text, raw = receive_exactly(sock, head), receive_exactly(sock, payload)
    return None if text is None or raw is None else unpack(text, raw)


def receive_exactly(sock: socket.socket, size: int) -> bytearray | None:
    found = bytearray(size)
    view, done = memoryview(found), 0
    while done < size:
        count = sock.recv_into(view[done : done + PIECE])
        if not count:
            return None
        done += count
    return found
