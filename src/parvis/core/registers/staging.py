"""Hold a source's raw rows in DuckDB, as text, in bounded memory, while they are judged."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from parvis.core.registers.register import Batch, Register
from parvis.core.registers.strict import UnreadColumns

MEMORY = "400MB"
"""What DuckDB may hold before it spills to disk."""

TRANSACTION = 32 << 20
"""Bytes of rows put in one transaction: small ones take twice the time, large ones twice the memory."""


class Stage:
    """The raw tables of one source, numbered as they arrive."""

    def __init__(self, register: Register, connection: duckdb.DuckDBPyConnection) -> None:
        """Create the register's raw tables in the schema `raw`, and its macros."""
        self.register, self.connection = register, connection
        self.tables = {**register.raw_tables, **register.passing_tables}
        self.rows = dict.fromkeys(self.tables, 0)
        self.pending = 0  # bytes of the transaction that `checking.fill` has opened
        connection.execute("CREATE SCHEMA raw; CREATE SCHEMA judged; CREATE SCHEMA clean")
        for table, columns in self.tables.items():
            texts = ", ".join(f'"{column}" VARCHAR' for column in columns)
            connection.execute(f'CREATE TABLE raw."{table}" (source_row BIGINT, {texts})')

    def put(self, batch: Batch) -> None:
        """Add a batch to its raw table."""
        table = batch.rows if isinstance(batch.rows, pa.Table) else self._columns(batch.table, batch.rows)
        self.connection.register("arriving", table)
        texts = [
            f"nullif({quoted(name)}, '') AS {quoted(name)}" for name in table.column_names if name != "source_row"
        ]
        self.connection.execute(
            f'INSERT INTO raw."{batch.table}" BY NAME SELECT source_row, {", ".join(texts)} FROM arriving'
        )
        self.connection.unregister("arriving")
        self.rows[batch.table] += table.num_rows
        self.pending += table.nbytes
        if self.pending > TRANSACTION:
            self.connection.execute("COMMIT; BEGIN")
            self.pending = 0

    def _columns(self, name: str, rows: list[dict[str, str | None]]) -> pa.Table:
        first = self.rows[name] + 1
        numbers = [int(row.get("source_row") or first + position) for position, row in enumerate(rows)]
        declared = self.tables[name]
        unknown = {column: None for row in rows for column in row if column not in declared}
        unknown.pop("source_row", None)
        if unknown:
            raise UnreadColumns(unknown, f"Table « {name} »")
        texts = {column: pa.array([row.get(column) for row in rows], pa.string()) for column in declared}
        return pa.table({"source_row": pa.array(numbers, pa.int64()), **texts})


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def stage(register: Register) -> Iterator[Stage]:
    """Open a stage in a temporary folder, removed with all it holds."""
    with TemporaryDirectory(prefix="parvis-stage-") as folder, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET temp_directory = '{Path(folder)}'; SET memory_limit = '{MEMORY}'; SET threads = 2")
        connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        # Joins stay as written: wide rows flow on the left, in their order, past narrow tables held on the right.
        connection.execute(
            "SET disabled_optimizers = 'join_order,build_side_probe_side'; SET enable_progress_bar = false"
        )
        yield Stage(register, connection)
