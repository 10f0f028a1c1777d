"""Read the elements of large JSON texts one by one, in bounded memory, every number kept as it is written."""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from parvis.core.errors import ParvisError

Json = Any
"""What a JSON text may hold: objects, lists, texts, Booleans, None; numbers are kept as texts."""

WINDOW = 1 << 20
"""Characters read at a time."""

LONGEST = 64 << 20
"""No element of a register is longer than this: beyond, the file is not what it says."""


class BrokenJson(ParvisError):
    """The text stops, or breaks, before the end that JSON asks."""


class DuplicateField(ParvisError):
    """An object gives the same field twice: which is right cannot be known."""


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise DuplicateField(
            f"Un objet JSON donne deux fois le champ « {twice[0]} » : on ne peut savoir lequel est juste. "
            "Rien n'a été gardé : corrigez le fichier."
        )
    return fields


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How a half of a pair of UTF-16 is escaped; the two together make a sign."""

SPACE = re.compile(r"[ \t\r\n]*")


class Window:
    """A part of a JSON text that slides towards its end."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """Read from `stream`, in UTF-8, which errors call `name`."""
        self.stream, self.name = stream, name
        self.text, self.at, self.is_last = "", 0, False
        self.passed, self.start = 0, 0
        self._ahead, self._decoder = b"", codecs.getincrementaldecoder("utf-8")()

    @property
    def place(self) -> int:
        """How many signs of the text are behind."""
        return self.passed + self.at

    def more(self, size: int = WINDOW) -> bool:
        """Read further, dropping what is behind; False at the end of the text."""
        if self.is_last:
            return False
        if len(self.text) - self.at > LONGEST:
            raise self.broken("un élément y dépasse 64 millions de signes")
        size = max(size, len(self.text) - self.at)
        read, self._ahead = self._ahead[:size] or self.stream.read(size), self._ahead[size:]
        self.is_last = not read
        self.passed += self.at
        self.text, self.at = self.text[self.at :] + self._decoder.decode(read, final=self.is_last), 0
        return not self.is_last

    def look(self, size: int) -> bytes:
        """Return what comes next as bytes, `size` of them if the text has as many, without passing them."""
        pending, _ = self._decoder.getstate()
        self._ahead = b"".join((self.text[self.at :].encode(), pending, self._ahead))
        self._decoder.reset()
        self.passed, self.text, self.at = self.place, "", 0
        while len(self._ahead) < size and (read := self.stream.read(size - len(self._ahead))):
            self._ahead += read
        return self._ahead

    def jump(self, size: int, signs: int) -> None:
        """Pass that many bytes, just looked at, which make that many signs."""
        self._ahead = self._ahead[size:]
        self.passed += signs

    def sign(self) -> str:
        """Return the next sign that is no space, without passing it; nothing at the end."""
        while True:
            self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing too
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more(64):
                return ""

    def skip(self, expected: str) -> None:
        """Pass one sign, which must be the one expected."""
        found = self.sign()
        if found != expected:
            raise self.broken(
                f"« {expected} » y est attendu" + (f", pas « {found} »" if found else " et le fichier finit avant")
            )
        self.at += 1

    def value(self) -> Json:
        """Pass one value and return it."""
        self.sign()
        while True:
            value, end = self._decoded()
            if 0 <= end < len(self.text) or (end >= 0 and self.is_last):
                self.start, self.at = self.at, end
                if HALF.search(self.text, self.start, end):
                    self._refuse_halves(value)
                return value
            if not self.more() and end < 0:
                raise self.broken("le fichier finit avant la fin d'un élément : il a été coupé")

    def _refuse_halves(self, value: Json) -> None:
        """Raise BrokenJson if a text of the value holds half of a pair of UTF-16: no sign is written so."""
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = f"\\u{ord(error.object[error.start]):04x}"
            raise self.broken(f"« {half} » y est la moitié d'un signe, sans l'autre") from error

    def source(self) -> str:
        """Return the text of the value just passed."""
        return self.text[self.start : self.at]

    def _decoded(self) -> tuple[Json, int]:
        """Return the value that stands here and where it ends, or -1 if it goes beyond the window."""
        try:
            return DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            if self._may_continue(error):
                return None, -1
            raise self.broken("il y est mal formé") from error
        except RecursionError as error:
            raise self.broken("des éléments y sont emboîtés sans fin") from error

    def _may_continue(self, error: json.JSONDecodeError) -> bool:
        """Whether the error may come from the window's end, not from the text."""
        return not self.is_last and (error.pos >= len(self.text) - 64 or error.msg.startswith("Unterminated string"))

    def broken(self, why: str) -> BrokenJson:
        """Return the error that says where the text breaks."""
        return BrokenJson(
            f"« {self.name} », vers le signe {self.place} : {why}. Rien n'a été gardé : "
            "vérifiez le fichier et recommencez."
        )


Path = tuple[str, ...]
EACH = "[]"
"""The step from a list to one of its elements."""


Cut = Callable[[Window], Json]
"""Takes many elements of a list at once, if it can; else passes nothing and returns None."""


def alone(window: Window) -> Json:
    """Take no more than one element at a time."""


def pieces(window: Window, opened: Mapping[Path, str], at: Path = (), cut: Cut = alone) -> Iterator[tuple[Path, Json]]:
    """Give each value of a text with its path, going into the containers that `opened` names ("{", "[" or both).

    Of the elements of a list, `cut` may take many at once: it gives then what it made of them.
    """
    sign = window.sign()
    if sign not in opened.get(at, "") or not sign:
        yield at, window.value()
    elif sign == "{":
        yield from _fields(window, opened, at, cut)
    else:
        yield from _elements(window, opened, at, cut)


def _elements(window: Window, opened: Mapping[Path, str], at: Path, cut: Cut) -> Iterator[tuple[Path, Json]]:
    inside = (*at, EACH)
    window.skip("[")
    if window.sign() == "]":
        return window.skip("]")
    while True:
        if inside in opened:
            yield from pieces(window, opened, inside, cut)
        elif (many := cut(window)) is not None:
            yield inside, many
        else:
            yield inside, window.value()
        if window.sign() == "]":
            return window.skip("]")
        window.skip(",")


def _fields(window: Window, opened: Mapping[Path, str], at: Path, cut: Cut) -> Iterator[tuple[Path, Json]]:
    met: list[tuple[str, None]] = []
    window.skip("{")
    if window.sign() == "}":
        return window.skip("}")
    while True:
        name = window.value()
        met.append((name, None))
        _object(met)
        window.skip(":")
        yield from pieces(window, opened, (*at, name), cut)
        if window.sign() == "}":
            return window.skip("}")
        window.skip(",")


def documents(window: Window, opened: Mapping[Path, str], cut: Cut = alone) -> Iterator[tuple[Path, Json]]:
    """Give the pieces of each JSON value of a text: one, or many as in JSON lines."""
    while window.sign():
        yield from pieces(window, opened, (), cut)
