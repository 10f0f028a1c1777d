"""Measure, and measure again: a number is one text over releases, so anyone who holds them finds it again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import orjson
from duckdb import DuckDBPyConnection

from parvis.core.errors import ParvisError
from parvis.core.registers.answers import SIGNIFICANT_DIGITS, Answer, Bounds
from parvis.core.registers.manifest import facts
from parvis.core.registers.questions import Views, ask, connect, find, in_order
from parvis.core.undertakings.functions import BLOCK, Folders, Function, opened, table
from parvis.core.undertakings.indicators import Indicator

HOW = """-- Retrouver ce nombre chez vous :
-- 1. téléchargez les fichiers Parquet de chaque version citée, dans un dossier nommé par son empreinte ;
-- 2. posez ce fichier à côté de ces dossiers, et lancez : duckdb < recalculer.sql
"""

HOW_IN_PYTHON = """# Retrouver ce nombre chez vous :
# 1. téléchargez les fichiers Parquet de chaque version citée, dans un dossier nommé par son empreinte ;
# 2. posez ce fichier à côté de ces dossiers, et lancez, là où le module duckdb est installé : python recalculer.py
"""

PROGRAM = """{how}
{source}

import duckdb

VIEWS = {views!r}
FUNCTION = {name}

with duckdb.connect() as base:
    base.execute(VIEWS)
    base.execute({table!r})
    for row in FUNCTION(base.cursor()):
        base.execute({insert!r}, [row[name] for name in {columns!r}])
    print(*base.execute({sql!r}).fetchone())
"""


PATIENCE: Final = Bounds(seconds=10)
"""What a page of rows may take: one who reads does not make all the others wait."""


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
    return measure_all([(indicator, folders)])[0]


def measure_all(asked: Iterable[tuple[Indicator, Folders]]) -> list[Reading]:
    """Measure indicators, each over releases: neighbours that read the same ones share a connection.

    It is closed here: a site that has measured forks the processes that serve it.
    """
    found: list[Reading] = []
    for (folders, function), together in groupby(asked, key=_read_in):
        with opened(folders, function) as connection:
            found += [_measured(indicator, folders, connection) for indicator, _ in together]
    return found


def _read_in(asked: tuple[Indicator, Folders]) -> tuple[Folders, Function | None]:
    indicator, folders = asked
    return {slug: folders.get(slug, ()) for slug in indicator.registers}, indicator.function


def _measured(indicator: Indicator, folders: Folders, connection: DuckDBPyConnection) -> Reading:
    reading = read(connection, indicator.sql)
    if absent := [slug for slug in indicator.registers if not folders[slug]]:
        because = f"Aucune version publiée du registre : {', '.join(absent)}."
        return Reading(None, because, reading.units, reading.result_hash)
    return reading


def rows(sql: str, folders: Folders, *, start: int, count: int, function: Function | None = None) -> Answer:
    """Return some of the rows behind a number, in the question's own order. Raises TooHeavy beyond PATIENCE."""
    some = f"select * from (\n{sql}\n) limit {count:d} offset {start:d}"
    if function is None:
        return ask(_shared(tuple((slug, tuple(paths)) for slug, paths in folders.items())), some, bounds=PATIENCE)
    with opened(folders, function) as connection:
        return ask(connection, some, bounds=PATIENCE)


@lru_cache(maxsize=2)
def _shared(folders: tuple[tuple[str, tuple[Path, ...]], ...]) -> DuckDBPyConnection:
    """Return one connection for all who read rows made of the same releases: the memory is given once."""
    return connect(dict(folders))


def every_row(sql: str, folders: Folders, function: Function | None = None) -> Iterator[Mapping[str, object]]:
    """Yield all the rows behind a number, a block at a time."""
    with opened(folders, function) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        while block := cursor.fetchmany(BLOCK):
            yield from (dict(zip(names, row, strict=True)) for row in block)


def script(sql: str, folders: Folders) -> str:
    """Return one SQL text that finds the number again on any machine with DuckDB, beside the downloaded releases.

    Each release stands in a folder that bears its hash, with its Parquet files.
    """
    return f"{HOW}\n{_here(folders)}\n{sql};\n"


def program(sql: str, folders: Folders, frozen: Mapping[str, Any]) -> str:
    """Return one Python text that does the same where a function counts: its frozen source, then the number's SQL."""
    columns = frozen["columns"]
    return PROGRAM.format(
        how=HOW_IN_PYTHON,
        source=frozen["source"].rstrip(),
        views=_here(folders),
        name=frozen["name"].rpartition(".")[2],
        table=table(columns),
        insert=f"insert into counted values ({', '.join('?' * len(columns))})",
        columns=tuple(columns),
        sql=sql,
    )


def _here(folders: Folders) -> str:
    """Return the statements that make the views, over folders that stand beside them."""
    statements = [line for slug, paths in folders.items() for line in _views(slug, paths)]
    here = "\n".join(f"{statement};" for statement in statements)
    for path in (path for paths in folders.values() for path in paths):
        here = here.replace(str(path), path.name)
    return here


def _views(slug: str, paths: Sequence[Path]) -> Iterator[str]:
    yield from Views(find(slug), in_order(paths)).statements()


def recompute(frozen: Reading, sql: str, folders: Folders, function: Function | None = None) -> Recomputed:
    """Find a frozen number again, from its question and its releases' files alone, and say what differs."""
    damaged = tuple(line for paths in folders.values() for path in paths for line in damage(path))
    if damaged:
        return Recomputed(frozen, None, damaged)
    with opened(folders, function) as connection:
        found = read(connection, sql)
    return Recomputed(frozen, found, tuple(_differences(frozen, found)))


def changes_of_function(frozen: Mapping[str, Any] | None, today: Function | None) -> Iterator[str]:
    """Yield what keeps today's function from being the one that a number was frozen with."""
    if frozen is None:
        return
    if today is None:
        yield f"La fonction {frozen['name']} n'est plus déclarée : son texte figé est dans recalculer.py."
    elif today.source_sha256 != frozen["source_sha256"]:
        yield (
            f"Le texte de la fonction {today.name} a changé depuis : {frozen['source_sha256']} figé, "
            f"{today.source_sha256} aujourd'hui. Le texte figé est dans recalculer.py."
        )


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
