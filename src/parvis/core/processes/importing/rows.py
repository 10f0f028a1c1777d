"""Read the rows of an import as their file has them, one by one: what cannot be read is said, and stops nothing."""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from parvis.core.errors import ParvisError

COLUMNS: Final[Mapping[str, str]] = {
    "id": "identifiant de la contribution dans ce fichier",
    "kind": "espèce de contribution",
    "parent": "identifiant, dans ce fichier, de la contribution sur laquelle elle porte",
    "unit": "unité du texte sur laquelle elle porte",
    "author": "pseudonyme public de son auteur ; jamais une adresse",
    "received_at": "instant où elle a été reçue (ISO 8601)",
    "votes_for": "votes pour, comptés par la source",
    "votes_mixed": "votes mitigés, comptés par la source",
    "votes_against": "votes contre, comptés par la source",
    "supports": "soutiens, comptés par la source",
}
"""The columns of a row, beside the fields of its kind."""

LONGEST = 200_000  # characters of a line: no contribution is as long
LARGEST = 256 << 20  # bytes of a file


class UnreadableImport(ParvisError):
    """A file to import is empty, too large, or no text."""


@dataclass(frozen=True)
class Written:
    """A row as its file has it; `values` is None where it cannot be read, and `because` says why."""

    position: int  # from 1
    text: str
    values: Mapping[str, Any] | None
    because: str = ""


def read(path: Path) -> Iterator[Written]:
    """Yield the rows of a CSV or JSON-lines file, in UTF-8. Raises UnreadableImport where nothing can be read."""
    if not path.is_file() or path.stat().st_size == 0:
        raise UnreadableImport(f"« {path.name} » est vide ou absent. Rien n'a été gardé : donnez un autre fichier.")
    if path.stat().st_size > LARGEST:
        raise UnreadableImport(f"« {path.name} » dépasse {LARGEST >> 20} Mo : découpez-le en plusieurs imports.")
    with path.open("rb") as file:
        head = file.read(4096)
    if b"\0" in head:
        raise UnreadableImport(f"« {path.name} » n'est pas un texte : envoyez du CSV ou du JSON, une ligne par objet.")
    return json_lines(path) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else table(path)


def json_lines(path: Path) -> Iterator[Written]:
    with path.open("rb") as file:
        for position, line in enumerate(file, 1):
            if line.strip():
                yield from_json(position, line.decode("utf-8", errors="replace").strip())


def from_json(position: int, text: str) -> Written:
    """Read one line: an object, or the reason why it is none."""
    if len(text) > LONGEST:
        return Written(position, text[:200], None, f"La ligne dépasse {LONGEST} signes.")
    if "\ufffd" in text:
        return Written(position, text[:200], None, "La ligne n'est pas en UTF-8.")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return Written(position, text, None, f"JSON mal formé, au signe {error.pos + 1} de la ligne.")
    if not isinstance(value, dict):
        return Written(position, text, None, "La ligne n'est pas un objet JSON.")
    return Written(position, text, value)


def table(path: Path) -> Iterator[Written]:
    """Yield the rows of a CSV whose first line names the columns; the separator is the one it uses most."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = file.readline()
        delimiter = max(",;\t", key=first.count)
        file.seek(0)
        lines = _cells(file, delimiter)
        header = _header(next(lines, []))
        for position, cells in enumerate(lines, 1):
            if isinstance(cells, Torn):
                yield Written(position, cells.text, None, cells.because)
            elif cells:
                yield from_cells(position, header, cells)


@dataclass(frozen=True)
class Torn:
    """Lines of a CSV of which no row can be made: a quote out of place or never closed, a cell without end."""

    text: str  # their first signs
    because: str


def _cells(file: Iterable[str], delimiter: str) -> Iterator[list[str] | Torn]:
    """Yield the cells of each row. Strict: a quote that is never closed would swallow the rows that follow it."""
    read: list[str] = []

    def lines() -> Iterator[str]:
        for line in file:
            read.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        read.clear()
        try:
            cells = next(reader, None)
        except csv.Error:
            first, last = reader.line_num - len(read) + 1, reader.line_num
            where = f"à la ligne {last}" if first >= last else f"des lignes {first} à {last}"
            because = (
                f"CSV mal formé, {where} du fichier : un guillemet est mal placé ou n'est pas refermé, ou une case "
                f"dépasse {csv.field_size_limit()} signes."
            )
            yield Torn("".join(read)[:2000], because)
            continue
        if cells is None:
            return
        yield cells


def _header(cells: list[str] | Torn) -> list[str]:
    """Return the names of the columns; one without a name has its rank for name. Raises UnreadableImport."""
    if isinstance(cells, Torn):
        raise UnreadableImport(f"L'en-tête ne se lit pas. {cells.because} Rien n'a été gardé.")
    if not any(name.strip() for name in cells):
        raise UnreadableImport("Ce fichier est vide, ou n'a pas de ligne d'en-tête. Rien n'a été gardé.")
    names = [name.strip() or f"colonne {rank}" for rank, name in enumerate(cells, 1)]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise UnreadableImport(
            f"L'en-tête nomme plusieurs fois « {twice[0]} » : l'une des colonnes serait perdue. Rien n'a été gardé : "
            "donnez à chacune son nom."
        )
    return names


def from_cells(position: int, header: list[str], cells: list[str]) -> Written:
    text = orjson.dumps(cells).decode()
    if len(cells) != len(header):
        return Written(position, text[:2000], None, f"{len(cells)} cases au lieu de {len(header)}.")
    if "\ufffd" in text:
        return Written(position, text[:2000], None, "La ligne n'est pas en UTF-8.")
    values = {name: cell for name, cell in zip(header, cells, strict=True) if cell != ""}
    return Written(position, orjson.dumps(values).decode(), values)


def given(rows: Iterator[Mapping[str, Any]]) -> Iterator[Written]:
    """Yield the rows that an archive's reader gives, as they would stand in a file."""
    for position, values in enumerate(rows, 1):
        yield Written(position, orjson.dumps(values).decode(), values)


def digest(texts: Iterator[str]) -> str:
    """Return the SHA-256 of rows, one a line: the same rows give the same import."""
    whole = hashlib.sha256()
    for text in texts:
        whole.update(text.encode() + b"\n")
    return whole.hexdigest()


def kept(position: int, text: str) -> Written:
    """Return a good row as it was kept: an object in JSON, whatever the file was."""
    return Written(position, text, orjson.loads(text))
