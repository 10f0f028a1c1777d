"""A file of rows, CSV or Parquet, read in order and in batches, every value as it is written."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

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
        return tuple(header)

    def _header(self) -> list[str]:
        if not self.is_csv:
            return list(self._parquet.schema_arrow.names)
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
    def _parquet(self) -> pq.ParquetFile:
        """Open a Parquet; its texts, most often a few that come again, are kept as places among them."""
        try:
            texts = [one.name for one in pq.read_schema(self.path) if is_text(one.type)]
            return pq.ParquetFile(self.path, read_dictionary=texts)
        except (pa.ArrowException, OSError) as error:
            raise self._unreadable(error) from error

    @cached_property
    def separator(self) -> str:
        """Return what separates the columns of a CSV: what its header has most of."""
        return max(SEPARATORS, key=self._first_line().count)

    def count(self) -> int:
        """Count the rows. Raises UnreadableFile where there is none."""
        count = self._count()
        if not count:
            raise UnreadableFile(f"« {self.path.name} » n'a que son en-tête : il n'y a rien à calculer.")
        return int(count)

    def _count(self) -> int:
        if not self.is_csv:
            return int(self._parquet.metadata.num_rows)
        [(count,)] = self._rows(f"select count(*) from {self._scan()}")
        return int(count)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in their order, with the number of each row's line. Raises UnreadableFile."""
        line = 2 if self.is_csv else 1
        try:
            for batch in self._batches():
                lines = pa.array(np.arange(line, line + batch.num_rows))
                yield pa.RecordBatch.from_arrays([lines, *map(plain, batch.columns)], [LINE, *batch.schema.names])
                line += batch.num_rows
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise self._unreadable(error) from error

    def _batches(self) -> Iterator[Batch]:
        if self.is_csv:
            yield from self._run(f"select * from {self._scan()}").to_arrow_reader(BATCH)
        else:
            yield from self._parquet.iter_batches(BATCH)

    def _is_rising(self, name: str, compare: Callable[[pa.Array, pa.Array], pa.Array]) -> bool:
        """Say whether each identifier of a Parquet compares so with the one before: they need not be remembered."""
        last = pa.array([])
        for batch in () if self.is_csv else self._parquet.iter_batches(BATCH, columns=[name]):
            fresh = decoded(plain(batch.column(name)))
            both = pa.concat_arrays([last.cast(fresh.type), fresh])
            is_so = pc.all(compare(both[1:], both[:-1]), skip_nulls=False).as_py()
            if both.null_count or not is_so:
                return False
            last = both[-1:]
        return not self.is_csv

    def check_once(self, name: str) -> None:
        """Refuse an identifier that comes twice. Raises RepeatedRow."""
        if self._is_rising(name, pc.greater):
            return
        quoted = _quoted(name)
        query = f"select {quoted} from {self._scan()} group by 1 having count(*) > 1 limit 1"
        if found := self._rows(query):
            raise RepeatedRow(
                f"« {name} » : l'identifiant « {found[0][0]} » est celui de plusieurs lignes."
                f"{self._at(name, found[0][0])}"
            )

    def check_together(self, name: str) -> None:
        """Refuse a group whose rows do not follow one another. Raises RepeatedRow."""
        if self._is_rising(name, pc.greater_equal):
            return
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


def is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def plain(cells: pa.Array) -> pa.Array:
    """Return a column whose texts, however the file holds them, are of one kind."""
    if is_text(cells.type):
        return cells.cast(pa.string())
    if pa.types.is_dictionary(cells.type) and is_text(cells.type.value_type):
        return cells.cast(pa.dictionary(pa.int32(), pa.string()))
    return decoded(cells)


def decoded(cells: pa.Array) -> pa.Array:
    """Return a column whose values are written one by one."""
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
