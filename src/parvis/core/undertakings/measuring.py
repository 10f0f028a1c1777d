"""Measure, and measure again: a number is one SQL text over releases, so anyone who holds them finds it again."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import orjson
from duckdb import DuckDBPyConnection

from parvis.core.errors import ParvisError
from parvis.core.registers.answers import SIGNIFICANT_DIGITS, Answer
from parvis.core.registers.manifest import facts
from parvis.core.registers.questions import Views, ask, connect, find, in_order
from parvis.core.undertakings.indicators import Indicator

BLOCK = 2_000  # rows held at once while streaming

HOW = """-- Retrouver ce nombre chez vous :
-- 1. téléchargez les fichiers Parquet de chaque version citée, dans un dossier nommé par son empreinte ;
-- 2. posez ce fichier à côté de ces dossiers, et lancez : duckdb < recalculer.sql
"""

Folders = Mapping[str, Sequence[Path]]
"""Release folders, by register."""


class NotANumber(ParvisError):
    """An indicator's SQL answered something else than one number and one count."""


@dataclass(frozen=True)
class Reading:
    """What an indicator says of some releases. `value` is None when it cannot be known, and `because` says why."""

    value: float | None
    because: str
    units: int
    result_hash: str


@dataclass(frozen=True)
class Recomputed:
    """A frozen number beside the one found again; `differences` is empty where they are equal."""

    frozen: Reading
    found: Reading | None
    differences: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differences


def read(connection: DuckDBPyConnection, sql: str) -> Reading:
    """Run an indicator's SQL: one row, the value and how many units were counted."""
    answer = ask(connection, sql)
    if len(answer.rows) != 1 or answer.columns != ("value", "units"):
        raise NotANumber("Cet indicateur ne répond pas un nombre et un compte : corrigez son SQL.")
    value, units = answer.rows[0]
    if value is None:
        because = "Aucune ligne à compter." if units == 0 else "La question répond « inconnu » sur ces lignes."
        return Reading(None, because, units, answer.result_hash)
    if not isinstance(value, int | float | Decimal):
        raise NotANumber(f"Cet indicateur répond « {value} », qui n'est pas un nombre : corrigez son SQL.")
    return Reading(float(value), "", units, answer.result_hash)


def measure(indicator: Indicator, folders: Folders) -> Reading:
    """Measure an indicator over releases; a register without a release leaves the value unknown."""
    absent = [slug for slug in indicator.registers if not folders.get(slug)]
    with connect({slug: folders.get(slug, ()) for slug in indicator.registers}) as connection:
        reading = read(connection, indicator.sql)
    if absent:
        because = f"Aucune version publiée du registre : {', '.join(absent)}."
        return Reading(None, because, reading.units, reading.result_hash)
    return reading


def rows(sql: str, folders: Folders, *, start: int, count: int) -> Answer:
    """Return some of the rows behind a number, in the question's own order."""
    with connect(folders) as connection:
        return ask(connection, f"select * from (\n{sql}\n) limit {count:d} offset {start:d}")


def every_row(sql: str, folders: Folders) -> Iterator[Mapping[str, object]]:
    """Yield all the rows behind a number, a block at a time."""
    with connect(folders) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        while block := cursor.fetchmany(BLOCK):
            yield from (dict(zip(names, row, strict=True)) for row in block)


def script(sql: str, folders: Folders) -> str:
    """Return one SQL text that finds the number again on any machine with DuckDB, beside the downloaded releases.

    Each release stands in a folder that bears its hash, with its Parquet files.
    """
    statements = [line for slug, paths in folders.items() for line in _views(slug, paths)]
    here = "\n".join(f"{statement};" for statement in statements)
    for path in (path for paths in folders.values() for path in paths):
        here = here.replace(str(path), path.name)
    return f"{HOW}\n{here}\n{sql};\n"


def _views(slug: str, paths: Sequence[Path]) -> Iterator[str]:
    yield from Views(find(slug), in_order(paths)).statements()


def recompute(frozen: Reading, sql: str, folders: Folders) -> Recomputed:
    """Find a frozen number again, from its SQL and its releases' files alone, and say what differs."""
    damaged = tuple(line for paths in folders.values() for path in paths for line in damage(path))
    if damaged:
        return Recomputed(frozen, None, damaged)
    with connect(folders) as connection:
        found = read(connection, sql)
    return Recomputed(frozen, found, tuple(_differences(frozen, found)))


def _differences(frozen: Reading, found: Reading) -> Iterator[str]:
    if frozen.units != found.units:
        yield f"Unités comptées : {frozen.units} figées, {found.units} retrouvées."
    if frozen.result_hash != found.result_hash:
        yield f"Empreinte du résultat : {frozen.result_hash} figée, {found.result_hash} retrouvée."
    if frozen.value is not None and written(frozen.value) != written(found.value):
        yield f"Valeur : {written(frozen.value)} figée, {written(found.value)} retrouvée."


def written(value: float | None) -> str:
    """Write a value with the digits that two machines share: the last ones are the noise of floating sums."""
    return "inconnue" if value is None else f"{value:.{SIGNIFICANT_DIGITS}g}"


def damage(folder: Path) -> Iterator[str]:
    """Yield what makes a release folder unfit: absent, or with files that are not those its manifest seals.

    A release's name is the SHA-256 of its manifest, which holds the SHA-256 of each file.
    """
    if not (folder / "manifest.json").is_file():
        yield f"La version {folder.name} n'est pas là : le nombre ne peut pas être recalculé ici."
        return
    said = facts(folder)
    if said.hash != folder.name:
        yield f"La version {folder.name} a un autre manifeste : son empreinte est {said.hash}."
    for file in said.files:
        path = folder / file.name
        if not path.is_file():
            yield f"Le fichier {file.name} de la version {folder.name} manque."
        elif sha256(path) != file.sha256:
            yield f"Le fichier {file.name} de la version {folder.name} a été modifié."


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of_json(content: object) -> str:
    """Return the SHA-256 of a JSON value written with sorted keys and no space."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read by blocks."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
