"""Open a source whatever its wrapping: archive, encoding, format, each known by evidence."""

import codecs
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from parvis.core.errors import ParvisError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 20
"""Bytes looked at to know an encoding and a format."""


class EmptySource(ParvisError):
    """A source holds no record at all."""


class UnknownEncoding(ParvisError):
    """The bytes are no text that we know."""


class DamagedSource(ParvisError):
    """A file was cut or altered on its way: it cannot be opened to its end."""


class UnknownFormat(ParvisError):
    """The text is neither JSON, nor XML, nor CSV."""


Bytes = IO[bytes]


@dataclass(frozen=True)
class Member:
    """One file of a source: alone, or one of an archive's."""

    name: str
    encoding: str
    format: str  # "json", "xml" or "csv"
    path: Path
    wrapping: str  # "", "gzip" or "zip"
    head: str  # the first signs, as text

    @property
    def declares_encoding(self) -> bool:
        """Whether the text says its own encoding, as XML may."""
        return self.format == "xml" and re.match(r"\s*<\?xml[^>]*\bencoding=", self.head) is not None

    @contextmanager
    def bytes(self) -> Iterator[IO[bytes]]:
        """Open the file's bytes, unwrapped."""
        with _unwrapped(self.path, self.wrapping, self.name) as stream:
            yield stream

    @contextmanager
    def text(self) -> Iterator[IO[str]]:
        """Open the file as text; a byte that its encoding does not allow raises."""
        with self.bytes() as stream:
            yield io.TextIOWrapper(stream, encoding=self.encoding, newline="")

    @contextmanager
    def utf8(self) -> "Iterator[Bytes]":
        """Open the file as UTF-8, whatever its encoding."""
        if self.encoding == "utf-8":
            with self.bytes() as stream:
                yield stream
        else:
            with self.text() as text:
                yield cast(Bytes, Encoded(text))


class Encoded:
    """A text that is read as UTF-8."""

    def __init__(self, text: IO[str]) -> None:
        """Encode this text as it is read."""
        self.text = text

    def read(self, size: int) -> bytes:
        """Return that many signs, or what remains."""
        return self.text.read(size).encode()


Progress = Callable[[int, int], None]
"""Told how many bytes of a source are read, and how many it has."""

_read: ContextVar[Callable[[int], None]] = ContextVar("read", default=lambda _: None)
"""What is told of each read; `following` sets it, so that a register's reader need not pass it on."""


class _Followed(io.FileIO):
    """A file that tells how many bytes are read of it."""

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        count = super().readinto(buffer)
        _read.get()(count or 0)
        return count


@contextmanager
def following(path: Path, progress: Progress) -> Iterator[None]:
    """Tell `progress` what is read of this source; what is read twice, as the first bytes are, counts once at most."""
    done, total = 0, path.stat().st_size

    def read(count: int) -> None:
        nonlocal done
        done = min(done + count, total)
        progress(done, total)

    token = _read.set(read)
    try:
        yield
    finally:
        _read.reset(token)


@contextmanager
def _to_its_end(name: str) -> Iterator[None]:
    """Raise DamagedSource where a wrapping or an encoding breaks while its file is read."""
    try:
        yield
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedSource(
            f"« {name} » est une archive coupée ou abîmée : elle ne s'ouvre pas jusqu'au bout. Rien n'a été gardé : "
            "envoyez-la de nouveau."
        ) from error
    except UnicodeDecodeError as error:
        raise DamagedSource(
            f"« {name} » commence comme un texte en {error.encoding}, mais l'octet "
            f"0x{error.object[error.start]:02x} n'y veut rien dire plus loin. Rien n'a été gardé : "
            "enregistrez le fichier en UTF-8 et recommencez."
        ) from error


@contextmanager
def _unwrapped(path: Path, wrapping: str, name: str) -> Iterator[IO[bytes]]:
    with _to_its_end(name), io.BufferedReader(_Followed(path), HEAD) as whole:
        if wrapping == "zip":
            with zipfile.ZipFile(whole) as archive, archive.open(name) as stream:
                yield stream
        elif wrapping == "gzip":
            with gzip.open(whole) as stream:
                yield cast(IO[bytes], stream)
        else:
            yield whole


def members(path: Path) -> Iterator[Member]:
    """Give the files of a source, in the archive's order of names."""
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic.startswith(b"PK\x03\x04"):
        with _to_its_end(path.name), zipfile.ZipFile(path) as archive:
            names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
        for name in names:
            yield _known(path, "zip", name)
    else:
        yield _known(path, "gzip" if magic.startswith(b"\x1f\x8b") else "", path.name)


def _known(path: Path, wrapping: str, name: str) -> Member:
    with _unwrapped(path, wrapping, name) as stream:
        head = stream.read(HEAD)
    if not head.strip():
        raise EmptySource(f"« {name} » est vide. Rien n'a été gardé : vérifiez l'envoi et recommencez.")
    encoding = encoding_of(head, name)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    return Member(name, encoding, format_of(text, name), path, wrapping, text)


BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(head: bytes, name: str) -> str:
    """Return the encoding that the first bytes prove: by a mark, else UTF-8, else Windows-1252 if plausible."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    if b"\x00" in head:
        return _without_mark(head, name)
    if _decodes(head, "utf-8"):
        return "utf-8"
    return _western(head, name)


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(head: bytes, name: str) -> str:
    for encoding, zeros in (("utf-16-le", head[1:200:2]), ("utf-16-be", head[0:200:2])):
        if zeros and zeros.count(0) > 0.8 * len(zeros) and _decodes(head, encoding):
            return encoding
    raise UnknownEncoding(
        f"« {name} » n'est pas un texte : il contient des octets nuls. Envoyez un fichier JSON, XML ou CSV."
    )


FRENCH = set("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’‘“”…–—°€ºª²³ ·ñÑáíóúãõß")


def _western(head: bytes, name: str) -> str:
    """Tell Windows-1252 from noise: few high bytes, and those are letters or signs of French."""
    text = head.decode("cp1252", errors="replace")
    high = [sign for sign in text if ord(sign) > 127]
    controls = sum(sign < " " and sign not in "\t\r\n" for sign in text)
    if controls or len(high) > 0.2 * len(text) or sum(sign in FRENCH for sign in high) < 0.9 * len(high):
        raise UnknownEncoding(
            f"L'encodage de « {name} » n'est ni UTF-8, ni UTF-16, ni Windows-1252. "
            "Rien n'a été gardé : enregistrez le fichier en UTF-8 et recommencez."
        )
    return "cp1252"


def format_of(text: str, name: str) -> str:
    """Return the format that the first sign shows."""
    if text.startswith(("{", "[")):
        return "json"
    if text.startswith("<"):
        return "xml"
    first = text.partition("\n")[0]
    if any(sign in first for sign in ",;\t|"):
        return "csv"
    raise UnknownFormat(
        f"« {name} » n'est ni du JSON, ni du XML, ni un tableau CSV. Rien n'a été gardé : vérifiez le fichier."
    )
