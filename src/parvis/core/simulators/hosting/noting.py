"""Say why a process ended, without a word of what it was asked: a person's situation never reaches a file."""

import os
import sys
import time
import traceback
from types import TracebackType


def hush() -> int:
    """Send what the engine prints to nobody; return where our own notes go instead."""
    notes = os.dup(2)
    with open(os.devnull, "wb") as nobody:  # noqa: PTH123 -- its number is what is wanted
        os.dup2(nobody.fileno(), 1)
        os.dup2(nobody.fileno(), 2)
    return notes


def note(notes: int, text: str) -> None:
    os.write(notes, f"{time.strftime('%Y-%m-%d %H:%M:%S')} [{os.getpid()}] {text}\n".encode())


def note_end(notes: int) -> None:
    """Note the error that is ending this process: its kind and where, never its words, which hold values."""
    kind, _, trace = sys.exc_info()
    if kind is not None:
        note(notes, f"{kind.__name__}, {places_of(trace)}")


def places_of(trace: TracebackType | None) -> str:
    """Return the lines of code that led to an error, the last first."""
    frames = reversed(traceback.extract_tb(trace))
    return " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
