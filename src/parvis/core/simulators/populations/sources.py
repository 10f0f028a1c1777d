"""A file of rows, CSV or Parquet, read in order and in batches, every value as it is written."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb
import pyarrow as pa

from parvis.core.errors import ParvisError

LINE: Final = "__line"
BATCH: Final = 20_000
SEPARATORS: Final = (",", ";", "\t")
LONGEST_HEADER: Final = 1_000_000
MEMORY: Final = "512MB"
Batch: TypeAlias = pa.RecordBatch


class UnreadableFile(ParvisError):
    """A file of rows cannot be read, or not whole."""


class RepeatedRow(ParvisError):
    """An identifier comes twice."""


@dataclass(frozen=True)
class Source:
    """A file of rows. Its lines are numbered as an editor does: those of a CSV after its header."""

    path: Path

    @property
    def is_csv(self) -> bool:
        return self.path.suffix.lower() in {".csv", ".tsv", ".txt"}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns. Raises UnreadableFile."""
        if not self.path.is_file():
            raise UnreadableFile(f"« {self.path} » n'est pas un fichier : donnez un CSV ou un Parquet.")
        if not self.is_csv and self.path.suffix.lower() != ".parquet":
            raise UnreadableFile(f"« {self.path.name} » : donnez un fichier .csv ou .parquet.")
        header = self._header()
        repeated = {name for name in header if header.count(name) > 1}
        if repeated or header == [""]:
            because = f"la colonne « {min(repeated)} » y est deux fois" if repeated else "il n'y en a pas"
            raise UnreadableFile(f"« {self.path.name} », en-tête : {because}. Nommez chaque colonne une fois.")
        return tuple(name for name, *_ in self._rows(f"describe select * from {self._scan()}"))

    def _header(self) -> list[str]:
        if not self.is_csv:
            return []
        try:
            return next(csv.reader([self._first_line()], delimiter=self.separator)) or [""]
        except csv.Error as error:
            raise self._unreadable(error) from error

    def _first_line(self) -> str:
        with self.path.open("rb") as file:
            line = file.readline(LONGEST_HEADER)
        try:
            return line.decode().removeprefix("\ufeff").strip()
        except UnicodeDecodeError as error:
            raise self._unreadable(error) from error

    @cached_property
    def separator(self) -> str:
        """Return what separates the columns of a CSV: what its header has most of."""
        return max(SEPARATORS, key=self._first_line().count)

    def count(self) -> int:
        """Count the rows. Raises UnreadableFile where there is none."""
        [(count,)] = self._rows(f"select count(*) from {self._scan()}")
        if not count:
            raise UnreadableFile(f"« {self.path.name} » n'a que son en-tête : il n'y a rien à calculer.")
        return int(count)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in their order, with the number of each row's line. Raises UnreadableFile."""
        first = 2 if self.is_csv else 1
        query = f"select row_number() over () + {first - 1} as {LINE}, * from {self._scan()}"
        try:
            yield from self._run(query).to_arrow_reader(BATCH)
        except (duckdb.Error, pa.ArrowException) as error:
            raise self._unreadable(error) from error

    def check_once(self, name: str) -> None:
        """Refuse an identifier that comes twice. Raises RepeatedRow."""
        quoted = _quoted(name)
        query = f"select {quoted} from {self._scan()} group by 1 having count(*) > 1 limit 1"
        if found := self._rows(query):
            raise RepeatedRow(
                f"« {name} » : l'identifiant « {found[0][0]} » est celui de plusieurs lignes."
                f"{self._at(name, found[0][0])}"
            )

    def check_together(self, name: str) -> None:
        """Refuse a group whose rows do not follow one another. Raises RepeatedRow."""
        quoted = _quoted(name)
        starts = (
            f"select {quoted} as one, lag({quoted}) over () is distinct from {quoted} as starts from {self._scan()}"
        )
        query = f"select one from ({starts}) where starts and one is not null group by one having count(*) > 1 limit 1"
        if found := self._rows(query):
            raise RepeatedRow(
                f"« {name} » : les lignes de « {found[0][0]} » ne se suivent pas ; triez le fichier par « {name} »."
                f"{self._at(name, found[0][0])}"
            )

    def _at(self, name: str, value: object) -> str:
        first = 2 if self.is_csv else 1
        lines = f"select row_number() over () + {first - 1} as line, {_quoted(name)} as one from {self._scan()}"
        rows = self._rows(f"select line from ({lines}) where one = ? order by 1 limit 3", value)
        return f" Lignes {', '.join(str(line) for (line,) in rows)}."

    def _scan(self) -> str:
        path = str(self.path).replace("'", "''")
        if not self.is_csv:
            return f"read_parquet('{path}')"
        columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in self._header())
        return (
            f"read_csv('{path}', header = true, delim = '{self.separator}', quote = '\"', escape = '\"', "
            f"null_padding = false, strict_mode = true, auto_detect = false, columns = {{{columns}}})"
        )

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._run(query, *values).fetchall()
        except duckdb.Error as error:
            raise self._unreadable(error) from error

    def _run(self, query: str, *values: object) -> duckdb.DuckDBPyRelation:
        """Return what a query gives, computed as it is read."""
        return duckdb.connect(config={"threads": 1, "memory_limit": MEMORY}).sql(query, params=values)

    def _unreadable(self, error: Exception) -> UnreadableFile:
        line = re.search(r"Line:\s*(\d+)", str(error))
        where = f"ligne {line[1]}" if line else "fichier abîmé, ou d'une autre sorte que son nom ne le dit"
        return UnreadableFile(
            f"« {self.path.name} » ne se lit pas ({where}) : il faut de l'UTF-8 et, en CSV, autant de colonnes à "
            "chaque ligne que dans l'en-tête."
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
